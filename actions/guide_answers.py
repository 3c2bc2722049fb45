"""Read what somebody typed as the answer to a question of the recognition guide."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.dutch_numbers import in_digits
from answers.guide import UNKNOWN, Choice, Question

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
# Who says "I" or "that" makes a remark: the name of a trade or a place has no such word.
REMARK = frozenset("ik k we wij je jij ge gij u hij ze zij dit dat da er mij me".split())
AROUND_A_PLACE = frozenset("hier rond gemeente stad centrum buurt omgeving regio vestiging zaak".split())
# Two places, not one that lies near the other.
SEVERAL = re.compile(r"\b(?:en|ook|plus)\b|[,/+&]")
NEAR = re.compile(r"\b(?:bij|tussen|buurt|naast)\b")
# In a phrase: what the question is about, or nothing more.
SUBJECT = "~"
# What stands for the subject: "ik heb dat", "geen, ik sta er alleen voor".
STANDS_FOR_IT = "die|dat|dit|da|er|zo|ik|we|wij|want|maar"
# A number under this is no age of anybody at work.
YOUNGEST = 16
YEARS = r"(?:jaar|jaren|jr|j)\b"
COUNTED = r"(?:(?:man|mensen|uur|euro|week|weken|procent)\b|person|werkn|medewerk|collega|mentor|leerling|stagiair|dag)"
NUMBER = re.compile(rf"\b(\d{{1,2}})\b(?! {COUNTED})")
WITH_YEARS = re.compile(rf"\b\d{{1,2}}(?= (?:{YEARS}|ervaring|bezig))|(?<=ervaring )\d{{1,2}}\b")
OLD = re.compile(rf"\d (?:{YEARS} )?(?:oud|jong)\b")
# "Twintig jaar bakker", but not "twintig jaar en bakker".
YEARS_OF = re.compile(rf"\d {YEARS} (?!(?:en|met|maar|of|nu|dus|die|geworden|ofzo|is|ik|hij|ze|we|mijn)\b)\w")
OF_AGE = re.compile(r"\b(?:is|ben|bent|zijn|van|word|wordt|leeftijd) (?:\w+ ){0,2}\d")
EXPERIENCE = re.compile(
    r"\b(?:ervaring|vak|stiel|bezig|zaak|job|werkt?|werken|dienst|doet?|doen|sinds|beroep|praktijk|baas|zelfstandige?)\b"
)


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


def read(question: Question, text: str, named: Sequence[Named], before: str = "") -> str:
    """The value of the answer; ``before`` is what was told of the same person just before, and was not enough.

    Raises:
        NotRead: it is none.
    """
    found = recognised(question, text, named, before)
    if not found and question.free and _is_name(question, text, named):
        return " ".join(text.split()).strip(" .,!")
    if not found:
        raise NotRead(question.missing.get("+".join(_still_missing(question, text, before))) or question.error)
    return found


def recognised(question: Question, text: str, named: Sequence[Named], before: str = "") -> str:
    """The value of an answer by its words, numbers or names; empty where there is none, though any words may do."""
    words = words_of(text)
    told = _told(question, words, before)
    unfinished = bool(told) and not words.startswith("ja")
    found = _button(question, words) or _by_numbers(question, told)
    found = found or ("" if unfinished else _by_words(question, words, named, text))
    return _more_precise(question, found, words_of(f"{before} {text}"))


def is_enough(question: Question, text: str) -> bool:
    """Whether the numbers in a message are all that the question asks for."""
    return bool(question.enough) and _by_numbers(question, _told(question, words_of(text), "")) == question.enough


def places_of(named: Sequence[Named], text: str) -> str:
    """The municipalities of an answer: *Mechelen en Lier*; the first where the others only say where it lies."""
    places = list(dict.fromkeys(one.value for one in named if one.kind == "gemeente"))
    if len(places) < 2 or NEAR.search(words_of(text)) or not SEVERAL.search(text.casefold()):
        return next(iter(places), "")
    return f"{', '.join(places[:-1])} en {places[-1]}"


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


def _is_name(question: Question, text: str, named: Sequence[Named]) -> bool:
    """Whether words that are not in the catalogue may still name what was asked for."""
    words = words_of(text).split()
    if is_asking(text) or len(words) > MOST_WORDS or REMARK & set(words) or not re.search(r"[^\W\d_]{3}", text):
        return False
    # "Slagerij" is no municipality that we happen not to know, and a municipality alone is no trade.
    if question.catalogue == "gemeente":
        return not named
    places = {part for one in named if one.kind in ("gemeente", "regio") for part in words_of(one.value).split()}
    return not places or bool({word for word in words if len(word) > len("van")} - places - AROUND_A_PLACE)


def _button(question: Question, words: str) -> str:
    same = [choice.value for choice in question.choices if choice.button and words_of(choice.button) == words]
    return same[0] if same else ""


def _by_words(question: Question, words: str, named: Sequence[Named], text: str) -> str:
    """The choice whose words are in the message; a doubt goes before a no, a no before a yes."""
    asks = words.split()[:1] and words.split()[0] in ASKING and len(words.split()) > SHORT
    hits = [
        (RANK.get(choice.value, 1), len(hit[0]), _value(question, choice, phrase))
        for choice in question.choices
        if not choice.refines
        for phrase in choice.words
        for hit in [_phrase(phrase, words, choice.value in ("ja", "nee"), question.subject)]
        if hit and not asks
    ]
    best = max(hits)[2] if hits else ""
    # A word for elsewhere can be part of another name: Sint-Gillis-Waas does not lie in Brussels.
    name_first = best in ("", UNKNOWN) or question.catalogue == "gemeente"
    return (name_first and _name(question, named, text)) or best


def _value(question: Question, choice: Choice, phrase: str) -> str:
    """What to keep: of an answer in words of one's own the name, which the list shows."""
    return phrase if question.free and not choice.button else choice.value


