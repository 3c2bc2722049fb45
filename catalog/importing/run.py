"""One import from beginning to end."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from catalog.database import PROJECT, DatabaseError, session, upgrade
from catalog.importing import live
from catalog.importing.apply import Busy, Report, apply, last_day, lock
from catalog.importing.delivery import OURS, Delivery
from catalog.importing.formats import Progress, collect, no_progress
from catalog.importing.known import Code, Known
from catalog.importing.records import Unusable

SOURCE = PROJECT / "data" / "catalogue"
AS_IT_WAS = "Nothing was changed."


class NotImported(Exception):
    """The database could not take the data in; it is as it was. Says why and what to do."""


def run(
    source: Path | str,
    strict: bool = False,
    dry_run: bool = False,
    as_of: date | None = None,
    dataset: str | None = None,
    progress: Progress = no_progress,
    shrunk: bool = False,
) -> Report:
    """Take in a file, a folder or the official services, in one transaction.

    Args:
        source: a path, or the https address of the services or of one of them.
        strict: load nothing when there is one fault; otherwise all good rows are loaded.
        dry_run: only tell what would change.
        as_of: the day on which the data were read; without one today.
        dataset: name of the delivery of own files; without one the name of the folder.
        progress: shows how far the reading is.
        shrunk: the delivery may lack most of what it held before.

    Raises:
        Unusable: nothing that can be taken in.
        NotImported: the database was busy, full or out of reach; it is as it was.
    """
    today = (as_of or date.today()).isoformat()
    with in_plain_words():
        upgrade()
        with session() as db:
            known = Known.load(db)
        deliveries = _collect(str(source), known, dataset, progress)
        write = not dry_run and not (strict and any(delivery.faults for delivery in deliveries))
        with session() as db:
            if write:
                lock(db)
            _in_order(db, deliveries, today)
            report = apply(db, deliveries, today, write, shrunk)
            if write and strict and report.faults:
                db.rollback()
                report.loaded = False
    return report


def codes(word: str = "") -> list[Code]:
    """The programmes in the catalogue in whose code, title or grade the word stands.

    Raises:
        Unusable: the catalogue holds nothing yet.
        NotImported: the database is out of reach.
    """
    with in_plain_words():
        upgrade()
        with session() as db:
            known = Known.load(db)
    if not known.codes:
        raise Unusable("The catalogue is empty; start Duaalwijzer once (make start) and try again")
    return known.with_word(word)


def _collect(source: str, known: Known, dataset: str | None, progress: Progress) -> list[Delivery]:
    if live.is_address(source):
        with tempfile.TemporaryDirectory() as folder:
            live.fetch(source, Path(folder))
            return collect(Path(folder), known, dataset, progress)
    ours = Path(source).resolve() == SOURCE.resolve()
    return collect(Path(source), known, dataset, progress, house=ours)


def _in_order(db: Session, deliveries: list[Delivery], today: str) -> None:
    """Data of an older day would put back what has changed since."""
    for name in (delivery.dataset.name for delivery in deliveries if delivery.dataset.name != OURS):
        last = last_day(db, name)
        if last and today < last:
            raise Unusable(
                f"These data are of {today}, but {name} was imported with data of {last}; deliver newer ones, or mend "
                "the day with AS_OF=… (--as-of)"
            )


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn what the database says into a message that helps.

    Raises:
        NotImported: instead of an error of the database.
    """
    try:
        yield
    except Busy as error:
        raise NotImported(f"{AS_IT_WAS} Another import is running; wait until it is done and try again.") from error
    except DatabaseError as error:
        raise NotImported(f"{AS_IT_WAS} {_said(error)}") from error


def _said(error: DatabaseError) -> str:
    cause = str(getattr(error, "orig", None) or error).strip()
    if "is locked" in cause:
        return "Another import, or a start of the assistant, is writing to the database; wait and try again."
    if "is full" in cause or "No space left" in cause or "could not extend file" in cause:
        return f"There is no room left where the database stands ({cause}); free some space and try again."
    return f"The database could not be used: {cause}"
