"""What the readers of official JSON share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra

from catalog.importing.envelope import Envelope, Raw
from catalog.importing.records import Notice, Where

ATTRIBUTION = "Bron: Vlaamse overheid, Departement Onderwijs en Vorming"
FINALITIES = {"A": "arbeidsmarktfinaliteit", "DU": "dubbele finaliteit", "DO": "doorstroomfinaliteit"}
DOMAINS = {
    "1": "Taal en cultuur",
    "2": "STEM",
    "3": "Kunst en creatie",
    "4": "Land- en tuinbouw",
    "5": "Economie en organisatie",
    "6": "Maatschappij en welzijn",
    "7": "Sport",
    "8": "Voeding en horeca",
}
GRADES = {"2": "2de graad", "3": "3de graad"}
SEVENTH = "7de leerjaar"
OV3 = "BuSO OV3"


class OfficialModel(BaseModel):
    """A record as the service gives it; fields that are not used here may be there."""

    class Config:
        extra = Extra.ignore
        anystr_strip_whitespace = True


class Coded(OfficialModel):
    """A code with what it means."""

    code: str | None = None
    omschrijving: str | None = None


class Pages:
    """The pages of one service, read one after another; tells at the end whether all were there."""

    def __init__(self, files: list[Path], what: str) -> None:
        self.files, self.what = files, what

    def records(self) -> Iterator[tuple[Raw, Where]]:
        """All records of all pages."""
        self.count, self.total, self.pages, self.of_pages = 0, None, len(self.files), None
        for path in self.files:
            envelope = Envelope(path)
            yield from envelope.records()
            self.count += envelope.count
            self.total = envelope.meta.get("total_elements", self.total)
            self.of_pages = envelope.meta.get("total_pages", self.of_pages)

    def check(self) -> Iterator[Notice]:
        """What is missing, after all records were read."""
        if self.total is not None and self.count < int(self.total):
            pages = f" on {self.pages} of {self.of_pages} pages" if self.of_pages else ""
            yield Notice(f"{self.what}: {self.count} of {self.total} records delivered{pages}; deliver all pages", True)


def years(value: Any) -> str:
    """School year: 2026 -> 2026-2027; what is written in full stays."""
    said = str(value or "").strip()
    return f"{said}-{int(said) + 1}" if said.isdigit() and len(said) == 4 else said.replace("/", "-")


def website(value: str | None) -> str | None:
    """With its scheme: *www.school.be* -> *https://www.school.be*."""
    said = (value or "").strip()
    return said if not said or "://" in said else f"https://{said}"
