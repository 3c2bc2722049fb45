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

from nlu.entities import NAMES
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
    en enkel alleen ook maar dan liever toch of in uit rond te van voor bij aub graag wat wa iets de het een
    regio provincie stad gemeente sector worden leren doen gaan
    """.split()
)
ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
LAST = -1
MOST_WORDS = 7
MOST_NARROWING_WORDS = 5
TRADES = frozenset(["opleiding", "beroep"])
SEARCHED = TRADES | {"sector", "gemeente", "regio", "graad"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FollowUpReader(GraphComponent):
    """Adds ``vervolg`` to a message: ``wijst_terug``, ``keuze`` (1 for *de eerste*, -1 for the last) and ``namen``.

    Stands behind the NameExtractor. ``namen`` are the names in a message that holds nothing else, *en in Mol?*,
    whatever the classifier makes of it.
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
            names = message.get(NAMES) or []
            follow_up = {
                "wijst_terug": points_back(text),
                "keuze": picked(without(text, [*names, *(message.get(ENTITIES) or ())])),
                "namen": names if only_names(text, names) else [],
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


def only_names(text: str, names: list[dict[str, Any]]) -> bool:
    """Whether a short message holds names to search by, and besides only words that narrow."""
    words = words_only(text).split()
    if not any(name["entity"] in SEARCHED for name in names) or len(words) > MOST_NARROWING_WORDS:
        return False
    return NARROWING.issuperset(words_only(without(text, names)).split())


def names_a_trade(follow_up: dict[str, Any]) -> bool:
    """Whether a message, as it was read here, holds a trade and nothing else."""
    return any(name["entity"] in TRADES for name in follow_up.get("namen") or ())


def without(text: str, names: list[dict[str, Any]]) -> str:
    """The text with blanks where the names stand."""
    for name in names:
        text = text[: name["start"]] + " " * (name["end"] - name["start"]) + text[name["end"] :]
    return text
