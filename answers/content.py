"""Read what editors write: topics, titles and figures. Knows nothing of Rasa."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"
# How long the review of a fact that changes easily holds: after it the answer carries a caution, and the check fails.
VOLATILE_FOR = timedelta(days=183)
# Who asks, and the words on the button with which they say so.
AUDIENCES = {
    "leerling": "Ik ben leerling",
    "ouder": "Ik ben ouder",
    "bedrijf": "Ik ben een bedrijf",
    "school": "Ik werk op een school",
}
# What is done where a message is not understood: the second time in a row a person is offered.
NOT_UNDERSTOOD = frozenset(["action_bedoel_je", "utter_buiten_domein"])
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
    worth: str | float
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
            worth=row["waarde"],
            holds=row["geldt"],
            source=row["bron"],
            checked_on=row["nagekeken"],
            confidence=row["zekerheid"],
            volatile=row["veranderlijk"] == "ja",
        )
        for name, row in read_yaml(data / "figures.yml").items()
    }


@dataclass(frozen=True)
class Answer:
    """One answer of a topic: the common one (``audience`` None) or the variant for an audience."""

    audience: str | None
    text: str
    more: str
    follow: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """All that one file says: who asks what, and what they are told on which ground."""

    path: Path
    title: str
    audiences: tuple[str, ...]
    examples: tuple[str, ...]
    answers: tuple[Answer, ...]
    provenance: dict[str, Any]

    @property
    def name(self) -> str:
        """Name of the topic: that of its file."""
        return self.path.stem

    @property
    def variants(self) -> tuple[str, ...]:
        """Audiences with an answer of their own."""
        return tuple(answer.audience for answer in self.answers if answer.audience)

    def answer_for(self, audience: str | None) -> Answer:
        """What this audience is told."""
        return next((answer for answer in self.answers if answer.audience == audience), self.answers[0])


def topic(path: Path) -> Topic:
    """The topic in a file; what is missing is empty, for `make check-content` to report.

    Raises:
        BadContent: the file is no YAML, or holds something else than a topic.
    """
    content = read_yaml(path)
    try:
        question = content["nlu"][0]
        known = question.get("metadata") or {}
        given = content.get("responses", {}).get(f"utter_faq/{path.stem}") or []
        return Topic(
            path=path,
            title=known.get("titel") or "",
            audiences=tuple(known.get("doelgroepen") or ()),
            examples=tuple(_examples(question)),
            answers=tuple(_answer(row) for row in given),
            provenance=(given[0].get("metadata") or {}) if given else {},
        )
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise BadContent(f"{path}: dit is geen onderwerp zoals in docs/redactie.md ({error!r})") from error


def _examples(question: dict[str, Any]) -> Iterator[str]:
    for line in (question.get("examples") or "").splitlines():
        if line.strip():
            yield line.strip().removeprefix("- ").strip()


def _answer(row: dict[str, Any]) -> Answer:
    metadata = row.get("metadata") or {}
    conditions = row.get("condition") or [{}]
    return Answer(
        audience=conditions[0].get("value"),
        text=row.get("text") or "",
        more=metadata.get("meer") or "",
        follow=tuple(metadata.get("vervolg") or ()),
    )


def topics(data: Path = DATA) -> list[Topic]:
    """Every topic there is.

    Raises:
        BadContent: a file cannot be read; says which.
    """
    return [topic(path) for path in sorted(data.glob("faq/*/*.yml"))]


def fill(text: str, known: dict[str, str]) -> str:
    """A text with each ``{figure}`` as it is written; an unknown one stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda match: known.get(match[1], match[0]), text)


def figure_texts(data: Path = DATA) -> dict[str, str]:
    """How each figure is written, by name."""
    return {name: figure.text for name, figure in figures(data).items()}


def content_files(data: Path = DATA) -> Iterator[Path]:
    """Every file with example sentences: one per topic, one per task."""
    yield from sorted(data.glob("faq/*/*.yml"))
    yield from sorted(data.glob("tasks/*.yml"))


def examples_by_label(data: Path = DATA) -> dict[str, list[str]]:
    """Example sentences of every topic (``oao``) and task (``zoek_opleiding``)."""
    found: dict[str, list[str]] = {}
    for path in content_files(data):
        for block in (read_yaml(path) or {}).get("nlu", ()):
            found.setdefault(block["intent"].removeprefix("faq/"), []).extend(_examples(block))
    return found


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


def date_in_words(day: str) -> str:
    """An ISO date as people write it: *2026-11-21* -> *21 november 2026*."""
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def provenance(metadata: dict[str, Any], today: date) -> list[str]:
    """Lines under an answer: a caution when it may be out of date, then its sources and review date."""
    sources = metadata.get("bronnen")
    if not sources:
        return []
    checked = date.fromisoformat(metadata["nagekeken"])
    named = "; ".join(f"{source['naam']} ({source['url']})" for source in sources)
    word = "Bron" if len(sources) == 1 else "Bronnen"
    lines = [f"{word}: {named}. Nagekeken op {date_in_words(metadata['nagekeken'])}."]
    if metadata.get("veranderlijk") == "ja" and today - checked > VOLATILE_FOR:
        lines.insert(0, "Let op: we hebben dit al een tijd niet nagekeken. Het kan veranderd zijn, vraag het na.")
    return lines
