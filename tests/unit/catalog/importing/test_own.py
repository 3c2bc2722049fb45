"""What a city or a school delivers in its own files."""

from pathlib import Path

import pytest

from catalog import models
from catalog.importing import Unusable
from tests.unit.catalog.importing.conftest import (
    DAY,
    LATER,
    OFFERS,
    PROGRAMMES,
    counted,
    edit,
    everything,
    how_many,
    imported,
    one,
    write,
)


def test_a_citys_folder_is_taken_in(database: str, city: Path) -> None:
    report = imported(city)
    assert report.faults == []
    assert counted(report)["offer"] == (3, 0, 0, 0, 0)
    assert how_many(models.Programme) == 266
    school = one(models.Provider, "900001")
    assert (school.name, school.dataset, school.verified_on) == ("Instituut De Wiek", "eigen-stad", DAY.isoformat())
    assert one(models.Location, "900001-2").municipality == "Beveren-Kruibeke-Zwijndrecht"


def test_the_same_delivery_twice_changes_nothing(database: str, city: Path) -> None:
    imported(city)
    before = everything()
    report = imported(city)
    assert everything() == before
    assert counted(report) == {
        "programme": (0, 0, 2, 0, 0),
        "provider": (0, 0, 1, 0, 0),
        "location": (0, 0, 2, 0, 0),
        "offer": (0, 0, 3, 0, 0),
    }


def test_what_is_read_again_later_is_the_same_but_newer(database: str, city: Path) -> None:
    imported(city)
    assert counted(imported(city, LATER))["offer"] == (0, 0, 3, 0, 0)
    assert one(models.Programme, "duaal-9001").verified_on == LATER.isoformat()


def test_half_a_file_makes_nothing_vanish_unless_it_is_said_to_be_whole(database: str, city: Path) -> None:
    many = [
        f"duaal-9{number:03},Molenaar {number} duaal,3de graad,arbeidsmarktfinaliteit\n" for number in range(100, 140)
    ]
    write(city / "programmes.csv", PROGRAMMES + "".join(many))
    imported(city)
    write(city / "programmes.csv", PROGRAMMES + "".join(many[:10]))
    report = imported(city, LATER)
    assert counted(report)["programme"] == (0, 0, 12, 0, 0)
    assert "30 of 42 rows of programme are absent" in "".join(report.notices)
    assert one(models.Programme, "duaal-9139").vanished_on is None
    assert counted(imported(city, LATER, shrunk=True))["programme"] == (0, 0, 12, 30, 0)


def many_offers(city: Path, count: int, keep: int | None = None) -> None:
    """So many schools with one offer each, of which the first few are delivered."""
    head = OFFERS.splitlines(keepends=True)[0]
    rows = [f"duaal-1097,Molenschool {number},9001{number:02},1,2300,Turnhout,2026-2027\n" for number in range(count)]
    write(city / "offers.csv", head + "".join(rows[:keep]))


@pytest.mark.parametrize(("count", "keep"), [(48, 10), (20, 6), (8, 3)])
def test_half_a_file_makes_nothing_at_all_vanish(database: str, city: Path, count: int, keep: int) -> None:
    (city / "programmes.csv").unlink()
    many_offers(city, count)
    imported(city)
    many_offers(city, count, keep)
    report = imported(city, LATER)
    assert {one[3] for one in counted(report).values()} == {0}
    assert f"{count - keep} of {count} rows of offer are absent" in "".join(report.notices)
    assert one(models.Provider, f"9001{count - 1:02}").vanished_on is None
    gone = counted(imported(city, LATER, shrunk=True))
    assert gone["provider"] == gone["location"] == gone["offer"] == (0, 0, keep, count - keep, 0)


def test_one_kind_that_looks_like_half_a_file_keeps_the_other_kinds(database: str, city: Path) -> None:
    many_offers(city, 12)
    imported(city)
    write(city / "programmes.csv", "".join(PROGRAMMES.splitlines(keepends=True)[:2]))
    many_offers(city, 12, 4)
    imported(city, LATER)
    assert one(models.Programme, "duaal-9002").vanished_on is None


