"""Find names of a lookup table in a sentence, spelled right or nearly so."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from nlu.text import words_only

LONGEST = 7
# A name this short has too many ordinary words at one letter's distance.
FUZZY_FROM = 6
MOST_FUZZY_WORDS = 3
# Kinds of name that people misspell; the others are ordinary words or short.
MISSPELLED = frozenset(["gemeente", "opleiding", "regio", "organisatie"])
# In so short a message with a trade, a postcode needs no word before it: *lasser 9000*.
SHORT_WORDS = 6
TRADES = frozenset(["opleiding", "beroep", "sector"])
POSTCODE = re.compile(r"[1-9]\d{3}")
# Beside such a word four digits are a sum, a time or a year.
COUNTED = frozenset(
    """
    euro eur uur u km kilometer kg mensen leerlingen keer jaar schooljaar vanaf tot sinds september januari augustus
    juli juni
    """.split()
)
# Behind such a word an ordinary word (Mol, Essen, 2300) is the name of a place.
PLACE_WORDS = frozenset(
    "in te uit van bij rond nabij naar omgeving regio gemeente stad buurt rondom ergens postcode tussen around near"
    " à at".split()
)


@dataclass(frozen=True)
class Name:
    """One row of the table; see ``catalog/lookups.py`` for what ``when`` means."""

    entity: str
    value: str
    when: str
    sector: str


Match = tuple[Name | None, float]


@dataclass(frozen=True)
class Found:
    """A name in a text: ``text[start:end]``, with a certainty from 0 to 1."""

    name: Name
    start: int
    end: int
    certainty: float


@dataclass(frozen=True)
class Word:
    """A word of the text in one spelling, and where it stands."""

    folded: str
    start: int
    end: int


def read_names(path: Path) -> dict[str, list[Name]]:
    """The table by folded name; one name may be of several kinds.

    Raises:
        FileNotFoundError: the table was not generated.
    """
    table: dict[str, list[Name]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            key = words_only(row["name"])
            table.setdefault(key, []).append(Name(row["entity"], row["value"], row["when"], row["sector"]))
    return table


def words_of(text: str) -> list[Word]:
    """Words of the text; a hyphen or a full stop parts words, an apostrophe does not."""
    found = []
    for match in re.finditer(r"[\w+]+(?:['’][\w+]+)*", text):
        folded = words_only(match.group())
        if folded:
            found.append(Word(folded, match.start(), match.end()))
    return found


class NameFinder:
    """Looks names up, the longest first; a word of a place or trade may have a typing error."""

    def __init__(self, table: dict[str, list[Name]], cutoff: float, ordinary_words: Iterable[str]) -> None:
        """Args: ``cutoff`` is the least likeness, 0 to 100; ``ordinary_words`` are never taken for a misspelling."""
        self._table = table
        self._cutoff = cutoff
        self._ordinary = frozenset(ordinary_words)
        # By how many words they have: a misspelling has as many.
        self._fuzzy: dict[int, list[str]] = {}
        for key in sorted(table):
            if len(key) >= FUZZY_FROM and any(name.entity in MISSPELLED for name in table[key]):
                self._fuzzy.setdefault(len(key.split()), []).append(key)
        # Each message is looked up for several kinds of name.
        self._nearest = lru_cache(maxsize=4096)(self._search)

    def find(self, text: str, allowed: Iterable[str], told: bool = False) -> list[Found]:
        """Names in the text of the allowed entities, in order of place, none overlapping.

        ``allowed`` goes from the most to the least preferred where one name is of several kinds;
        ``told``: the speaker tells who they are, so any word for an audience counts.
        """
        preferred = list(allowed)
        words = words_of(text)
        taken: list[Found] = []
        # Names spelled right come first, so that no misspelling takes a word away from them.
        for look_up in (self._exact, self._misspelled):
            for first, last in _spans(len(words)):
                start, end = words[first].start, words[last - 1].end
                if any(found.start < end and start < found.end for found in taken):
                    continue
                name, certainty = look_up(words, first, last, preferred, told)
                if name:
                    taken.append(Found(name, start, end, certainty))
        taken += self._bare_postcodes(text, words, preferred, taken)
        return sorted(taken, key=lambda found: found.start)

    def _bare_postcodes(self, text: str, words: list[Word], preferred: list[str], taken: list[Found]) -> list[Found]:
        """A postcode beside a trade, without a word for a place before it."""
        if len(words) > SHORT_WORDS or not any(found.name.entity in TRADES for found in taken):
            return []
        if any(found.name.entity == "gemeente" for found in taken):
            return []
        for place, word in enumerate(words):
            beside = {other.folded for other in words[max(place - 1, 0) : place + 2]} - {word.folded}
            # An amount, a range of years or a part of a number: €1200, 2025-2026, 1.200,50.
            stuck = re.search(r"[€\d.,/-]\s?$", text[: word.start]) or re.match(
                r"\s?[€%]|[./,-]\s?\d", text[word.end :]
            )
            if POSTCODE.fullmatch(word.folded) and not stuck and not beside & COUNTED:
                name = self._choose(word.folded, preferred, True, False, False)
                if name and name.entity == "gemeente":
                    return [Found(name, word.start, word.end, 1.0)]
        return []

    def _exact(self, words: list[Word], first: int, last: int, preferred: list[str], told: bool) -> Match:
        key = " ".join(word.folded for word in words[first:last])
        alone = len(words) == last - first
        return self._choose(key, preferred, _behind_place_word(words, first), told, alone), 1.0

    def _misspelled(self, words: list[Word], first: int, last: int, preferred: list[str], told: bool) -> Match:
        near, likeness = self._nearest(" ".join(word.folded for word in words[first:last]))
        if near is None:
            return None, 0.0
        return self._choose(near, preferred, _behind_place_word(words, first), told, False), likeness

    def _choose(self, key: str, preferred: list[str], behind: bool, told: bool, alone: bool) -> Name | None:
        usable = [
            name
            for name in self._table.get(key, ())
            if name.entity in preferred
            and (name.when != "plaats" or behind or alone)
            and (name.when != "gezegd" or told)
        ]
        if behind:
            places = [name for name in usable if name.entity in ("gemeente", "regio")]
            usable = places or usable
        return min(usable, key=lambda name: preferred.index(name.entity), default=None)

    def _search(self, key: str) -> tuple[str | None, float]:
        words = key.split()
        if len(key) < FUZZY_FROM or len(words) > MOST_FUZZY_WORDS or re.search(r"\d", key):
            return None, 0.0
        # A name of another kind is no misspelling: a schoenmaker is no schoonmaker.
        if key in self._table or any(word in self._ordinary for word in words):
            return None, 0.0
        hit = process.extractOne(key, self._fuzzy.get(len(words), ()), scorer=fuzz.ratio, score_cutoff=self._cutoff)
        return (hit[0], hit[1] / 100) if hit else (None, 0.0)


def _behind_place_word(words: list[Word], first: int) -> bool:
    return first > 0 and words[first - 1].folded in PLACE_WORDS


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """All runs of words, the longest first, from left to right."""
    for length in range(min(LONGEST, count), 0, -1):
        for first in range(count - length + 1):
            yield first, first + length
