"""Who is asking is heard in what people say, not in the questions that we put in their mouth."""

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.entities import NameExtractor, ordinary_words
from nlu.follow_up import FollowUpReader
from nlu.names import read_names
from ops.settings import PROJECT

TITLE = "Welke premies krijgt mijn bedrijf?"


@pytest.fixture(scope="module")
def extractor() -> NameExtractor:
    config = NameExtractor.get_default_config()
    nothing: Any = None
    return NameExtractor(config, nothing, nothing, read_names(Path(PROJECT / config["names"])))


def audience(extractor: NameExtractor, text: str, intent: str = "faq") -> list[str]:
    message = Message({"text": text, "intent": {"name": intent}, "decision": [{"titel": TITLE}]})
    extractor.process([message])
    return [entity["value"] for entity in message.get("entities") if entity["entity"] == "doelgroep"]


def test_a_question_of_ones_own_tells_who_asks(extractor: NameExtractor) -> None:
    assert audience(extractor, "wat voor premies krijgt mijn bedrijf dan") == ["bedrijf"]


def test_a_question_that_was_clicked_does_not(extractor: NameExtractor) -> None:
    assert audience(extractor, TITLE) == []


def test_for_another_is_heard_where_the_message_is_about_who_asks(extractor: NameExtractor) -> None:
    assert audience(extractor, "en voor een bedrijf?", "ik_ben") == ["bedrijf"]
    assert audience(extractor, "wat kost het voor een leerling", "faq") == []


def heard(extractor: NameExtractor, text: str) -> Message:
    message = Message({"text": text, "intent": {"name": "zoek_opleiding"}})
    extractor.process([message])
    FollowUpReader().process([message])
    return message


def test_what_is_refused_is_no_wish(extractor: NameExtractor) -> None:
    message = heard(extractor, "nee geen slager, liever iets mee hout")
    wanted = [one["value"] for one in message.get("entities")]
    assert wanted == ["Binnenschrijnwerk en interieur duaal"]
    assert "Slagerij duaal" not in [one["value"] for one in message.get("named")]
    assert [one["value"] for one in message.get("vervolg")["geweigerd"]] == ["Slagerij duaal"]


def test_a_refusal_alone_still_goes_on_with_the_search(extractor: NameExtractor) -> None:
    message = heard(extractor, "toch geen slager")
    assert not message.get("entities")
    assert {one["entity"] for one in message.get("vervolg")["namen"]} == {"geweigerd"}


def test_a_typing_error_in_an_example_is_no_ordinary_word() -> None:
    examples = [{"plassen", "gentt"}, {"app", "kwil"}, {"kwil"}]
    assert ordinary_words(examples) >= {"plassen", "kwil"}
    assert "gentt" not in ordinary_words(examples)
