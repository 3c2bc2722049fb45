"""Command line: ``python -m catalog.importing FROM``."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date

from tqdm import tqdm

from catalog.importing.formats import ACCEPTED
from catalog.importing.records import Item, Unusable
from catalog.importing.run import NotImported, Report, run

DONE, REFUSED, UNUSABLE = 0, 1, 2


def parser() -> argparse.ArgumentParser:
    """The arguments, as ``--help`` shows them."""
    made = argparse.ArgumentParser(
        prog="python -m catalog.importing",
        description="Take programmes, schools, sites and offers into the catalogue, in one transaction.",
        epilog=f"Accepted are {ACCEPTED}. See docs/catalogus.md (Dutch).",
    )
    made.add_argument("source", metavar="FROM", help="a file, a folder, or the https address of the official services")
    made.add_argument("--strict", action="store_true", help="load nothing when a single row is faulty")
    made.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
    made.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="day of the data, as 2026-11-21 (today)")
    made.add_argument("--dataset", metavar="NAME", help="whose own files these are (the name of the folder)")
    made.add_argument(
        "--shrunk", action="store_true", help="more than half of the rows may be gone since the last time"
    )
    return made


def progress(items: Iterator[Item], what: str) -> Iterator[Item]:
    """A bar where somebody watches; nothing in a log."""
    return iter(tqdm(items, desc=what, unit=" rows", disable=None, leave=False))


def main(arguments: list[str] | None = None) -> int:
    """Import, say what happened; 0 when it did, 1 when strictness or the database refused, 2 for unusable input."""
    said = parser().parse_args(arguments)
    try:
        report = run(said.source, said.strict, said.dry_run, said.as_of, said.dataset, progress, said.shrunk)
    except Unusable as error:
        print(f"Nothing was imported. {error}", file=sys.stderr)
        return UNUSABLE
    except NotImported as error:
        print(error, file=sys.stderr)
        return REFUSED
    show(report, said.dry_run)
    return REFUSED if said.strict and report.faults else DONE


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
    faults = f"{len(report.faults)} faulty {'row' if len(report.faults) == 1 else 'rows'}"
    if report.loaded:
        print(f"Imported; {faults} left out.")
    elif dry_run:
        print(f"Dry run: nothing was changed; {faults} would be left out.")
    else:
        print(f"Nothing was imported, because of --strict: {faults}.")


if __name__ == "__main__":
    sys.exit(main())
