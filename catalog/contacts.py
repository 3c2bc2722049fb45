"""Find whom to phone, mail or visit."""

import re
from dataclasses import asdict, dataclass, replace
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import models
from catalog.database import NotFilled, session
from catalog.needs import GENERAL

LIMIT = 3

# Whom contact_points.csv calls what, for each audience of the assistant.
SERVES = {
    "leerling": ("leerlingen",),
    "ouder": ("ouders", "leerlingen"),
    "bedrijf": ("ondernemingen",),
    "school": ("scholen", "leraren"),
}
# Who is there for a place: public desks first, then the networks, then those with another task beside. A union or the
# guidance of one school network is for who asks for it.
KINDS = (
    "stad",
    "provincie",
    "regionaal steunpunt",
    "streekorganisatie",
    "overheid",
    "overlegforum",
    "regionaal centrum",
    "opleidingsverstrekker",
)
# Those of one sector: of no use to another, unless they say that they serve all.
OF_A_SECTOR = ("sectorfonds", "werkgeversorganisatie")
PROVINCES = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
CITY = " (stad)"
# Regions as contact_points.csv writes them, where they differ from regions.csv.
REGION_NAMES = {"Waas en Dender": ("Waasland", "Dender"), "Mechelen": ("Rivierenland",)}
ARTICLES = {
    "Dender": "de streek rond de",
    "Hageland": "het",
    "Kempen": "de",
    "Maasland": "het",
    "Meetjesland": "het",
    "Pajottenland": "het",
    "Vlaamse Ardennen": "de",
    "Waasland": "het",
    "Westhoek": "de",
}


