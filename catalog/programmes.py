"""Search for programmes and for the schools that were seen to offer them."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from catalog import models
from catalog.database import session

PAGE = 5


@dataclass(frozen=True)
class ProgrammeWish:
    """What somebody looks for; every field may be empty, values are canonical."""

    programme: str | None = None
    sector: str | None = None
    grade: str | None = None
    municipality: str | None = None
    region: str | None = None

    def is_empty(self) -> bool:
        """Nothing said yet about what to learn: a place alone is not a wish."""
        return not (self.programme or self.sector or self.grade)

    def as_dict(self) -> dict[str, Any]:
        """The filled fields only, fit for a slot."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Offer:
    """A school seen to offer a programme; year and place where known."""

    school: str
    municipality: str | None
    school_year: str | None
    source: str


@dataclass(frozen=True)
class Programme:
    """A programme as shown to people."""

    id: str
    name: str
    grade: str
    finality: str | None
    sector: str | None
    confidence: str
    source: str
    verified_on: str
    offers: tuple[Offer, ...]


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


def stem(name: str) -> str:
    """Name without what only tells the variant: *Aanloop lassen duaal* -> *lassen*."""
    bare = re.sub(r"^aanloop |\bduaal\b|\((buso ov3|[23]de graad)\)", "", name.casefold())
    return " ".join(bare.split())


def search(wish: ProgrammeWish, offset: int = 0, limit: int = PAGE) -> Page:
    """Find the programmes that fit, the likeliest first.

    Programmes with a school seen in the wished place come first, then the one that was named, then its relatives.

    Raises:
        DatabaseError: the database cannot be read.
    """
    with session() as db:
        family = _family(db, wish.programme) if wish.programme else {}
        places = _places(db, wish)
        rows = (
            db.execute(
                select(models.Programme)
                .where(models.Programme.vanished_on.is_(None))
                .options(
                    selectinload(models.Programme.offers.and_(models.Offer.vanished_on.is_(None)))
                    .joinedload(models.Offer.location)
                    .joinedload(models.Location.provider)
                )
            )
            .scalars()
            .all()
        )
        fitting = [row for row in rows if _fits(row, wish, family)]
        ranked = sorted(fitting, key=lambda row: _rank(row, family, places))
        nearby = sum(1 for row in ranked if _offers_in(row, places))
        shown = tuple(_view(row, places) for row in ranked[offset : offset + limit])
    return Page(shown, len(ranked), nearby, offset)


def _family(db: Session, name: str) -> dict[str, int]:
    """Stems of the named programme and of those that share an everyday word with it, with their rank."""
    own = select(models.Programme.id).where(models.Programme.name == name)
    words = select(models.ProgrammeWord.word).where(models.ProgrammeWord.programme_id.in_(own))
    relatives = db.execute(
        select(models.Programme.name)
        .join(models.ProgrammeWord, models.ProgrammeWord.programme_id == models.Programme.id)
        .where(models.ProgrammeWord.word.in_(words))
    ).scalars()
    family = {stem(name): 0}
    for relative in relatives:
        family.setdefault(stem(relative), 1)
    return family


def _places(db: Session, wish: ProgrammeWish) -> frozenset[str]:
    """Names of the municipalities that the wish allows; empty when it names no place."""
    if wish.municipality:
        return frozenset({wish.municipality})
    if not wish.region:
        return frozenset()
    members = select(models.RegionMember.municipality).where(models.RegionMember.region == wish.region)
    province = select(models.Municipality.name).where(models.Municipality.province == wish.region)
    return frozenset(db.execute(members.union(province)).scalars())


def _fits(row: models.Programme, wish: ProgrammeWish, family: dict[str, int]) -> bool:
    if wish.grade and not row.grade.startswith(wish.grade):
        return False
    if wish.programme:
        return stem(row.name) in family
    return not wish.sector or row.sector == wish.sector


def _offers_in(row: models.Programme, places: frozenset[str]) -> list[models.Offer]:
    return [offer for offer in row.offers if offer.location.municipality in places]


KINDS = ("duaal-", "buso-", "aanloop-")


def _rank(row: models.Programme, family: dict[str, int], places: frozenset[str]) -> tuple[Any, ...]:
    kind = next(place for place, prefix in enumerate(KINDS) if row.id.startswith(prefix))
    return (
        not _offers_in(row, places),
        kind,
        row.confidence == "low",
        family.get(stem(row.name), 2),
        not row.offers,
        row.grade,
        row.name,
    )


def _view(row: models.Programme, places: frozenset[str]) -> Programme:
    offers = sorted(
        row.offers,
        key=lambda offer: (
            offer.location.municipality not in places,
            -int((offer.school_year or "0")[:4]),
            offer.location.provider.name,
        ),
    )
    return Programme(
        id=row.id,
        name=row.name,
        grade=row.grade,
        finality=row.finality,
        sector=row.sector,
        confidence=row.confidence,
        source=row.source,
        verified_on=row.verified_on,
        offers=tuple(Offer(o.location.provider.name, o.location.municipality, o.school_year, o.source) for o in offers),
    )
