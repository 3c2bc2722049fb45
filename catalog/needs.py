"""What people need a contact point for, found in their own words. The rules are data: ``data/catalogue/needs.csv``."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import models
from catalog.database import session
from catalog.text import words

# The need of who has none in particular. Its words are ordinary ones that look like a word of another need.
GENERAL = "algemeen"
# From how many letters on two neighbours may have changed places, and a word may have one typing error, and two.
SWAPPED, ONE_ERROR, TWO_ERRORS = 5, 7, 11
# "Zoek nog nen bedrijf" is "zoek bedrijf": such words may stand in between, and tell no need.
FILLERS = frozenset("ik k we wij de het een nen ne nog ook eens is wel u je jullie mij me ons onze".split())

Rule = tuple[list[str], ...]


@dataclass(frozen=True)
class Need:
    """A need; ``title`` follows *terecht voor*, ``tip`` is what to do first, or empty."""

    name: str
    title: str
    tip: str


def need_in(text: str) -> str | None:
    """The need that the words of a message tell, also with a typing error; of several the first of the file.

    Raises:
        DatabaseError: the database cannot be read.
    """
    with session() as db:
        rules = list(_rules(db))
    known = {word.removesuffix("*") for _, rule in rules for part in rule for word in part}
    said = [_unglued(word, known) for word in words(text) if word not in FILLERS]
    for mistakes in (False, True):
        for name, rule in rules:
            if name != GENERAL and all(_occurs(part, said, known, mistakes) for part in rule):
                return name
    return None


def find_need(name: str) -> Need | None:
    """A need by its name.

    Raises:
        DatabaseError: the database cannot be read.
    """
    with session() as db:
        row = db.get(models.Need, name)
        return Need(row.name, row.title, row.tip or "") if row else None


def _rules(db: Session) -> Iterator[tuple[str, Rule]]:
    query = select(models.NeedWord.need, models.NeedWord.word).join(models.Need).order_by(models.Need.position)
    for name, word in db.execute(query):
        yield name, tuple([one for one in words(part, "*") if one not in FILLERS] for part in word.split("+"))


def _unglued(word: str, known: set[str]) -> str:
    """*Kzoek* is *ik zoek* to who writes as they speak."""
    return word[1:] if word[0] == "k" and word not in known and word[1:] in known else word


def _occurs(part: list[str], said: list[str], known: set[str], mistakes: bool) -> bool:
    runs = (said[start : start + len(part)] for start in range(len(said) - len(part) + 1))
    return any(all(_is(word, one, known, mistakes) for word, one in zip(part, run, strict=True)) for run in runs)


def _is(word: str, said: str, known: set[str], mistakes: bool) -> bool:
    stem = word.removesuffix("*")
    if said == stem or (word != stem and said.startswith(stem)):
        return True
    # "Contact" is no misspelt "contract": a word that the rules know is what it is.
    if not mistakes or said in known or said[0] != stem[0]:
        return False
    if len(stem) >= SWAPPED and sorted(stem) == sorted(said) and OSA.distance(stem, said) == 1:
        return True
    allowed = (len(stem) >= ONE_ERROR) + (len(stem) >= TWO_ERRORS)
    return OSA.distance(stem, said, score_cutoff=allowed) <= allowed
