"""Terms and abbreviations, out of ``data/glossary.yml``."""

import re
from dataclasses import dataclass
from pathlib import Path

from answers.content import DATA, read_yaml


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
        self._by_spelling: dict[str, Term] = {}
        for name, row in read_yaml(data / "glossary.yml").items():
            term = Term(name, row.get("voluit"), row["uitleg"], row.get("onderwerp"))
            for spelling in (name, row.get("voluit"), *row.get("ook", ())):
                if spelling:
                    self._by_spelling.setdefault(_key(spelling), term)

    def find(self, question: str) -> Term | None:
        """The term that a question asks about: an abbreviation before an ordinary word, the longest spelling first."""
        text = f" {_key(question)} "
        hits = [spelling for spelling in self._by_spelling if f" {spelling} " in text]
        best = max(
            hits, key=lambda spelling: (bool(self._by_spelling[spelling].spelled_out), len(spelling)), default=None
        )
        return self._by_spelling[best] if best else None


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