@dataclass(frozen=True)
class ContactWish:
    """Whom somebody looks for; every field may be empty.

    ``organisation`` is the contact point's id or name, ``need`` a name in ``needs.csv``; ``region`` is a region or a
    province, *Antwerpen* the province, while the city is a ``municipality``.
    """

    organisation: str | None = None
    need: str | None = None
    sector: str | None = None
    municipality: str | None = None
    region: str | None = None
    audience: str | None = None

    def is_empty(self) -> bool:
        """No organisation, need, sector or place was named."""
        return not (self.organisation or self.need or self.sector or self.municipality or self.region)

    def as_dict(self) -> dict[str, str]:
        """The filled fields only, fit for a slot."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class ContactPoint:
    """A contact point as shown to people; ``why`` tells in Dutch why it was chosen: *werkt in de Kempen*.

    ``for_need``: the editors name it for what was asked, so it is more than somebody of the same sector or place.
    """

    id: str
    name: str
    kind: str
    region: str
    what_for: str
    phone: str | None
    email: str | None
    website: str | None
    source: str
    verified_on: str
    confidence: str
    why: str
    for_need: bool = False

    def where(self) -> str:
        """Its regions by name: *provincie Limburg*, *stad Antwerpen*."""
        return " en ".join(in_words(area).removeprefix("de ") for area in self.region.split("|"))


Found = list[tuple[str, str]]
Points = dict[str, models.ContactPoint]
# Behind all that the editors put in order for a sector.
UNORDERED = 1000


def find_contacts(wish: ContactWish) -> list[ContactPoint]:
    """At most three contact points, the likeliest first; never empty, since the Flemish level serves all.

    A named organisation stands alone, unless nobody can reach it, or it works elsewhere than the place that is named
    with it. Else those for the need come first, then those of the sector, then of the place, each with at least one;
    who helps everybody fills what is left.

    Raises:
        DatabaseError: the database cannot be read, or nothing was put in it yet.
    """
    with session() as db:
        points = {row.id: row for row in db.execute(select(models.ContactPoint)).scalars()}
        if not points:
            raise NotFilled
        named, areas = _named(wish, points), _areas(db, wish)
        for_need = _by_need(db, wish.need, wish, points, areas, _by_sector(db, wish, points)) if wish.need else []
        chosen = _by_organisation(named, for_need, areas)
        if not any(_is_reachable(points[point_id]) for point_id, _ in chosen):
            # Who asks for a forum that has no address is helped by whoever works in the same region.
            others = dict(_likeliest(db, _around(db, wish, named), points))
            chosen = [*chosen, *(one for one in others.items() if one[0] not in dict(chosen))][:LIMIT]
        return [_view(points[point_id], why, point_id in dict(for_need)) for point_id, why in chosen]


def _likeliest(db: Session, wish: ContactWish, points: Points) -> Found:
    areas, sector = _areas(db, wish), _by_sector(db, wish, points)
    need = _by_need(db, wish.need, wish, points, areas, sector) if wish.need else []
    if any(point_id in dict(sector) for point_id, _ in need[: LIMIT - 1]):
        # The need leads to the sector already: another of that sector is worth less than what else was asked.
        asked = [need, _by_place(wish, points, areas), sector]
        kept = [bool(found) for found in (need, asked[1], [])]
    else:
        asked = [need, sector, _by_place(wish, points, areas)]
        kept = [bool(found) for found in asked]
    chosen: dict[str, str] = {}
    for place, found in enumerate(asked):
        # Every way that comes after this one keeps a seat.
        seats = LIMIT - sum(kept[place + 1 :])
        for point_id, why in found:
            # Of those whom nobody can reach one is enough.
            spare = _is_reachable(points[point_id]) or all(_is_reachable(points[one]) for one in chosen)
            if len(chosen) < seats and spare:
                chosen.setdefault(point_id, why)
    for point_id, why in _by_need(db, GENERAL, wish, points, areas, sector):
        chosen.setdefault(point_id, why)
    return list(chosen.items())[:LIMIT]


def _named(wish: ContactWish, points: Points) -> models.ContactPoint | None:
    named = (p for p in points.values() if wish.organisation and wish.organisation in (p.id, p.name))
    return next(named, None)


def _by_organisation(named: models.ContactPoint | None, for_need: Found, areas: list[str]) -> Found:
    """The named one, behind a service of its own that the need asks for; nobody where it does not work."""
    if named is None or (areas and not _works_in(named, areas)):
        return []
    own = [(point_id, why) for point_id, why in for_need if point_id.startswith(f"{named.id}-")]
    return [*own, (named.id, "")]


def _around(db: Session, wish: ContactWish, named: models.ContactPoint | None) -> ContactWish:
    """The wish for others of its kind, in its region when the wish itself names no place."""
    if named is None:
        return replace(wish, organisation=None)
    need = wish.need or (named.kind if db.get(models.Need, named.kind) else None)
    region = wish.region if wish.municipality or wish.region else named.region
    return replace(wish, organisation=None, need=need, region=region)


def _by_need(db: Session, need: str, wish: ContactWish, points: Points, areas: list[str], of_sector: Found) -> Found:
    """Those that the editors name for a need, in their order, where sector and place fit.

    The funds among them stand in the order of their sector. Without a place, and with nobody who works everywhere,
    those of all places.
    """
    row = models.ContactNeed
    named = db.execute(select(row).where(row.need == need).order_by(row.position)).scalars().all()
    own = [one for one in named if one.audience == (wish.audience or "")]
    rows = [one for one in own or named if own or one.audience == ""]
    rows = [one for one in rows if _fits_sector(points[one.contact_point], wish.sector)]
    here = [one for one in rows if _works_in(points[one.contact_point], areas)]
    found = [(one.contact_point, one.why) for one in (here if here or areas else rows)]
    rank = {point_id: place for place, (point_id, _) in enumerate(of_sector)}
    funds = iter(sorted((one for one in found if one[0] in rank), key=lambda one: rank[one[0]]))
    return [next(funds) if one[0] in rank else one for one in found]


def _fits_sector(point: models.ContactPoint, sector: str | None) -> bool:
    of_sector = point.kind in OF_A_SECTOR and "alle" not in point.sectors.split("|")
    return not of_sector or _serves_sector(point, sector)


def _works_in(point: models.ContactPoint, areas: list[str]) -> bool:
    where = _areas_of(point)
    return "Vlaanderen" in where or bool(where & set(areas))


def _by_sector(db: Session, wish: ContactWish, points: Points) -> Found:
    """In the editors' order: their first, then who can be reached, those who are sure to exist before the others."""
    row = models.SectorContact
    ordered = db.execute(select(row).where(row.sector == wish.sector)).scalars()
    position = {one.contact_point: one.position for one in ordered}

    def rank(point: models.ContactPoint) -> tuple[bool, bool, bool, int, bool, str]:
        place = position.get(point.id, UNORDERED)
        is_sure = point.confidence != "low"
        return (place > 0, not _is_reachable(point), not is_sure, place, point.kind != "sectorfonds", point.id)

    listed = sorted((p for p in points.values() if _serves_sector(p, wish.sector)), key=rank)
    return [(p.id, f"werkt voor de sector {wish.sector}") for p in listed]


