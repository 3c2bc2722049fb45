"""Cells, names and files as people write them: understood, or answered with what to write instead."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from catalog import models, session
from catalog.importing import Unusable
from catalog.importing.__main__ import DONE, UNUSABLE, main
from tests.unit.catalog.importing.conftest import LATER, counted, edit, imported, one, write


def delivered(folder: Path, columns: str, *rows: str) -> Path:
    """Offers alone, with columns of one's own choice."""
    path = folder / "offers.csv"
    write(path, "\n".join((columns, *rows, "")))
    return path


@pytest.mark.parametrize(("said", "is_open"), [("Ja", True), ("NEE", False), ("waar", True), ("ONWAAR", False)])
def test_yes_and_no_in_any_case(database: str, tmp_path: Path, said: str, is_open: bool) -> None:
    path = delivered(tmp_path, "programme_id,school,enrolment_open", f"duaal-1097,VTI Wiekdorp,{said}")
    assert imported(path, dataset="stad").faults == []
    with session() as db:
        offer = db.execute(select(models.Offer).where(models.Offer.dataset == "eigen-stad")).scalar_one()
        assert offer.enrolment_open is is_open


def test_what_excel_makes_of_it(database: str, tmp_path: Path) -> None:
    path = delivered(
        tmp_path,
        "sep=;\nProgramme_ID;School;Instellingsnummer;Vestigingsnummer;Latitude;Longitude;Website;Verified On",
        "duaal-1097;VTI Wiekdorp;900001;1;50,92;4,04;www.wiekdorp.example.be;3/9/2026",
        "duaal-9999;VTI Wiekdorp;900001;1;50,92;4,04;www.wiekdorp.example.be;3/9/2026",
    )
    report = imported(path, dataset="stad")
    assert [fault.line for fault in report.faults] == [4]
    site = one(models.Location, "900001-1")
    assert (site.latitude, site.longitude, site.verified_on) == (50.92, 4.04, "2026-09-03")
    assert one(models.Provider, "900001").website == "https://www.wiekdorp.example.be"


@pytest.mark.parametrize(
    ("column", "said", "reason"),
    [
        ("enrolment_open", "misschien", "is not ja or nee"),
        ("verified_on", "31/02/2026", "day is out of range for month"),
        ("latitude", "noord", "is not a number"),
    ],
)
def test_what_is_not_understood_is_shown_as_it_stands(
    database: str, tmp_path: Path, column: str, said: str, reason: str
) -> None:
    path = delivered(tmp_path, f"programme_id,school,{column}", f"duaal-1097,VTI Wiekdorp,{said}")
    assert str(imported(path, dataset="stad").faults[0]).endswith(f"column {column}: value '{said}' - {reason}")


def test_a_workbook_under_another_name(database: str, tmp_path: Path) -> None:
    (tmp_path / "offers.csv").write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    with pytest.raises(Unusable, match=r"offers\.csv: a workbook; save the sheet as CSV UTF-8"):
        imported(tmp_path)


@pytest.mark.parametrize("said", ["1097", "Haarverzorging duaal", "HAARVERZORGING DUAAL", "Duaal-1097", "duaal 1097"])
def test_a_programme_by_its_number_or_title(database: str, tmp_path: Path, said: str) -> None:
    report = imported(delivered(tmp_path, "programme_id,school", f"{said},VTI Wiekdorp"), dataset="stad")
    assert (report.faults, counted(report)["offer"]) == ([], (1, 0, 0, 0, 0))
    assert f"offers.csv, line 2: programme_id '{said}' is taken for duaal-1097 Haarverzorging duaal, 3de graad" in (
        report.notices
    )


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Bandenmontuer", "looks like duaal-1356 Bandenmonteur duaal, 2de graad"),
        ("Haarverzorging", "looks like duaal-1097 Haarverzorging duaal, 3de graad"),
        ("Goochelaar", "look it up with make import CODES=kelner"),
    ],
)
def test_a_programme_that_may_be_meant_is_named(database: str, tmp_path: Path, said: str, reason: str) -> None:
    report = imported(delivered(tmp_path, "programme_id,school", f"{said},VTI Wiekdorp"), dataset="stad")
    assert len(report.faults) == 1
    assert reason in str(report.faults[0])


def test_one_title_at_two_levels_needs_the_grade(database: str, tmp_path: Path) -> None:
    write(
        tmp_path / "programmes.csv",
        "id,name,grade\nduaal-9001,Molenaar duaal,2de graad\nduaal-9002,Molenaar duaal,3de graad\n",
    )
    delivered(tmp_path, "programme_id,school", "Molenaar duaal,VTI Wiekdorp")
    fault = str(imported(tmp_path, dataset="stad").faults[0])
    assert "looks like duaal-9001 Molenaar duaal, 2de graad or duaal-9002 Molenaar duaal, 3de graad" in fault
    delivered(tmp_path, "programme_id,school,grade", "Molenaar duaal,VTI Wiekdorp,3de graad")
    assert imported(tmp_path, dataset="stad").faults == []


