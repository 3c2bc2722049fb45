"""One message in, the replies out."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from channels.guard import NOT_NOW, Refused, check

logger = logging.getLogger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]


async def exchange(
    handle: Handler, raw: object, sender: str, channel: str, metadata: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Replies as Rasa's REST contract has them; never none, whatever goes wrong behind."""
    checked = check(raw)
    if isinstance(checked, Refused):
        return [reply(sender, checked.reply)]
    collected = CollectingOutputChannel()
    try:
        await handle(UserMessage(checked.text, collected, sender, input_channel=channel, metadata=metadata))
    except Exception:
        # Whatever failed, a person is waiting for an answer; the log keeps what happened.
        logger.exception("A message could not be handled")
    return collected.messages if answers(collected.messages) else [*collected.messages, reply(sender, NOT_NOW)]


def answers(messages: list[dict[str, Any]]) -> bool:
    """Whether anything was said."""
    return any(message.get("text") or message.get("custom") for message in messages)


def reply(sender: str, text: str) -> dict[str, Any]:
    """One reply in Rasa's REST form."""
    return {"recipient_id": sender, "text": text}