def test_a_small_school_may_end_most_of_its_programmes(database: str, city: Path) -> None:
    imported(city)
    write(city / "offers.csv", "".join(OFFERS.splitlines(keepends=True)[:2]))
    assert counted(imported(city, LATER))["offer"] == (0, 0, 1, 2, 0)


def test_a_site_with_an_offer_that_stays_does_not_vanish(database: str, tmp_path: Path) -> None:
    sites = "id,provider_id,municipality\n900001-1,900001,Kruibeke\n"
    write(tmp_path / "scholen.csv", "id,name\n900001,VTI Molendorp\n900002,VTI Wiekdorp\n")
    write(tmp_path / "sites.csv", f"{sites}900002-1,900002,Ninove\n")
    write(tmp_path / "aanbod.csv", "programme_id,location_id\nduaal-1097,900001-1\nduaal-1097,900002-1\n")
    imported(tmp_path, dataset="vti")
    write(tmp_path / "scholen.csv", "id,name\n900001,VTI Molendorp\n")
    write(tmp_path / "sites.csv", sites)
    report = imported(tmp_path, LATER, dataset="vti")
    assert counted(report)["provider"] == counted(report)["location"] == (0, 0, 1, 0, 0)
    assert (
        "eigen-vti, location: rows that are absent but stay, since a row of offer still stands on them: 1"
        in report.notices
    )
    write(tmp_path / "aanbod.csv", "programme_id,location_id\nduaal-1097,900001-1\n")
    assert {one[3] for one in counted(imported(tmp_path, LATER, dataset="vti")).values()} == {1}


def test_of_two_rows_that_differ_the_first_counts_and_nothing_vanishes(database: str, city: Path) -> None:
    imported(city)
    row = "duaal-9001,Molenaar duaal,3de graad,arbeidsmarktfinaliteit\n"
    write(city / "programmes.csv", f"id,name,grade,finality\n{row}{row.replace('Molenaar', 'Windmolenaar')}")
    assert counted(imported(city, LATER))["programme"] == (0, 0, 1, 0, 0)
    assert one(models.Programme, "duaal-9001").name == "Molenaar duaal"
    write(city / "programmes.csv", f"id,name,grade,finality\n{row}{row}")
    assert counted(imported(city, LATER))["programme"] == (0, 0, 1, 1, 0)


def test_what_is_no_longer_delivered_vanishes_and_returns(database: str, city: Path) -> None:
    imported(city)
    gone = "duaal-9002,Mandenvlechter duaal,2de graad,arbeidsmarktfinaliteit\n"
    edit(city / "programmes.csv", gone, "")
    assert counted(imported(city, LATER))["programme"] == (0, 0, 1, 1, 0)
    assert one(models.Programme, "duaal-9002").vanished_on == LATER.isoformat()
    assert counted(imported(city, LATER))["programme"] == (0, 0, 1, 0, 0)
    write(city / "programmes.csv", PROGRAMMES)
    assert counted(imported(city, LATER))["programme"] == (0, 0, 1, 0, 1)
    assert one(models.Programme, "duaal-9002").vanished_on is None


def test_a_file_that_is_not_there_leaves_its_rows_alone(database: str, city: Path) -> None:
    imported(city)
    (city / "offers.csv").unlink()
    assert set(counted(imported(city))) == {"programme"}
    with_header_only = OFFERS.splitlines(keepends=True)[0]
    write(city / "offers.csv", with_header_only)
    report = imported(city)
    assert "offers.csv: no rows, so nothing of it changes" in report.notices
    assert one(models.Provider, "900001").vanished_on is None


