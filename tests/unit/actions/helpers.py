"""A tracker and a dispatcher, as the action server would get them."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher


def a_tracker(
    text: str = "",
    intent: str = "faq",
    confidence: float = 0.9,
    entities: list[dict[str, Any]] | None = None,
    slots: dict[str, Any] | None = None,
    events: list[dict[str, Any]] | None = None,
    decision: list[dict[str, Any]] | None = None,
    named: list[dict[str, Any]] | None = None,
    vervolg: dict[str, Any] | None = None,
) -> Tracker:
    """A tracker whose last message is this text."""
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "entities": entities or [],
        "decision": decision or [],
        "named": named or [],
        "vervolg": vervolg or {},
    }
    return Tracker("gesprek", slots or {}, message, events or [], False, None, {}, "action_listen")


def entity(kind: str, value: str, start: int = 0, end: int = 0) -> dict[str, Any]:
    """An entity as the NLU gives it."""
    return {"entity": kind, "value": value, "start": start, "end": end}


async def act(action: Any, tracker: Tracker) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Run an action: the messages it said, and the slots it set."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, tracker, {})
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return dispatcher.messages, slots


def buttons_of(message: dict[str, Any]) -> list[str]:
    """Words on the buttons of a message."""
    return [button["title"] for button in message["buttons"]]
