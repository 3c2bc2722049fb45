"""Search for programmes and for the schools that were seen to offer them."""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from catalog import models
from catalog.database import session
from catalog.places import KM_A_DEGREE, Point, centre_of, kilometres, members, nearness, neighbours

PAGE = 5
# Schools shown with a programme in a list, and when one programme is told about.
SCHOOLS, ALL_SCHOOLS = 3, 10
# Sites so near that a programme of theirs goes before one of farther away.
NEAREST_SITES = 30
# As many programmes as are worth naming in a query of their offers; of more, reading all at a site is quicker.
FEW = 12
# Of one site at most so many school years are on record.
YEARS_KEPT = 12
KINDS = ("duaal-", "buso-", "aanloop-")
# How much a word of the wish must look like one of a programme to be the same word, misspelled: 80 lets one letter in
# five be wrong; shorter words must begin alike.
LIKENESS = 80
FUZZY_FROM = 5


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
    """The wished place: its municipalities; when it is one, also its middle and the municipalities of its province."""

    municipalities: frozenset[str] = frozenset()
    centre: Point | None = None
    province: frozenset[str] = frozenset()


# A row of the columns that the list needs of a programme: loading whole objects would cost more than the search.
Listed = Any


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """Name without what only tells the variant: *Aanloop lassen duaal* -> *lassen*."""
    bare = re.sub(r"^aanloop |\bduaal\b|\((buso ov3|[23]de graad)\)", "", name.casefold())
    return " ".join(bare.split())


def search(wish: ProgrammeWish, offset: int = 0, limit: int = PAGE) -> Page:
    """Find the programmes that fit, the likeliest first.

    Programmes with a school seen in the wished place come first, then the one that was named, its relatives, and among
    these the one whose nearest school is nearest.

    Raises:
        DatabaseError: the database cannot be read.
    """
    with session() as db:
        family = _family(db, wish)
        fitting = [row for row in _listed(db) if _fits(row, wish, family)]
        where = _where(db, wish)
        around = _around(db, where)
        near = _near(db, where, around, [row.id for row in fitting])
        ranked = sorted(fitting, key=lambda row: _rank(row, family, near))
        nearby = sum(1 for row in ranked if near.get(row.id) == 0)
        shown = [row.id for row in ranked[offset : offset + limit]]
        programmes = _told(db, shown, where, around, SCHOOLS)
    return Page(tuple(programmes), len(ranked), nearby, offset)


def programme(programme_id: str, wish: ProgrammeWish | None = None) -> Programme | None:
    """One programme with more of its schools, the nearest to the wished place first; None when there is none.

    Raises:
        DatabaseError: the database cannot be read.
    """
    with session() as db:
        where = _where(db, wish or ProgrammeWish())
        found = _told(db, [programme_id], where, _around(db, where), ALL_SCHOOLS)
    return found[0] if found else None


def _listed(db: Session) -> Sequence[Listed]:
    table = models.Programme
    return db.execute(
        select(
            table.id, table.name, table.grade, table.finality, table.sector, table.confidence, table.vanished_on
        ).order_by(table.id)
    ).all()


def _family(db: Session, wish: ProgrammeWish) -> dict[str, int]:
    """Stems of the programmes that the wish names, with their rank: the named one, then its relatives."""
    if wish.programme:
        own = select(models.Programme.id).where(models.Programme.name == wish.programme)
        words = select(models.ProgrammeWord.word).where(models.ProgrammeWord.programme_id.in_(own))
        relatives = db.execute(
            select(models.Programme.name)
            .join(models.ProgrammeWord, models.ProgrammeWord.programme_id == models.Programme.id)
            .where(models.ProgrammeWord.word.in_(words))
        ).scalars()
        return {stem(wish.programme): 0} | {stem(name): 1 for name in relatives if stem(name) != stem(wish.programme)}
    return _worded(db, wish.words) if wish.words else {}


