"""Search a filled database in a process of its own, so that what it remembers and its memory are its own."""

import argparse
import itertools
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import event

from catalog import ContactWish, ProgrammeWish, database_url, find_contacts, search
from catalog.database import engine_for
from catalog.fill import SOURCE, rows
from ops.benchmark.offers import SEED

EACH = 25
# Other programs run on the machine as well: of so many tries of a wish the quickest counts.
TRIES = 3
# A search that is far too slow should not keep one waiting for hours as well.
MOST_SECONDS = 120
PROVINCES = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "West-Vlaanderen", "Vlaams-Brabant", "Brussel")
ODD = ("%%%", "' OR 1=1 --", "x" * 5000, "\0", "Gènt\n", "🛠", "duaal", "")
WHOLE_TABLE = re.compile(r"\bSCAN offer\b|Seq Scan on offer\b")
Timed = tuple[str, Callable[[], Any]]


def programme_wishes() -> list[tuple[str, ProgrammeWish]]:
    """Wishes of every shape, mixed, the same ones every time, each with the name of its shape."""
    chance = random.Random(SEED + 2)
    programmes = [row["name"] for row in rows(SOURCE, "programmes.csv")]
    sectors = sorted({row["sector"] for row in rows(SOURCE, "sector_words.csv")})
    grades = sorted({row["grade"] for row in rows(SOURCE, "grade_words.csv")})
    towns = list(rows(SOURCE, "municipalities.csv"))
    regions = sorted({row["region"] for row in rows(SOURCE, "regions.csv")})

    def town() -> str:
        return str(chance.choice(towns)["name"])

    def odd() -> str:
        return chance.choice(ODD)

    shapes: dict[str, Callable[[], ProgrammeWish]] = {
        "programme and municipality": lambda: ProgrammeWish(chance.choice(programmes), municipality=town()),
        "sector and municipality": lambda: ProgrammeWish(sector=chance.choice(sectors), municipality=town()),
        "sector and region": lambda: ProgrammeWish(sector=chance.choice(sectors), region=chance.choice(regions)),
        "grade and province": lambda: ProgrammeWish(grade=chance.choice(grades), region=chance.choice(PROVINCES)),
        "grade and municipality": lambda: ProgrammeWish(grade=chance.choice(grades), municipality=town()),
        "programme": lambda: ProgrammeWish(chance.choice(programmes)),
        "sector": lambda: ProgrammeWish(sector=chance.choice(sectors)),
        "nothing but a place": lambda: ProgrammeWish(municipality=town()),
        "a postcode for a place": lambda: ProgrammeWish(
            sector=chance.choice(sectors), municipality=chance.choice(towns)["postcodes"].split("|")[0]
        ),
        "words, one misspelled": lambda: ProgrammeWish(words=_misspelled(chance), municipality=town()),
        "odd text": lambda: ProgrammeWish(odd() or None, odd() or None, odd() or None, municipality=odd(), words=odd()),
    }
    wishes = [(shape, make()) for shape, make in shapes.items() for _ in range(EACH)]
    chance.shuffle(wishes)
    return wishes


def _misspelled(chance: random.Random) -> str:
    """A profession or everyday word of a programme, its words turned about and two letters changed."""
    typed = str(chance.choice(list(rows(SOURCE, "programme_words.csv")))["word"])
    place = chance.randrange(max(1, len(typed) - 1))
    swapped = typed[:place] + typed[place : place + 2][::-1] + typed[place + 2 :]
    return " ".join(reversed(swapped.split()))


def contact_wishes() -> list[tuple[str, ContactWish]]:
    """Wishes for somebody to contact, by place, by sector and both."""
    chance = random.Random(SEED + 3)
    sectors = sorted({row["sector"] for row in rows(SOURCE, "sector_words.csv")})
    towns = [row["name"] for row in rows(SOURCE, "municipalities.csv")]
    places = [("municipality", ContactWish(municipality=town)) for town in chance.sample(towns, EACH)]
    provinces = [("province", ContactWish(region=province)) for province in PROVINCES]
    both = [("sector", ContactWish(sector=sector, municipality=chance.choice(towns))) for sector in sectors]
    return [*places, *provinces, *both]


