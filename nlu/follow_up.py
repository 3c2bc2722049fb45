"""Does a message only go on with what came before? Said of the words alone; what came before, the policy knows."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.entities import NAMES, REFUSED
from nlu.language import DUTCH, function_words
from nlu.text import words_only

FOLLOW_UP = "vervolg"
# Words that point back to what was just said, and words of questions that say nothing by themselves.
POINTING = frozenset("dat da dit die deze daar daarvan daarvoor daarmee hier ervan ervoor ze het".split())
ASKING = frozenset(
    """
    hoeveel veel hoelang lang wanneer waarom welke welk wat wa wie waar hoe precies juist eigenlijk eig dan nu en maar
    ma krijg krijgt moet mag kan ok oke euro geld kost kosten geldt telt klopt zeker echt weer nog ook iedereen altijd
    ongeveer per maand jaar
    """.split()
)
# Words with which one of several is picked, and with which a search is narrowed.
PICKING = frozenset(
    """
    vertel meer over info informatie details detail bekijk toon nummer nr open kies geef laat zien uitleg optie
    resultaat opleiding richting graag aub alstublieft weten wil eens es mij me
    """.split()
)
NARROWING = frozenset(
    """
    en enkel alleen ook maar ma dan liever toch of in uit rond te van voor bij aub graag wat wa iets de het een
    regio provincie stad gemeente sector worden leren doen gaan nee neen neeje eigenlijk wel ik wil kwil mag
    doe ofzo
    """.split()
)
# Words that, beside a name that is refused, only refuse it.
REFUSING = frozenset(
    """
    niet nie ni geen gene genen gin noch meer laat mij me vallen varen schieten zitten weg vergeet behalve plaats ipv
    hoeft hoef moet eerder ne nen n als naar echt
    """.split()
)
# Everywhere, in words that no list of places has.
EVERYWHERE = re.compile(
    r"\b(?:(?:in|over)\s+)?(?:(?:heel|hele|gans|ganse|geheel)\s+(?:vlaandere?n?|belgi[eë]|het\s+land|'?t\s+land)"
    r"|overal(?:\s+(?:in|te)\s+(?:vlaanderen|belgi[eë]))?"
    r"|(?:(?:het|dat|da|t|plaats)\s+)?(?:maakt|doet)\s+(?:(?:me|mij|ma|mijn|er)\s+)?(?:niet|nie|ni|niks|nx)\s+uit"
    r"(?:\s+(?:waar|in\s+welke\s+(?:stad|gemeente))|(?=\W*$))"
    r"|(?:gelijk|eender|om\s+het\s+even|maakt\s+niet\s+uit)\s+waar|waar\s+dan\s+ook)\b",
    re.I,
)
# All there is, narrowed by nothing.
ALL = re.compile(
    r"^\W*(?:(?:toon|geef|laat|bekijk|nee|neen|ik|wil|kwil|me|mij|ons|maar|ma|gewoon|eens|es|liever|aub)\s+)*"
    r"(alles)(?:\s+(?:zien|tonen|maar|ma|graag|aub))*\W*$",
    re.I,
)
# Where the school is that was told about.
WHERE_IT_IS = re.compile(
    r"\badres(?:sen)?\b|\bwelke\s+straat\b|\bwaar\s+(?:ligt|is|staat|vind\s+ik)\s+"
    r"(?:(?:de|die|deze|dien|da|dat)\s+school\b|(?:die|deze|dat|da)(?:\s+(?:juist|precies|ergens|eigenlijk|dan))*\W*$)",
    re.I,
)
ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
LAST = -1
MOST_WORDS = 7
MOST_NARROWING_WORDS = 5
# What stands in ``namen`` without being a name that can be looked up.
REFUSAL, ANYWHERE = "geweigerd", "overal"
TRADES = frozenset(["opleiding", "beroep"])
SEARCHED = TRADES | {"sector", "gemeente", "regio", "graad", REFUSAL, ANYWHERE}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FollowUpReader(GraphComponent):
    """Adds ``vervolg`` to a message: ``wijst_terug``, ``keuze`` (1 for *de eerste*, -1 for the last) and ``namen``.

    Stands behind the NameExtractor. ``namen`` are the names in a message that holds nothing else, *en in Mol?*,
    whatever the classifier makes of it; they hold what is refused (*geen kapper*, of the kind ``soort``) and
    *overal* as well, which lead to a search too. ``geweigerd`` and ``overal`` tell these two of any message.
    ``adres`` says that the ``keuze`` is the one told about last, and what is asked is where its school lies.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FollowUpReader:
        """There is nothing to set."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Say of each message how it goes on."""
        for message in messages:
            text = message.get(TEXT) or ""
            known = message.get(NAMES) or []
            refused = [{**one, "entity": REFUSAL, "soort": one["entity"]} for one in message.get(REFUSED) or []]
            anywhere = everywhere(text)
            names = [*known, *refused, *anywhere]
            asks_where = asks_where_it_is(text, known)
            follow_up = {
                "wijst_terug": points_back(text),
                "keuze": picked(without(text, [*names, *(message.get(ENTITIES) or ())])) or (1 if asks_where else None),
                "namen": names if only_names(text, names) else [],
                "geweigerd": refused,
                "overal": anywhere,
                "adres": asks_where,
            }
            message.set(FOLLOW_UP, follow_up, add_to_output=True)
        return messages


