"""API Structuuronderdelen v2: the matrix of all study programmes, with the dates between which each holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Field, validator

from catalog.importing.delivery import Dataset
from catalog.importing.known import Known
from catalog.importing.official import (
    ATTRIBUTION,
    DOMAINS,
    FINALITIES,
    GRADES,
    OV3,
    SEVENTH,
    Coded,
    OfficialModel,
    Pages,
)
from catalog.importing.records import Fault, Found, Item, ProgrammeRecord, Where, build

MARKS = (("structuuronderdeel_groep_nummer", "titel"), ("groep_nummer", "titel"))
DATASET = Dataset(
    "structuuronderdelen-v2",
    f"{ATTRIBUTION} (API Structuuronderdelen v2)",
    "high",
    # The project groups programmes by sector itself; the official discipline only fills a gap.
    weak=frozenset({"sector"}),
)
COLUMNS = {"id": "studierichting_nummer_oud", "name": "titel", "valid_from": "begindatum", "valid_until": "einddatum"}
BUSO_ONLY = {"321"}


def _coded(value: Any) -> Any:
    return value if isinstance(value, dict) or value is None else {"code": str(value), "omschrijving": str(value)}


class Part(OfficialModel):
    """One *structuuronderdeel*; codes may come bare or with what they mean."""

    number: int = Field(..., alias="structuuronderdeel_nummer")
    titel: str
    duaal: bool = False
    aanloop: bool = False
    studiedomein: Coded | None = None
    discipline: str | None = None
    begindatum: str | None = None
    einddatum: str | None = None
    studierichting_nummer_oud: str | None = None
    leerjaren: list[Coded] = []
    hoofdstructuren: list[Coded] = []

    _code = validator("studiedomein", pre=True, allow_reuse=True)(_coded)
    _codes = validator("leerjaren", "hoofdstructuren", pre=True, each_item=True, allow_reuse=True)(_coded)


class Group(OfficialModel):
    """One *structuuronderdeelgroep*: a programme as the matrix shows it, with its variants."""

    titel: str
    graad: Coded | None = None
    finaliteit: Coded | None = None
    type_7de_leerjaar: Coded | None = None
    structuuronderdelen: list[dict[str, Any]] = []

    _code = validator("graad", "finaliteit", "type_7de_leerjaar", pre=True, allow_reuse=True)(_coded)


def read(files: list[Path], known: Known) -> Iterator[Item]:
    """Dual programmes and the run-ups to them.

    Of two that bear one code, such as one that ended and what took its place, the one that holds longest is told.
    """
    pages = Pages(files, "structuuronderdeelgroep")
    parts: dict[int, Where] = {}
    told: dict[str, Found] = {}
    for raw, where in pages.records():
        group = build(Group, raw, where)
        if isinstance(group, list):
            yield from group
            continue
        for member in group.structuuronderdelen:
            if member.get("duaal") or member.get("aanloop"):
                yield from _take(group, member, where, parts, told, known)
    yield from pages.check()
    yield from told.values()


def _take(
    group: Group,
    raw: dict[str, Any],
    where: Where,
    parts: dict[int, Where],
    told: dict[str, Found],
    known: Known,
) -> Iterator[Fault]:
    # The documentation names it both ways.
    part = build(Part, {"structuuronderdeel_nummer": raw.get("nummer"), **raw}, where)
    if isinstance(part, list):
        yield from part
        return
    first = parts.setdefault(part.number, where)
    if first is not where:
        reason = f"stands there twice; the first one counts, in {first.file}, record {first.line}"
        yield Fault(where.file, where.line, "structuuronderdeel_nummer", part.number, reason, where.unit)
        return
    made = build(ProgrammeRecord, _programme(group, part, known), where, COLUMNS)
    if isinstance(made, list):
        yield from made
        return
    before = told.get(made.id)
    if before is None or _until(made) > _until(before[0]):
        told[made.id] = (made, where)
        known.learn_programme(made.id, made.name, made.grade)


def _until(record: Any) -> tuple[str, str]:
    return record.valid_until or "9999", record.valid_from or ""


def _programme(group: Group, part: Part, known: Known) -> dict[str, Any]:
    grade = _grade(group, part)
    name = f"{part.titel} ({OV3})" if grade == OV3 else part.titel
    finality, domain = group.finaliteit or Coded(), part.studiedomein or Coded()
    discipline = (part.discipline or "").casefold()
    return {
        "id": _id(part, name, grade, known),
        "name": name,
        "grade": grade,
        "finality": FINALITIES.get(finality.code or ""),
        "study_domain": DOMAINS.get(domain.code or ""),
        "sector": discipline if discipline in known.sectors else None,
        "valid_from": (part.begindatum or "")[:10],
        "valid_until": (part.einddatum or "")[:10],
    }


def _grade(group: Group, part: Part) -> str:
    if {one.code for one in part.hoofdstructuren} == BUSO_ONLY:
        return OV3
    if group.type_7de_leerjaar or "3" in {one.code for one in part.leerjaren}:
        return SEVENTH
    grade = GRADES.get((group.graad or Coded()).code or "", "")
    return f"{grade} (aanloop)" if part.aanloop else grade


def _id(part: Part, name: str, grade: str, known: Known) -> str | None:
    """The programme's key; without an official code that of the only programme known by that name, if any."""
    if part.aanloop:
        return f"aanloop-{part.number}"
    code = (part.studierichting_nummer_oud or "").casefold().removeprefix("ov3-")
    if not code:
        return known.programme(name, grade)
    return f"buso-ov3-{code}" if grade == OV3 else f"duaal-{code}"
