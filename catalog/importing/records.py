"""What a delivery says, checked row by row; what is wrong with a row becomes a fault that names the place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple, TypeVar

from pydantic import BaseModel, ConstrainedStr, Extra, Field, ValidationError, validator

from catalog.importing.mailbox import general_mailbox
from catalog.text import plain

PROGRAMME_CODE = re.compile(r"^(duaal|aanloop|buso-ov3)-[a-z0-9-]+$")


class Unusable(Exception):
    """A file, folder or address of which nothing can be taken in; says which, where, why and how to mend it."""


class Where(NamedTuple):
    """A place in a file: ``line`` counts lines of a CSV file or, with ``unit`` record, records of a JSON file."""

    file: str
    line: int
    unit: str = "line"


@dataclass(frozen=True)
class Fault:
    """Why a row was left out: the column as the source calls it, the value as it stands there."""

    file: str
    line: int
    column: str
    value: Any
    reason: str
    unit: str = "line"

    def __str__(self) -> str:
        shown = "" if self.value is None else str(self.value)
        shown = shown if len(shown) <= 80 else shown[:77] + "..."
        return f"{self.file}, {self.unit} {self.line}, column {self.column}: value '{shown}' - {self.reason}"


class Notice(NamedTuple):
    """Something that whoever delivers should know; ``incomplete`` when rows may be missing from the delivery."""

    text: str
    incomplete: bool = False


class Pattern(ConstrainedStr):
    """Text of a fixed form; ``example`` shows it in a message."""

    example: ClassVar[str]


class IsoDate(Pattern):
    regex = re.compile(r"^\d{4}-\d{2}-\d{2}$")
    example = "2026-11-21"


class SchoolYear(Pattern):
    regex = re.compile(r"^(\d{4}-\d{4})?$")
    example = "2026-2027"


class ProgrammeId(Pattern):
    regex = PROGRAMME_CODE
    max_length = 64
    example = "duaal-1097, aanloop-564 or buso-ov3-177"


class Postcode(Pattern):
    regex = re.compile(r"^[1-9]\d{3}$")
    example = "2300"


class Website(Pattern):
    regex = re.compile(r"^https?://[^\s<>\"']+\.[^\s<>\"']+$")
    max_length = 300
    example = "https://www.school.be"


class Confidence(Pattern):
    regex = re.compile(r"^(high|medium|low)$")
    example = "high, medium or low"


def text(longest: int) -> Any:
    """A field of at most so many characters; None where the source does not say."""
    return Field(None, max_length=longest)


def must(longest: int) -> Any:
    """A field that must be there, of at most so many characters."""
    return Field(..., min_length=1, max_length=longest)


class Record(BaseModel):
    """One row of the catalogue as a source tells it.

    None means that the source does not say; it never overwrites what is known. ``verified_on`` None is the day of the
    import; ``source`` and ``confidence`` None are those of the dataset.
    """

    source: str | None = None
    verified_on: IsoDate | None = None
    confidence: Confidence | None = None

    class Config:
        extra = Extra.forbid
        anystr_strip_whitespace = True

    @validator("*", pre=True)
    def _empty_is_silence(cls, value: Any) -> Any:  # noqa: N805 - pydantic 1 hands the class
        return None if isinstance(value, str) and not value.strip() else value

    @validator("verified_on", "valid_from", "valid_until", check_fields=False)
    def _is_a_day(cls, value: str | None) -> str | None:  # noqa: N805
        if value:
            date.fromisoformat(value)
        return value


class ProgrammeRecord(Record):
    id: ProgrammeId
    name: str = must(200)
    grade: str = must(40)
    finality: str | None = text(40)
    study_domain: str | None = text(80)
    sector: str | None = text(80)
    contract: str | None = text(20)
    min_hours_workplace: int | None = Field(None, ge=0, le=60)
    qualification: str | None = None
    vks_level: int | None = Field(None, ge=1, le=8)
    valid_from: IsoDate | None = None
    valid_until: IsoDate | None = None


class ProviderRecord(Record):
    """A school or centre; an e-mail address with a person's name in it is left out."""

    id: str = must(80)
    name: str = must(200)
    network: str | None = text(80)
    phone: str | None = text(40)
    email: str | None = text(120)
    website: Website | None = None

    @validator("email")
    def _no_person(cls, value: str | None, values: dict[str, Any]) -> str | None:  # noqa: N805
        return general_mailbox(value, values.get("name") or "")


class LocationRecord(Record):
    """A site; degrees are WGS 84, within Belgium and what lies around it."""

    id: str = must(120)
    provider_id: str = must(80)
    street: str | None = text(160)
    postcode: Postcode | None = None
    municipality: str | None = text(80)
    latitude: float | None = Field(None, ge=49, le=52)
    longitude: float | None = Field(None, ge=2, le=7)


class OfferRecord(Record):
    programme_id: ProgrammeId
    location_id: str = must(120)
    school_year: SchoolYear | None = None
    enrolled: int | None = Field(None, ge=0)
    enrolment_open: bool | None = None

    @validator("school_year", always=True)
    def _unknown_year_is_empty(cls, value: str | None) -> str:  # noqa: N805
        return value or ""


class ContactRecord(Record):
    """An organisation or desk; here too an e-mail address with a person's name is left out."""

    id: str = must(64)
    name: str = must(200)
    kind: str = must(40)
    audience: str = must(200)
    region: str = must(80)
    sectors: str = must(400)
    phone: str | None = text(40)
    email: str | None = text(120)
    website: Website | None = None
    what_for: str = must(2000)

    @validator("email")
    def _no_person(cls, value: str | None, values: dict[str, Any]) -> str | None:  # noqa: N805
        return general_mailbox(value, values.get("name") or "")


Found = tuple[Record, Where]
Item = Found | Fault | Notice
Model = TypeVar("Model", bound=BaseModel)
SAYS = {
    "value_error.missing": "is missing",
    "type_error.none.not_allowed": "is empty",
    "value_error.any_str.min_length": "is empty",
    "type_error.integer": "is not a whole number",
    "type_error.float": "is not a number",
    "type_error.bool": "is not ja or nee",
}


def build(
    model: type[Model], values: Mapping[str, Any], where: Where, columns: Mapping[str, str] | None = None
) -> Model | list[Fault]:
    """The checked record, or a fault for each field that is wrong.

    ``columns`` tells how the source calls a field, where that is another name.
    """
    try:
        return model(**values)
    except ValidationError as error:
        return [_fault(model, values, where, columns or {}, one) for one in error.errors()]


def _fault(
    model: type[BaseModel], values: Mapping[str, Any], where: Where, columns: Mapping[str, str], error: Any
) -> Fault:
    path = [str(step) for step in error["loc"]]
    value: Any = values
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    column = ".".join([columns.get(path[0], path[0]), *path[1:]])
    return Fault(where.file, where.line, column, value, _reason(model, path[0], error), where.unit)


def _reason(model: type[BaseModel], field: str, error: Any) -> str:
    if error["type"] in SAYS:
        return SAYS[error["type"]]
    if error["type"] == "value_error.any_str.max_length":
        return f"is longer than {error['ctx']['limit_value']} characters"
    form = model.__fields__[field].type_
    if isinstance(form, type) and issubclass(form, Pattern) and "regex" in error["type"]:
        return f"has another form than {form.example}"
    return str(error["msg"])


def slug(name: str) -> str:
    """A name as part of a key: *Damiaaninstituut B en C* -> *damiaaninstituut-b-en-c*."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")
