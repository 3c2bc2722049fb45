"""Bring the catalogue in line with deliveries: all in one transaction, and the same delivery twice changes nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalog import models
from catalog.importing.delivery import KINDS, LOCATION, OFFER, OWN, PROVIDER, Delivery, Key, Kind
from catalog.importing.records import Fault
from catalog.importing.upsert import WORKED_OUT, Contacts, Count, Upsert

# A delivery that lacks more than half of what it held, and at least so many rows, is taken for half a file. Fewer may
# well be gone: a school that ends two of its three programmes must not be made to ask twice.
MANY_GONE = 5
# What may not vanish while something stands on it, from the bottom up: a site with an offer, a school with a site.
STANDS_ON = ((LOCATION, OFFER, "location_id"), (PROVIDER, LOCATION, "provider_id"))
# Any number, as long as nobody else takes the same lock.
ADVISORY_LOCK = 7_382_225


class Busy(Exception):
    """Somebody else is writing to the catalogue at this moment."""


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
            kind.name: Upsert(db, delivery, kind, today, write) for kind in KINDS if kind.name in delivery.rows
        }
        self.contacts = None if delivery.contacts is None else Contacts(db, delivery, today, write)

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
        every: list[Upsert | Contacts] = [*self.upserts.values()]
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