def points_back(text: str) -> bool:
    """Whether a message is about what was just said and nothing else."""
    words = words_only(text).split()
    empty = POINTING | ASKING | function_words(DUTCH)
    return 2 <= len(words) <= MOST_WORDS and bool(POINTING & set(words)) and empty.issuperset(words)


def picked(text: str) -> int | None:
    """Which of several a message picks and nothing else: *vertel meer over de tweede*, *nummer 3*, *de laatste*."""
    words = words_only(text).split()
    if not 1 <= len(words) <= MOST_WORDS:
        return None
    places = [place for place in map(_place, words) if place]
    others = [word for word in words if not _place(word)]
    empty = POINTING | PICKING | function_words(DUTCH)
    return places[0] if len(places) == 1 and empty.issuperset(others) else None


def _place(word: str) -> int | None:
    if word in ("laatste", "laatst"):
        return LAST
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    number = re.fullmatch(r"(\d{1,2})(?:e|de|ste)?", word)
    return int(number[1]) or None if number else None


def everywhere(text: str) -> list[dict[str, Any]]:
    """The words that take the place off a search, as if they were a name; ``alles`` takes off whatever narrows it."""
    found, everything = EVERYWHERE.search(text), ALL.search(text)
    if found:
        return [{"entity": ANYWHERE, "value": "Vlaanderen", "start": found.start(), "end": found.end()}]
    if everything:
        return [{"entity": ANYWHERE, "value": "alles", "start": everything.start(), "end": everything.end()}]
    return []


def asks_where_it_is(text: str, names: list[dict[str, Any]]) -> bool:
    """Whether a short message asks where the school is that was shown, and names nothing."""
    return not names and len(words_only(text).split()) <= MOST_WORDS and bool(WHERE_IT_IS.search(text))


def only_names(text: str, names: list[dict[str, Any]]) -> bool:
    """Whether a short message holds names to search by, and besides only words that narrow."""
    words = words_only(without(text, names)).split()
    kinds = {name["entity"] for name in names}
    if not kinds & SEARCHED or len(words) > MOST_NARROWING_WORDS:
        return False
    return (NARROWING | REFUSING if REFUSAL in kinds else NARROWING).issuperset(words)


def names_a_trade(follow_up: dict[str, Any]) -> bool:
    """Whether a message, as it was read here, holds a trade and nothing else."""
    return any(name["entity"] in TRADES for name in follow_up.get("namen") or ())


def without(text: str, names: list[dict[str, Any]]) -> str:
    """The text with blanks where the names stand."""
    for name in names:
        text = text[: name["start"]] + " " * (name["end"] - name["start"]) + text[name["end"] :]
    return text
