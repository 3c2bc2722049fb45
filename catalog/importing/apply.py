"""Bring the catalogue in line with deliveries: all in one transaction, and the same delivery twice changes nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from secrets import token_hex
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from catalog import models
from catalog.importing.delivery import (
    FOREIGN,
    KINDS,
    LOCATION,
    OFFER,
    OWN,
    PROVIDER,
    Dataset,
    Delivery,
    Key,
    Kind,
    Values,
    rank,
)
from catalog.importing.records import Fault, Where

CHUNK = 5_000
# A delivery that lacks more than half of what it held, and at least so many rows, is taken for half a file. Fewer may
# well be gone: a school that ends two of its three programmes must not be made to ask twice.
MANY_GONE = 5
# What may not vanish while something stands on it, from the bottom up: a site with an offer, a school with a site.
STANDS_ON = ((LOCATION, OFFER, "location_id"), (PROVIDER, LOCATION, "provider_id"))
# Columns that are filled in where a source leaves them open: see `_place`.
WORKED_OUT = ("latitude", "longitude")
# Any number, as long as nobody else takes the same lock.
ADVISORY_LOCK = 7_382_225


class Busy(Exception):
    """Somebody else is writing to the catalogue at this moment."""


@dataclass
class Count:
    """Rows of one kind in one dataset: what became of them."""

    dataset: str
    kind: str
    new: int = 0
    changed: int = 0
    same: int = 0
    vanished: int = 0
    returned: int = 0


@dataclass
class Report:
    """What an import did, or would do. ``loaded`` tells whether anything was written."""

    counts: list[Count] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    loaded: bool = False

    @property
    def faulty_rows(self) -> int:
        """How many rows have a fault; one row may have several."""
        return len({(fault.file, fault.unit, fault.line) for fault in self.faults})


@dataclass
class _Old:
    """A row as the database has it: its own number (offers), values, dataset and since when it has vanished."""

    number: Any
    values: Values
    dataset: str
    vanished_on: str | None


def lock(db: Session) -> None:
    """Let nobody else fill the catalogue until this transaction ends.

    Raises:
        Busy: somebody else is filling it.
        DatabaseError: SQLite's file stayed locked for as long as was waited.
    """
    connection = db.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        asked = connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({ADVISORY_LOCK})")
        if not asked.scalar_one():
            raise Busy


def apply(db: Session, deliveries: Iterable[Delivery], today: str, write: bool = True, shrunk: bool = False) -> Report:
    """Compare each delivery with the database and write the difference.

    Args:
        db: a session that holds the lock, unless ``write`` is False.
        today: ISO date for rows without one, and for rows that have vanished.
        write: False only tells what would happen.
        shrunk: True believes a delivery that lacks most of what it held.
    """
    report = Report(loaded=write)
    ids: dict[str, set[Any]] = {}
    done = [_Against(db, delivery, today, write, shrunk) for delivery in deliveries]
    for one in done:
        one.take_in(ids, report)
    # Only when all is taken in: what one delivery no longer has, another may bring or stand on.
    _vanish(db, done, report)
    for one in done:
        report.notices += one.notices()
        if write:
            # A mark of its own, also twice on one day: whoever keeps the catalogue in memory reads it again.
            db.merge(models.Filled(what=one.name, fingerprint=f"{today} {token_hex(8)}"))
    if write:
        _place(db)
    return report


def last_day(db: Session, dataset: str) -> str | None:
    """The day of the data that this dataset brought last."""
    filled = db.get(models.Filled, dataset)
    return filled.fingerprint.split(" ")[0] if filled else None


class _Against:
    """One delivery against the database."""

    def __init__(self, db: Session, delivery: Delivery, today: str, write: bool, shrunk: bool) -> None:
        self.delivery, self.name, self.shrunk = delivery, delivery.dataset.name, shrunk
        self.upserts = {
            kind.name: _Upsert(db, delivery, kind, today, write) for kind in KINDS if kind.name in delivery.rows
        }
        self.contacts = None if delivery.contacts is None else _Contacts(db, delivery, today, write)

    def take_in(self, ids: dict[str, set[Any]], report: Report) -> None:
        """Write what is new or changed."""
        report.faults += self.delivery.faults
        report.notices += self.delivery.notices
        for upsert in self.upserts.values():
            report.counts.append(upsert.run(ids, report.faults))
        if self.contacts:
            report.counts.append(self.contacts.run())

    @property
    def halves(self) -> list[str]:
        """Of which kinds so much is absent that the whole delivery looks like half a file."""
        every: list[_Upsert | _Contacts] = [*self.upserts.values()]
        every += [self.contacts] if self.contacts else []
        return [
            f"{len(one.gone)} of {one.held} rows of {one.count.kind} are absent"
            for one in every
            if len(one.gone) >= MANY_GONE and 2 * len(one.gone) > one.held
        ]

    @property
    def believed(self) -> bool:
        """Whether what is absent is gone."""
        return self.delivery.complete and (self.shrunk or not self.halves)

    def notices(self) -> list[str]:
        """What whoever delivers should know about rows that are absent, or are somebody else's."""
        said = []
        if not self.delivery.complete:
            said.append(
                f"{self.name}: the delivery is not complete or has faulty rows, so rows that are not in it "
                "stay; nothing was marked as vanished"
            )
        elif not self.believed:
            said.append(
                f"{self.name}: {', '.join(self.halves)}. That looks like half a file, so nothing of this delivery was "
                "marked as vanished; if they are really gone, import again with SHRUNK=1 (--shrunk)"
            )
        others: Counter[str] = Counter()
        for upsert in self.upserts.values():
            others += upsert.others
        for other, count in others.items():
            said.append(
                f"{self.name}: {count} of these rows belong{'s' if count == 1 else ''} to {other}, which goes first; "
                f"did you mean DATASET={other.removeprefix(OWN)} (--dataset)?"
            )
        return said


