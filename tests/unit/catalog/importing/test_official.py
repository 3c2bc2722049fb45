"""What the services of the Flemish government deliver."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from catalog import models, session
from catalog.fill import SOURCE, fill
from catalog.importing import Unusable
from tests.unit.catalog.importing.conftest import (
    DAY,
    ENROLMENT_FILE,
    ENROLMENTS,
    GROUPS,
    LATER,
    SCHOOLS,
    SITES,
    counted,
    edit,
    envelope,
    everything,
    group,
    how_many,
    imported,
    offered,
    one,
    write,
)


def offers_at(location: str) -> dict[str, tuple[bool | None, int | None]]:
    with session() as db:
        rows = db.execute(select(models.Offer).where(models.Offer.location_id == location)).scalars()
        return {row.programme_id: (row.enrolment_open, row.enrolled) for row in rows}


def test_all_services_in_one_folder(database: str, official: Path) -> None:
    report = imported(official)
    assert report.faults == []
    assert counted(report) == {
        "provider": (2, 0, 0, 0, 0),
        "location": (2, 0, 0, 0, 0),
        "programme": (2, 1, 0, 0, 0),
        "offer": (2, 0, 0, 0, 0),
    }
    # Two years of one programme are one offer, open when one of the years is; what is not dual is passed over.
    assert offers_at("900001-1") == {"duaal-9001": (True, None)}
    assert offers_at("900002-1") == {"buso-ov3-902": (True, None)}
    made = one(models.Programme, "buso-ov3-902")
    assert (made.name, made.grade) == ("Mandenvlechter duaal (BuSO OV3)", "BuSO OV3")
    assert (made.study_domain, made.finality) == ("STEM", "arbeidsmarktfinaliteit")
    assert made.source.startswith("Bron: Vlaamse overheid, Departement Onderwijs en Vorming")


def test_twice_is_once(database: str, official: Path) -> None:
    imported(official)
    before = everything()
    assert {count[:2] for count in counted(imported(official)).values()} == {(0, 0)}
    assert everything() == before


def test_schools_and_sites(database: str, official: Path) -> None:
    report = imported(official)
    school = one(models.Provider, "900001")
    assert (school.name, school.network) == ("Instituut De Wiek Turnhout", "Vrij gesubsidieerd onderwijs")
    assert (school.email, school.website) == ("info@dewiek.example.be", "https://www.dewiek.example.be")
    assert one(models.Provider, "900002").email is None
    assert one(models.Provider, "900099") is None
    site = one(models.Location, "900001-1")
    assert (site.street, site.postcode, site.municipality, site.latitude) == ("Molenpad 7", "2300", "Turnhout", 51.32)
    assert one(models.Location, "900002-1").municipality == "Beveren-Kruibeke-Zwijndrecht"
    assert "instelling: 1 e-mail addresses were left out, since they may hold a person's name" in report.notices
    assert "instellingslocatie: 1 sites of schools that are not known here were passed over" in report.notices


def test_a_name_that_is_cut_off_does_not_replace_ours(database: str, official: Path) -> None:
    before = one(models.Programme, "duaal-1097")
    imported(official)
    after = one(models.Programme, "duaal-1097")
    assert (after.name, after.dataset) == (before.name, "onderwijsaanbod-so-v2")
    assert after.sector == before.sector


def test_our_own_files_do_not_overwrite_what_is_official(database: str, official: Path, tmp_path: Path) -> None:
    imported(official)
    ours = tmp_path / "catalogue"
    shutil.copytree(SOURCE, ours)
    edit(ours / "programmes.csv", "duaal-1097,Haarverzorging duaal,3de graad", "duaal-1097,Haar,2de graad")
    words = ours / "programme_words.csv"
    write(words, words.read_text(encoding="utf-8").replace("Haarverzorging duaal", "Haar"))
    assert fill(ours) is True
    kept = one(models.Programme, "duaal-1097")
    assert (kept.name, kept.grade) == ("Haarverzorging duaal", "3de graad")
    assert how_many(models.Provider) == 19 + 2
    assert offers_at("900001-1") == {"duaal-9001": (True, None)}


def test_a_page_that_is_missing_makes_nothing_vanish(database: str, official: Path) -> None:
    imported(official)
    (official / "aanbod-2.json").unlink()
    report = imported(official)
    assert (
        "ingerichteadministratievegroep: 2 of 4 records delivered on 1 of 2 pages; deliver all pages" in report.notices
    )
    assert counted(report)["offer"] == (0, 0, 1, 0, 0)


def test_an_offer_that_ends_vanishes(database: str, official: Path) -> None:
    imported(official)
    write(official / "aanbod-1.json", envelope([offered(900001, 1, 501)]))
    write(official / "aanbod-2.json", envelope([offered(900001, 1, 502)], total_elements=2))
    assert counted(imported(official, LATER))["offer"] == (0, 0, 1, 1, 0)
    with session() as db:
        gone = db.execute(select(models.Offer).where(models.Offer.programme_id == "buso-ov3-902")).scalar_one()
        assert gone.vanished_on == LATER.isoformat()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "aanbod-2.json",
            '"administratievegroep_code": 503',
            '"administratievegroep_code": 777',
            "aanbod-2.json, record 1, column administratievegroep_code: value '777' - unknown programme: "
            "administratievegroep lacks this code; deliver its pages of the same day",
        ),
        (
            "aanbod-2.json",
            '"instellingslocatie_vestigingsnummer": 1',
            '"instellingslocatie_vestigingsnummer": 8',
            "aanbod-2.json, record 1, column instellingslocatie_vestigingsnummer: value '900002-8' - unknown location "
            "900002-8; deliver it too, or first",
        ),
        (
            "locaties.json",
            '"2300"',
            '"23OO"',
            "locaties.json, record 1, column instellingslocatie_postcode: value '23OO' - has another form than 2300",
        ),
        (
            "instellingen.json",
            "900002",
            '"KTA"',
            "instellingen.json, record 2, column instelling_nummer: value 'KTA' - is not a whole number",
        ),
        (
            "groepen.json",
            '"code": "OV3-902"',
            '"code": ""',
            "groepen.json, record 3, column administratievegroep_studierichting: value '' - is empty",
        ),
        (
            "groepen.json",
            '"administratievegroep_code": 502',
            '"administratievegroep_code": 501',
            "groepen.json, record 2, column administratievegroep_code: value '501' - stands there twice; "
            "the first one counts, in groepen.json, record 1",
        ),
    ],
)
def test_a_bad_record_is_named(database: str, official: Path, name: str, old: str, new: str, message: str) -> None:
    edit(official / name, old, new)
    assert message in [str(fault) for fault in imported(official).faults]


def test_offers_alone_cannot_be_read(database: str, official: Path) -> None:
    with pytest.raises(
        Unusable, match="does not tell which groups are dual; deliver the pages of administratievegroep"
    ):
        imported(official / "aanbod-1.json")


def part(number: int, title: str, **more: object) -> dict[str, object]:
    return {
        "structuuronderdeel_nummer": number,
        "titel": title,
        "duaal": True,
        "begindatum": "2019-09-01",
        "discipline": "Hout en bouw",
        "studiedomein": {"code": "2", "omschrijving": "STEM"},
        "hoofdstructuren": [{"code": "311"}, {"code": "321"}],
        "leerjaren": [{"code": "1"}, {"code": "2"}],
        **more,
    }


MATRIX = [
    {
        "structuuronderdeel_groep_nummer": "G-9001",
        "titel": "Molenaar",
        "graad": {"code": "3", "omschrijving": "Derde graad"},
        "finaliteit": {"code": "A"},
        "structuuronderdelen": [
            part(1, "Molenaar duaal", studierichting_nummer_oud="9001", einddatum="2025-08-31"),
            part(2, "Molenaar duaal", studierichting_nummer_oud="9001", begindatum="2025-09-01T00:00:00Z"),
            part(3, "Molenaar", studierichting_nummer_oud="9010", duaal=False),
            part(4, "Aanloop molenaar duaal", aanloop=True),
        ],
    },
    {
        "structuuronderdeel_groep_nummer": "G-9002",
        "titel": "Stuurman",
        "graad": "3",
        "type_7de_leerjaar": "NA_OK3",
        "structuuronderdelen": [part(5, "Stuurman duaal", studierichting_nummer_oud="9005")],
    },
    {
        "structuuronderdeel_groep_nummer": "G-9003",
        "titel": "Bandenmonteur",
        "finaliteit": "A",
        "structuuronderdelen": [part(6, "Bandenmonteur duaal", hoofdstructuren=["321"])],
    },
]


def test_the_matrix_of_programmes(database: str, tmp_path: Path) -> None:
    path = write(tmp_path / "matrix.json", envelope(MATRIX, key="structuuronderdeel_groepen"))  # type: ignore[arg-type]
    report = imported(path)
    assert report.faults == []
    miller = one(models.Programme, "duaal-9001")
    assert (miller.grade, miller.valid_from, miller.valid_until) == ("3de graad", "2025-09-01", None)
    assert (miller.sector, miller.study_domain) == ("hout en bouw", "STEM")
    assert one(models.Programme, "duaal-9010") is None
    assert one(models.Programme, "aanloop-4").grade == "3de graad (aanloop)"
    assert one(models.Programme, "duaal-9005").grade == "7de leerjaar"
    # Without a code it is known by its name and level.
    assert one(models.Programme, "buso-ov3-177").valid_from == "2019-09-01"
    assert counted(imported(path))["programme"] == (0, 0, 4, 0, 0)


def test_enrolments_are_added_up(database: str, official: Path) -> None:
    imported(official)
    write(official / ENROLMENT_FILE, ENROLMENTS)
    report = imported(official)
    assert report.faults == []
    assert offers_at("900001-1") == {"duaal-9001": (True, 7)}
    edit(official / ENROLMENT_FILE, ";4\n", ";5\n")
    imported(official / ENROLMENT_FILE)
    assert offers_at("900001-1") == {"duaal-9001": (True, 8)}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (";4\n", ";<5\n", "line 2, column aantal_inschrijvingen: value '<5' - is not a whole number"),
        (
            "molenaar duaal",
            "heks duaal",
            "line 2, column studierichting: value 'heks duaal' - unknown programme at the level '3de graad'; deliver "
            "Structuuronderdelen v2 too, or first",
        ),
        (
            "900001;01;x;Molenpad 7 2300 Turnhout;4",
            "900555;01;x;Elders;4",
            "line 2, column intern_volgnr_vpl: value '900555-1' - unknown location 900555-1; deliver it too, or first",
        ),
    ],
)
def test_a_bad_enrolment_is_named(database: str, official: Path, old: str, new: str, message: str) -> None:
    imported(official)
    path = write(official / ENROLMENT_FILE, ENROLMENTS.replace(old, new, 1))
    assert [str(fault) for fault in imported(path).faults] == [f"{ENROLMENT_FILE}, {message}"]


def test_enrolments_need_their_school_year(database: str, tmp_path: Path) -> None:
    path = write(tmp_path / "inschrijvingen.csv", ENROLMENTS)
    with pytest.raises(Unusable, match="the name of the file must hold the school year"):
        imported(path)


def test_a_list_without_an_envelope_is_read_too(database: str, tmp_path: Path) -> None:
    path = write(tmp_path / "scholen.json", json.dumps(SCHOOLS))
    assert counted(imported(path, DAY))["provider"] == (2, 0, 0, 0, 0)


def test_more_records_than_fit_in_memory_at_once(database: str, tmp_path: Path) -> None:
    many = [{**SCHOOLS[0], "instelling_nummer": 910000 + number, "rest": "x" * 500} for number in range(500)]
    write(tmp_path / "scholen.json", envelope(many))
    many_sites = [{**SITES[0], "instelling_nummer": 910000 + number} for number in range(500)]
    write(tmp_path / "locaties.json", envelope(many_sites))
    write(tmp_path / "groepen.json", envelope([*GROUPS, group(506, "9006", "Aanloop molenaar duaal")]))
    report = imported(tmp_path)
    assert counted(report)["location"] == (500, 0, 0, 0, 0)
    # A run-up without a number of its own stands for several.
    assert one(models.Programme, "aanloop-groep-9006").grade == "3de graad (aanloop)"
