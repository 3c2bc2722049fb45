"""Every topic, for every audience, through the running assistant: the right words, with source and date."""

import re

import pytest

from answers.content import AUDIENCES, DATA, Topic, date_in_words, fill, read_yaml, topics
from tests.conftest import Assistant, offered, said

# Read as the editor typed it, so that what is shown is compared with the file and not with our own reading of it.
FIGURES = {name: row["tekst"] for name, row in read_yaml(DATA / "figures.yml").items()}
A_CONVERSATION = 6
GROUPS = sorted({topic.path.parent.name for topic in topics()})


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("audience", [None, *AUDIENCES])
def test_every_topic_is_answered_for_every_audience(assistant: Assistant, audience: str | None, group: str) -> None:
    for place, topic in enumerate(one for one in topics() if one.path.parent.name == group):
        # Long conversations take their time, and are not what is asked here.
        sender = f"rondgang-{audience}-{group}-{place // A_CONVERSATION}"
        if place % A_CONVERSATION == 0:
            assistant.talk(AUDIENCES[audience] if audience else "hallo", sender=sender)
        (short,) = assistant.talk(topic.title, sender=sender)
        answer = topic.answer_for(audience)
        assert said(short).startswith(fill(answer.text, FIGURES)), topic.name
        assert "{" not in said(short), topic.name
        assert_sourced(said(short), topic)
        # Meer uitleg and two questions, or, once, the four audiences beside the task that the answer leads to.
        assert 2 <= len(offered(short)) <= 6, topic.name
        # An audience without an answer of its own gets the general one, which is asked for without an audience.
        if answer.audience == audience:
            (more,) = assistant.talk("Meer uitleg", sender=sender)
            assert said(more).startswith(fill(answer.more, FIGURES)), topic.name
            assert "{" not in said(more), topic.name
            assert_sourced(said(more), topic)


def assert_sourced(text: str, topic: Topic) -> None:
    """Below the answer stand its sources, each with name and address, and the day of the review."""
    sources = re.search(r"^Bron(?:nen)?: .*$", text, re.M)
    assert sources, topic.name
    for source in topic.provenance["bronnen"]:
        assert f"{source['naam']} ({source['url']})" in sources[0], topic.name
    assert sources[0].endswith(f"Nagekeken op {date_in_words(topic.provenance['nagekeken'])}."), topic.name


@pytest.mark.parametrize("name", sorted(read_yaml(DATA / "glossary.yml")))
def test_every_term_is_explained(assistant: Assistant, name: str) -> None:
    """By the glossary, or by the topic that is all about it."""
    (replies,) = assistant.talk(f"Wat betekent {name}?")
    row = read_yaml(DATA / "glossary.yml")[name]
    about = next((topic for topic in topics() if topic.name == row.get("onderwerp")), None)
    fitting = [row["uitleg"], *([about.answers[0].text] if about else [])]
    assert any(fill(text, FIGURES) in said(replies) for text in fitting), said(replies)


def test_who_asks_is_asked_once_and_gets_the_answer_again(assistant: Assistant) -> None:
    first, told, second = assistant.talk("Hoeveel vakantie heb ik?", "Ik ben een bedrijf", "Wat is een OAO?")
    assert offered(first) == ["Meer uitleg", *AUDIENCES.values()]
    assert "Je leerling is in alle schoolvakanties vrij" in said(told)
    assert "Wie ben je?" not in said(second)


def test_for_somebody_else_the_same_question_is_answered_once(assistant: Assistant) -> None:
    _, own, other, more, again = assistant.talk(
        "Ik ben leerling", "Hoeveel vakantie heb ik?", "En voor een bedrijf?", "Meer uitleg", "Hoeveel vakantie heb ik?"
    )
    assert "Je bent in alle schoolvakanties vrij" in said(own)
    assert "Je leerling is in alle schoolvakanties vrij" in said(other)
    assert "neemt je leerling op" in said(more)
    assert said(again) == said(own)


@pytest.mark.parametrize(
    ("words", "audience_words"),
    [
        ("als zaakvoerder: hoeveel verlof krijgt een leerling", "Je leerling is in alle schoolvakanties vrij"),
        ("heeft mijn zoon vrij in de schoolvakanties", "leerling is in alle schoolvakanties vrij"),
    ],
)
def test_said_in_passing_is_heard(assistant: Assistant, words: str, audience_words: str) -> None:
    (replies,) = assistant.talk(words)
    assert audience_words in said(replies)
    assert "Wie ben je?" not in said(replies)
