"""Compare the rows of one delivery with the tables, and write the difference."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from catalog import models
from catalog.importing.delivery import FOREIGN, KINDS, OWN, Dataset, Delivery, Key, Kind, Values, rank
from catalog.importing.records import Fault, Where

CHUNK = 5_000
# Columns that are filled in where a source leaves them open: see ``apply``.
WORKED_OUT = ("latitude", "longitude")


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
class Old:
    """A row as the database has it: its own number (offers), values, dataset and since when it has vanished."""

    number: Any
    values: Values
    dataset: str
    vanished_on: str | None


class Upsert:
    """One kind of one delivery against the database."""

    def __init__(self, db: Session, delivery: Delivery, kind: Kind, today: str, write: bool) -> None:
        self.db, self.delivery, self.kind, self.today, self.write = db, delivery, kind, today, write
        # Rows that this dataset held and does not bring now, and how many it held.
        self.gone: dict[Key, Old] = {}
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

    def _stored(self) -> dict[Key, Old]:
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
            stored[key] = Old(one, shared.setdefault(rest, rest), dataset, vanished)
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

    def _row(self, key: Key, values: Values, old: Old | None) -> None:
        if old is None:
            self.count.new += 1
            said = dict(zip(self.columns, values, strict=True))
            row = {name: self.of_import.get(name) if value is None else value for name, value in said.items()}
            row.update(zip(self.kind.key, key, strict=True), dataset=self.dataset.name, vanished_on=None)
            self.inserts.append(row)
        else:
            self._compare(values, old)
        self._flush(CHUNK)

    def _compare(self, values: Values, old: Old) -> None:
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

    def _holds(self, old: Old) -> bool:
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

    def vanish(self, gone: list[Old]) -> None:
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


class Contacts:
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
