"""What the last search was and how far its results were shown: the slot ``zoektocht``."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

SLOT = "zoektocht"


@dataclass(frozen=True)
class SearchState:
    """``kind`` is the task that searched, ``wish`` its canonical values, ``next_offset`` where the next page starts."""

    kind: str = ""
    wish: dict[str, str] = field(default_factory=dict)
    next_offset: int | None = None

    @classmethod
    def of(cls, tracker: Tracker) -> "SearchState":
        """The state in the tracker, empty when nothing was searched yet."""
        stored = tracker.get_slot(SLOT)
        return cls(**stored) if isinstance(stored, dict) else cls()

    def event(self) -> dict[str, Any]:
        """The event that keeps this state."""
        return dict(SlotSet(SLOT, {"kind": self.kind, "wish": self.wish, "next_offset": self.next_offset}))


def entities_of(tracker: Tracker) -> dict[str, str]:
    """Canonical value of each kind of entity in the last message, the first of a kind."""
    found: dict[str, str] = {}
    for entity in tracker.latest_message.get("entities") or ():
        found.setdefault(entity["entity"], entity["value"])
    return found


def intent_of(tracker: Tracker) -> str:
    """Name of the last message's intent."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")
