"""Command line: ``python -m catalog.importing FROM``."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date

from tqdm import tqdm

from catalog.importing import spoken
from catalog.importing.formats import ACCEPTED
from catalog.importing.records import Item, Unusable
from catalog.importing.run import NotImported, Report, codes, run

DONE, REFUSED, UNUSABLE = 0, 1, 2


def parser() -> argparse.ArgumentParser:
    """The arguments, as ``--help`` shows them."""
    made = argparse.ArgumentParser(
        prog="python -m catalog.importing",
        description="Take programmes, schools, sites and offers into the catalogue, in one transaction.",
        epilog=f"Accepted are {ACCEPTED}. See docs/catalogus.md (Dutch).",
    )
    made.add_argument(
        "source",
        metavar="FROM",
        nargs="?",
        help="a file, a folder, or the https address of the official services",
    )
    made.add_argument("--strict", action="store_true", help="load nothing when a single row is faulty")
    made.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
    made.add_argument("--as-of", metavar="DATE", help="day of the data, as 2026-11-21 (today)")
    made.add_argument("--dataset", metavar="NAME", help="whose own files these are (the name of the folder)")
    made.add_argument(
        "--shrunk", action="store_true", help="more than half of the rows may be gone since the last time"
    )
    made.add_argument(
        "--codes", nargs="?", const="", metavar="WORD", help="import nothing; print the codes of the programmes"
    )
    return made


def the_day(said: str | None) -> date | None:
    """The day as it was typed.

    Raises:
        Unusable: it is no day, or one that is still to come.
    """
    if not said:
        return None
    try:
        day = date.fromisoformat(spoken.day(said))
    except ValueError as error:
        raise Unusable(f"AS_OF (--as-of): '{said}' is not a day; write it as 2026-11-21") from error
    if day > date.today():
        raise Unusable(f"AS_OF (--as-of): {day} is still to come; give the day on which the data were read")
    return day


def progress(items: Iterator[Item], what: str) -> Iterator[Item]:
    """A bar where somebody watches; nothing in a log."""
    return iter(tqdm(items, desc=what, unit=" rows", disable=None, leave=False))


def main(arguments: list[str] | None = None) -> int:
    """Import, say what happened; 0 when it did, 1 when strictness or the database refused, 2 for unusable input."""
    said = parser().parse_args(arguments)
    try:
        if said.codes is not None:
            return show_codes(said.codes)
        if not said.source:
            raise Unusable("Give what to import: make import FROM=folder, or python -m catalog.importing folder")
        report = run(said.source, said.strict, said.dry_run, the_day(said.as_of), said.dataset, progress, said.shrunk)
    except Unusable as error:
        print(f"Nothing was imported. {error}", file=sys.stderr)
        return UNUSABLE
    except NotImported as error:
        print(error, file=sys.stderr)
        return REFUSED
    show(report, said.dry_run)
    return REFUSED if said.strict and report.faults else DONE


def show_codes(word: str) -> int:
    """Print the programmes in whose code, title or grade the word stands, for who fills in ``programme_id``."""
    found = codes(word)
    for code in found:
        print(code)
    if not found:
        print(f"no programme with '{word}'; try a shorter piece of the word", file=sys.stderr)
    return DONE


def show(report: Report, dry_run: bool) -> None:
    """Faults and notices on standard error, what became of the rows on standard output."""
    for fault in report.faults:
        print(fault, file=sys.stderr)
    for notice in report.notices:
        print(f"note: {notice}", file=sys.stderr)
    for count in report.counts:
        print(
            f"{count.dataset}, {count.kind}: {count.new} new, {count.changed} changed, {count.same} same, "
            f"{count.vanished} vanished, {count.returned} returned"
        )
    faults = f"{report.faulty_rows} faulty {'row' if report.faulty_rows == 1 else 'rows'}"
    if report.loaded:
        print(f"Imported; {faults} left out.")
    elif dry_run:
        print(f"Dry run: nothing was changed; {faults} would be left out.")
    else:
        print(f"Nothing was imported, because of STRICT=1 (--strict): {faults}.")


if __name__ == "__main__":
    sys.exit(main())
