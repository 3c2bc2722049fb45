"""The page that shows how fast the catalogue is: what was asked of it, a table, a plot and the shapes of wishes."""

from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from ops.benchmark.page import Bound, save, table
from ops.benchmark.searches import TRIES

PLACE = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MARKS = {"sqlite": "o", "postgresql": "s"}
SEARCH_MS, IMPORT_SECONDS, IMPORT_MEGABYTES = 30, 60, 400
Figures = dict[str, Any]


def largest(found: Figures) -> str:
    """The largest number of offers that every kind of database was searched with."""
    return max(set.intersection(*(set(sizes) for sizes in found["search"].values())), key=int)


def budgets(found: Figures) -> list[str]:
    """What was asked, what was measured, and whether it holds."""
    most, lines = largest(found), []
    for kind, told in PLACE.items():
        searched, imported = found["search"].get(kind, {}).get(most), found["import"].get(kind, {})
        slowest = max(shape["p95_ms"] for shape in searched["shapes"].values()) if searched else None
        for what, value, measured in (
            (f"search among {int(most):,} offers, p95, ms", SEARCH_MS, searched and searched["search"]["p95_ms"]),
            (f"the slowest shape of wish among {int(most):,} offers, p95, ms", SEARCH_MS, slowest),
            (f"import of {int(most):,} offers, s", IMPORT_SECONDS, imported.get("seconds")),
            (f"import of {int(most):,} offers, MB", IMPORT_MEGABYTES, imported.get("megabytes")),
        ):
            lines.append([told, *Bound(what, "", value, most=True, percent=False).line(measured)])
    return table(["database", "what", "asked", "measured", "kept"], lines)


def by_size(found: Figures) -> list[str]:
    """Searching, by database and number of offers."""
    header = [
        "database",
        "offers",
        "sites",
        "search p50, ms",
        "p95",
        "p95 of every try",
        "first",
        "contact p50, ms",
        "p95",
    ]
    lines = [
        [
            PLACE[kind],
            f"{int(count):,}",
            f"{one['locations']:,}",
            *_milliseconds(one["search"]),
            f"{one['every_try']['p95_ms']:.1f}",
            f"{one['first_ms']:.0f}",
            *_milliseconds(one["contacts"]),
            str(one["resident_megabytes"]),
            str(one["megabytes"]),
        ]
        for kind, sizes in found["search"].items()
        for count, one in sizes.items()
    ]
    return table([*header, "process, MB", "database, MB"], lines)


def _milliseconds(measured: dict[str, float]) -> list[str]:
    return [f"{measured['p50_ms']:.1f}", f"{measured['p95_ms']:.1f}"]


def by_shape(found: Figures) -> list[str]:
    """Searching among the most offers, by the shape of the wish."""
    most, kinds = largest(found), list(found["search"])
    shapes = {kind: found["search"][kind][most]["shapes"] for kind in kinds}
    names = sorted(set.union(*(set(measured) for measured in shapes.values())))
    lines = [
        [
            name,
            *(
                cell
                for kind in kinds
                for cell in (_milliseconds(shapes[kind][name]) if name in shapes[kind] else ["-", "-"])
            ),
        ]
        for name in names
    ]
    return table(["wish", *(f"{PLACE[kind]} {what}" for kind in kinds for what in ("p50, ms", "p95, ms"))], lines)


def imports(found: Figures) -> list[str]:
    """Importing, by database."""
    if not found["import"]:
        return ["Not measured: there is no importer yet."]
    lines = [
        [PLACE[kind], f"{one['seconds']:.1f}", f"{one['again_seconds']:.1f}", str(one["megabytes"])]
        for kind, one in found["import"].items()
    ]
    return table(["database", "first time, s", "the same again, s", "memory at most, MB"], lines)


def cost_plot(found: Figures, path: Path) -> None:
    """Time of a search against the number of offers, both on a scale of powers."""
    figure = Figure(figsize=(7, 4))
    axes = figure.subplots()
    for kind, sizes in found["search"].items():
        counts = [int(count) for count in sizes]
        for what, style in (("p95", "-"), ("p50", ":")):
            times = [one["search"][f"{what}_ms"] for one in sizes.values()]
            axes.plot(counts, times, style, marker=MARKS[kind], label=f"{PLACE[kind]}, {what}")
    axes.axhline(SEARCH_MS, color="grey", linewidth=1, linestyle="--", label="asked of p95")
    axes.set(xscale="log", yscale="log", xlabel="offers", ylabel="search, ms")
    axes.legend(fontsize="small")
    save(figure, path)


def whole_reads(found: Figures) -> list[str]:
    """For which wishes a database reads every offer, by its own word."""
    most = largest(found)
    return [
        f"- {PLACE[kind]}: {', '.join(sizes[most]['whole_table']) or 'none'}" for kind, sizes in found["search"].items()
    ]


def write_page(page: Path, found: Figures) -> None:
    """Write the page, and its plot in a folder of the same name beside it."""
    cost_plot(found, page.with_suffix("") / "cost.svg")
    one = next(iter(found["search"].values()))[largest(found)]
    wishes, shapes = one["search"]["count"], len(one["shapes"])
    lines = [
        "# The catalogue, measured",
        "",
        "Made by `make benchmark`; not to be edited by hand.",
        "",
        "Made-up schools with made-up offers, the same ones every time, lie over the municipalities of Flanders, more",
        "where there are more postcodes; beside them is what `data/catalogue` holds. In a process of its own, mixed",
        f"wishes of {shapes} shapes go through `catalog.search`, {wishes} in all. Each has {TRIES} tries, of which the",
        "quickest counts, since other programs run on the machine; *p95 of every try* is with what those cost, and",
        "*first* is the first search of a process, which also connects. The databases are on disk, with their own",
        "defaults.",
        "",
        "## What was asked, and what is reached",
        "",
        *budgets(found),
        "",
        "## Searching",
        "",
        *by_size(found),
        "",
        f"![Time of a search against the number of offers]({page.stem}/cost.svg)",
        "",
        f"By the shape of the wish, among {int(largest(found)):,} offers:",
        "",
        *by_shape(found),
        "",
        "Wishes for which the database explains that it reads every offer:",
        "",
        *whole_reads(found),
        "",
        "## Importing",
        "",
        "`python -m catalog.importing` of `programmes.csv` as it is and an `offers.csv` of made-up offers, into a",
        "database filled from `data/catalogue`.",
        "",
        *imports(found),
    ]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