def timed(calls: list[Timed]) -> list[tuple[str, float]]:
    """Name and milliseconds of each call, in order; the rest is left out once it takes far too long."""
    found, started = [], time.perf_counter()
    for name, call in calls:
        began = time.perf_counter()
        call()
        ended = time.perf_counter()
        found.append((name, 1000 * (ended - began)))
        if ended - started > MOST_SECONDS:
            break
    return found


def quickest(calls: list[Timed]) -> tuple[list[tuple[str, float]], list[float]]:
    """Each call with the quickest of its tries, in milliseconds, and all tries of all; whole rounds, one by one."""
    tries = [timed(calls) for _ in range(TRIES)]
    best = [min(same, key=lambda one: one[1]) for same in zip(*tries, strict=False)]
    return best, [milliseconds for one in tries for _, milliseconds in one]


def percentiles(milliseconds: list[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    middle, most = np.percentile(milliseconds, [50, 95])
    return {"p50_ms": round(float(middle), 2), "p95_ms": round(float(most), 2), "count": len(milliseconds)}


def measure() -> dict[str, Any]:
    """Search and look up in the database of ``DATABASE_URL``."""
    wishes = programme_wishes()
    # The first search of a process also connects, and reads what later ones remember.
    ((_, first),) = timed([("first", lambda: search(wishes[0][1]))])
    taken, every = quickest([(shape, lambda wish=wish: search(wish)) for shape, wish in wishes])  # type: ignore[misc]
    by_shape = {
        shape: percentiles([one[1] for one in group])
        for shape, group in itertools.groupby(sorted(taken), key=lambda one: one[0])
    }
    contacts, _ = quickest(
        [(kind, lambda wish=wish: find_contacts(wish)) for kind, wish in contact_wishes()]  # type: ignore[misc]
    )
    return {
        "first_ms": round(first, 2),
        "search": percentiles([one[1] for one in taken]),
        "every_try": percentiles(every),
        "shapes": by_shape,
        "contacts": percentiles([one[1] for one in contacts]),
        "resident_megabytes": resident_megabytes(),
        "whole_table": whole_table_reads(wishes),
    }


def resident_megabytes() -> int:
    """Memory that this process holds now."""
    size = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in size.splitlines() if line.startswith("VmRSS")) // 1024


def whole_table_reads(wishes: list[tuple[str, ProgrammeWish]]) -> list[str]:
    """Shapes of wishes for which the database would read every offer, as it explains its own plans."""
    return sorted({shape for shape, wish in dict(wishes).items() if any(map(_reads_all, _statements(wish)))})


def _statements(wish: ProgrammeWish) -> list[tuple[str, Any]]:
    with recorded() as statements:
        search(wish)
    return statements


@contextmanager
def recorded() -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its values, as it goes to the database meanwhile."""
    found: list[tuple[str, Any]] = []
    engine = engine_for(database_url())

    def keep(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        found.append((statement, values))

    # After the execution: what the database was really given.
    event.listen(engine, "after_cursor_execute", keep)
    try:
        yield found
    finally:
        event.remove(engine, "after_cursor_execute", keep)


def _reads_all(recorded: tuple[str, Any]) -> bool:
    statement, values = recorded
    if not statement.lstrip().upper().startswith("SELECT"):
        return False
    with engine_for(database_url()).connect() as connection:
        explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        plan = connection.exec_driver_sql(f"{explain} {statement}", values).all()
    return any(WHOLE_TABLE.search(str(part)) for line in plan for part in line)


def main() -> int:
    """Command line: ``python -m ops.benchmark.searches OUTPUT``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    options.output.write_text(json.dumps(measure()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
