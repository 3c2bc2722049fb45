"""Where things lie: names of municipalities, and how far one is from another."""

import math
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from catalog import models
from catalog.database import session
from catalog.text import plain

EARTH_KM = 6371.0
KM_A_DEGREE = EARTH_KM * math.pi / 180


@dataclass(frozen=True)
class Point:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


def kilometres(one: Point, other: Point) -> float:
    """As the crow flies (haversine)."""
    height = math.radians(other.latitude - one.latitude)
    width = math.radians(other.longitude - one.longitude)
    chord = (
        math.sin(height / 2) ** 2
        + math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude)) * math.sin(width / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(chord))


def nearness(centre: Point, latitude: ColumnElement, longitude: ColumnElement) -> ColumnElement:
    """The square of the distance from the centre in degrees of latitude, for the database to sort by.

    Within Flanders a flat earth is right to a few metres in a kilometre.
    """
    width = (longitude - centre.longitude) * math.cos(math.radians(centre.latitude))
    height = latitude - centre.latitude
    return width * width + height * height


def centre_of(db: Session, municipality: str) -> Point | None:
    """The middle of a municipality's main village; None when we do not know it."""
    found = db.execute(
        select(models.Municipality.latitude, models.Municipality.longitude).where(
            models.Municipality.name == municipality
        )
    ).first()
    return Point(*found) if found and None not in found else None


def members(db: Session, region: str) -> frozenset[str]:
    """Names of the municipalities of a region or a province."""
    parts = select(models.RegionMember.municipality).where(models.RegionMember.region == region)
    province = select(models.Municipality.name).where(models.Municipality.province == region)
    return frozenset(db.execute(parts.union(province)).scalars())


def neighbours(db: Session, municipality: str) -> frozenset[str]:
    """Names of the municipalities in the same province, itself included."""
    own = select(models.Municipality.province).where(models.Municipality.name == municipality).scalar_subquery()
    return frozenset(db.execute(select(models.Municipality.name).where(models.Municipality.province == own)).scalars())


def municipalities_called(name: str) -> tuple[str, ...]:
    """The municipalities that a name, an older name or a postcode may mean, in alphabetical order.

    A name that is a municipality's own means that one alone, whatever villages are called so elsewhere.

    Raises:
        DatabaseError: the database cannot be read.
    """
    wanted = _folded(name)
    with session() as db:
        own = [one for one in db.execute(select(models.Municipality.name)).scalars() if _folded(one) == wanted]
        if own:
            return tuple(own)
        known = db.execute(select(models.PlaceName.name, models.PlaceName.municipality)).all()
    return tuple(sorted({municipality for called, municipality in known if _folded(called) == wanted}))


def _folded(text: str) -> str:
    return " ".join(plain(text).replace("-", " ").split())
