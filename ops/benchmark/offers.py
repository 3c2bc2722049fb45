"""Made-up offers to measure with: as many as wanted, the same ones every time."""

import csv
import math
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import insert, text

from catalog import models, session
from catalog.fill import SOURCE, rows

SEED = 2026
MOST_LOCATIONS = 3000
YEAR = "2026-2027"
PROVENANCE = {"source": "verzonnen door ops/benchmark/offers.py", "verified_on": "2026-11-22", "confidence": "low"}
DATASET = "verzonnen"
TREES = ("Beuken", "Eiken", "Elzen", "Essen", "Hazel", "Iepen", "Kastanje", "Linden", "Olmen", "Populier", "Wilgen")
ENDS = ("berg", "bos", "dreef", "haag", "hof", "laar", "veld", "wijk")
KINDS = ("Atheneum", "Campus", "College", "Instituut", "Lyceum", "Technisch instituut")
# A site lies at most this many degrees from the middle of its municipality, some three kilometres.
SPREAD = 0.03
COLUMNS = ("programme_id", "school", "postcode", "municipality", "source", "school_year", "verified_on")


class Site(NamedTuple):
    """A made-up school with its one site."""

    number: int
    school: str
    postcode: str
    municipality: str
    latitude: float | None
    longitude: float | None

    @property
    def provider_id(self) -> str:
        return f"verzonnen-{self.number}"

    @property
    def id(self) -> str:
        return f"{self.provider_id}-1"


class Offer(NamedTuple):
    """A programme at a site."""

    programme_id: str
    site: Site


def locations_for(count: int) -> int:
    """How many sites share so many offers: 3,000 share 100,000, fewer share less."""
    return max(1, min(MOST_LOCATIONS, math.ceil(count * MOST_LOCATIONS / 100_000)))


def sites(count: int) -> list[Site]:
    """So many sites over the municipalities, more where there are more postcodes; no two schools share a name."""
    chance = random.Random(SEED)
    towns = list(rows(SOURCE, "municipalities.csv"))
    weights = [len(town["postcodes"].split("|")) for town in towns]
    return [_site(number, town, chance) for number, town in enumerate(chance.choices(towns, weights, k=count), 1)]


def _site(number: int, town: dict[str, str], chance: random.Random) -> Site:
    name = f"{chance.choice(KINDS)} {chance.choice(TREES)}{chance.choice(ENDS)} {number}"
    degrees = (
        round(float(town[axis]) + chance.uniform(-SPREAD, SPREAD), 5) if town[axis] else None
        for axis in ("latitude", "longitude")
    )
    return Site(number, name, chance.choice(town["postcodes"].split("|")), town["name"], *degrees)


def offers(count: int) -> Iterator[Offer]:
    """So many offers, as even over the sites as can be; a site never has a programme twice.

    Raises:
        ValueError: there are fewer different ones.
    """
    chance = random.Random(SEED + 1)
    programmes = [row["id"] for row in rows(SOURCE, "programmes.csv")]
    places = sites(locations_for(count))
    if count > len(programmes) * len(places):
        raise ValueError(f"at most {len(programmes) * len(places)} different offers can be made")
    each, more = divmod(count, len(places))
    for number, site in enumerate(places):
        for programme_id in chance.sample(programmes, each + (number < more)):
            yield Offer(programme_id, site)


def fill_with(count: int, address: str) -> None:
    """Add so many offers to a filled database, and let it count its rows as it would in time."""
    made = list(offers(count))
    places = list(dict.fromkeys(offer.site for offer in made))
    kept = {**PROVENANCE, "dataset": DATASET}
    with session(address) as db:
        db.execute(insert(models.Provider), [{"id": s.provider_id, "name": s.school, **kept} for s in places])
        db.execute(insert(models.Location), [_location(site) for site in places])
        at = [{"programme_id": o.programme_id, "location_id": o.site.id, "school_year": YEAR, **kept} for o in made]
        db.execute(insert(models.Offer), at)
    with session(address) as db:
        db.execute(text("ANALYZE"))


def _location(site: Site) -> dict[str, object]:
    place = {name: getattr(site, name) for name in ("postcode", "municipality", "latitude", "longitude")}
    return {"id": site.id, "provider_id": site.provider_id, **place, **PROVENANCE, "dataset": DATASET}


def write_delivery(count: int, folder: Path) -> None:
    """Files in the project's own columns to be imported: its programmes, and so many made-up offers."""
    folder.mkdir()
    shutil.copy(SOURCE / "programmes.csv", folder)
    with (folder / "offers.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(COLUMNS)
        for programme_id, site in offers(count):
            where = (site.school, site.postcode, site.municipality)
            writer.writerow([programme_id, *where, PROVENANCE["source"], YEAR, PROVENANCE["verified_on"]])
