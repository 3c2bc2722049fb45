"""Our own files, and those of a city or a school: any of five CSV files, in the form of ``data/catalogue``."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog.importing import spoken, table
from catalog.importing.known import Known
from catalog.importing.records import (
    PROGRAMME_CODE,
    ContactRecord,
    Fault,
    Found,
    Item,
    LocationRecord,
    Notice,
    OfferRecord,
    ProgrammeRecord,
    ProviderRecord,
    Record,
    Where,
    build,
    slug,
)

PLAIN: dict[str, tuple[type[Record], tuple[str, ...]]] = {
    "programmes.csv": (ProgrammeRecord, ("id", "name", "grade")),
    "providers.csv": (ProviderRecord, ("id", "name")),
    "locations.csv": (LocationRecord, ("id", "provider_id")),
    "contact_points.csv": (ContactRecord, ("id", "name", "kind", "audience", "region", "sectors", "what_for")),
}
OFFERS = "offers.csv"
FILES = (*PLAIN, OFFERS)
# In offers.csv: what tells of the school, of its site, and of the offer itself.
SCHOOL = ("network", "phone", "email", "website")
SITE = ("street", "postcode", "municipality", "latitude", "longitude")
ORIGIN = ("source", "verified_on", "confidence")
OFFER = ("programme_id", "school_year", "enrolled", "enrolment_open")
LOOK_UP = "make import CODES=kelner (python -m catalog.importing --codes kelner)"
MOST_SHOWN = 3
# Tells which of two programmes is meant, where the title stands in the place of the code.
GRADE = "grade"
NUMBERS = ("instellingsnummer", "vestigingsnummer", "location_id", "school")


class _Notes:
    """Remarks about rows: one for all rows of which the same can be said."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Where]] = {}

    def add(self, where: Where, text: str | None) -> None:
        """Remark it of this row."""
        if text:
            self._rows.setdefault(text, []).append(where)

    def told(self) -> Iterator[Notice]:
        """Every remark once, at its first row."""
        for text, (first, *more) in self._rows.items():
            also = f" (also {len(more)} other row{'s' if len(more) > 1 else ''})" if more else ""
            yield Notice(f"{first.file}, {first.unit} {first.line}{also}: {text}")


def form_of(columns: Iterable[str]) -> str | None:
    """Which of our files has these columns, whatever it is called."""
    have = set(columns)
    if "programme_id" in have and have & {"school", "location_id"}:
        return OFFERS
    fitting = [name for name, (_, required) in PLAIN.items() if have >= set(required)]
    # Every file with programmes has the columns of one with schools too.
    return max(fitting, key=lambda name: len(PLAIN[name][1]), default=None)


def read(files: dict[str, Path], known: Known) -> Iterator[Item]:
    """Records of the files, by the name that each would have with us.

    Raises:
        Unusable: a file as a whole cannot be trusted.
    """
    for name in FILES:
        if name in files:
            yield from _checked(name, files[name], known)


def _checked(name: str, path: Path, known: Known) -> Iterator[Item]:
    if name == OFFERS:
        columns, items = {*OFFER, GRADE, *NUMBERS, *SCHOOL, *SITE, *ORIGIN}, _offers(path, known)
    else:
        columns, items = set(PLAIN[name][0].__fields__), _plain(name, path, known)
    strange = [column for column in table.header(path) if column not in columns]
    if strange:
        yield Notice(f"{path.name}: column {', '.join(strange)} means nothing here and was skipped")
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        yield Notice(f"{path.name}: no rows, so nothing of it changes", incomplete=True)


def _plain(name: str, path: Path, known: Known) -> Iterator[Item]:
    record, required = PLAIN[name]
    notes = _Notes()
    for row in table.rows(path, required):
        if isinstance(row, Fault):
            yield row
            continue
        cells, where = row
        settled = spoken.settled(cells)
        values: dict[str, Any] = {column: settled[column] for column in record.__fields__ if column in settled}
        if record is LocationRecord:
            notes.add(where, known.doubt(values.get("municipality"), values.get("postcode")))
            values["municipality"] = known.municipality(values.get("municipality"), values.get("postcode"))
        if record is ProgrammeRecord:
            strange = _from_lists(values, known, where, notes)
            if strange:
                yield from strange
                continue
        made = build(record, values, where)
        if isinstance(made, list):
            yield from _as_written(made, cells)
            continue
        if isinstance(made, ProgrammeRecord):
            known.learn_programme(made.id, made.name, made.grade)
        yield made, where
        yield from _dropped_mailbox(made, cells, where)
    yield from notes.told()


def _as_written(faults: list[Fault], cells: table.Row) -> Iterator[Fault]:
    """Faults that show what stands in the file."""
    yield from (replace(fault, value=cells.get(fault.column, fault.value)) for fault in faults)


