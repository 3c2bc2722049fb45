"""Terms and abbreviations, out of ``data/glossary.yml``."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from answers.content import DATA, read_yaml

# Words around the word that is asked about.
QUESTION_WORDS = frozenset(
    """
    wat wa watte is isda zijn een n ne de het t dat da dit die deze nu juist precies eigenlijk eig ook alweer weer
    weeral betekent beteken betekend betekenen betekenis wil willen zeggen bedoelen bedoelt bedoel bedoelde ze
    jullie jij je u gij met waar waarvoor waarmee staat staan voor afkorting afkortingen woord woorden woordje
    begrip begrippen term termen letters uitleg uitleggen leg uit verklaar verklaring kan kunt kun kende ken kent ik
    mij me mijn wij we niet snap snapt begrijp weet weten in op van bij over hoe heet noemt noemen dan eens nekeer
    aub alstublieft svp graag en of als er hier school duaal leren duale moeilijk moeilijke al
    """.split()
)
MOST_ASKED = 4
# Likeness (0 to 100) from which a misspelled word is taken for the term, and from which a term is worth offering.
SAME, NEAR = 88, 60
SAME_FROM = 5
OFFERED = 3


@dataclass(frozen=True)
class Term:
    """A term as it is explained; ``spelled_out`` for an abbreviation, ``topic`` where one tells more."""

    name: str
    spelled_out: str | None
    explanation: str
    topic: str | None

    def in_words(self) -> str:
        """The explanation with the term before it."""
        meaning = f"{self.name} betekent {self.spelled_out}." if self.spelled_out else f"{self.name}:"
        return f"{meaning} {self.explanation}"


class Glossary:
    """Looks a term up in a question about its meaning."""

    def __init__(self, data: Path = DATA) -> None:
        """Read the glossary.

        Raises:
            BadContent: it is missing or no YAML.
        """
        self.terms: list[Term] = []
        self._by_spelling: dict[str, Term] = {}
        for name, row in read_yaml(data / "glossary.yml").items():
            term = Term(name, row.get("voluit"), row["uitleg"], row.get("onderwerp"))
            self.terms.append(term)
            for spelling in (name, row.get("voluit"), *row.get("ook", ())):
                if spelling:
                    self._by_spelling.setdefault(_key(spelling), term)

    def find(self, question: str) -> Term | None:
        """The term that a question asks about: an abbreviation before an ordinary word, the longest spelling first.

        A long word may have a typing error.
        """
        text = f" {_key(question)} "
        hits = [spelling for spelling in self._by_spelling if f" {spelling} " in text]
        best = max(
            hits, key=lambda spelling: (bool(self._by_spelling[spelling].spelled_out), len(spelling)), default=None
        )
        if best is None:
            asked = self.asked(question)
            same = process.extractOne(asked, self._by_spelling.keys(), scorer=fuzz.ratio, score_cutoff=SAME)
            best = same[0] if same and len(asked) >= SAME_FROM else None
        return self._by_spelling[best] if best else None

    def defined(self, question: str) -> Term | None:
        """The term whose meaning is the whole question: *wat betekent GGMMI*, *OV3?*."""
        asked = self.asked(question)
        return self.find(asked) if asked and self._is_one(asked) else None

    def _is_one(self, words: str) -> bool:
        if words in self._by_spelling:
            return True
        return len(words) >= SAME_FROM and bool(
            process.extractOne(words, self._by_spelling.keys(), scorer=fuzz.ratio, score_cutoff=SAME)
        )

    def asked(self, question: str) -> str:
        """The word or words whose meaning is asked, empty for a question about words in general."""
        words = _key(question).split()
        for length in range(len(words), 0, -1):
            for start in range(len(words) - length + 1):
                term, around = words[start : start + length], words[:start] + words[start + length :]
                if " ".join(term) in self._by_spelling and QUESTION_WORDS.issuperset(around):
                    return " ".join(term)
        unknown = [word for word in words if word not in QUESTION_WORDS]
        return " ".join(unknown) if len(unknown) <= MOST_ASKED else ""

    def near(self, asked: str) -> list[Term]:
        """Terms that are spelled alike, the likest first."""
        likeness: dict[str, float] = {}
        for spelling, score, _ in process.extract(asked, self._by_spelling.keys(), scorer=fuzz.ratio, limit=20):
            if score >= NEAR:
                likeness.setdefault(self._by_spelling[spelling].name, score)
        by_name = {term.name: term for term in self.terms}
        return [by_name[name] for name in likeness][:OFFERED]


@lru_cache(maxsize=1)
def glossary() -> Glossary:
    """The glossary of the project, read once."""
    return Glossary()


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