def _worded(db: Session, typed: str) -> dict[str, int]:
    """Stems of the programmes in whose title or everyday words the most of the typed words stand."""
    wanted = _words(typed)
    names = dict(db.execute(select(models.Programme.id, models.Programme.name)).all())
    texts = {(stem(name), stem(name)) for name in names.values()}
    texts |= {
        (stem(names[programme_id]), word)
        for programme_id, word in db.execute(select(models.ProgrammeWord.programme_id, models.ProgrammeWord.word))
    }
    known = {word for _, text in texts for word in _words(text)}
    meant = [_like(one, known) for one in wanted]
    found: dict[str, int] = {}
    for name, text in texts:
        own = set(_words(text))
        found[name] = max(found.get(name, 0), sum(bool(own & words) for words in meant))
    most = max(found.values(), default=0)
    # Of three words typed, one in common says little.
    return dict.fromkeys((name for name, count in found.items() if count == most), 0) if 2 * most > len(wanted) else {}


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold())[:20])


def _like(typed: str, known: Collection[str]) -> set[str]:
    """The known words that a typed one means: itself, its beginning, or nearly it."""
    begun = {word for word in known if word == typed or (len(typed) >= 4 and word.startswith(typed))}
    if len(typed) < FUZZY_FROM:
        return begun
    near = process.extract(typed, known, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None)
    return begun | {word for word, _, _ in near if len(word) >= FUZZY_FROM}


def _fits(row: Listed, wish: ProgrammeWish, family: dict[str, int]) -> bool:
    if wish.grade and not row.grade.startswith(wish.grade):
        return False
    if wish.finality and row.finality != wish.finality:
        return False
    if wish.programme or wish.words:
        return stem(row.name) in family
    return not wish.sector or row.sector == wish.sector


def _where(db: Session, wish: ProgrammeWish) -> Where:
    if wish.municipality:
        return Where(
            frozenset({wish.municipality}), centre_of(db, wish.municipality), neighbours(db, wish.municipality)
        )
    return Where(members(db, wish.region)) if wish.region else Where()


def _around(db: Session, where: Where) -> dict[str, float]:
    """The sites nearest to the wished municipality, with the square of their distance; see ``places.nearness``."""
    if where.centre is None:
        return {}
    site = models.Location
    far = nearness(where.centre, site.latitude, site.longitude)
    nearest = select(site.id, far).where(site.latitude.isnot(None), site.vanished_on.is_(None))
    return dict(db.execute(nearest.order_by(far).limit(NEAREST_SITES)).all())


def _near(db: Session, where: Where, around: dict[str, float], programmes: Collection[str]) -> dict[str, float]:
    """Kilometres to the nearest site that offers each programme; 0 in the wished place itself, absent when far."""
    if not where.municipalities:
        return {}
    offer = models.Offer
    offers = select(offer.programme_id, offer.location_id).where(
        offer.location_id.in_(around), offer.vanished_on.is_(None)
    )
    if len(programmes) <= FEW:
        offers = offers.where(offer.programme_id.in_(programmes))
    squares: dict[str, float] = {}
    for programme_id, site_id in db.execute(offers) if around else ():
        squares[programme_id] = min(squares.get(programme_id, math.inf), around[site_id])
    # Never 0, which is for the place itself.
    kilometres = {one: max(KM_A_DEGREE * math.sqrt(square), 0.1) for one, square in squares.items()}
    return kilometres | dict.fromkeys(_inside(db, where, programmes), 0.0)


def _inside(db: Session, where: Where, programmes: Collection[str]) -> set[str]:
    """The programmes that a site in the wished place offers."""
    offer, site = models.Offer, models.Location
    here = and_(offer.vanished_on.is_(None), site.municipality.in_(where.municipalities))
    if len(where.municipalities) == 1:
        query = select(offer.programme_id).join(site, site.id == offer.location_id).where(here).distinct()
    else:
        # Programme by programme: of a province the first site inside is enough, and no plan reads every offer.
        inside = select(offer.id).join(site, site.id == offer.location_id)
        inside = inside.where(offer.programme_id == models.Programme.id, here)
        query = select(models.Programme.id).where(models.Programme.id.in_(programmes), inside.exists())
    return set(db.execute(query).scalars())


def _rank(row: Listed, family: dict[str, int], near: dict[str, float]) -> tuple[Any, ...]:
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


