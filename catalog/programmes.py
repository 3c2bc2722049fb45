"""Search for programmes and for the schools that were seen to offer them."""

import heapq
import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import select

from catalog import models
from catalog.database import session
from catalog.places import kilometres, middle
from catalog.snapshot import Row, Snapshot, snapshot
from catalog.text import place_key, stem, words

PAGE = 5
# Schools shown with a programme in a list, and when one programme is told about.
SCHOOLS, ALL_SCHOOLS = 3, 10
# Sites so near that a programme of theirs goes before one of farther away.
NEAREST_SITES = 30
KINDS = ("duaal-", "buso-", "aanloop-")
# How much a word of the wish must look like one of a programme to be the same word, misspelled: 80 lets one letter in
# five be wrong. Shorter words are only known as the beginning of one, and the shortest only as they are.
LIKENESS = 80
FUZZY_FROM, PART_FROM = 5, 4
# Who types more words than these does not name a programme.
MOST_WORDS = 20


@dataclass(frozen=True)
class ProgrammeWish:
    """What somebody looks for; every field may be empty, values are canonical.

    ``words`` is what was typed where no name of ours was recognised: words of a title or profession, in any order.
    """

    programme: str | None = None
    sector: str | None = None
    grade: str | None = None
    finality: str | None = None
    municipality: str | None = None
    region: str | None = None
    words: str | None = None

    def is_empty(self) -> bool:
        """Nothing said yet about what to learn: a place alone is not a wish."""
        return not (self.programme or self.sector or self.grade or self.finality or self.words)

    def as_dict(self) -> dict[str, Any]:
        """The filled fields only, fit for a slot."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Offer:
    """A school seen to offer a programme; ``kilometres`` as the crow flies from the wished municipality."""

    school: str
    municipality: str | None
    school_year: str | None
    source: str
    verified_on: str = ""
    confidence: str = "high"
    website: str | None = None
    phone: str | None = None
    kilometres: float | None = None


@dataclass(frozen=True)
class Programme:
    """A programme as shown to people. ``offers`` are the likeliest of its ``schools``."""

    id: str
    name: str
    grade: str
    finality: str | None
    sector: str | None
    confidence: str
    source: str
    verified_on: str
    vanished_on: str | None = None
    study_domain: str | None = None
    contract: str | None = None
    min_hours_workplace: int | None = None
    qualification: str | None = None
    offers: tuple[Offer, ...] = field(default=())
    schools: int = 0


@dataclass(frozen=True)
class Page:
    """Part of the programmes found.

    ``nearby`` counts, over all pages, the programmes with a school seen in the wished place.
    """

    programmes: tuple[Programme, ...]
    total: int
    nearby: int
    offset: int

    @property
    def next_offset(self) -> int | None:
        """Where the next page starts; None on the last one."""
        end = self.offset + len(self.programmes)
        return end if end < self.total else None


@dataclass(frozen=True)
class Where:
    """The wished place, empty without one.

    Attributes:
        inside: the sites in it.
        distances: the kilometres from its middle to each site that we can place.
        province: when it is one municipality, those of its province, itself included.
        is_told: whether the distances may be told; of a whole region they only say what is near.
    """

    inside: frozenset[str] = frozenset()
    distances: dict[str, float] = field(default_factory=dict)
    province: frozenset[str] = frozenset()
    is_told: bool = False


def search(wish: ProgrammeWish, offset: int = 0, limit: int = PAGE) -> Page:
    """Find the programmes that fit, the likeliest first.

    Programmes with a school seen in the wished place come first, then the one that was named, its relatives, and among
    these the one whose nearest school is nearest.

    Raises:
        DatabaseError: the database cannot be read.
    """
    known = snapshot()
    family, where = _family(known, wish), _where(known, wish)
    near = _near(known, where)
    fitting = [row for row in known.programmes.values() if _fits(row, wish, family)]
    ranked = sorted(fitting, key=lambda row: _rank(row, family, near))
    nearby = sum(1 for row in ranked if near.get(row.id) == 0)
    programmes = _told(known, ranked[offset : offset + limit], where, SCHOOLS)
    return Page(tuple(programmes), len(ranked), nearby, offset)


def programme(programme_id: str, wish: ProgrammeWish | None = None) -> Programme | None:
    """One programme with more of its schools, the nearest to the wished place first; None when there is none.

    Raises:
        DatabaseError: the database cannot be read.
    """
    known = snapshot()
    rows = [known.programmes[programme_id]] if programme_id in known.programmes else []
    found = _told(known, rows, _where(known, wish or ProgrammeWish()), ALL_SCHOOLS)
    return found[0] if found else None


def municipalities_called(name: str) -> tuple[str, ...]:
    """The municipalities that a name, an older name or a postcode may mean, in alphabetical order.

    A name that is a municipality's own means that one alone, whatever villages are called so elsewhere.

    Raises:
        DatabaseError: the database cannot be read.
    """
    return tuple(sorted(snapshot().called.get(place_key(name), ())))


def _family(known: Snapshot, wish: ProgrammeWish) -> dict[str, int]:
    """Stems of the programmes that the wish names, with their rank: the named one, then its relatives."""
    if wish.programme:
        own = {word for word, title in known.spoken if title == wish.programme}
        relatives = {stem(title): 1 for word, title in known.spoken if word in own}
        return {**relatives, stem(wish.programme): 0}
    return _worded(known, words(wish.words)[:MOST_WORDS]) if wish.words else {}


def _worded(known: Snapshot, typed: Sequence[str]) -> dict[str, int]:
    """Stems of the programmes in whose title or everyday words the most of the typed words stand."""
    vocabulary = list(known.vocabulary)
    counts: Counter[int] = Counter()
    for one in typed:
        counts.update(set().union(*(known.vocabulary[word] for word in _like(one, vocabulary))))
    most = max(counts.values(), default=0)
    # Of three words typed, one in common says little.
    if 2 * most <= len(typed):
        return {}
    return dict.fromkeys((known.texts[place] for place, count in counts.items() if count == most), 0)


def _like(typed: str, vocabulary: Collection[str]) -> set[str]:
    """The known words that a typed one means: itself, a compound with it (*banden*, *bandenmonteur*), or nearly it."""
    meant = {word for word in vocabulary if word == typed or (len(typed) >= PART_FROM and word.startswith(typed))}
    if len(typed) < FUZZY_FROM:
        return meant
    meant |= {word for word in vocabulary if word.endswith(typed)}
    near = process.extract(typed, vocabulary, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None)
    return meant | {word for word, _, _ in near if len(word) >= FUZZY_FROM}


def _fits(row: Row, wish: ProgrammeWish, family: dict[str, int]) -> bool:
    if wish.grade and not row.grade.startswith(wish.grade):
        return False
    if wish.finality and row.finality != wish.finality:
        return False
    if wish.programme or wish.words:
        return stem(row.name) in family
    return not wish.sector or row.sector == wish.sector


def _where(known: Snapshot, wish: ProgrammeWish) -> Where:
    if wish.municipality:
        called = known.called.get(place_key(wish.municipality), frozenset({wish.municipality}))
    else:
        called = known.regions.get(wish.region or "", frozenset())
    inside = frozenset().union(*(known.inside.get(one, ()) for one in called))
    if wish.municipality and len(called) > 1:
        return Where(inside)
    town = middle([known.towns[one] for one in called if one in known.towns])
    distances = kilometres(town, known.points) if town else {}
    if not wish.municipality:
        return Where(inside, distances)
    (name,) = called
    province = known.regions.get(known.province_of.get(name, ""), frozenset())
    return Where(inside, distances, province, is_told=True)


def _near(known: Snapshot, where: Where) -> dict[str, float]:
    """Kilometres to the nearest site that offers each programme; 0 in the wished place itself, absent when far."""
    near: dict[str, float] = {}
    outside = where.distances.keys() - where.inside
    for site in reversed(heapq.nsmallest(NEAREST_SITES, outside, key=where.distances.__getitem__)):
        # Never 0, which is for the place itself.
        near |= dict.fromkeys(known.at.get(site, ()), max(where.distances[site], 0.1))
    here = (one for one, sites in known.offered.items() if not sites.keys().isdisjoint(where.inside))
    return near | dict.fromkeys(here, 0.0)


def _rank(row: Row, family: dict[str, int], near: dict[str, float]) -> tuple[Any, ...]:
    kind = next((place for place, prefix in enumerate(KINDS) if row.id.startswith(prefix)), len(KINDS))
    distance = near.get(row.id)
    return (
        distance != 0,
        bool(row.vanished_on),
        kind,
        row.confidence == "low",
        family.get(stem(row.name), 2),
        distance is None,
        round(distance or 0),
        row.grade,
        row.name,
    )


def _told(known: Snapshot, rows: Sequence[Row], where: Where, schools: int) -> list[Programme]:
    """The programmes in this order, each with its likeliest schools."""
    chosen = {row.id: _sites(known, row.id, where)[:schools] for row in rows}
    offers = _offers({(one, site) for one, sites in chosen.items() for site in sites}, where)
    told = {one: tuple(offers[one, site] for site in sites if (one, site) in offers) for one, sites in chosen.items()}
    return [_view(row, told[row.id], len(known.offered.get(row.id, ()))) for row in rows]


def _sites(known: Snapshot, programme_id: str, where: Where) -> list[str]:
    """The sites of a programme: in the place, then by distance, then by province; of equals the newest first."""

    def farness(site: str) -> tuple[bool, float, bool]:
        if site in where.inside:
            return False, 0.0, False
        return True, where.distances.get(site, math.inf), known.sites[site] not in where.province

    return sorted(known.offered.get(programme_id, ()), key=farness)


def _offers(chosen: Collection[tuple[str, str]], where: Where) -> dict[tuple[str, str], Offer]:
    """What is told of programmes at sites, by their newest school year."""
    if not chosen:
        return {}
    offer, site, school = models.Offer, models.Location, models.Provider
    query = (
        select(
            offer.programme_id,
            offer.location_id,
            offer.school_year,
            offer.source,
            offer.verified_on,
            offer.confidence,
            school.name.label("school"),
            school.website,
            school.phone,
            site.municipality,
        )
        .join(site, site.id == offer.location_id)
        .join(school, school.id == site.provider_id)
        .where(
            offer.programme_id.in_({one for one, _ in chosen}),
            offer.location_id.in_({one for _, one in chosen}),
            offer.vanished_on.is_(None),
        )
        .order_by(offer.school_year)
    )
    with session() as db:
        return {(row.programme_id, row.location_id): _offer(row, where) for row in db.execute(query)}


def _offer(row: Row, where: Where) -> Offer:
    return Offer(
        school=row.school,
        municipality=row.municipality,
        school_year=row.school_year or None,
        source=row.source,
        verified_on=row.verified_on,
        confidence=row.confidence,
        website=row.website,
        phone=row.phone,
        kilometres=_told_distance(row.location_id, where),
    )


def _told_distance(site: str, where: Where) -> float | None:
    if not where.is_told:
        return None
    return 0.0 if where.distances and site in where.inside else where.distances.get(site)


def _view(row: Row, offers: tuple[Offer, ...], schools: int) -> Programme:
    known = {name: getattr(row, name) for name in Programme.__dataclass_fields__ if name not in ("offers", "schools")}
    return replace(Programme(**known), offers=offers, schools=schools)
