"""Our own files, and those of a city or a school: any of five CSV files, in the form of ``data/catalogue``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from catalog.importing import table
from catalog.importing.known import Known
from catalog.importing.records import (
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
NUMBERS = ("instellingsnummer", "vestigingsnummer", "location_id", "school")
SPOKEN = {"ja": "true", "nee": "false"}


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
        columns, items = {*OFFER, *NUMBERS, *SCHOOL, *SITE, *ORIGIN}, _offers(path, known)
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
    for row in table.rows(path, required):
        if isinstance(row, Fault):
            yield row
            continue
        cells, where = row
        values: dict[str, Any] = {column: cells[column] for column in record.__fields__ if column in cells}
        if record is LocationRecord:
            values["municipality"] = known.municipality(values.get("municipality"), values.get("postcode"))
        made = build(record, values, where)
        if isinstance(made, list):
            yield from made
            continue
        if isinstance(made, ProgrammeRecord):
            known.learn_programme(made.id, made.name, made.grade)
        yield made, where
        yield from _dropped_mailbox(made, cells, where)


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
    schools = _Schools(known)
    for row in table.rows(path, required):
        if isinstance(row, Fault):
            yield row
            continue
        cells, where = row
        location = cells.get("location_id")
        if by_school:
            location, faults = schools.meet(cells, where)
            if faults:
                yield from faults
                continue
        values = {column: SPOKEN.get(cells[column], cells[column]) for column in (*OFFER, *ORIGIN) if column in cells}
        made = build(OfferRecord, {**values, "location_id": location}, where)
        if isinstance(made, list):
            yield from made
        else:
            yield made, where
    yield from schools.found()


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
