"""What a search needs of the catalogue, read once and kept in memory until somebody fills it or imports.

Every way of writing to the catalogue leaves another mark in the table ``filled``; who writes to its tables by hand has
to start the assistant again. 100,000 offers take some 40 MB and a second or two.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import models
from catalog.database import NotFilled, database_url, session
from catalog.places import Point
from catalog.text import place_key, stem, words

# How often the catalogue is read again when an import ends meanwhile.
TRIES = 3
# A row of the programme table, with all its columns.
Row = Any
Groups = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Snapshot:
    """The catalogue at one moment, without the offers and sites that have vanished.

    Attributes:
        programmes: by id, in the order of their ids; those that have vanished as well.
        spoken: an everyday word and the title of a programme that it means, as often as there are.
        texts: titles and everyday words, each as the stem of the programme that it means.
        vocabulary: every word of ``texts``, with the places of those that hold it.
        offered: for each programme its sites with their newest school year, the newest first.
        at: the programmes of each site.
        sites: the municipality of each site, as far as it is known.
        points: where each site lies, as far as it is known.
        inside: the sites in each municipality.
        towns: the middle of each municipality, as far as it is known.
        regions: the municipalities of each region and province.
        province_of: the province of each municipality.
        called: the municipalities that a name, an older name or a postcode may mean, by ``place_key``.
    """

    programmes: dict[str, Row]
    spoken: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    vocabulary: dict[str, frozenset[int]]
    offered: dict[str, dict[str, str]]
    at: Groups
    sites: dict[str, str | None]
    points: dict[str, Point]
    inside: Groups
    towns: dict[str, Point]
    regions: Groups
    province_of: dict[str, str]
    called: Groups


def snapshot() -> Snapshot:
    """The catalogue of the database in use, as it is now.

    Raises:
        DatabaseError: the database cannot be read, or nothing was put in it yet.
    """
    with session() as db:
        mark = _mark(db)
    if not mark:
        raise NotFilled
    return _kept(database_url(), mark)


@lru_cache(maxsize=1)
def _kept(_url: str, mark: tuple[Any, ...]) -> Snapshot:
    for _ in range(TRIES):
        with session() as db:
            read = _read(db)
            now = _mark(db)
        if now == mark:
            break
        # Each query sees what stood there at its own moment.
        mark = now
    return read


def _mark(db: Session) -> tuple[Any, ...]:
    return tuple(map(tuple, db.execute(select(models.Filled.what, models.Filled.fingerprint).order_by("what"))))


def _read(db: Session) -> Snapshot:
    programmes = {row.id: row for row in _rows(db, models.Programme)}
    spoken = tuple((row.word, programmes[row.programme_id].name) for row in _rows(db, models.ProgrammeWord))
    titles = ((stem(row.name), row.name) for row in programmes.values())
    texts = tuple({(stem(title), frozenset(words(text))) for text, title in (*spoken, *titles)})
    locations = [row for row in _rows(db, models.Location) if not row.vanished_on]
    sites = {row.id: row.municipality for row in locations}
    offered = _offered(db, sites)
    municipalities = _rows(db, models.Municipality)
    names = [(row.name, row.municipality) for row in _rows(db, models.PlaceName)]
    regions = [(row.region, row.municipality) for row in _rows(db, models.RegionMember)]
    return Snapshot(
        programmes=programmes,
        spoken=spoken,
        texts=tuple(meant for meant, _ in texts),
        vocabulary=_grouped((word, place) for place, (_, text) in enumerate(texts) for word in text),
        offered=offered,
        at=_grouped((site, programme) for programme, years in offered.items() for site in years),
        sites=sites,
        points={row.id: Point(row.latitude, row.longitude) for row in locations if _is_placed(row)},
        inside=_grouped((town, site) for site, town in sites.items() if town),
        towns={row.name: Point(row.latitude, row.longitude) for row in municipalities if _is_placed(row)},
        regions=_grouped([*regions, *((row.province, row.name) for row in municipalities)]),
        province_of={row.name: row.province for row in municipalities},
        called=_called([row.name for row in municipalities], names),
    )


def _rows(db: Session, model: Any) -> list[Row]:
    table = model.__table__
    return db.execute(select(table).order_by(*table.primary_key)).all()


def _is_placed(row: Row) -> bool:
    return None not in (row.latitude, row.longitude)


def _offered(db: Session, sites: dict[str, str | None]) -> dict[str, dict[str, str]]:
    offer = models.Offer
    query = select(offer.programme_id, offer.location_id, offer.school_year).where(offer.vanished_on.is_(None))
    # One text for each id, not one for each of the 100,000 rows.
    same = {site: site for site in sites}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for programme_id, site, year in db.execute(query.order_by(offer.school_year.desc(), offer.location_id)):
        if site in same:
            found[programme_id].setdefault(same[site], year)
    return dict(found)


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, frozenset[Any]]:
    groups: dict[str, set[Any]] = defaultdict(set)
    for group, member in pairs:
        groups[group].add(member)
    return {group: frozenset(found) for group, found in groups.items()}


def _called(own: list[str], names: list[tuple[str, str]]) -> Groups:
    """A municipality's own name means that one alone, whatever villages are called so elsewhere."""
    called = _grouped((place_key(name), municipality) for name, municipality in names)
    return called | _grouped((place_key(name), name) for name in own)