def _vanish(db: Session, done: list["_Against"], report: Report) -> None:
    """Mark what is gone, offers first: a site or school that something still stands on stays."""
    delivered: dict[str, set[Key]] = {kind.name: set() for kind in KINDS}
    for one in done:
        for name, rows in one.delivery.rows.items():
            delivered[name].update(rows)
    going: dict[str, set[Any]] = {}
    stands_on = {below.name: (above, column) for below, above, column in STANDS_ON}
    for kind in reversed(KINDS):
        going[kind.name] = set()
        for upsert in (one.upserts[kind.name] for one in done if one.believed and kind.name in one.upserts):
            left = {key: old for key, old in upsert.gone.items() if key not in delivered[kind.name]}
            if left and kind.name in stands_on:
                above, column = stands_on[kind.name]
                needed = _needed(db, done, above, column, going[above.name])
                kept = [key for key in left if key[0] in needed]
                if kept:
                    report.notices.append(
                        f"{upsert.dataset.name}, {kind.name}: rows that are absent but stay, since a row of "
                        f"{above.name} still stands on them: {len(kept)}"
                    )
                left = {key: old for key, old in left.items() if key[0] not in needed}
            going[kind.name].update(old.number for old in left.values())
            upsert.vanish(list(left.values()))
    for one in done:
        if one.contacts and one.believed:
            one.contacts.vanish()


def _needed(db: Session, done: list["_Against"], above: Kind, column: str, going: set[Any]) -> set[Any]:
    """What the rows of a kind stand on, of those that stay: in the database, or about to be written there."""
    table = above.model.__table__
    stored = db.execute(select(table.c.id, table.c[column]).where(table.c.vanished_on.is_(None)))
    needed = {below for number, below in stored if number not in going}
    for one in done:
        if above.name in one.upserts:
            needed |= one.upserts[above.name].points_at(column)
    return needed


def _place(db: Session) -> None:
    """Give a site without coordinates those of its municipality, so that a search can tell how far it is."""
    site, town = models.Location, models.Municipality
    middle = {
        name: select(getattr(town, name)).where(town.name == site.municipality).scalar_subquery() for name in WORKED_OUT
    }
    known = select(town.name).where(town.latitude.isnot(None))
    unplaced = update(site).where(site.latitude.is_(None), site.municipality.in_(known))
    db.execute(unplaced.values(middle).execution_options(synchronize_session=False))


