"""The recognition guide, out of ``data/erkenningsgids.yml``: its questions, and the rules that make a checklist."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from answers.content import DATA, Answer, BadContent, Topic, figures, fill, read_yaml

FILE = "erkenningsgids.yml"
UNKNOWN = "onbekend"
# Kept for a question that need not be asked.
SKIPPED = "nvt"
# In a condition: whatever was answered, but for UNKNOWN.
KNOWN = "bekend"
# What the catalogue can recognise in an answer, and what a number in it can be about.
CATALOGUE = ("sector", "opleiding", "gemeente")
NUMBERS = ("leeftijd", "ervaring")
CARDS = ("in_orde", "te_doen", "na_te_vragen", "bellen", "termijnen")

Answers = Mapping[str, Any]
# Any of these; of each, all.
Conditions = tuple[dict[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Choice:
    """One answer: its value in the rules, its button if it has one, and the words that mean it.

    ``looks`` is how an answer in words of one's own looks that comes to this, ``refines`` the answer that this one
    says more precisely.
    """

    value: str
    button: str
    words: tuple[str, ...]
    looks: str
    refines: str


@dataclass(frozen=True)
class Question:
    """One question; ``why`` is told to who asks what it is for.

    ``catalogue`` is the kind of name that is an answer too, ``free`` whether any words are. ``at_least`` holds the
    least numbers by what they are about; ``enough`` and ``too_little`` the values that follow from numbers.
    ``missing`` asks for the numbers that were not told, ``subject`` are the words for what the question is about.
    ``surpassed`` is the question whose numbers make this one needless, and ``surpassing`` what is said then.
    """

    name: str
    text: str
    error: str
    why: str
    choices: tuple[Choice, ...]
    only_if: Conditions
    catalogue: str
    free: bool
    at_least: dict[str, float]
    enough: str
    too_little: str
    missing: dict[str, str]
    subject: tuple[str, ...]
    surpassed: str
    surpassing: str

    @property
    def buttons(self) -> tuple[str, ...]:
        """Words on the buttons."""
        return tuple(choice.button for choice in self.choices if choice.button)

    def meant(self, given: Any) -> Any:
        """The choice that an answer comes to, such as *elders* for Sint-Jans-Molenbeek; else what was given."""
        if given in (None, "", SKIPPED) or any(choice.value == given for choice in self.choices):
            return given
        words = str(given).casefold().replace("-", " ")
        known = [one for one in self.choices if words in (word.casefold().replace("-", " ") for word in one.words)]
        alike = [one for one in self.choices if one.looks and re.search(one.looks, str(given))]
        return next((choice.value for choice in (*known, *alike)), given)


@dataclass(frozen=True)
class Remark:
    """What is said to a remark that holds one of these words and is no answer."""

    words: tuple[str, ...]
    reply: str


@dataclass(frozen=True)
class Rule:
    """A sentence of the checklist: on which card, and when.

    ``short`` is for the mail, ``source`` what it rests on beside the guide's own sources.
    """

    when: Conditions
    card: str
    sentence: str
    short: str
    source: dict[str, str] | None


@dataclass(frozen=True)
class Guide:
    """Everything the file says, with figures filled in."""

    opening: str
    closing: str
    subject: str
    desk: dict[str, str]
    stuck: str
    remarks: tuple[Remark, ...]
    cards: dict[str, str]
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    provenance: dict[str, Any]

    def question(self, name: str) -> Question:
        """The question with this name."""
        return next(question for question in self.questions if question.name == name)

    def path(self, answers: Answers) -> tuple[Question, ...]:
        """The questions that these answers lead along, in order."""
        on_it: dict[str, Any] = {}
        walked = []
        for question in self.questions:
            if holds(question.only_if, on_it):
                walked.append(question)
                on_it[question.name] = answers.get(question.name)
        return tuple(walked)

    def lines(self, answers: Answers) -> dict[str, list[Rule]]:
        """The rules that hold, by card, with answers filled in."""
        told = {name: str(value) for name, value in answers.items() if value}
        meant = {question.name: question.meant(answers.get(question.name)) for question in self.questions}
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if holds(rule.when, meant):
                filled = replace(rule, sentence=fill(rule.sentence, told), short=fill(rule.short, told))
                found.setdefault(rule.card, []).append(filled)
        return found


def holds(conditions: Conditions, answers: Answers) -> bool:
    """Whether one of the conditions is met; none at all is always met."""
    return not conditions or any(
        all(_is(answers.get(name), wanted) for name, wanted in condition.items()) for condition in conditions
    )


def _is(given: Any, wanted: tuple[str, ...]) -> bool:
    return given in wanted or (KNOWN in wanted and given not in (None, "", UNKNOWN, SKIPPED))


@lru_cache(maxsize=2)
def guide(data: Path = DATA) -> Guide:
    """The guide as it is in the file.

    Raises:
        BadContent: something in it is missing or unknown; says what and where.
    """
    return _Reader(data).read()


def as_topic(data: Path = DATA) -> Topic:
    """The guide as if it were a topic, so that the rules for texts hold for it too; figures stay by name.

    Raises:
        BadContent: the guide cannot be read.
    """
    guide(data)
    content = read_yaml(data / FILE)
    texts = [content["opening"], content["slot"], content["mail_onderwerp"], content["hulp"], content["loket"]["zin"]]
    texts += [row["zeg"] for row in content["tussendoor"]]
    texts += [text for row in content["vragen"] for text in (row["vraag"], row["fout"], row["waarom"])]
    texts += [text for row in content["vragen"] for text in (row.get("ontbreekt") or {}).values()]
    texts += [row["liever"]["zeg"] for row in content["vragen"] if row.get("liever")]
    texts += [text for row in content["regels"] for text in (row["zin"], row.get("kort")) if text]
    asked = {row["naam"]: "dit" for row in content["vragen"]}
    answers = tuple(Answer(None, fill(text, asked), "", ()) for text in texts)
    sources = [*(content.get("bronnen") or ()), *(row["bron"] for row in content["regels"] if row.get("bron"))]
    return Topic(data / FILE, "", (), (), answers, {**content, "bronnen": sources})


class _Reader:
    """Reads the file and stops at the first thing that cannot be right."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE
        self._content = read_yaml(self._path)
        if not isinstance(self._content, dict):
            raise self._wrong("dit is geen gids zoals in docs/redactie.md")
        self._figures = figures(data)
        self._written = {name: figure.text for name, figure in self._figures.items()}

    def read(self) -> Guide:
        """The whole guide."""
        rows = self._need(self._content, "vragen", "het bestand")
        self._names = [self._need(row, "naam", "een vraag") for row in rows]
        if len(set(self._names)) < len(self._names):
            raise self._wrong("twee vragen hebben dezelfde naam")
        self._values = {row["naam"]: {self._value(row, one) for one in row.get("antwoorden", ())} for row in rows}
        cards = self._need(self._content, "kaarten", "het bestand")
        missing = [name for name in CARDS if name not in cards]
        if missing:
            raise self._wrong(f"bij kaarten ontbreekt {missing[0]}")
        made = Guide(
            opening=self._text(self._content, "opening", "het bestand"),
            closing=self._text(self._content, "slot", "het bestand"),
            subject=self._text(self._content, "mail_onderwerp", "het bestand"),
            desk=self._need(self._content, "loket", "het bestand"),
            stuck=self._text(self._content, "hulp", "het bestand"),
            remarks=tuple(map(self._remark, self._need(self._content, "tussendoor", "het bestand"))),
            cards=cards,
            questions=tuple(map(self._question, rows)),
            rules=tuple(map(self._rule, self._need(self._content, "regels", "het bestand"))),
            provenance={name: self._content.get(name) for name in ("bronnen", "nagekeken", "veranderlijk")},
        )
        self._each_answer_counts(made)
        return made

    def _wrong(self, what: str) -> BadContent:
        return BadContent(f"{self._path}: {what}")

    def _need(self, row: Any, field: str, where: str) -> Any:
        if not isinstance(row, dict) or not row.get(field):
            raise self._wrong(f"{where}: {field} ontbreekt")
        return row[field]

    def _text(self, row: Any, field: str, where: str, *, answers: bool = False) -> str:
        text = str(self._need(row, field, where)).strip()
        known = {*self._written, *(self._names if answers else ())}
        for name in re.findall(r"\{(\w*)\}", text):
            if name not in known:
                raise self._wrong(f"{where}: {{{name}}} is geen cijfer uit data/figures.yml en geen vraag")
        return fill(text, self._written)

    def _value(self, row: Any, choice: Any) -> str:
        return str(self._need(choice, "waarde", f"een antwoord op {row['naam']}"))

    def _question(self, row: dict[str, Any]) -> Question:
        name, where = row["naam"], f"vraag {row['naam']}"
        catalogue = row.get("catalogus") or ""
        if catalogue not in ("", *CATALOGUE):
            raise self._wrong(f"{where}: catalogus is {catalogue}, kies uit {', '.join(CATALOGUE)}")
        for field in ("genoeg", "te_weinig"):
            if row.get(field) and row[field] not in self._values[name]:
                raise self._wrong(f"{where}: {field} is {row[field]}, maar dat antwoord is er niet")
        outdone = row.get("liever") or {}
        if outdone and self._need(outdone, "vraag", where) not in self._names:
            raise self._wrong(f"{where}: er is geen vraag {outdone['vraag']}")
        missing = row.get("ontbreekt") or {}
        return Question(
            name=name,
            text=self._text(row, "vraag", where),
            error=self._text(row, "fout", where),
            why=self._text(row, "waarom", where),
            choices=tuple(self._choice(row, one) for one in self._need(row, "antwoorden", where)),
            only_if=self._conditions(row.get("alleen_als"), where),
            catalogue=catalogue,
            free=row.get("vrij") == "ja",
            at_least=dict(self._numbers(row.get("minstens") or {}, where)),
            enough=row.get("genoeg") or "",
            too_little=row.get("te_weinig") or "",
            missing={about: self._text(missing, about, where) for about in missing},
            subject=tuple(map(str, row.get("gaat_over") or ())),
            surpassed=outdone.get("vraag") or "",
            surpassing=self._text(outdone, "zeg", where) if outdone else "",
        )

    def _remark(self, row: dict[str, Any]) -> Remark:
        words = self._need(row, "woorden", "tussendoor")
        return Remark(tuple(map(str, words)), self._text(row, "zeg", "tussendoor"))

    def _choice(self, row: dict[str, Any], choice: dict[str, Any]) -> Choice:
        value = self._value(row, choice)
        common = (self._content.get("woorden") or {}).get(value) or []
        refines = choice.get("preciseert") or ""
        if refines and refines not in self._values[row["naam"]]:
            raise self._wrong(f"vraag {row['naam']}: preciseert is {refines}, maar dat antwoord is er niet")
        words = tuple(map(str, [*common, *(choice.get("ook") or [])]))
        return Choice(value, choice.get("knop") or "", words, choice.get("patroon") or "", refines)

    def _numbers(self, wanted: dict[str, str], where: str) -> Iterable[tuple[str, float]]:
        for about, name in wanted.items():
            if about not in NUMBERS:
                raise self._wrong(f"{where}: minstens kent {about} niet, kies uit {', '.join(NUMBERS)}")
            if name not in self._figures:
                raise self._wrong(f"{where}: {name} staat niet in data/figures.yml")
            yield about, float(self._figures[name].worth)

    def _rule(self, row: dict[str, Any]) -> Rule:
        where = f"regel “{str(row.get('zin') or row)[:50]}”"
        card = self._need(row, "kaart", where)
        if card not in CARDS or card == "bellen":
            raise self._wrong(f"{where}: kaart {card} is er niet")
        sentence = self._text(row, "zin", where, answers=True)
        short = self._text(row, "kort", where, answers=True) if row.get("kort") else sentence
        return Rule(self._conditions(row.get("als"), where), card, sentence, short, row.get("bron"))

    def _conditions(self, given: Any, where: str) -> Conditions:
        listed = given if isinstance(given, list) else [given] if given else []
        return tuple(
            {name: self._wanted(name, values, where) for name, values in condition.items()} for condition in listed
        )

    def _wanted(self, name: str, values: Any, where: str) -> tuple[str, ...]:
        if name not in self._values:
            raise self._wrong(f"{where}: er is geen vraag {name}")
        wanted = tuple(map(str, values)) if isinstance(values, list) else (str(values),)
        for value in wanted:
            if value not in (KNOWN, *self._values[name]):
                raise self._wrong(f"{where}: {value} is geen antwoord op {name}")
        return wanted

    def _each_answer_counts(self, made: Guide) -> None:
        """Whoever answers a question finds it back: in the list, or in a question that follows from it."""
        for question in made.questions:
            for choice in question.choices:
                used = [*(rule.when for rule in made.rules), *(other.only_if for other in made.questions)]
                if not any(
                    _is(choice.value, condition[question.name])
                    for conditions in used
                    for condition in conditions
                    if question.name in condition
                ):
                    raise self._wrong(f"vraag {question.name}: geen enkele regel gebruikt het antwoord {choice.value}")