def _told(db: Session, ids: Sequence[str], where: Where, around: dict[str, float], schools: int) -> list[Programme]:
    """The programmes in this order, each with its likeliest schools."""
    rows = {row.id: row for row in db.execute(select(models.Programme).where(models.Programme.id.in_(ids))).scalars()}
    counts = dict(
        db.execute(
            select(models.Offer.programme_id, func.count(models.Offer.location_id.distinct()))
            .where(models.Offer.programme_id.in_(ids), models.Offer.vanished_on.is_(None))
            .group_by(models.Offer.programme_id)
        ).all()
    )
    chosen = _sites(db, [one for one in ids if counts.get(one)], where, around, schools)
    offers = _offers(db, chosen, where)
    return [_view(rows[one], tuple(offers.get(one, ())), counts.get(one, 0)) for one in ids if one in rows]


def _sites(db: Session, ids: Sequence[str], where: Where, around: dict[str, float], most: int) -> dict[str, list[str]]:
    """The likeliest sites of each programme: in the place, then by distance, then in the province, then the newest.

    From narrow to wide, so that the whole country is sorted only for a programme that hardly any site offers.
    """
    offer, site = models.Offer, models.Location
    offered = select(offer.programme_id, offer.location_id).where(offer.vanished_on.is_(None))
    of_these = offered.where(offer.programme_id.in_(ids))
    newest = (offer.school_year.desc(), offer.location_id)
    found: dict[str, dict[str, None]] = {one: {} for one in ids}
    if where.municipalities:
        here = of_these.join(site, site.id == offer.location_id).where(site.municipality.in_(where.municipalities))
        for programme_id, site_id in db.execute(here.order_by(*newest)):
            found[programme_id][site_id] = None
    if around:
        near = db.execute(of_these.where(offer.location_id.in_(around))).all()
        for programme_id, site_id in sorted(near, key=lambda row: (around[row[1]], row[1])):
            found[programme_id][site_id] = None
    for one in ids:
        if len(found[one]) >= most:
            continue
        own = offered.where(offer.programme_id == one)
        if where.municipalities:
            far = (nearness(where.centre, site.latitude, site.longitude),) if where.centre else ()
            abroad = case((site.municipality.in_(where.province), 0), else_=1)
            unknown = case((site.latitude.is_(None), 1), else_=0)
            wide = own.join(site, site.id == offer.location_id).order_by(unknown, *far, abroad, *newest)
        else:
            # A site comes back once for each school year.
            wide = own.order_by(*newest).limit(most * YEARS_KEPT)
        found[one] |= {site_id: None for _, site_id in db.execute(wide)}
    return {one: list(sites)[:most] for one, sites in found.items()}


def _offers(db: Session, chosen: dict[str, list[str]], where: Where) -> dict[str, list[Offer]]:
    """What is told of the chosen sites of each programme, by their newest school year."""
    offer, site, school = models.Offer, models.Location, models.Provider
    rows = db.execute(
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
            site.latitude,
            site.longitude,
        )
        .join(site, site.id == offer.location_id)
        .join(school, school.id == site.provider_id)
        .where(
            offer.programme_id.in_(chosen),
            offer.location_id.in_({site_id for sites in chosen.values() for site_id in sites}),
            offer.vanished_on.is_(None),
        )
        .order_by(offer.school_year)
    ).all()
    newest = {(row.programme_id, row.location_id): row for row in rows}
    return {one: [_offer(newest[one, site_id], where) for site_id in sites] for one, sites in chosen.items()}


def _offer(row: Any, where: Where) -> Offer:
    far = None
    if where.centre and row.latitude is not None:
        far = (
            0.0
            if row.municipality in where.municipalities
            else kilometres(where.centre, Point(row.latitude, row.longitude))
        )
    return Offer(
        school=row.school,
        municipality=row.municipality,
        school_year=row.school_year or None,
        source=row.source,
        verified_on=row.verified_on,
        confidence=row.confidence,
        website=row.website,
        phone=row.phone,
        kilometres=far,
    )


def _view(row: models.Programme, offers: tuple[Offer, ...], schools: int) -> Programme:
    known = {name: getattr(row, name) for name in Programme.__dataclass_fields__ if name not in ("offers", "schools")}
    return replace(Programme(**known), offers=offers, schools=schools)
