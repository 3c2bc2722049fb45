"""The conversation's own moves: first words, doubt, yes, more, who speaks."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bedoel_je import NONE_OF_THESE, BedoelJe
from actions.gesprek import Bevestig, IkBen, MeerUitleg, SessionStart
from actions.reply import STAFF
from tests.unit.actions.helpers import a_tracker, act, buttons_of, entity

DECISION = [
    {"label": "faq/oao", "titel": "Wat is een OAO?", "confidence": 0.3},
    {"label": "scheldwoorden", "titel": "Schelden", "confidence": 0.2},
    {"label": "faq/sao", "titel": "Wat is een SAO?", "confidence": 0.1},
    {"label": "faq/vakantie", "titel": "Hoeveel vakantie heb ik?", "confidence": 0.01},
]


def bot(text: str = "", buttons: tuple[str, ...] = (), action: str = "", audience: str | None = None) -> dict[str, Any]:
    return {
        "event": "bot",
        "text": text,
        "data": {"buttons": [{"title": words, "payload": words} for words in buttons]},
        "metadata": {"utter_action": action, "doelgroep": audience},
    }


async def test_the_first_words_say_that_this_is_a_machine() -> None:
    messages, _ = await act(SessionStart(), a_tracker())
    assert "automatische assistent" in messages[0]["text"]
    assert "geen mens" in messages[0]["text"]


async def test_they_are_not_said_twice_where_the_page_says_them() -> None:
    messages, _ = await act(SessionStart(), a_tracker(slots={"session_started_metadata": {"begroet": True}}))
    assert messages == []


async def test_doubt_offers_the_likeliest_questions_and_none_of_them() -> None:
    messages, _ = await act(BedoelJe(), a_tracker("oo", decision=DECISION))
    assert "Bedoel je" in messages[0]["text"]
    assert buttons_of(messages[0]) == ["Wat is een OAO?", "Wat is een SAO?", NONE_OF_THESE]


async def test_doubt_twice_in_a_row_offers_a_person() -> None:
    events: list[dict[str, Any]] = [
        {"event": "user"},
        {"event": "action", "name": "action_bedoel_je"},
        {"event": "action", "name": "action_listen"},
        {"event": "user"},
    ]
    messages, _ = await act(BedoelJe(), a_tracker("oo", decision=DECISION, events=events))
    assert "contactformulier" in messages[0]["text"]
    assert buttons_of(messages[0])[0] == STAFF


async def test_doubt_after_a_good_answer_is_a_first_time_again() -> None:
    events: list[dict[str, Any]] = [
        {"event": "user"},
        {"event": "action", "name": "action_bedoel_je"},
        {"event": "action", "name": "action_listen"},
        {"event": "user"},
        {"event": "action", "name": "utter_faq"},
        {"event": "action", "name": "action_listen"},
        {"event": "user"},
    ]
    messages, _ = await act(BedoelJe(), a_tracker("oo", decision=DECISION, events=events))
    assert "Bedoel je" in messages[0]["text"]


async def test_doubt_without_any_idea_says_what_it_can_do() -> None:
    messages, _ = await act(BedoelJe(), a_tracker("oo", decision=[]))
    assert "duaal leren" in messages[0]["text"]
    assert STAFF in buttons_of(messages[0])


async def follow_up(events: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    return await Bevestig().run(dispatcher, a_tracker("ja", events=events), {}), dispatcher.messages


async def test_yes_to_a_person_opens_the_form() -> None:
    events, _ = await follow_up([bot("Wil je dat?", (STAFF, "Iets anders"))])
    assert [event["name"] for event in events] == ["contactformulier"]


@pytest.mark.parametrize(("button", "part"), [("Meer uitleg", "Waarover"), ("Zoek een opleiding", "Welk beroep")])
async def test_yes_takes_up_what_was_offered(button: str, part: str) -> None:
    _, messages = await follow_up([bot("Wil je dat?", (button, "Iets anders"))])
    assert part in messages[0]["text"]


async def test_a_bare_place_behind_a_search_goes_on_with_it(database: str) -> None:
    search = {"kind": "zoek_opleiding", "wish": {"programme": "Haarverzorging duaal"}, "next_offset": None}
    place = [entity("gemeente", "Mol", 6, 9)]
    tracker = a_tracker("en in Mol?", "zoek_contactpunt", 0.2, place, {"zoektocht": search}, decision=DECISION)
    messages, _ = await act(BedoelJe(), tracker)
    assert "In Mol zag ik een school" in messages[0]["text"]


async def test_a_term_is_explained_rather_than_asked_back() -> None:
    messages, _ = await act(BedoelJe(), a_tracker("Wat betekent LOOA?", decision=DECISION))
    assert messages[0]["response"] == "utter_faq/begrippen"


async def test_a_long_doubtful_message_behind_a_search_is_asked_back() -> None:
    search = {"kind": "zoek_opleiding", "wish": {}, "next_offset": None}
    text = "en mag mijn leerling die in Mol woont dan ook elders werken"
    tracker = a_tracker(text, "faq", 0.2, [entity("gemeente", "Mol")], {"zoektocht": search}, decision=DECISION)
    messages, _ = await act(BedoelJe(), tracker)
    assert "Bedoel je" in messages[0]["text"]


async def test_yes_to_a_proposed_question_answers_it() -> None:
    _, messages = await follow_up([bot("Bedoel je:", ("Wat is een OAO?",))])
    assert messages[0]["response"] == "utter_faq/oao"


async def test_yes_to_nothing_in_particular_goes_on() -> None:
    events, messages = await follow_up([bot("Tot ziens!")])
    assert events == []
    assert "Waarmee kan ik je nog helpen?" in messages[0]["text"]


async def test_more_explains_the_last_answer() -> None:
    events = [bot(action="utter_faq/oao"), bot(action="utter_bedankt")]
    messages, _ = await act(MeerUitleg(), a_tracker(events=events))
    assert (messages[0]["response"], messages[0]["deel"]) == ("utter_faq/oao", "meer")


async def test_more_of_an_answer_for_another_is_for_that_other() -> None:
    messages, _ = await act(MeerUitleg(), a_tracker(events=[bot(action="utter_faq/vakantie", audience="bedrijf")]))
    assert messages[0]["doelgroep"] == "bedrijf"


async def test_more_than_all_of_it_is_for_a_person() -> None:
    given = bot(action="utter_faq/oao")
    given["metadata"]["deel"] = "meer"
    messages, _ = await act(MeerUitleg(), a_tracker(events=[bot(action="utter_faq/oao"), given]))
    assert "Meer weet ik daar niet over" in messages[0]["text"]
    assert buttons_of(messages[0]) == [STAFF]


async def test_more_of_nothing_asks_what_about() -> None:
    messages, _ = await act(MeerUitleg(), a_tracker())
    assert "Waarover" in messages[0]["text"]


async def test_who_speaks_is_remembered_and_gets_fitting_questions() -> None:
    tracker = a_tracker("ik ben zaakvoerder", "ik_ben", entities=[entity("doelgroep", "bedrijf")])
    messages, slots = await act(IkBen(), tracker)
    assert slots == {"doelgroep": "bedrijf"}
    assert "Hoe wordt mijn bedrijf erkend als leerwerkplek?" in buttons_of(messages[0])


async def test_who_does_not_say_is_asked_and_never_forced() -> None:
    messages, slots = await act(IkBen(), a_tracker("raad eens", "ik_ben"))
    assert "hoeft niet" in messages[0]["text"]
    assert slots == {}


VACATION = [bot(action="utter_faq/vakantie")]


async def test_who_says_so_below_an_answer_gets_it_again_in_their_words() -> None:
    company = [entity("doelgroep", "bedrijf")]
    messages, slots = await act(IkBen(), a_tracker("Ik ben een bedrijf", "ik_ben", entities=company, events=VACATION))
    assert slots == {"doelgroep": "bedrijf"}
    assert [message.get("response") for message in messages] == [None, "utter_faq/vakantie"]
    assert messages[1]["doelgroep"] == "bedrijf"


async def test_who_says_so_below_an_answer_that_is_theirs_too_hears_that() -> None:
    parent = [entity("doelgroep", "ouder")]
    messages, _ = await act(IkBen(), a_tracker("Ik ben ouder", "ik_ben", entities=parent, events=VACATION))
    assert "Het antwoord hierboven geldt ook voor jou" in messages[0]["text"]
    assert buttons_of(messages[0])


@pytest.mark.parametrize(
    "text", ["en voor een bedrijf?", "En als werkgever dan", "wat is dat voor een kmo", "ok en bij bedrijven"]
)
async def test_for_another_answers_once_and_remembers_nobody(text: str) -> None:
    company = [entity("doelgroep", "bedrijf")]
    tracker = a_tracker(text, "ik_ben", entities=company, slots={"doelgroep": "leerling"}, events=VACATION)
    messages, slots = await act(IkBen(), tracker)
    assert [(message.get("response"), message.get("doelgroep")) for message in messages] == [
        ("utter_faq/vakantie", "bedrijf")
    ]
    assert slots == {}


async def test_for_another_without_an_answer_of_its_own_says_so() -> None:
    school = [entity("doelgroep", "school")]
    events = [bot(action="utter_faq/arbeidstijd")]
    messages, _ = await act(IkBen(), a_tracker("en voor een school?", "ik_ben", entities=school, events=events))
    assert "geen apart antwoord" in messages[0]["text"]
    assert messages[1]["response"] == "utter_faq/arbeidstijd"


async def test_as_somebody_is_telling_who_one_is() -> None:
    company = [entity("doelgroep", "bedrijf")]
    _, slots = await act(IkBen(), a_tracker("en als ik een bedrijf ben? wij zijn bakker", "ik_ben", entities=company))
    assert slots == {"doelgroep": "bedrijf"}
