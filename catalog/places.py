"""Where things lie, and how far one is from another."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from statistics import fmean

KM_A_DEGREE = 6371.0 * math.pi / 180


@dataclass(frozen=True)
class Point:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


def middle(points: Collection[Point]) -> Point | None:
    """The point in the middle of several; None of none."""
    if not points:
        return None
    return Point(fmean(point.latitude for point in points), fmean(point.longitude for point in points))


def kilometres(centre: Point, points: dict[str, Point]) -> dict[str, float]:
    """As the crow flies, from the centre to each point, on a map that is flat: within Flanders right to one percent."""
    width = math.cos(math.radians(centre.latitude))
    return {
        name: KM_A_DEGREE * math.hypot(point.latitude - centre.latitude, (point.longitude - centre.longitude) * width)
        for name, point in points.items()
    }