def _more_precise(question: Question, found: str, words: str) -> str:
    """A yes that says more than yes: *ja, ikzelf*."""
    finer = [choice for choice in question.choices if choice.refines and choice.refines == found]
    said = [one.value for one in finer if any(_phrase(phrase, words, False, ()) for phrase in one.words)]
    return said[0] if said else found


def _phrase(phrase: str, words: str, common: bool, subject: tuple[str, ...]) -> "re.Match[str] | None":
    """In a longer message a common word, such as *niet*, says little about the answer unless it comes first."""
    plain = [part for part in phrase.split() if part != SUBJECT]
    parts = [r"\w+(?: \w+)?" if part == "*" else re.escape(words_of(part)) for part in plain]
    pattern = rf"\b{' '.join(parts)}\b"
    if phrase.endswith(SUBJECT):
        about = "|".join(re.escape(words_of(one)) for one in subject)
        pattern += rf"(?:(?: het| al)*$| (?:{STANDS_FOR_IT})\b" + (
            rf"| (?:\w+ ){{0,2}}\w*(?:{about}))" if about else ")"
        )
    only_first = common and len(parts) == 1 and len(words.split()) > SHORT
    return re.match(pattern, words) if only_first else re.search(pattern, words)


def _by_numbers(question: Question, told: dict[str, int]) -> str:
    """What ages and years of experience in the message come to, where the question is about them."""
    asked = {about: told[about] for about in question.at_least if about in told}
    if any(number < question.at_least[about] for about, number in asked.items()):
        return question.too_little
    return question.enough if asked and len(asked) == len(question.at_least) else ""


def _still_missing(question: Question, text: str, before: str) -> list[str]:
    told = _told(question, words_of(text), before)
    return [about for about in question.at_least if about not in told]


def _told(question: Question, words: str, before: str) -> dict[str, int]:
    if not question.at_least:
        return {}
    alone = _numbers(words)
    together = _numbers(f"{words_of(before)} {words}") if before and len(alone) < 2 else {}
    return together or alone


def _numbers(words: str) -> dict[str, int]:
    """An age and the years of experience: *hij is 30 en doet dat al 8 jaar*."""
    text = in_digits(words, date.today())
    years = {hit.start() for hit in WITH_YEARS.finditer(text)}
    hits = list(NUMBER.finditer(text))
    is_large = any(int(hit[1]) >= YOUNGEST for hit in hits)
    # "Wij zijn met twee" tells no years; after an age a bare number at the end does.
    numbers = [
        int(hit[1])
        for hit in hits
        if int(hit[1]) >= YOUNGEST or hit.start() in years or (is_large and hit.end() == len(text))
    ]
    if len(numbers) == 2:
        return {"leeftijd": max(numbers), "ervaring": min(numbers)}
    if len(numbers) == 1:
        return {_about(text, numbers[0]): numbers[0]}
    return {}


def _about(text: str, number: int) -> str:
    """Whether the one number in a message is an age or years of experience."""
    if OLD.search(text):
        return "leeftijd"
    if number < YOUNGEST or YEARS_OF.search(text):
        return "ervaring"
    return "leeftijd" if OF_AGE.search(text) or not EXPERIENCE.search(text) else "ervaring"


def _name(question: Question, named: Sequence[Named], text: str) -> str:
    if question.catalogue == "sector":
        return sector_of(named)
    if question.catalogue == "gemeente":
        return places_of(named, text)
    return next((one.value for one in named if one.kind == question.catalogue), "")
