"""Find whom to phone, mail or visit."""

import re
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import models
from catalog.database import session

LIMIT = 3

# Who answers questions of people without a place, sector or organisation in mind, the likeliest first.
GENERAL = {
    "leerling": ("onderwijskiezer", "duaalleren-vlaanderen"),
    "ouder": ("onderwijskiezer", "duaalleren-vlaanderen"),
    "bedrijf": ("werkplekduaal", "unizo", "duaalleren-vlaanderen"),
    "school": ("dept-onderwijs-vorming", "duaalleren-vlaanderen", "werkplekduaal"),
    None: ("duaalleren-vlaanderen", "onderwijskiezer", "werkplekduaal"),
}
SERVES = {"leerling": "leerlingen", "ouder": "leerlingen", "bedrijf": "ondernemingen", "school": "scholen"}
TRUST = ("high", "medium", "low")
# Public desks first, then the networks, then those with another task beside.
KINDS = ("stad", "provincie", "regionaal steunpunt", "streekorganisatie", "overheid", "overlegforum")
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
    """Whom somebody looks for; every field may be empty. ``organisation`` is the contact point's id or name."""

    organisation: str | None = None
    sector: str | None = None
    municipality: str | None = None
    region: str | None = None
    audience: str | None = None

    def is_empty(self) -> bool:
        """No organisation, sector or place was named."""
        return not (self.organisation or self.sector or self.municipality or self.region)


@dataclass(frozen=True)
class ContactPoint:
    """A contact point as shown to people; ``why`` tells in Dutch why it was chosen."""

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


def find_contacts(wish: ContactWish) -> list[ContactPoint]:
    """At most three contact points, the likeliest first; never empty, since the Flemish level serves all.

    Raises:
        DatabaseError: the database cannot be read.
    """
    with session() as db:
        points = {row.id: row for row in db.execute(select(models.ContactPoint)).scalars()}
        found: dict[str, str] = {}
        for way in (_by_organisation, _by_sector, partial(_by_place, db), _in_general):
            for point_id, why in way(wish, points):
                found.setdefault(point_id, why)
            if len(found) >= (1 if wish.organisation else LIMIT):
                break
        return [_view(points[point_id], why) for point_id, why in list(found.items())[:LIMIT]]


def _is_reachable(point: models.ContactPoint) -> bool:
    return bool(point.phone or point.email or point.website)


Found = list[tuple[str, str]]
Points = dict[str, models.ContactPoint]


def _by_organisation(wish: ContactWish, points: Points) -> Found:
    return [(p.id, "") for p in points.values() if wish.organisation and wish.organisation in (p.id, p.name)]


def _by_sector(wish: ContactWish, points: Points) -> Found:
    if not wish.sector:
        return []
    wanted = wish.sector.casefold()
    listed = [p for p in points.values() if wanted in (s.casefold() for s in p.sectors.split("|"))]
    order = sorted(listed, key=lambda p: (p.kind != "sectorfonds", TRUST.index(p.confidence), p.id))
    return [(p.id, f"werkt voor de sector {wish.sector}") for p in order]


def _by_place(db: Session, wish: ContactWish, points: Points) -> Found:
    found: Found = []
    # From a municipality outward one desk an area is enough; of a region people expect to see more.
    per_area = 1 if wish.municipality else 2
    for area in _areas(db, wish):
        here = [p for p in points.values() if area in _areas_of(p) and _is_reachable(p)]
        here.sort(key=partial(_place_rank, wish.audience))
        found += [(p.id, f"werkt in {in_words(area)}") for p in here[:per_area]]
    return found


def in_words(area: str) -> str:
    """Name of an area as it stands in a sentence: *de Kempen*, *Limburg*."""
    bare = area.removesuffix(" (stad)")
    return f"{ARTICLES[bare]} {bare}" if bare in ARTICLES else bare


def _in_general(wish: ContactWish, points: Points) -> Found:
    ids = GENERAL.get(wish.audience, GENERAL[None])
    return [(point_id, "helpt in heel Vlaanderen") for point_id in ids if point_id in points]


def _areas(db: Session, wish: ContactWish) -> list[str]:
    """From near to far: the municipality itself, its regions, its province."""
    if wish.municipality:
        row = db.execute(
            select(models.Municipality).where(models.Municipality.name == wish.municipality)
        ).scalar_one_or_none()
        regions = db.execute(
            select(models.RegionMember.region).where(models.RegionMember.municipality == wish.municipality)
        ).scalars()
        return [f"{wish.municipality} (stad)", *regions, *([row.province] if row else [])]
    if wish.region:
        return [f"{wish.region} (stad)", wish.region] if wish.region == "Antwerpen" else [wish.region]
    return []


def _areas_of(point: models.ContactPoint) -> set[str]:
    areas: set[str] = set()
    for part in point.region.split("|"):
        if part.endswith("(stad)"):
            areas.add(part)
        elif part.endswith(" en omgeving"):
            areas.add(part.removesuffix(" en omgeving") + " (stad)")
        else:
            bare = re.sub(r" \(.*\)$", "", part)
            areas.update(REGION_NAMES.get(bare, (bare,)))
    return areas


def _place_rank(audience: str | None, point: models.ContactPoint) -> tuple[bool, int, bool, str]:
    kind = KINDS.index(point.kind) if point.kind in KINDS else len(KINDS)
    serves = audience is None or SERVES.get(audience, "") in point.audience
    return (point.confidence == "low", kind, not serves, point.id)


def _view(row: models.ContactPoint, why: str) -> ContactPoint:
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
    )
