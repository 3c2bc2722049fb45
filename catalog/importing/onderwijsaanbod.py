"""API Onderwijsaanbod SO v2: the *administratievegroepen* (a year of a programme each), and which site offers which."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.importing.delivery import Dataset
from catalog.importing.envelope import Envelope, Raw
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
    years,
)
from catalog.importing.records import Fault, Item, OfferRecord, ProgrammeRecord, Unusable, Where, build

GROUP_MARK = ("administratievegroep_code", "administratievegroep_duaal")
OFFER_MARK = ("instelling_nummer", "instellingslocatie_vestigingsnummer", "administratievegroep_code")
MARKS = (GROUP_MARK, OFFER_MARK)
DATASET = Dataset(
    "onderwijsaanbod-so-v2",
    f"{ATTRIBUTION} (API Onderwijsaanbod SO v2)",
    "high",
    # Names are cut at 40 characters there.
    weak=frozenset({"name"}),
    columns={"programme_id": "administratievegroep_code", "location_id": "instellingslocatie_vestigingsnummer"},
)
COLUMNS = {"id": "administratievegroep_studierichting", "name": "administratievegroep_studierichting"}
GRADE_WORDS = {"tweede": "2", "derde": "3", "2": "2", "3": "3"}


class Group(OfficialModel):
    administratievegroep_code: int
    administratievegroep_omschrijving: str | None = None
    administratievegroep_graad: Coded | None = None
    administratievegroep_finaliteit: Coded | None = None
    administratievegroep_onderwijsvorm: Coded | None = None
    administratievegroep_domein: Coded | None = None
    administratievegroep_studierichting: Coded | None = None
    administratievegroep_duaal: bool
    structuuronderdeel_nummer: int | None = None


class Offered(OfficialModel):
    instelling_nummer: int
    instellingslocatie_vestigingsnummer: int
    administratievegroep_code: int
    schooljaar: str
    inschrijvingen: bool | None = None


def read(files: list[Path], known: Known) -> Iterator[Item]:
    """Dual programmes and who offers them; all other groups are passed over.

    Raises:
        Unusable: a file cannot be trusted, or there are offers without the groups that tell which are dual.
    """
    groups, offers = _parted(files)
    if offers and not groups:
        raise Unusable(
            f"{offers[0].name}: ingerichteadministratievegroep does not tell which groups are dual; deliver the pages "
            "of administratievegroep with it, in the same folder"
        )
    programmes = _Programmes(known)
    yield from programmes.read(Pages(groups, "administratievegroep"))
    if offers:
        yield from _offers(Pages(offers, "ingerichteadministratievegroep"), programmes.of_group)


def _parted(files: list[Path]) -> tuple[list[Path], list[Path]]:
    groups: list[Path] = []
    offers: list[Path] = []
    for path in files:
        first = next(Envelope(path).records())[0]
        (groups if set(GROUP_MARK) <= set(first) else offers).append(path)
    return groups, offers


class _Programmes:
    """The programmes, of which the years each are a group."""

    def __init__(self, known: Known) -> None:
        self._known = known
        # The programme of a group's code; None for a group that is not dual or was left out.
        self.of_group: dict[int, str | None] = {}
        self._first: dict[int, Where] = {}
        self._told: set[str] = set()

    def read(self, pages: Pages) -> Iterator[Item]:
        for raw, where in pages.records():
            group = build(Group, raw, where)
            if isinstance(group, list):
                yield from group
            else:
                yield from self._group(group, where)
        yield from pages.check()

    def _group(self, group: Group, where: Where) -> Iterator[Item]:
        code = group.administratievegroep_code
        first = self._first.setdefault(code, where)
        if first is not where:
            reason = f"stands there twice; the first one counts, in {first.file}, record {first.line}"
            yield Fault(where.file, where.line, "administratievegroep_code", code, reason, "record")
            return
        self.of_group[code] = None
        if not group.administratievegroep_duaal:
            return
        made = build(ProgrammeRecord, _programme(group), where, COLUMNS)
        if isinstance(made, list):
            yield from made
            return
        self.of_group[code] = made.id
        if made.id not in self._told:
            self._told.add(made.id)
            self._known.learn_programme(made.id, made.name, made.grade)
            yield made, where


def _programme(group: Group) -> dict[str, Any]:
    direction = group.administratievegroep_studierichting or Coded()
    name = re.sub(r"\bDL\b", "duaal", direction.omschrijving or group.administratievegroep_omschrijving or "")
    code = (direction.code or "").casefold()
    grade = _grade(group, code)
    if code.startswith("ov3-"):
        return {"id": f"buso-{code}", "name": f"{name} ({OV3})", "grade": grade, **_matrix(group)}
    if name.casefold().startswith("aanloop"):
        number = group.structuuronderdeel_nummer
        # A run-up without its own number stands for several.
        run_up = f"aanloop-{number}" if number else f"aanloop-groep-{code}"
        return {"id": run_up, "name": name, "grade": f"{grade} (aanloop)", **_matrix(group)}
    return {"id": code and f"duaal-{code}", "name": name, "grade": grade, **_matrix(group)}


def _grade(group: Group, code: str) -> str:
    finality = (group.administratievegroep_finaliteit or Coded()).code
    form = (group.administratievegroep_onderwijsvorm or Coded()).code
    if code.startswith("ov3-"):
        return OV3
    if finality == "7E" or form == "7DE":
        return SEVENTH
    said = group.administratievegroep_graad or Coded()
    word = (said.omschrijving or said.code or "").casefold()
    return next((GRADES[number] for start, number in GRADE_WORDS.items() if word.startswith(start)), word)


def _matrix(group: Group) -> dict[str, Any]:
    finality, domain = group.administratievegroep_finaliteit, group.administratievegroep_domein
    return {
        "finality": FINALITIES.get((finality and finality.code) or ""),
        "study_domain": DOMAINS.get((domain and domain.code) or ""),
    }


def _offers(pages: Pages, of_group: dict[int, str | None]) -> Iterator[Item]:
    """One offer for all years of a programme at a site; open when one of them is."""
    seen: dict[tuple[Any, ...], Where] = {}
    offers: dict[tuple[str, str, str], list[Any]] = {}
    for raw, where in pages.records():
        # Most groups are not dual: passed over before anything is checked.
        if isinstance(code := raw.get("administratievegroep_code"), int) and of_group.get(code, "") is None:
            continue
        row = build(Offered, raw, where)
        fault = row if isinstance(row, list) else _refused(row, where, of_group, seen)
        if fault:
            yield from fault
            continue
        assert isinstance(row, Offered)
        programme = of_group[row.administratievegroep_code] or ""
        location = f"{row.instelling_nummer}-{row.instellingslocatie_vestigingsnummer}"
        offer = offers.setdefault((programme, location, years(row.schooljaar)), [row.inschrijvingen, where])
        offer[0] = offer[0] or row.inschrijvingen
    yield from pages.check()
    yield from _merged(offers)


def _refused(
    row: Offered, where: Where, of_group: dict[int, str | None], seen: dict[tuple[Any, ...], Where]
) -> list[Fault]:
    code = row.administratievegroep_code
    if code not in of_group:
        reason = "unknown programme: administratievegroep lacks this code; deliver its pages of the same day"
        return [Fault(where.file, where.line, "administratievegroep_code", code, reason, "record")]
    key = (row.instelling_nummer, row.instellingslocatie_vestigingsnummer, code, row.schooljaar)
    first = seen.setdefault(key, where)
    if first is where:
        return []
    reason = f"stands there twice for this site; the first one counts, in {first.file}, record {first.line}"
    return [Fault(where.file, where.line, "administratievegroep_code", code, reason, "record")]


def _merged(offers: dict[tuple[str, str, str], list[Any]]) -> Iterator[Item]:
    for (programme, location, year), (is_open, where) in offers.items():
        values: Raw = {"programme_id": programme, "location_id": location, "school_year": year}
        made = build(OfferRecord, {**values, "enrolment_open": is_open}, where, {"school_year": "schooljaar"})
        if isinstance(made, list):
            yield from made
        else:
            yield made, where
