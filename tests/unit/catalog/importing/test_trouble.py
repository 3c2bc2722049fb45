"""Whatever goes wrong: the message tells what, where and how to mend it, and the database is as it was."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from catalog import models, session
from catalog.database import engine_for
from catalog.importing import NotImported, Unusable
from catalog.importing.apply import lock
from tests.unit.catalog.importing.conftest import OFFERS, PROGRAMMES, counted, edit, everything, imported, one, write


def faults(city: Path, **how: bool) -> list[str]:
    return [str(fault) for fault in imported(city, **how).faults]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "offers.csv",
            "duaal-9002,Instituut",
            "duaal-9999,Instituut",
            "offers.csv, line 3, column programme_id: value 'duaal-9999' - unknown programme duaal-9999; "
            "deliver it too, or first",
        ),
        (
            "offers.csv",
            "2026-2027",
            "26-27",
            "offers.csv, line 2, column school_year: value '26-27' - has another form than 2026-2027",
        ),
        (
            "offers.csv",
            ",2300,",
            ",23000,",
            "offers.csv, line 2, column postcode: value '23000' - has another form than 2300",
        ),
        ("offers.csv", "Instituut De Wiek", "", "offers.csv, line 2, column school: value '' - is empty"),
        (
            "offers.csv",
            "duaal-9002,Instituut De Wiek,900001",
            "duaal-9001,Instituut De Wiek,900001",
            "offers.csv, line 3, column programme_id: value 'duaal-9001 900001-1 2026-2027' - stands there "
            "twice; the first one counts, in offers.csv, line 2",
        ),
        (
            "programmes.csv",
            "duaal-9002",
            "duaal-9001",
            "programmes.csv, line 3, column id: value 'duaal-9001' - stands there twice; "
            "the first one counts, in programmes.csv, line 2",
        ),
        (
            "programmes.csv",
            "duaal-9002",
            "mandenvlechter",
            "programmes.csv, line 3, column id: value 'mandenvlechter' - has another form than duaal-1097, aanloop-564 "
            "or buso-ov3-177",
        ),
        (
            "programmes.csv",
            "2de graad,arbeidsmarktfinaliteit",
            "2de graad",
            "programmes.csv, line 3, column finality: value '' - the number of cells differs from the header: "
            "3 instead of 4",
        ),
        (
            "programmes.csv",
            "Molenaar duaal",
            "M" * 201,
            f"programmes.csv, line 2, column name: value '{'M' * 77}...' - is longer than 200 characters",
        ),
    ],
)
def test_a_bad_row_is_named_and_the_others_load(
    database: str, city: Path, name: str, old: str, new: str, message: str
) -> None:
    edit(city / name, old, new)
    assert message in faults(city)
    assert one(models.Provider, "900001") is not None


def test_strict_loads_nothing(database: str, city: Path) -> None:
    before = everything()
    edit(city / "offers.csv", "duaal-9002", "duaal-9999")
    report = imported(city, strict=True)
    assert (len(report.faults), report.loaded) == (1, False)
    edit(city / "offers.csv", "26-2027", "26-27")
    assert len(imported(city, strict=True).faults) == 2
    assert everything() == before


def test_a_bad_row_makes_nothing_vanish(database: str, city: Path) -> None:
    imported(city)
    edit(city / "programmes.csv", "duaal-9002", "duaal 9002")
    report = imported(city)
    assert counted(report)["programme"] == (0, 0, 1, 0, 0)
    assert "nothing was marked as vanished" in report.notices[-1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "programmes.csv, line 1: the file is empty"),
        (
            b"id,naam,grade\nduaal-9001,Molenaar,3de graad\n",
            "programmes.csv, line 1: column name is missing; the file has the columns id, naam, grade",
        ),
        (b"id,name,name,grade\n", "programmes.csv, line 1: column name stands there twice; keep one"),
        (
            PROGRAMMES.replace("Molenaar", "Molenaarstér").encode("latin-1"),
            r"programmes.csv, line 2: not UTF-8 \(byte 0xe9\); save it as CSV UTF-8",
        ),
        (PROGRAMMES.encode("utf-16"), "programmes.csv, line 1: not UTF-8"),
        (
            PROGRAMMES.replace("Molenaar duaal", '"Molenaar duaal').encode(),
            "programmes.csv, line 2: cannot be read as CSV .* a quotation mark that opens must close",
        ),
        (
            PROGRAMMES.replace("Molenaar", "Mol\0naar").encode(),
            r"programmes.csv, line 2: cannot be read as CSV \(line contains NUL\)",
        ),
        (
            PROGRAMMES.encode()[:-12],
            "programmes.csv, line 3: the last line has no line end, so the file seems cut off; fetch it again",
        ),
    ],
)
def test_a_csv_that_cannot_be_trusted(database: str, city: Path, content: bytes, message: str) -> None:
    before = everything()
    (city / "programmes.csv").write_bytes(content)
    with pytest.raises(Unusable, match=message):
        imported(city)
    assert everything() == before


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_json_that_is_cut_off(database: str, official: Path, part: float) -> None:
    before = everything()
    whole = (official / "groepen.json").read_bytes()
    (official / "groepen.json").write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(Unusable, match=r"groepen\.json, line \d+: the file is cut off; fetch it again"):
        imported(official)
    assert everything() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"content": [{"a": 1} {"b": 2}, {"c": 3}, {"d": 4}]}', "records with the fields a are of no format"),
        ('{"meta": {}, "iets": 3}', "no list of records found"),
        ('{"content": [1, 2]}', "record 1: '1' is not a record"),
        ("<html>Onderhoud</html>", "line 1: not JSON here: '<html>Onderhoud"),
        ('{"content": [{"instelling_nummer": 1,, "x": 2}, {"instelling_nummer": 2}]}', "line 1: not JSON: Expecting"),
        ("[]", "an empty list of records"),
    ],
)
def test_json_that_makes_no_sense(database: str, tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(Unusable, match=message):
        imported(write(tmp_path / "iets.json", content))


def test_a_path_that_leads_nowhere(database: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="nergens: no such file or folder"):
        imported(tmp_path / "nergens")
    (tmp_path / "leeg").mkdir()
    with pytest.raises(Unusable, match="leeg: the folder holds no file"):
        imported(tmp_path / "leeg")


def test_one_kind_of_file_twice(database: str, city: Path) -> None:
    write(city / "nog_aanbod.csv", OFFERS)
    with pytest.raises(Unusable, match=r"offers\.csv and nog_aanbod\.csv are both offers\.csv|nog_aanbod\.csv and"):
        imported(city)


def test_two_imports_at_once(database: str, city: Path) -> None:
    before = everything()
    with session() as first:
        lock(first)
        with pytest.raises(NotImported, match=r"Nothing was changed\. Another import.*wait.* and try again"):
            imported(city)
    assert everything() == before
    assert counted(imported(city))["offer"] == (3, 0, 0, 0, 0)


def test_while_another_imports_a_dry_run_goes_on(database: str, city: Path) -> None:
    with session() as first:
        lock(first)
        assert counted(imported(city, dry_run=True))["offer"] == (3, 0, 0, 0, 0)


@pytest.fixture()
def full_disk(database: str) -> None:
    """No page more than the database has now."""
    engine = engine_for(database)
    if engine.dialect.name != "sqlite":
        pytest.skip("only SQLite can be told to be full")

    def narrow(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    engine.dispose()
    event.listen(engine, "connect", narrow)


def test_a_full_disk(full_disk: None, tmp_path: Path) -> None:
    before = everything()
    rows = "".join(f"duaal-{number},Molenaar duaal {number},3de graad\n" for number in range(20_000, 25_000))
    write(tmp_path / "programmes.csv", f"id,name,grade\n{rows}")
    with pytest.raises(
        NotImported, match=r"Nothing was changed\. There is no room left .*free some space and try again"
    ):
        imported(tmp_path)
    assert everything() == before
