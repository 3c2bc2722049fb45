"""Made-up deliveries in the official shapes, and what the tests ask of an import."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from catalog import models, session
from catalog.importing import Report, run

DAY = date(2026, 11, 22)
LATER = date(2027, 3, 1)
PROGRAMMES = """id,name,grade,finality
duaal-9001,Molenaar duaal,3de graad,arbeidsmarktfinaliteit
duaal-9002,Mandenvlechter duaal,2de graad,arbeidsmarktfinaliteit
"""
OFFERS = """programme_id,school,instellingsnummer,vestigingsnummer,postcode,municipality,school_year
duaal-9001,Instituut De Wiek,900001,1,2300,Turnhout,2026-2027
duaal-9002,Instituut De Wiek,900001,1,2300,Turnhout,2026-2027
duaal-1097,Instituut De Wiek,900001,2,9120,Beveren,2026-2027
"""


@pytest.fixture()
def city(tmp_path: Path) -> Path:
    """A folder as a city delivers it."""
    folder = tmp_path / "stad"
    folder.mkdir()
    write(folder / "programmes.csv", PROGRAMMES)
    write(folder / "offers.csv", OFFERS)
    return folder


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def imported(source: Path | str, day: date = DAY, **how: Any) -> Report:
    return run(source, as_of=day, **how)


def counted(report: Report) -> dict[str, tuple[int, int, int, int, int]]:
    """New, changed, same, vanished and returned rows, by kind; datasets added up."""
    sums: dict[str, tuple[int, int, int, int, int]] = {}
    for count in report.counts:
        now = (count.new, count.changed, count.same, count.vanished, count.returned)
        before = sums.get(count.kind, (0, 0, 0, 0, 0))
        sums[count.kind] = tuple(map(sum, zip(before, now, strict=True)))  # type: ignore[assignment]
    return sums


def how_many(model: Any) -> int:
    with session() as db:
        return int(db.execute(select(func.count()).select_from(model)).scalar_one())


def everything() -> dict[str, list[Any]]:
    """All that the database holds, to compare before and after; not when it was last written to."""
    with session() as db:
        return {
            name: sorted(map(repr, db.execute(select(table)).all()))
            for name, table in models.Base.metadata.tables.items()
            if name != models.Filled.__tablename__
        }


def one(model: Any, key: Any) -> Any:
    with session() as db:
        row = db.get(model, key)
        db.expunge_all()
        return row


def envelope(records: list[dict[str, Any]], key: str = "content", number: int = 1, **meta: Any) -> str:
    """A page as the services give it."""
    whole = {"total_elements": len(records), "total_pages": 1, "number": number, "last": True, **meta}
    return json.dumps({"meta": whole, key: records}, indent=1)


def group(code: int, direction: str, name: str, dual: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "administratievegroep_code": code,
        "administratievegroep_omschrijving": f"1e leerjaar {name}",
        "administratievegroep_graad": {"code": "3", "omschrijving": "Derde graad"},
        "administratievegroep_finaliteit": {"code": "A", "omschrijving": "Arbeidsmarktfinaliteit"},
        "administratievegroep_onderwijsvorm": {"code": "BSO", "omschrijving": "Beroepssecundair onderwijs"},
        "administratievegroep_domein": {"code": "2", "omschrijving": "STEM"},
        "administratievegroep_studierichting": {"code": direction, "omschrijving": name},
        "administratievegroep_duaal": dual,
        "administratievegroep_modulair": False,
        **more,
    }


def offered(school: int, site: int, code: int, is_open: bool = True) -> dict[str, Any]:
    return {
        "instelling_nummer": school,
        "instellingslocatie_vestigingsnummer": site,
        "administratievegroep_code": code,
        "administratievegroep_omschrijving": "…",
        "schooljaar": 2026,
        "inschrijvingen": is_open,
        "financierbaar": True,
    }


SCHOOLS = [
    {
        "instelling_nummer": 900001,
        "instelling_naam": "De Wiek",
        "instelling_naam_volledig": "Instituut De Wiek Turnhout",
        "instelling_net": {"code": "3", "omschrijving": "Vrij gesubsidieerd onderwijs"},
        "instelling_telefoon": "014 00 00 00",
        "instelling_email": "info@dewiek.example.be",
        "instelling_website": "www.dewiek.example.be",
    },
    {"instelling_nummer": 900002, "instelling_naam": "KTA De Korf", "instelling_email": "an.peeters@dekorf.example.be"},
    {"instelling_nummer": 900099, "instelling_naam": "Een bestuur", "instelling_type": {"code": "300"}},
]
SITES = [
    {
        "instelling_nummer": 900001,
        "instellingslocatie_vestigingsnummer": 1,
        "instellingslocatie_straatnaam": "Molenpad",
        "instellingslocatie_huisnummer": "7",
        "instellingslocatie_postcode": "2300",
        "instellingslocatie_gemeente": "TURNHOUT",
        "instellingslocatie_gemeente_nis": "13040",
        "gps_breedtegraad": 51.32,
        "gps_lengtegraad": 4.94,
    },
    {
        "instelling_nummer": 900002,
        "instellingslocatie_vestigingsnummer": 1,
        "instellingslocatie_straatnaam": "Korfstraat",
        "instellingslocatie_postcode": "9120",
        "instellingslocatie_gemeente": "Beveren-Waas",
        "instellingslocatie_gemeente_nis": "46030",
    },
    {"instelling_nummer": 1, "instellingslocatie_vestigingsnummer": 1, "instellingslocatie_gemeente": "Gent"},
]
GROUPS = [
    group(501, "9001", "Molenaar duaal"),
    group(502, "9001", "Molenaar duaal"),
    group(503, "OV3-902", "Mandenvlechter DL", administratievegroep_graad=None),
    group(504, "9003", "Wiskunde", dual=False),
    group(505, "1097", "Haarverzorging afgekort op veertig lette"),
]
ENROLMENTS = """hoofdstructuur_inschrijving_code;graad_so;leerjaar;studierichting;vestiging_fusiegemeente_naam;\
instellingsnummer;intern_volgnr_vpl;administratieve_groep;vestigingsplaats_adres;aantal_inschrijvingen
311;3e graad;1e leerjaar;molenaar duaal;Turnhout;900001;01;x;Molenpad 7 2300 Turnhout;4
311;3e graad;2e leerjaar;molenaar duaal;Turnhout;900001;01;x;Molenpad 7 2300 Turnhout;3
311;3e graad;1e leerjaar;wiskunde;Turnhout;900001;01;x;Molenpad 7 2300 Turnhout;30
"""
ENROLMENT_FILE = "inschrijvingen-leerplicht-instellingen-dataset-2026-2027-1feb.csv"


@pytest.fixture()
def official(tmp_path: Path) -> Path:
    """A folder with pages of the services."""
    folder = tmp_path / "overheid"
    folder.mkdir()
    write(folder / "instellingen.json", envelope(SCHOOLS))
    write(folder / "locaties.json", envelope(SITES))
    write(folder / "groepen.json", envelope(GROUPS))
    rows = [offered(900001, 1, 501, False), offered(900001, 1, 502), offered(900002, 1, 503), offered(900002, 1, 504)]
    write(folder / "aanbod-1.json", envelope(rows[:2], total_elements=4, total_pages=2, last=False))
    write(folder / "aanbod-2.json", envelope(rows[2:], total_elements=4, total_pages=2, number=2))
    return folder


Edit = Callable[[Path, str, str], None]
