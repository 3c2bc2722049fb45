"""What one dataset delivers, gathered before the database is touched and kept small: 100,000 offers are some 50 MB."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from catalog import models
from catalog.importing.records import (
    ContactRecord,
    Fault,
    Item,
    LocationRecord,
    Notice,
    OfferRecord,
    ProgrammeRecord,
    ProviderRecord,
    Record,
    Where,
)

# Behind the dataset, in the key of a contact point that is not ours.
FOREIGN = ":"
LONGEST_KEY = 64


@dataclass(frozen=True)
class Kind:
    """A sort of rows: its table, what identifies a row, the kinds that a row points at and by which column."""

    name: str
    record: type[Record]
    model: Any
    key: tuple[str, ...]
    parents: tuple[tuple[str, str], ...] = ()

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Columns that a delivery may change."""
        return tuple(name for name in self.record.__fields__ if name not in self.key)


PROGRAMME = Kind("programme", ProgrammeRecord, models.Programme, ("id",))
PROVIDER = Kind("provider", ProviderRecord, models.Provider, ("id",))
LOCATION = Kind("location", LocationRecord, models.Location, ("id",), (("provider_id", "provider"),))
OFFER = Kind(
    "offer",
    OfferRecord,
    models.Offer,
    ("programme_id", "location_id", "school_year"),
    (("programme_id", "programme"), ("location_id", "location")),
)
# Rows come after the rows they point at.
KINDS = (PROGRAMME, PROVIDER, LOCATION, OFFER)
BY_RECORD = {kind.record: kind for kind in KINDS}


OURS = "duaalwijzer"
OWN = "eigen-"
# Who holds a row that several deliver: the last of these. A dataset is known by how its name begins.
RANKS = (OURS, OWN, "inschrijvingen-", "onderwijsaanbod-", "structuuronderdelen-", "instelling")


def rank(dataset: str) -> int:
    """The place of a dataset among all: higher goes before lower; one of long ago that nobody knows is the lowest."""
    return max((place for place, start in enumerate(RANKS) if dataset.startswith(start)), default=-1)


@dataclass(frozen=True)
class Dataset:
    """Who delivers.

    ``source`` and ``confidence`` are what a row says that brings none. ``weak`` columns never replace what is known;
    ``leads`` are columns that this dataset knows best, whoever holds the row. ``exact``: an empty cell empties the
    field. ``columns`` tells how the source calls ours, for messages.
    """

    name: str
    source: str
    confidence: str
    weak: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    exact: bool = False
    columns: dict[str, str] = field(default_factory=dict)


Key = tuple[Any, ...]
Values = tuple[Any, ...]


class Delivery:
    """Rows of a dataset by kind and key, each once, with their place; faults; what the reader had to say."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.rows: dict[str, dict[Key, tuple[Values, Where]]] = {}
        self.contacts: dict[str, tuple[ContactRecord, Where]] | None = None
        self.faults: list[Fault] = []
        self.notices: list[str] = []
        # Without it rows that are absent may still exist.
        self.complete = True
        self._pool: dict[Any, Any] = {}

    def take(self, items: Iterable[Item]) -> None:
        """Gather all that a reader yields."""
        for item in items:
            if isinstance(item, Fault):
                self.faults.append(item)
                # Which row it was is not sure, so nothing can be said to be absent.
                self.complete = False
            elif isinstance(item, Notice):
                self.notices.append(item.text)
                self.complete = self.complete and not item.incomplete
            else:
                self._add(*item)

    def _add(self, record: Record, where: Where) -> None:
        if isinstance(record, ContactRecord):
            self._add_contact(record, where)
            return
        kind = BY_RECORD[type(record)]
        rows = self.rows.setdefault(kind.name, {})
        said = record.__dict__
        key = tuple(self._one(said[column]) for column in kind.key)
        values = tuple(said[column] for column in kind.values)
        if key in rows:
            before, first = rows[key]
            # One of two that differ may have been meant as another row, so nothing can be said to be absent.
            self.complete = self.complete and values == before
            self._twice(kind.key[0], " ".join(str(part) for part in key), where, first)
            return
        # Most rows share source, day and much more: equal tuples are kept once.
        rows[key] = (self._one(values), where)

    def _add_contact(self, record: ContactRecord, where: Where) -> None:
        """Keep it under a key of this dataset, so that two cities may each have a *leerwinkel*."""
        self.contacts = {} if self.contacts is None else self.contacts
        key = f"{self.dataset.name}{FOREIGN}{record.id}"
        if key in self.contacts:
            self.complete = self.complete and record == self.contacts[key][0]
            self._twice("id", record.id, where, self.contacts[key][1])
        elif len(key) > LONGEST_KEY:
            longest = LONGEST_KEY - len(key) + len(record.id)
            reason = f"is longer than the {longest} characters that are left behind the dataset's name"
            self.faults.append(Fault(where.file, where.line, "id", record.id, reason, where.unit))
        else:
            self.contacts[key] = (record, where)

    def _one(self, value: Any) -> Any:
        return self._pool.setdefault(value, value)

    def _twice(self, column: str, value: str, where: Where, first: Where) -> None:
        shown = self.dataset.columns.get(column, column)
        reason = f"stands there twice; the first one counts, in {first.file}, {first.unit} {first.line}"
        self.faults.append(Fault(where.file, where.line, shown, value, reason, where.unit))
