"""Which names of a message are refused: *geen kapper*, *niet kok maar bakker*, *laat kapper vallen*."""

from __future__ import annotations

import re
from collections.abc import Collection

from nlu.text import fold

Span = tuple[int, int]

# The kinds of name that one can refuse; "geen leerling" or "geen VDAB" says something else.
REFUSABLE = frozenset(["opleiding", "beroep", "sector", "gemeente", "regio", "graad"])
# What may stand between the refusal and the name. A noun may not: "geen school in Gent" refuses no place.
_EMPTY = r"(?:(?:in|te|als|voor|naar|van|met|de|het|een|'t|t|ne|nen|n|meer|nog|echt|iets|sector|regio|provincie)\s+)"
_REFUSING = (
    r"(?:niet|nie|ni|geen|gene|genen|gin|noch|behalve|vergeet(?:\s+maar|\s+ma)?|ipv|i\.p\.v\.?|in (?:de )?plaats van)"
)
_BEFORE = re.compile(rf"\b{_REFUSING}\s+{_EMPTY}{{0,3}}$")
_RATHER = re.compile(rf"\b(?:liever|eerder)\s+\S.*\bdan\s+{_EMPTY}{{0,2}}$")
_BEHIND = re.compile(
    r"\s*(?:(?:toch|liever|maar|dan|eigenlijk|wil|ik|kwil|hoeft|hoef|moet)\s+){0,4}(?:niet|nie|ni)"
    r"(?:\s+(?:meer|worden|doen|zijn))*\s*(?:$|[,.;!]|maar\b)"
)
_LET = re.compile(r"\blaat\b[^.?!]*$")
_FALL = re.compile(r"\W*(?:\w+\s+){0,2}(?:vallen|varen|schieten|zitten|weg|achterwege)\b")
_TOO = re.compile(r"\s*(?:of|en|noch)\s*")
# "Is er geen kapper in Gent?", "ik vind geen bakker": who says so wants one.
_MISSING = re.compile(
    r"\b(?:er|hebt?|heeft|hebben|hebde|bestaa[nt]|bestaan|vind\w*|vond\w*|gevonden|zie[nt]?|zag|staat?|staan|toon\w*"
    r"|waarom|hoezo|als|indien|(?:kan|kun|kunt|kunde|mag|zou) (?:ik|je|jij|ge|we|men|mijn))\b"
)
_ONLY_ASKING = re.compile(r"\s*(?:en |ook |dus |maar |echt )*(?:geen|gene|niet|nie|ni)\b[^.!]*\?\s*$")


def refused(text: str, names: Collection[Span]) -> set[Span]:
    """The names, by where they stand in the text, that are not wanted."""
    if _ONLY_ASKING.match(fold(text)):
        return set()
    found: set[Span] = set()
    for start, end in sorted(names):
        before, behind = _spaced(text[:start]), fold(text[end:])
        more = any(_TOO.fullmatch(fold(text[last:start])) for _, last in found if last <= start)
        if more or _is_refused(before, behind):
            found.add((start, end))
    return found


def _is_refused(before: str, behind: str) -> bool:
    if _RATHER.search(before) or (_LET.search(before) and _FALL.match(behind)):
        return True
    said = _BEFORE.search(before)
    clause = re.split(r"[,;:!?]|\bmaar\b", before[: said.start()] if said else before)[-1]
    if _MISSING.search(clause) and "liever" not in clause:
        return False
    return bool(said or _BEHIND.match(behind))


def _spaced(text: str) -> str:
    """Folded, and with a space behind it where the next word begins."""
    folded = fold(text)
    return f"{folded} " if folded and text[-1].isspace() else folded
