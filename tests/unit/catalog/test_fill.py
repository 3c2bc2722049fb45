"""The catalogue is filled whole or not at all."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from catalog import models, session
from catalog.fill import SOURCE, BadCatalogue, fill


def count(table: type) -> int:
    with session() as db:
        return int(db.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.fixture()
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue"
    shutil.copytree(SOURCE, folder)
    return folder


def test_fills_everything_once(database: str) -> None:
    assert (count(models.Programme), count(models.Offer), count(models.ContactPoint)) == (264, 51, 82)
    assert count(models.Municipality) == 304
    assert fill() is False


def test_a_second_fill_leaves_contact_requests_alone(database: str, files: Path) -> None:
    from catalog import store
    from tests.unit.catalog.test_requests import a_request

    store(a_request())
    with (files / "regions.csv").open("a", encoding="utf-8") as handle:
        handle.write("Testregio,Gent\n")
    assert fill(files) is True
    assert count(models.ContactRequest) == 1


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("programmes.csv", "id,name,grade", "id,naam,grade", "column name is missing"),
        ("programmes.csv", "Bandenmonteur duaal,", ",", "programmes.csv, line 2, column name: value '' - is empty"),
        ("programmes.csv", "duaal-1356,", "duaal-1356,extra,cells,", "number of cells"),
        (
            "offers.csv",
            "duaal-1097,",
            "duaal-bestaat-niet,",
            "line 2, column programme_id: value 'duaal-bestaat-niet' - unknown programme",
        ),
        ("sector_contacts.csv", "horeca-forma", "horeca-vroeger", "unknown contact point horeca-vroeger"),
        ("needs.csv", "klagen", "sectorfonds*", "stands with klacht and with sectorfonds"),
        ("needs.csv", "mentoropleiding,", "mentorles,", "unknown contact point or need: mentoropleiding"),
        ("need_contacts.csv", ",volta,", ",volt,", "unknown contact point or need: mentoropleiding, volt"),
        ("need_contacts.csv", "soort:sectorfonds", "soort:vakfonds", "unknown contact point or need: .*soort:vakfonds"),
        ("programme_words.csv", "Haarverzorging duaal", "Haarpret duaal", "unknown programme 'Haarpret duaal'"),
    ],
)
def test_a_bad_file_is_named_and_changes_nothing(
    database: str, files: Path, name: str, old: str, new: str, message: str
) -> None:
    edit(files / name, old, new)
    with pytest.raises(BadCatalogue, match=message):
        fill(files)
    assert count(models.Programme) == 264


def test_a_file_in_another_encoding_is_named(database: str, files: Path) -> None:
    path = files / "contact_points.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", "replace"))
    with pytest.raises(BadCatalogue, match=r"contact_points\.csv, line 5: not UTF-8"):
        fill(files)
    assert count(models.ContactPoint) == 82


def test_a_missing_file_is_named(database: str, files: Path) -> None:
    (files / "offers.csv").unlink()
    with pytest.raises(BadCatalogue, match=r"offers\.csv: no such file"):
        fill(files)
