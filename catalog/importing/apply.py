"""Bring the catalogue in line with deliveries: all in one transaction, and the same delivery twice changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from secrets import token_hex
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from catalog import models
from catalog.importing.delivery import FOREIGN, KINDS, OWN, Dataset, Delivery, Key, Kind, Values, rank
from catalog.importing.records import Fault, Where

CHUNK = 5_000
# A delivery that lacks more than half of what it held, and at least so many rows, is taken for half a file.
MANY_GONE = 20
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
    for delivery in deliveries:
        report.faults += delivery.faults
        report.notices += delivery.notices
        for kind in KINDS:
            if kind.name in delivery.rows:
                upsert = _Upsert(db, delivery, kind, today, write, shrunk)
                report.counts.append(upsert.run(ids, report.faults))
                report.notices += upsert.notices
        if delivery.contacts is not None:
            report.counts.append(_contacts(db, delivery, today, write))
        if not delivery.complete:
            report.notices.append(
                f"{delivery.dataset.name}: the delivery is not complete or has faulty rows, so rows that are not in it "
                "stay; nothing was marked as vanished"
            )
        if write:
            # A mark of its own, also twice on one day: whoever keeps the catalogue in memory reads it again.
            db.merge(models.Filled(what=delivery.dataset.name, fingerprint=f"{today} {token_hex(8)}"))
    if write:
        _place(db)
    return report


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

    def __init__(self, db: Session, delivery: Delivery, kind: Kind, today: str, write: bool, shrunk: bool) -> None:
        self.db, self.delivery, self.kind, self.today, self.write = db, delivery, kind, today, write
        self.shrunk = shrunk
        self.notices: list[str] = []
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
        if self.delivery.complete:
            held = [key for key, row in old.items() if row.dataset == self.dataset.name and row.vanished_on is None]
            self._vanish([old[key] for key in held if key not in rows], len(held))
        return self.count

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

    def _vanish(self, gone: list[_Old], held: int) -> None:
        if not self.shrunk and len(gone) >= MANY_GONE and 2 * len(gone) > held:
            self.notices.append(
                f"{self.dataset.name}, {self.kind.name}: {len(gone)} of {held} rows are absent. That looks like half a "
                "file, so none was marked as vanished; if they are really gone, import again with --shrunk"
            )
            return
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


def _contacts(db: Session, delivery: Delivery, today: str, write: bool) -> Count:
    """Replace the contact points of this dataset. Those that are ours already stay as we tell them."""
    assert delivery.contacts is not None
    mark, points = f"{delivery.dataset.name}{FOREIGN}", models.ContactPoint.__table__
    columns = points.columns.keys()
    query = select(points).where(points.c.id.startswith(mark, autoescape=True))
    old = {row["id"]: dict(row) for row in db.execute(query).mappings()}
    ours = set(db.execute(select(points.c.id).where(points.c.id.not_like(f"%{FOREIGN}%"))).scalars())
    of_import = {"source": delivery.dataset.source, "confidence": delivery.dataset.confidence, "verified_on": today}
    count = Count(delivery.dataset.name, "contact point")
    for key, (record, _) in delivery.contacts.items():
        said = {**record.__dict__, "id": key}
        row = {name: of_import.get(name) if said[name] is None else said[name] for name in columns}
        known = old.pop(key, None)
        if record.id in ours or (known and {**known, "verified_on": row["verified_on"]} == row):
            count.same += 1
        elif known:
            count.changed += 1
        else:
            count.new += 1
        if write and known != row and record.id not in ours:
            db.merge(models.ContactPoint(**row))
    if delivery.complete:
        count.vanished = len(old)
        if write:
            db.execute(delete(points).where(points.c.id.in_(list(old))))
    return count
