"""One message in, the replies out."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from channels.guard import NOT_NOW, Refused, check

logger = logging.getLogger(__name__)


class WholeMessages(CollectingOutputChannel):
    """Keeps words, buttons and cards of one message together; Rasa makes two of them."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collect one message as it was said."""
        custom = message.get("custom")
        if not custom:
            return await super().send_response(recipient_id, message)
        whole = {name: message.get(name) or None for name in ("text", "buttons")}
        return await self._persist_message(self._message(recipient_id, custom=custom, **whole))


Handler = Callable[[UserMessage], Awaitable[Any]]


async def exchange(
    handle: Handler,
    raw: object,
    sender: str,
    channel: str,
    metadata: dict[str, Any] | None = None,
    collected: CollectingOutputChannel | None = None,
) -> list[dict[str, Any]]:
    """Replies as Rasa's REST contract has them, or as ``collected`` keeps them; never none, whatever goes wrong."""
    checked = check(raw)
    if isinstance(checked, Refused):
        return [reply(sender, checked.reply)]
    collected = collected or CollectingOutputChannel()
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
