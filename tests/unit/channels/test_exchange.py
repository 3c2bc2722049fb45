"""A person always gets a reply, whatever happens behind the channel."""

from typing import Any

from rasa.core.channels.channel import UserMessage

from channels.exchange import WholeMessages, exchange
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


CARDS = {"kaarten": [{"titel": "Provincie Limburg"}], "voor": "Kijk:", "na": ""}
SAID = {"text": "Kijk:\n\nProvincie Limburg", "buttons": [{"title": "Ja", "payload": "Ja"}], "custom": CARDS}


async def say_cards(message: UserMessage) -> None:
    await message.output_channel.send_response(message.sender_id, {**SAID})


async def test_words_and_cards_stay_one_message_on_the_page() -> None:
    (reply,) = await exchange(say_cards, "hallo", "ik", "web", collected=WholeMessages())
    assert reply == {"recipient_id": "ik", **SAID}


async def test_over_rest_the_cards_follow_the_words_as_rasa_sends_them() -> None:
    words, cards = await exchange(say_cards, "hallo", "ik", "rest")
    assert words["text"] == SAID["text"]
    assert cards == {"recipient_id": "ik", "custom": CARDS}


async def test_cards_without_buttons_are_not_cut_into_paragraphs() -> None:
    async def handle(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {**SAID, "buttons": []})

    (reply,) = await exchange(handle, "hallo", "ik", "web", collected=WholeMessages())
    assert reply["text"] == SAID["text"]


async def test_plain_words_are_sent_as_ever() -> None:
    async def handle(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": "dag"})

    assert await exchange(handle, "hallo", "ik", "web", collected=WholeMessages()) == [
        {"recipient_id": "ik", "text": "dag"}
    ]