class _Upsert:
    """One kind of one delivery against the database."""

    def __init__(self, db: Session, delivery: Delivery, kind: Kind, today: str, write: bool) -> None:
        self.db, self.delivery, self.kind, self.today, self.write = db, delivery, kind, today, write
        # Rows that this dataset held and does not bring now, and how many it held.
        self.gone: dict[Key, _Old] = {}
        self.held = 0
        # Rows that stay those of another city or school.
        self.others: Counter[str] = Counter()
        self.dataset: Dataset = delivery.dataset
        self.count = Count(self.dataset.name, kind.name)
        self.table = kind.model.__table__
        self.columns = kind.values
        self.of_import = {"source": self.dataset.source, "confidence": self.dataset.confidence, "verified_on": today}
        self.inserts: list[dict[str, Any]] = []
        self.updates: list[dict[str, Any]] = []

    def run(self, ids: dict[str, set[Any]], faults: list[Fault]) -> Count:
        """Write the difference. ``ids`` holds what rows may point at, and is added to."""
        old = self._stored()
        self._know_parents(ids)
        own = ids.setdefault(self.kind.name, {key[0] for key in old})
        places = {column: self._column(column) for column, _ in self.kind.parents}
        rows = self.delivery.rows[self.kind.name]
        for key, (values, where) in rows.items():
            missing = self._missing(key, values, places, ids)
            if missing:
                faults.append(self._orphan(missing, where))
                continue
            own.add(key[0])
            self._row(key, values, old.get(key))
        self._flush(1)
        held = [key for key, row in old.items() if row.dataset == self.dataset.name and row.vanished_on is None]
        self.held, self.gone = len(held), {key: old[key] for key in held if key not in rows}
        return self.count

    def points_at(self, column: str) -> set[Any]:
        """The rows of another kind that what was delivered points at."""
        in_key, at = self._column(column)
        return {(key if in_key else values)[at] for key, (values, _) in self.delivery.rows[self.kind.name].items()}

    def _know_parents(self, ids: dict[str, set[Any]]) -> None:
        for kind in KINDS:
            if kind.name in dict(self.kind.parents).values() and kind.name not in ids:
                ids[kind.name] = set(self.db.execute(select(kind.model.id)).scalars())

    def _stored(self) -> dict[Key, _Old]:
        """All rows of the table by key."""
        number = [] if self.kind.key == ("id",) else [self.table.c.id]
        shared: dict[Values, Values] = {}
        stored = {}
        names = (*self.kind.key, *self.columns, "dataset", "vanished_on")
        query = select(*(self.table.c[name] for name in names), *number)
        width = len(self.kind.key)
        for row in self.db.execute(query.execution_options(yield_per=CHUNK)):
            key, rest = tuple(row[:width]), tuple(row[width : width + len(self.columns)])
            dataset, vanished = row[width + len(self.columns) : width + len(self.columns) + 2]
            one = row[-1] if number else key[0]
            stored[key] = _Old(one, shared.setdefault(rest, rest), dataset, vanished)
        return stored

    def _column(self, column: str) -> tuple[bool, int]:
        """Where a row holds the column: in its key or in its values, and at which place."""
        if column in self.kind.key:
            return True, self.kind.key.index(column)
        return False, self.columns.index(column)

    def _missing(
        self, key: Key, values: Values, places: dict[str, tuple[bool, int]], ids: dict[str, set[Any]]
    ) -> tuple[str, str, Any] | None:
        for column, parent in self.kind.parents:
            in_key, at = places[column]
            value = (key if in_key else values)[at]
            if value not in ids[parent]:
                return column, parent, value
        return None

    def _orphan(self, missing: tuple[str, str, Any], where: Where) -> Fault:
        column, parent, value = missing
        reason = f"unknown {parent} {value}; deliver it too, or first"
        return Fault(where.file, where.line, self.dataset.columns.get(column, column), value, reason, where.unit)

    def _row(self, key: Key, values: Values, old: _Old | None) -> None:
        if old is None:
            self.count.new += 1
            said = dict(zip(self.columns, values, strict=True))
            row = {name: self.of_import.get(name) if value is None else value for name, value in said.items()}
            row.update(zip(self.kind.key, key, strict=True), dataset=self.dataset.name, vanished_on=None)
            self.inserts.append(row)
        else:
            self._compare(values, old)
        self._flush(CHUNK)

    def _compare(self, values: Values, old: _Old) -> None:
        holds = self._holds(old)
        if not holds and rank(old.dataset) == rank(self.dataset.name) == rank(OWN):
            self.others[old.dataset] += 1
        merged = tuple(
            self._merged(name, new, known, holds)
            for name, new, known in zip(self.columns, values, old.values, strict=True)
        )
        returns = holds and old.vanished_on is not None
        if returns:
            self.count.returned += 1
        elif merged != self._on_its_day(old.values, merged) or (holds and old.dataset != self.dataset.name):
            self.count.changed += 1
        else:
            self.count.same += 1
        dataset = self.dataset.name if holds else old.dataset
        if merged != old.values or dataset != old.dataset or returns:
            vanished = None if holds else old.vanished_on
            row = dict(zip(self.columns, merged, strict=True), dataset=dataset, vanished_on=vanished)
            self.updates.append({"this": old.number, **{f"new_{name}": value for name, value in row.items()}})

    def _holds(self, old: _Old) -> bool:
        """Whether the row is this dataset's from now on."""
        if old.dataset == self.dataset.name:
            return True
        ours, theirs = rank(self.dataset.name), rank(old.dataset)
        if old.vanished_on is not None and theirs <= rank(OWN):
            return True
        # Between equals the first keeps the row for as long as it delivers it.
        return ours > theirs or (ours == theirs and old.vanished_on is not None)

    def _merged(self, name: str, new: Any, known: Any, holds: bool) -> Any:
        if name in self.of_import:
            return (self.of_import[name] if new is None else new) if holds else known
        if new is None:
            return None if holds and self.dataset.exact and name not in WORKED_OUT else known
        if known is None or name in self.dataset.leads:
            return new
        return new if holds and name not in self.dataset.weak else known

    def _on_its_day(self, known: Values, merged: Values) -> Values:
        """The values as known, but read on the new day: a row that only was read again is the same."""
        at = self.columns.index("verified_on")
        return (*known[:at], merged[at], *known[at + 1 :])

    def vanish(self, gone: list[_Old]) -> None:
        """Mark the rows as gone since today."""
        self.count.vanished = len(gone)
        statement = update(self.table).where(self.table.c.id == bindparam("this")).values(vanished_on=self.today)
        self._execute(statement, [{"this": row.number} for row in gone])

    def _flush(self, least: int) -> None:
        if len(self.inserts) >= least:
            self._execute(insert(self.table), self.inserts)
            self.inserts = []
        if len(self.updates) >= least:
            new = {name: bindparam(f"new_{name}") for name in (*self.columns, "dataset", "vanished_on")}
            self._execute(update(self.table).where(self.table.c.id == bindparam("this")).values(new), self.updates)
            self.updates = []

    def _execute(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        if self.write:
            connection = self.db.connection()
            left = iter(rows)
            while chunk := list(islice(left, CHUNK)):
                connection.execute(statement, chunk)


class _Contacts:
    """The contact points of one delivery against those of this dataset. Those that are ours stay as we tell them."""

    def __init__(self, db: Session, delivery: Delivery, today: str, write: bool) -> None:
        self.db, self.delivery, self.today, self.write = db, delivery, today, write
        self.count = Count(delivery.dataset.name, "contact point")
        self.points = models.ContactPoint.__table__
        self.gone: list[str] = []
        self.held = 0

    def run(self) -> Count:
        """Write the difference."""
        dataset, points, count = self.delivery.dataset, self.points, self.count
        columns = points.columns.keys()
        query = select(points).where(points.c.id.startswith(f"{dataset.name}{FOREIGN}", autoescape=True))
        old = {row["id"]: dict(row) for row in self.db.execute(query).mappings()}
        self.held = len(old)
        ours = set(self.db.execute(select(points.c.id).where(points.c.id.not_like(f"%{FOREIGN}%"))).scalars())
        of_import = {"source": dataset.source, "confidence": dataset.confidence, "verified_on": self.today}
        for key, (record, _) in (self.delivery.contacts or {}).items():
            said = {**record.__dict__, "id": key}
            row = {name: of_import.get(name) if said[name] is None else said[name] for name in columns}
            known = old.pop(key, None)
            if record.id in ours or (known and {**known, "verified_on": row["verified_on"]} == row):
                count.same += 1
            elif known:
                count.changed += 1
            else:
                count.new += 1
            if self.write and known != row and record.id not in ours:
                self.db.merge(models.ContactPoint(**row))
        self.gone = list(old)
        return count

    def vanish(self) -> None:
        """Contact points that are no longer delivered are taken away."""
        self.count.vanished = len(self.gone)
        if self.write:
            self.db.execute(delete(self.points).where(self.points.c.id.in_(self.gone)))