def test_the_codes_can_be_looked_up(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--codes", "BANDENMONT"]) == DONE
    assert "duaal-1356 Bandenmonteur duaal, 2de graad" in capsys.readouterr().out.splitlines()
    assert main(["--codes"]) == DONE
    assert len(capsys.readouterr().out.splitlines()) > 200


@pytest.mark.parametrize(
    ("place", "postcode", "stored", "note"),
    [
        ("Ninoove", "", "Ninoove", "the municipality 'Ninoove' is not known here.*; did you mean Ninove[?]"),
        ("Beveren-Waas", "", "Beveren-Waas", "did you mean Beveren[?]"),
        ("Denderleuw", "9470", "Denderleuw", "did you mean Denderleeuw[?]"),
        ("Xyz", "9400", "Xyz", "did you mean Ninove[?]"),
        ("Brugge", "9000", "Brugge", "the postcode 9000 belongs to Gent, not to Brugge"),
        ("St.-Niklaas", "", "Sint-Niklaas", None),
        ("St Truiden", "3800", "Sint-Truiden", None),
        ("Aalst (Nieuwerkerken)", "9320", "Aalst", None),
        ("", "9400", "Ninove", None),
    ],
)
def test_places(database: str, tmp_path: Path, place: str, postcode: str, stored: str, note: str | None) -> None:
    columns = "programme_id,school,instellingsnummer,vestigingsnummer,municipality,postcode"
    rows = [f"duaal-{code},VTI Wiekdorp,900001,1,{place},{postcode}" for code in (1097, 1356)]
    report = imported(delivered(tmp_path, columns, *rows), dataset="stad")
    assert report.faults == []
    assert one(models.Location, "900001-1").municipality == stored
    if note:
        assert len(report.notices) == 1
        assert report.notices[0].startswith("offers.csv, line 2 (also 1 other row): ")
        assert re.search(note, report.notices[0])
    else:
        assert report.notices == []


@pytest.mark.parametrize(
    ("column", "said", "listed"),
    [("grade", "3", "3de graad"), ("finality", "arbeidsmarkt", "arbeidsmarktfinaliteit"), ("contract", "vast", "SAO")],
)
def test_a_value_that_no_list_knows_is_a_fault(
    database: str, tmp_path: Path, column: str, said: str, listed: str
) -> None:
    cells = {"grade": "2de graad", "finality": "dubbele finaliteit", "contract": "OAO", column: said}
    path = write(
        tmp_path / "programmes.csv",
        f"id,name,{','.join(cells)}\nduaal-9001,Molenaar duaal,{','.join(cells.values())}\n",
    )
    [fault] = imported(path, dataset="stad").faults
    assert (fault.column, fault.value) == (column, said)
    assert "is none of: " in fault.reason
    assert listed in fault.reason


def test_a_sector_that_is_new_is_remarked(database: str, tmp_path: Path) -> None:
    path = write(
        tmp_path / "programmes.csv",
        "id,name,grade,sector,study_domain\nduaal-9001,Molenaar duaal,2DE GRAAD,Bouw,stem\n"
        "duaal-9002,Slager duaal,3de graad,VOEDING,STEM\n",
    )
    for _ in range(2):
        report = imported(path, dataset="stad")
        assert len(report.notices) == 1
        assert "line 2: column sector: value 'Bouw' is none of: " in report.notices[0]
    assert one(models.Programme, "duaal-9002").sector == "voeding"
    assert one(models.Programme, "duaal-9001").grade == "2de graad"


@pytest.mark.parametrize("name", ["duaalwijzer", "Duaalwijzer", "onderwijsaanbod-so-v2", "instelling-v2", "..."])
def test_names_that_are_not_for_a_city(database: str, city: Path, name: str) -> None:
    with pytest.raises(Unusable, match=r"DATASET=stad-gent \(--dataset\)"):
        imported(city, dataset=name)
    with pytest.raises(Unusable, match="is a name of Duaalwijzer itself"):
        imported(city.rename(city.parent / "Duaalwijzer"))


def test_under_another_name_it_is_asked_whose_rows_these_are(database: str, city: Path) -> None:
    imported(city, dataset="stad-molendorp")
    report = imported(city, dataset="molendorp")
    assert (
        "eigen-molendorp: 8 of these rows belong to eigen-stad-molendorp, which goes first; did you mean "
        "DATASET=stad-molendorp (--dataset)?" in report.notices
    )
    # As the output calls it, it is the same.
    assert imported(city, dataset="eigen-stad-molendorp").notices == []


def test_data_of_an_older_day_are_refused(database: str, city: Path) -> None:
    imported(city, LATER)
    edit(city / "programmes.csv", "Molenaar duaal", "Windmolenaar duaal")
    with pytest.raises(Unusable, match="are of 2026-11-22, but eigen-stad was imported with data of 2027-03-01"):
        imported(city)
    assert one(models.Programme, "duaal-9001").name == "Molenaar duaal"


@pytest.mark.parametrize(("said", "message"), [("gisteren", "is not a day"), ("2999-01-01", "is still to come")])
def test_a_day_that_cannot_be(
    database: str, city: Path, capsys: pytest.CaptureFixture[str], said: str, message: str
) -> None:
    assert main([str(city), "--as-of", said]) == UNUSABLE
    assert message in capsys.readouterr().err
    assert main([str(city), "--as-of", "20/11/2026"]) == DONE


def test_a_row_with_two_faults_is_one_row(database: str, city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (city / "offers.csv").unlink()
    edit(city / "programmes.csv", "2de graad,arbeidsmarktfinaliteit", "2,arbeid")
    main([str(city), "--dry-run"])
    said = capsys.readouterr()
    assert said.err.count("programmes.csv, line 3, column") == 2
    assert "1 faulty row would be left out" in said.out