def test_an_empty_cell_says_nothing(database: str, city: Path) -> None:
    imported(city)
    edit(city / "programmes.csv", "3de graad,arbeidsmarktfinaliteit", "3de graad,")
    assert counted(imported(city))["programme"] == (0, 0, 2, 0, 0)
    assert one(models.Programme, "duaal-9001").finality == "arbeidsmarktfinaliteit"


def test_a_change_is_counted_once(database: str, city: Path) -> None:
    imported(city)
    edit(city / "programmes.csv", "Molenaar duaal", "Windmolenaar duaal")
    assert counted(imported(city))["programme"] == (0, 1, 1, 0, 0)
    assert counted(imported(city))["programme"] == (0, 0, 2, 0, 0)


def test_a_dry_run_tells_the_same_and_changes_nothing(database: str, city: Path) -> None:
    before = everything()
    dry = imported(city, dry_run=True)
    assert everything() == before
    assert not dry.loaded
    assert counted(dry) == counted(imported(city))


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("cells", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_as_programs_write_it(database: str, city: Path, ends: str, cells: str, encoding: str) -> None:
    for name, text in (("programmes.csv", PROGRAMMES), ("offers.csv", OFFERS)):
        (city / name).write_bytes(text.replace(",", cells).replace("\n", ends).encode(encoding))
    report = imported(city)
    assert (report.faults, counted(report)["offer"]) == ([], (3, 0, 0, 0, 0))


def test_schools_and_sites_in_files_of_their_own(database: str, tmp_path: Path) -> None:
    write(tmp_path / "scholen.csv", "id,name,phone,email\n900001,VTI Molendorp,014 00 00 00,vti@molendorp.example.be\n")
    write(tmp_path / "sites.csv", "id,provider_id,street,municipality\n900001-1,900001,Molenpad 7,Kruibeke\n")
    write(
        tmp_path / "aanbod.csv",
        "programme_id,location_id,school_year,enrolment_open\nduaal-1097,900001-1,2026-2027,ja\n",
    )
    report = imported(tmp_path, dataset="vti")
    assert report.faults == []
    assert one(models.Provider, "900001").email == "vti@molendorp.example.be"
    site = one(models.Location, "900001-1")
    assert (site.municipality, site.dataset) == ("Beveren-Kruibeke-Zwijndrecht", "eigen-vti")


def test_contact_points_of_a_city_stand_beside_ours(database: str, tmp_path: Path) -> None:
    path = write(
        tmp_path / "contact_points.csv",
        "id,name,kind,audience,region,sectors,email,what_for\n"
        "leerwinkel,Leerwinkel Molendorp,stad,leerlingen,Molendorp,alle,an.peeters@molendorp.example.be,Vragen.\n",
    )
    report = imported(path, dataset="molendorp")
    assert counted(report) == {"contact point": (1, 0, 0, 0, 0)}
    assert one(models.ContactPoint, "eigen-molendorp:leerwinkel").email is None
    assert "e-mail address was left out" in report.notices[0]
    assert how_many(models.ContactPoint) == 83
    assert counted(imported(path, dataset="molendorp")) == {"contact point": (0, 0, 1, 0, 0)}
    edit(path, "leerwinkel,", "loket,")
    assert counted(imported(path, dataset="molendorp")) == {"contact point": (1, 0, 0, 1, 0)}


def test_the_projects_own_folder_is_as_it_was_filled(database: str) -> None:
    from catalog.fill import SOURCE

    report = imported(SOURCE)
    assert counted(report)["offer"] == (0, 0, 51, 0, 0)
    assert (report.faults, report.notices) == ([], [])


def test_nothing_that_is_known(tmp_path: Path, database: str) -> None:
    write(tmp_path / "cijfers.csv", "jaar,aantal\n2026,4\n")
    write(tmp_path / "blad.xlsx", "PK")
    with pytest.raises(Unusable, match="the columns jaar, aantal are of no format known here") as told:
        imported(tmp_path)
    assert "blad.xlsx: a workbook; save the sheet as CSV UTF-8" in str(told.value)
    assert "Accepted are own CSV files" in str(told.value)
