"""Finds abbreviations that a text uses before it says what they mean."""

import re
from collections.abc import Iterator

from answers.glossary import Glossary, Term
from ops.content.reading import ADDRESS

LOOKS_LIKE_ONE = re.compile(r"(?<![\w@./)-])(?:[A-Z]{2,}\d*|[A-Z][a-z]+[A-Z]+\w*)(?![\w@!-]|\.\w)")


class Abbreviations:
    """Those of the glossary; one without ``voluit`` there is a name that needs no explanation."""

    def __init__(self, glossary: Glossary) -> None:
        self._terms = {term.name: term for term in glossary.terms}
        shortened = [re.escape(name) for name, term in self._terms.items() if term.spelled_out]
        self._known = re.compile(rf"(?<![\w@./-])(?:{'|'.join(sorted(shortened, key=len, reverse=True))})(?![\w@])")

    def unexplained(self, text: str, before: str = "") -> Iterator[str]:
        """Abbreviations without their meaning at the first use.

        Args:
            text: what is read now.
            before: what was read before it, whose explanations count.
        """
        whole = ADDRESS.sub(" ", f"{before}\n{text}")
        for name in sorted(set(self._known.findall(ADDRESS.sub(" ", text)))):
            if not _explained(self._terms[name], whole):
                yield name
        for match in LOOKS_LIKE_ONE.finditer(ADDRESS.sub(" ", text)):
            if match[0] not in self._terms and not re.search(
                rf"{re.escape(match[0])} \(|\({re.escape(match[0])}\)", whole
            ):
                yield match[0]


def _explained(term: Term, text: str) -> bool:
    """Whether the meaning stands at the first use: behind it, or anywhere before it."""
    name = re.escape(term.name)
    spelled = (term.spelled_out or "").casefold()
    first = re.search(rf"(?<![\w@./-]){name}(?![\w@])", text)
    assert first is not None
    before, behind = text[: first.start()].casefold(), text[first.end() :]
    return bool(
        spelled in before
        or (before.endswith("(") and behind.startswith(")"))
        or re.match(
            rf"(?:'s|-\w+)?(?: \(|: | betekent |,? (?:of )?(?:(?:de|het|een) )?{re.escape(spelled)})", behind, re.I
        )
    )
