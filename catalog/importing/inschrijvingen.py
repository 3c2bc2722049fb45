"""The open data with enrolments in compulsory education, counted on 1 February: one row for each group of pupils."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.importing import table
from catalog.importing.delivery import Dataset
from catalog.importing.known import Known
from catalog.importing.official import ATTRIBUTION, OV3, SEVENTH
from catalog.importing.records import Fault, Found, Item, LocationRecord, Notice, OfferRecord, Unusable, Where, build

REQUIRED = ("instellingsnummer", "intern_volgnr_vpl", "studierichting", "aantal_inschrijvingen")
# Dual learning in what was part-time education, and at Syntra.
DUAL_STRUCTURES = ("312", "315")
COLUMNS = {"programme_id": "studierichting", "location_id": "intern_volgnr_vpl", "enrolled": "aantal_inschrijvingen"}
ADDRESS = re.compile(r"^(?P<street>.*?)[\s,;-]+(?P<postcode>[1-9]\d{3})\b")


def dataset(path: Path) -> Dataset:
    """The dataset of this file's school year.

    Raises:
        Unusable: the name of the file does not tell the school year.
    """
    year = school_year(path)
    return Dataset(
        f"inschrijvingen-{year}",
        f"{ATTRIBUTION} (inschrijvingen leerplichtonderwijs {year}, telling 1 februari)",
        "high",
        leads=frozenset({"enrolled"}),
        columns=COLUMNS,
    )


def school_year(path: Path) -> str:
    """*inschrijvingen-leerplicht-instellingen-dataset-2025-2026-1feb.csv* -> *2025-2026*."""
    found = re.search(r"(20\d{2})-(20\d{2})", path.name)
    if not found or int(found[2]) != int(found[1]) + 1:
        raise Unusable(
            f"{path.name}: the name of the file must hold the school year, as in the official "
            "inschrijvingen-leerplicht-instellingen-dataset-2025-2026-1feb.csv"
        )
    return found[0]


def read(path: Path, known: Known) -> Iterator[Item]:
    """Pupils for each dual programme at each site, and the sites of known schools."""
    counts = _Counts(path, known)
    for row in table.rows(path, REQUIRED):
        if isinstance(row, Fault):
            yield row
        elif _is_dual(row[0]):
            yield from counts.add(*row)
    yield from counts.found()


def _is_dual(cells: table.Row) -> bool:
    names = f"{cells['studierichting']} {cells.get('administratieve_groep', '')}"
    structure = cells.get("hoofdstructuur_inschrijving_code")
    return structure in DUAL_STRUCTURES or bool(re.search(r"\b(duaal|DL)\b", names))


class _Counts:
    """Rows added up: the file splits pupils by sex, nationality, year and more."""

    def __init__(self, path: Path, known: Known) -> None:
        self._known, self._year = known, school_year(path)
        self._sums: dict[tuple[str, str], list[Any]] = {}
        self._sites: dict[str, Found] = {}
        self._unknown: set[tuple[str, str]] = set()
        self._strange: set[str] = set()

    def add(self, cells: table.Row, where: Where) -> Iterator[Fault]:
        """Count one row in; its programme must be known, once said of a programme and a level."""
        provider, site = (cells[column].lstrip("0") for column in ("instellingsnummer", "intern_volgnr_vpl"))
        programme = self._programme(cells)
        wrong = [column for column in ("instellingsnummer", "intern_volgnr_vpl") if not cells[column].isdigit()]
        if not cells["aantal_inschrijvingen"].isdigit():
            wrong.append("aantal_inschrijvingen")
        for column in wrong:
            yield Fault(where.file, where.line, column, cells[column], "is not a whole number")
        if wrong:
            return
        if programme is None:
            what = (cells["studierichting"], _grade(cells))
            if what not in self._unknown:
                self._unknown.add(what)
                reason = f"unknown programme at the level '{what[1]}'; deliver Structuuronderdelen v2 too, or first"
                yield Fault(where.file, where.line, "studierichting", what[0], reason)
            return
        location = f"{provider}-{site or '0'}"
        self._sums.setdefault((programme, location), [0, where])[0] += int(cells["aantal_inschrijvingen"])
        yield from self._site(provider, location, cells, where)

    def _programme(self, cells: table.Row) -> str | None:
        name, grade = cells["studierichting"], _grade(cells)
        return self._known.programme(name, grade) or self._known.programme(f"{name} duaal", grade)

    def _site(self, provider: str, location: str, cells: table.Row, where: Where) -> Iterator[Fault]:
        if location in self._sites:
            return
        if provider not in self._known.providers:
            self._strange.add(provider)
            return
        address = ADDRESS.match(cells.get("vestigingsplaats_adres", ""))
        postcode = address and address["postcode"]
        values = {
            "id": location,
            "provider_id": provider,
            "street": address and address["street"],
            "postcode": postcode,
            "municipality": self._known.municipality(cells.get("vestiging_fusiegemeente_naam") or None, postcode),
        }
        made = build(LocationRecord, values, where)
        if isinstance(made, list):
            yield from made
        else:
            self._sites[location] = (made, where)

    def found(self) -> Iterator[Item]:
        """Every site and every sum once."""
        yield from self._sites.values()
        for (programme, location), (enrolled, where) in self._sums.items():
            values = {"programme_id": programme, "location_id": location, "school_year": self._year}
            made = build(OfferRecord, {**values, "enrolled": enrolled}, where, COLUMNS)
            if isinstance(made, list):
                yield from made
            else:
                yield made, where
        if self._strange:
            yield Notice(
                f"inschrijvingen: {len(self._strange)} schools are not known here; deliver Instelling v2 too, or first"
            )


def _grade(cells: table.Row) -> str:
    """The level as the catalogue calls it, from *graad_so*, *leerjaar* and *opleidingsvorm*."""
    if cells.get("hoofdstructuur_inschrijving_code") == "321" and "eroeps" in cells.get("opleidingsvorm", ""):
        return OV3
    grade, year = cells.get("graad_so", ""), cells.get("leerjaar", "").casefold()
    if re.search(r"\b7|zevende", year) or (grade.startswith("3") and re.match(r"3|derde", year)):
        return SEVENTH
    level = f"{grade[:1]}de graad" if grade[:1] in ("2", "3") else grade
    return f"{level} (aanloop)" if cells["studierichting"].casefold().startswith("aanloop") else level
