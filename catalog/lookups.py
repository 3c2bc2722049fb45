"""Write ``data/lookups/names.csv``: every name the NLU knows, generated from the catalogue's files.

One row is one name that people type, with the entity it is, its canonical value and, in ``when``, a condition:
``plaats`` (an ordinary word too: only after a word such as *in*), ``gezegd`` (only when somebody tells who they are).
``sector`` gives a programme's sector, so that *bakker* can also lead to the fund of the food sector.
"""

import csv
import io
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from catalog.database import PROJECT
from catalog.fill import SOURCE, BadCatalogue, rows
from catalog.text import stem

TARGET = PROJECT / "data" / "lookups" / "names.csv"
# Municipalities and villages whose name is a Dutch word, a first name or part of another name as well.
ORDINARY_WORDS = frozenset(
    [
        "as",
        "mol",
        "boom",
        "peer",
        "lint",
        "lier",
        "halle",
        "bever",
        "essen",
        "putte",
        "hove",
        "damme",
        "lede",
        "niel",
        "ham",
        "pelt",
        "bree",
        "lille",
        "muizen",
        "leest",
        "kessel",
        "retie",
        "heist",
        "beveren",
        "melle",
        "puurs",
        "temse",
        "tielen",
        "burcht",
        "laken",
        "vorst",
        "eke",
        "meise",
        "balen",
        "olen",
        "geel",
        "alken",
        "riemst",
        "linde",
        "ravels",
        "asse",
        "tielt",
        "ternat",
        "evere",
        "elsene",
        "schelle",
        "ranst",
        "eisden",
        "heusden",
        "wellen",
        "wingene",
        "vleteren",
        "boekhoute",
        "nazareth",
        "sinaai",
        "hamme",
        "zele",
        "zulte",
    ]
)
PROVINCES = {
    "Antwerpen": ("provincie Antwerpen",),
    "Limburg": ("Limburg", "provincie Limburg", "Limbourg"),
    "Oost-Vlaanderen": ("Oost-Vlaanderen", "Oost Vlaanderen", "O-Vl", "OVL"),
    "West-Vlaanderen": ("West-Vlaanderen", "West Vlaanderen", "W-Vl", "WVL"),
    "Vlaams-Brabant": ("Vlaams-Brabant", "Vlaams Brabant"),
    "Brussel": ("Brussel", "Brussels Hoofdstedelijk Gewest", "Bruxelles", "Brussels", "BXL"),
}


# How people type the small words of a name: *iets me kinderen*, *iet mee hout*.
SPELLINGS = {"iets": ("iet", "ies"), "met": ("me", "mee"), "mijn": ("men", "mn")}


class Name(NamedTuple):
    """One row of the lookup table."""

    entity: str
    value: str
    name: str
    when: str = ""
    sector: str = ""


def names(source: Path = SOURCE) -> list[Name]:
    """All names; of one name within an entity the first value wins."""
    seen: set[tuple[str, str]] = set()
    kept = []
    own = list(_all_names(source))
    # What the files say goes before what is derived from it.
    for name in (*own, *(other for one in own for other in _spelled_otherwise(one))):
        key = (name.entity, name.name.casefold())
        if key not in seen:
            seen.add(key)
            kept.append(name)
    return kept


def _all_names(source: Path) -> Iterator[Name]:
    yield from _sectors(source)
    yield from _programmes(source)
    yield from _other_trades(source)
    yield from _grades(source)
    yield from _organisations(source)
    yield from _regions(source)
    yield from _municipalities(source)
    yield from _audiences(source)


def _spelled_otherwise(name: Name) -> Iterator[Name]:
    """The same name of a trade or sector with its small words as they are typed in a hurry."""
    if name.entity not in ("sector", "opleiding", "beroep") or not {"iets", "met"} & set(name.name.split()):
        return
    choices = [(word, *SPELLINGS.get(word, ())) for word in name.name.split()]
    for spelling in itertools.product(*choices):
        yield name._replace(name=" ".join(spelling))


def _sectors(source: Path) -> Iterator[Name]:
    for row in rows(source, "sector_words.csv", ("word", "sector")):
        yield Name("sector", row["sector"], row["sector"])
        yield Name("sector", row["sector"], row["word"])


def _programmes(source: Path) -> Iterator[Name]:
    programmes = list(rows(source, "programmes.csv", ("id", "name")))
    # The programme itself before its variant in BuSO, and both before the run-up to it.
    programmes.sort(key=lambda row: ("duaal-", "buso-", "aanloop-").index(row["id"].split("-")[0] + "-"))
    sectors = {row["name"]: row["sector"] or "" for row in programmes}
    for row in programmes:
        yield Name("opleiding", row["name"], row["name"], "", row["sector"] or "")
        yield Name("opleiding", row["name"], stem(row["name"]), "", row["sector"] or "")
    for row in rows(source, "programme_words.csv", ("word", "programmes")):
        first = row["programmes"].split("|")[0]
        yield Name("opleiding", first, row["word"], "", sectors[first])


def _other_trades(source: Path) -> Iterator[Name]:
    """Trades without a programme: never a misspelling of one that has, and they tell their sector."""
    for row in rows(source, "other_trades.csv", ("word",)):
        yield Name("beroep", row["word"], row["word"], "", row["sector"] or "")


def _grades(source: Path) -> Iterator[Name]:
    for row in rows(source, "grade_words.csv", ("word", "grade")):
        yield Name("graad", row["grade"], row["word"])


def _organisations(source: Path) -> Iterator[Name]:
    full = {row["id"]: row["name"] for row in rows(source, "contact_points.csv", ("id", "name"))}
    for row in rows(source, "organisation_words.csv", ("word", "contact_point")):
        if row["contact_point"] not in full:
            raise BadCatalogue(f"organisation_words.csv: unknown contact point {row['contact_point']}")
        yield Name("organisatie", full[row["contact_point"]], row["word"])
    for name in full.values():
        yield Name("organisatie", name, name)


def _regions(source: Path) -> Iterator[Name]:
    for province, spellings in PROVINCES.items():
        for spelling in spellings:
            yield Name("regio", province, spelling)
    for row in rows(source, "regions.csv", ("region", "municipality")):
        yield Name("regio", row["region"], row["region"])


def _municipalities(source: Path) -> Iterator[Name]:
    for row in rows(source, "municipalities.csv", ("name", "postcodes")):
        if row["name"] not in PROVINCES["Brussel"]:
            yield _place(row["name"], row["name"])
        for postcode in row["postcodes"].split("|"):
            yield Name("gemeente", row["name"], postcode, "plaats")
    for row in rows(source, "place_names.csv", ("name", "municipality")):
        if row["name"] not in PROVINCES["Brussel"]:
            # The likeliest municipality of an ambiguous name; who searches asks back.
            yield _place(row["municipality"].split("|")[0], row["name"])


def _place(municipality: str, name: str) -> Name:
    return Name("gemeente", municipality, name, "plaats" if name.casefold() in ORDINARY_WORDS else "")


def _audiences(source: Path) -> Iterator[Name]:
    for row in rows(source, "audience_words.csv", ("word", "audience", "only_when_told")):
        yield Name("doelgroep", row["audience"], row["word"], "gezegd" if row["only_when_told"] == "ja" else "")


def as_csv(source: Path = SOURCE) -> str:
    """The whole lookup table as CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Name._fields)
    writer.writerows(names(source))
    return out.getvalue()


def main() -> int:
    """Command line: write the table when it would change."""
    try:
        text = as_csv()
    except BadCatalogue as error:
        print(f"The lookups were not written. {error}", file=sys.stderr)
        return 1
    if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
