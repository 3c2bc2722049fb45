"""Read what somebody typed as the answer to a question of the recognition guide."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from answers.guide import UNKNOWN, Question

MOST_WORDS = 8
# A message of more words than this is longer than a plain answer.
SHORT = 4
# Which answer counts where a message holds words of several.
RANK = {UNKNOWN: 3, "nee": 2, "ja": 0}
ASKING = frozenset(
    """
    wat wa wablief watte wie waar waarom wrm hoezo wanneer hoe hoeveel hoelang welke welk waarvoor waarmee
    mag mogen kan kunnen kunt
    """.split()
)
EXPERIENCE = re.compile(r"\b(?:ervaring|vak|stiel|bezig)\b")


class NotRead(Exception):
    """The text is no answer to the question."""


@dataclass(frozen=True)
class Named:
    """A name of the catalogue in a message: ``kind`` is the entity, ``sector`` that of a programme."""

    kind: str
    value: str
    sector: str = ""


def named_in(message: dict[str, Any]) -> tuple[Named, ...]:
    """The names that the NLU saw in a message, whatever it was taken for."""
    return tuple(Named(row["entity"], row["value"], row.get("sector") or "") for row in message.get("named") or ())


def read(question: Question, text: str, named: Sequence[Named]) -> str:
    """The value of the answer.

    Raises:
        NotRead: it is none.
    """
    found = recognised(question, text, named)
    typed = " ".join(text.split()).strip(" .,!")
    few = len(words_of(text).split()) <= MOST_WORDS
    # "Slagerij" is no municipality that we happen not to know.
    misplaced = question.catalogue == "gemeente" and bool(named)
    if (
        not found
        and question.free
        and few
        and not misplaced
        and re.search(r"[^\W\d_]{3}", typed)
        and not is_asking(text)
    ):
        return typed
    if not found:
        raise NotRead(question.error)
    return found


def recognised(question: Question, text: str, named: Sequence[Named]) -> str:
    """The value of an answer by its words, numbers or names; empty where there is none, though any words may do."""
    words = words_of(text)
    told = _numbers(words) if question.at_least else {}
    unfinished = bool(told) and not words.startswith("ja")
    found = _button(question, words) or _by_numbers(question, told)
    return found or ("" if unfinished else _by_words(question, words, named))


def is_asking(text: str) -> bool:
    """Whether the message is a question rather than an answer."""
    return text.rstrip().endswith("?") or bool(ASKING & set(words_of(text).split()[:1]))


def is_button(question: Question, text: str) -> bool:
    """Whether the message is what a button says."""
    return bool(_button(question, words_of(text)))


def words_of(text: str) -> str:
    """Lower case without accents, apostrophes and signs: *'k Weet 't nie!* -> *k weet t nie*."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", re.sub(r"['’`]", "", plain)))


def sector_of(named: Sequence[Named]) -> str:
    """The sector that a message names, itself or by a trade."""
    sectors = [one.value for one in named if one.kind == "sector"]
    return next(iter([*sectors, *(one.sector for one in named if one.sector)]), "")


def _button(question: Question, words: str) -> str:
    same = [choice.value for choice in question.choices if choice.button and words_of(choice.button) == words]
    return same[0] if same else ""


def _by_words(question: Question, words: str, named: Sequence[Named]) -> str:
    """The choice whose words are in the message; a doubt goes before a no, a no before a yes."""
    asks = words.split()[:1] and words.split()[0] in ASKING and len(words.split()) > SHORT
    hits = [
        (RANK.get(choice.value, 1), len(hit[0]), choice.value)
        for choice in question.choices
        for phrase in choice.words
        for hit in [_phrase(phrase, words, choice.value in ("ja", "nee"))]
        if hit and not asks
    ]
    best = max(hits)[2] if hits else ""
    # A word for elsewhere can be part of another name: Sint-Gillis-Waas does not lie in Brussels.
    name_first = best in ("", UNKNOWN) or question.catalogue == "gemeente"
    return (name_first and _name(question, named)) or best


def _phrase(phrase: str, words: str, common: bool) -> "re.Match[str] | None":
    """In a longer message a common word, such as *niet*, says little about the answer unless it comes first."""
    parts = [r"\w+(?: \w+)?" if part == "*" else re.escape(words_of(part)) for part in phrase.split()]
    pattern = rf"\b{' '.join(parts)}\b"
    only_first = common and len(parts) == 1 and len(words.split()) > SHORT
    return re.match(pattern, words) if only_first else re.search(pattern, words)


def _by_numbers(question: Question, told: dict[str, int]) -> str:
    """What ages and years of experience in the message come to, where the question is about them."""
    asked = {about: told[about] for about in question.at_least if about in told}
    if any(number < question.at_least[about] for about, number in asked.items()):
        return question.too_little
    return question.enough if asked and len(asked) == len(question.at_least) else ""


def _numbers(words: str) -> dict[str, int]:
    """An age and the years of experience: *hij is 30 en doet dat al 8 jaar*."""
    numbers = [int(number) for number in re.findall(r"\b\d{1,2}\b", words)]
    if len(numbers) == 2:
        return {"leeftijd": max(numbers), "ervaring": min(numbers)}
    if len(numbers) == 1:
        return {"ervaring" if EXPERIENCE.search(words) else "leeftijd": numbers[0]}
    return {}


def _name(question: Question, named: Sequence[Named]) -> str:
    if question.catalogue == "sector":
        return sector_of(named)
    return next((one.value for one in named if one.kind == question.catalogue), "")
