"""Read what editors write: titles and figures. Knows nothing of Rasa."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


class BadContent(Exception):
    """A file that editors write cannot be used; says which and why."""


@dataclass(frozen=True)
class Figure:
    """One figure that may change: how it is written in an answer, and what it rests on."""

    name: str
    text: str
    holds: str
    source: str
    checked_on: str
    confidence: str
    volatile: bool


def read_yaml(path: Path) -> Any:
    """Content of a YAML file, dates left as text.

    Raises:
        BadContent: the file is missing or is no YAML; says where.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_TextDates)
    except FileNotFoundError as error:
        raise BadContent(f"{path}: bestand niet gevonden") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadContent(f"{path}: geen geldig YAML-bestand: {error}") from error


class _TextDates(yaml.CSafeLoader):
    """YAML without dates, so that 2026-11-21 stays what the editor typed."""


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def figures(data: Path = DATA) -> dict[str, Figure]:
    """All figures by name."""
    return {
        name: Figure(
            name=name,
            text=row["tekst"],
            holds=row["geldt"],
            source=row["bron"],
            checked_on=row["nagekeken"],
            confidence=row["zekerheid"],
            volatile=row["veranderlijk"] == "ja",
        )
        for name, row in read_yaml(data / "figures.yml").items()
    }


def content_files(data: Path = DATA) -> Iterator[Path]:
    """Every file with example sentences: one per topic, one per task."""
    yield from sorted(data.glob("faq/*/*.yml"))
    yield from sorted(data.glob("tasks/*.yml"))


@lru_cache(maxsize=2)
def titles(data: Path = DATA) -> dict[str, str]:
    """Canonical question of every topic (``oao``) and canonical wish of every task (``zoek_opleiding``)."""
    found = {}
    for path in content_files(data):
        for block in (read_yaml(path) or {}).get("nlu", ()):
            title = (block.get("metadata") or {}).get("titel")
            if title:
                found[block["intent"].removeprefix("faq/")] = title
    return found


def topic_titles(data: Path = DATA) -> dict[str, str]:
    """Canonical question of every topic, without the tasks."""
    topics = {path.stem for path in data.glob("faq/*/*.yml")}
    return {name: title for name, title in titles(data).items() if name in topics}


def date_in_words(date: str) -> str:
    """An ISO date as people write it: *2026-11-21* -> *21 november 2026*."""
    year, month, day = date.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"
