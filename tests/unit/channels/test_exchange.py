"""A person always gets a reply, whatever happens behind the channel."""

from typing import Any

from rasa.core.channels.channel import UserMessage

from channels.exchange import exchange
from channels.guard import COMMAND, NOT_NOW


async def test_passes_clean_text_and_returns_the_replies() -> None:
    seen = []

    async def handle(message: UserMessage) -> None:
        seen.append((message.text, message.sender_id, message.input_channel))
        await message.output_channel.send_text_message(message.sender_id, "dag")

    assert await exchange(handle, " hallo\x00 ", "ik", "web") == [{"recipient_id": "ik", "text": "dag"}]
    assert seen == [("hallo", "ik", "web")]


async def test_a_command_never_reaches_rasa() -> None:
    async def handle(_: UserMessage) -> Any:
        raise AssertionError("the guard let a command through")

    assert await exchange(handle, "/restart", "ik", "rest") == [{"recipient_id": "ik", "text": COMMAND}]


async def test_silence_becomes_a_sentence_with_another_way() -> None:
    async def handle(_: UserMessage) -> None:
        return None

    (reply,) = await exchange(handle, "hallo", "ik", "web")
    assert reply["text"] == NOT_NOW
    assert "1700" in NOT_NOW


async def test_an_error_becomes_a_sentence_and_keeps_what_was_said() -> None:
    async def handle(message: UserMessage) -> None:
        await message.output_channel.send_text_message(message.sender_id, "begin")
        raise RuntimeError("database gone")

    replies = await exchange(handle, "hallo", "ik", "web")
    assert [reply["text"] for reply in replies] == ["begin"]