def _from_lists(values: dict[str, Any], known: Known, where: Where, notes: _Notes) -> list[Fault]:
    """Bring values that come from a list into its form; what is not in a closed list is a fault, else a remark."""
    faults = []
    for column, allowed in {**spoken.CLOSED, **spoken.OPEN, "sector": tuple(sorted(known.sectors))}.items():
        said = values.get(column)
        if not said or not allowed:
            continue
        values[column] = spoken.one_of(said, allowed) or said
        if values[column] in allowed:
            continue
        reason = f"is none of: {'; '.join(allowed)}"
        if column in spoken.CLOSED:
            faults.append(Fault(where.file, where.line, column, said, reason, where.unit))
        else:
            notes.add(where, f"column {column}: value '{said}' {reason}; who asks for one of those does not find it")
    return faults


def _dropped_mailbox(made: Any, cells: table.Row, where: Where) -> Iterator[Notice]:
    if cells.get("email") and not made.email:
        # The address itself stays out of what is shown: it may be somebody's name.
        yield Notice(
            f"{where.file}, {where.unit} {where.line}: the e-mail address was left out, since it may hold a person's "
            "name; give a general one, such as info@ or secretariaat@"
        )


def _offers(path: Path, known: Known) -> Iterator[Item]:
    by_school = "location_id" not in table.header(path)
    required = ("programme_id", "school") if by_school else ("programme_id", "location_id")
    schools, notes = _Schools(known), _Notes()
    for row in table.rows(path, required):
        if isinstance(row, Fault):
            yield row
            continue
        written, where = row
        cells = spoken.settled(written)
        programme = known.code(cells["programme_id"], cells.get(GRADE))
        if programme is None and not _is_code(cells["programme_id"]):
            yield Fault(where.file, where.line, "programme_id", cells["programme_id"], _meant(cells, known), where.unit)
            continue
        if programme and programme != cells["programme_id"]:
            notes.add(where, f"programme_id '{cells['programme_id']}' is taken for {known.codes[programme]}")
        cells["programme_id"] = programme or cells["programme_id"]
        if by_school:
            notes.add(where, known.doubt(cells.get("municipality"), cells.get("postcode")))
        location = cells.get("location_id")
        if by_school:
            location, faults = schools.meet(cells, where)
            if faults:
                yield from _as_written(faults, written)
                continue
        values = {column: cells[column] for column in (*OFFER, *ORIGIN) if column in cells}
        made = build(OfferRecord, {**values, "location_id": location}, where)
        if isinstance(made, list):
            yield from _as_written(made, written)
        else:
            yield made, where
    yield from schools.found()
    yield from notes.told()


def _is_code(said: str) -> bool:
    """Whether it has the form of a code, or is empty: then what is wrong with it is said further on."""
    return not said or bool(re.match(PROGRAMME_CODE, said))


def _meant(cells: table.Row, known: Known) -> str:
    """What to write in the place of something that is no code."""
    like = known.like(cells["programme_id"])
    if not like:
        return f"is no code of a programme, such as duaal-1097; look it up with {LOOK_UP}"
    shown = " or ".join(map(str, like[:MOST_SHOWN]))
    more = f" or another {len(like) - MOST_SHOWN}: look it up with {LOOK_UP}" if len(like) > MOST_SHOWN else ""
    return f"is no code of a programme; looks like {shown}{more}"


class _Schools:
    """The schools and sites that rows of offers name; what one row leaves open another may tell."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._seen: dict[tuple[str | None, ...], str] = {}
        self._found: dict[tuple[type[Record], str], Found] = {}
        self._notices: list[Notice] = []

    def meet(self, cells: table.Row, where: Where) -> tuple[str, list[Fault]]:
        """The id of the site that a row names, or what is wrong with it."""
        said = tuple(cells.get(column) for column in (*NUMBERS, *SCHOOL, *SITE, *ORIGIN))
        if said in self._seen:
            return self._seen[said], []
        place = self._known.municipality(cells.get("municipality") or None, cells.get("postcode"))
        number, site = cells.get("instellingsnummer") or "", cells.get("vestigingsnummer") or ""
        provider = (number.lstrip("0") or number) if number else f"naam-{slug(cells['school'])}"
        location = f"{provider}-{site.lstrip('0') or slug(place or 'onbekend')}"
        origin = {column: cells.get(column) for column in ORIGIN}
        school = {"id": provider, "name": cells["school"], **{column: cells.get(column) for column in SCHOOL}, **origin}
        where_it_is = {**{column: cells.get(column) for column in SITE}, "municipality": place, **origin}
        made = [
            build(ProviderRecord, school, where, {"name": "school"}),
            build(LocationRecord, {"id": location, "provider_id": provider, **where_it_is}, where),
        ]
        faults = [fault for one in made if isinstance(one, list) for fault in one]
        if not faults:
            self._seen[said] = location
            self._keep(made, where)
            self._notices += _dropped_mailbox(made[0], cells, where)
        return location, faults

    def _keep(self, made: list[Any], where: Where) -> None:
        for record in made:
            first, at = self._found.setdefault((type(record), record.id), (record, where))
            open_fields = {name: value for name, value in record.__dict__.items() if getattr(first, name) is None}
            self._found[type(record), record.id] = (first.copy(update=open_fields), at)

    def found(self) -> Iterator[Item]:
        """Every school and site once."""
        yield from self._found.values()
        yield from self._notices
