"""What the last search was and how far its results were shown: the slot ``zoektocht``."""

import asyncio
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

import catalog
from actions.reply import say

SLOT = "zoektocht"


@dataclass(frozen=True)
class SearchState:
    """``kind`` is the task that searched, ``wish`` its canonical values, ``next_offset`` where the next page starts.

    ``shown`` holds the keys of what was shown so far, in that order, so that *de tweede* can be told about; ``told``
    is the one that was told about last, so that *waar ligt die school* is about that one.
    """

    kind: str = ""
    wish: dict[str, str] = field(default_factory=dict)
    next_offset: int | None = None
    shown: list[str] = field(default_factory=list)
    told: str | None = None

    @classmethod
    def of(cls, tracker: Tracker) -> "SearchState":
        """The state in the tracker, empty when nothing was searched yet."""
        stored = tracker.get_slot(SLOT)
        return cls(**stored) if isinstance(stored, dict) else cls()

    def event(self) -> dict[str, Any]:
        """The event that keeps this state."""
        return dict(SlotSet(SLOT, asdict(self)))


def entities_of(tracker: Tracker) -> dict[str, str]:
    """Canonical value of each kind of entity in the last message, the first of a kind."""
    found: dict[str, str] = {}
    for entity in names_in(tracker):
        found.setdefault(entity["entity"], entity["value"])
    return found


def names_in(tracker: Tracker) -> list[dict[str, Any]]:
    """The names in the last message: its entities, or those of a message that only narrows a search."""
    heard = tracker.latest_message
    return list(heard.get("entities") or ()) or list((heard.get("vervolg") or {}).get("namen") or ())


@dataclass(frozen=True)
class Trade:
    """A trade for which there is no programme; ``sector`` is None where it has none of ours."""

    name: str
    sector: str | None


def other_trade(tracker: Tracker) -> Trade | None:
    """The trade without a programme that the last message names, unless it names a programme or a sector as well."""
    if {"opleiding", "sector"} & set(entities_of(tracker)):
        return None
    named = tracker.latest_message.get("named") or ()
    return next((Trade(one["value"], one["sector"] or None) for one in named if one["entity"] == "beroep"), None)


def refused_kinds(tracker: Tracker) -> set[str]:
    """The kinds of name that the last message refuses: *geen kapper*."""
    return {one["soort"] for one in _going_on(tracker, "geweigerd")}


def widened(tracker: Tracker) -> str | None:
    """*Vlaanderen* when the last message takes the place off, *alles* when it takes off whatever narrows."""
    return next((str(one["value"]) for one in _going_on(tracker, "overal")), None)


def _going_on(tracker: Tracker, key: str) -> list[dict[str, Any]]:
    return list((tracker.latest_message.get("vervolg") or {}).get(key) or ())


def without_names(tracker: Tracker) -> str:
    """The last message with blanks where a name of ours stands, or what is refused or means everywhere."""
    text = str(tracker.latest_message.get("text") or "")
    for name in (*names_in(tracker), *_going_on(tracker, "geweigerd"), *_going_on(tracker, "overal")):
        text = text[: name["start"]] + " " * (name["end"] - name["start"]) + text[name["end"] :]
    return text


def intent_of(tracker: Tracker) -> str:
    """Name of the last message's intent."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


async def place_called(tracker: Tracker) -> tuple[str, tuple[str, ...]]:
    """The place in the last message as it was typed, and the municipalities that it may mean."""
    typed = next((one for one in names_in(tracker) if one["entity"] == "gemeente"), None)
    if typed is None:
        return "", ()
    name = (tracker.latest_message.get("text") or "")[typed["start"] : typed["end"]]
    try:
        return name, await asyncio.to_thread(catalog.municipalities_called, name)
    except catalog.DatabaseError:
        # The search behind it says so.
        return name, ()


async def asked_which_place(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    kind: str,
    wish: catalog.ProgrammeWish | catalog.ContactWish,
    called: tuple[str, tuple[str, ...]] | None = None,
) -> list[Any] | None:
    """Ask back where a place's name means several municipalities; None where it means one.

    The wish is kept without its place, so that the name of one of them goes on with it. ``called`` is what
    ``place_called`` gave, where somebody asked that before.
    """
    name, meant = called or await place_called(tracker)
    if len(meant) < 2:
        return None
    say(dispatcher, f"Er is meer dan één plaats die {name} heet. Welke gemeente bedoel je?", buttons=meant)
    return [SearchState(kind, replace(wish, municipality=None).as_dict()).event()]