def _serves_sector(point: models.ContactPoint, sector: str | None) -> bool:
    return bool(sector) and str(sector).casefold() in (one.casefold() for one in point.sectors.split("|"))


def _by_place(wish: ContactWish, points: Points, areas: list[str]) -> Found:
    """From near to far, first those who are sure to exist, and only who serves the audience where there is one."""
    desks = [p for p in points.values() if p.kind in KINDS and _is_reachable(p)]
    here = [(area, p) for area in areas for p in desks if area in _areas_of(p)]
    serving = [(area, p) for area, p in here if _serves(p, wish.audience)]
    # From a municipality outward one desk an area is enough; of a region people expect to see more.
    left = dict.fromkeys(areas, 1 if wish.municipality else 2)
    found: Found = []
    for area, point in sorted(serving or here, key=partial(_place_rank, areas)):
        if left[area]:
            left[area] -= 1
            mostly = "" if serving else f", vooral voor {point.audience.replace('|', ' en ')}"
            found.append((point.id, f"werkt in {in_words(area)}{mostly}"))
    return found


def _serves(point: models.ContactPoint, audience: str | None) -> bool:
    return audience not in SERVES or bool(set(SERVES[audience]) & set(point.audience.split("|")))


def _place_rank(areas: list[str], found: tuple[str, models.ContactPoint]) -> tuple[bool, int, int, str]:
    area, point = found
    return (point.confidence == "low", areas.index(area), KINDS.index(point.kind), point.id)


def _is_reachable(point: models.ContactPoint) -> bool:
    return bool(point.phone or point.email or point.website)


def in_words(area: str) -> str:
    """Name of an area as it stands in a sentence: *de Kempen*, *de provincie Limburg*, *de stad Gent*."""
    if area in PROVINCES:
        return f"de provincie {area}"
    if area.endswith(CITY):
        return f"de stad {area.removesuffix(CITY)}"
    return f"{ARTICLES[area]} {area}" if area in ARTICLES else area


def _areas(db: Session, wish: ContactWish) -> list[str]:
    """From near to far. Of a province first the province itself, then its cities and regions."""
    if wish.municipality:
        return [wish.municipality + CITY, *_regions_of(db, name=wish.municipality), *_provinces_of(db, wish)]
    if wish.region in PROVINCES:
        inside = db.execute(select(models.Municipality.name).where(models.Municipality.province == wish.region))
        return [wish.region, *(name + CITY for name in inside.scalars()), *_regions_of(db, province=wish.region)]
    return [wish.region, *_provinces_of(db, wish)] if wish.region else []


def _regions_of(db: Session, **place: str | None) -> list[str]:
    query = select(models.RegionMember.region).join(models.Municipality).filter_by(**place)
    return sorted(set(db.execute(query).scalars()))


def _provinces_of(db: Session, wish: ContactWish) -> list[str]:
    query = select(models.Municipality.province)
    if wish.municipality:
        query = query.where(models.Municipality.name == wish.municipality)
    else:
        query = query.join(models.RegionMember).where(models.RegionMember.region == wish.region)
    return sorted(set(db.execute(query).scalars()))


def _areas_of(point: models.ContactPoint) -> set[str]:
    areas: set[str] = set()
    for part in point.region.split("|"):
        bare = re.sub(r" \(.*\)$", "", part)
        if part.endswith((CITY, " en omgeving")):
            areas.add(bare.removesuffix(" en omgeving") + CITY)
        else:
            areas.update(REGION_NAMES.get(bare, (bare,)))
    return areas


def _view(row: models.ContactPoint, why: str, for_need: bool) -> ContactPoint:
    return ContactPoint(
        id=row.id,
        name=row.name,
        kind=row.kind,
        region=row.region,
        what_for=row.what_for,
        phone=row.phone,
        email=row.email,
        website=row.website,
        source=row.source,
        verified_on=row.verified_on,
        confidence=row.confidence,
        why=why,
        for_need=for_need,
    )
