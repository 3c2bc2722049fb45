"""What is kept in memory is never older than the database."""

from pathlib import Path

import pytest

from catalog import ProgrammeWish, municipalities_called, programme, search
from catalog.importing import run
from catalog.snapshot import snapshot
from ops.benchmark.searches import recorded

OFFERS = (
    "programme_id,school,postcode,municipality,school_year\nduaal-1097,Instituut De Wiek,8600,Diksmuide,2026-2027\n"
)
WISH = ProgrammeWish(programme="Haarverzorging duaal", municipality="Diksmuide")


@pytest.fixture()
def city(tmp_path: Path) -> Path:
    folder = tmp_path / "stad"
    folder.mkdir()
    (folder / "offers.csv").write_text(OFFERS, encoding="utf-8")
    return folder


def test_a_second_search_asks_the_database_two_things(database: str) -> None:
    search(WISH)
    with recorded() as statements:
        search(WISH)
    asked = [statement for statement, _ in statements if statement.startswith("SELECT")]
    assert len(asked) == 2


def test_an_import_is_seen_by_the_next_search(database: str, city: Path) -> None:
    assert search(WISH).nearby == 0
    run(city)
    assert [offer.school for offer in search(WISH).programmes[0].offers][:1] == ["Instituut De Wiek"]


def test_a_second_import_on_the_same_day_is_seen_as_well(database: str, city: Path) -> None:
    run(city)
    assert search(WISH).nearby == 1
    (city / "offers.csv").write_text(OFFERS.replace("8600,Diksmuide", "9000,Gent"), encoding="utf-8")
    run(city)
    assert search(WISH).nearby == 0
    assert search(ProgrammeWish(programme="Haarverzorging duaal", municipality="Gent")).nearby == 1


def test_a_dry_run_changes_nothing_for_who_searches(database: str, city: Path) -> None:
    before = snapshot()
    run(city, dry_run=True)
    assert snapshot() is before


def test_what_vanished_is_no_longer_offered(database: str, city: Path) -> None:
    run(city)
    before = programme("duaal-1097", WISH)
    (city / "offers.csv").write_text(OFFERS.replace("duaal-1097", "duaal-1398"), encoding="utf-8")
    run(city)
    after = programme("duaal-1097", WISH)
    assert before is not None and after is not None
    assert before.schools - after.schools == 1
    assert "Instituut De Wiek" not in {offer.school for offer in after.offers}


def test_names_of_places_come_from_the_database(database: str) -> None:
    assert municipalities_called("8600") == ("Diksmuide",)
    assert municipalities_called("nergenshuizen") == ()
