"""An answer carries its figures, its source and date, and follow-up questions that lead somewhere."""

from datetime import date
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import CategoricalSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from answers.content import AUDIENCES
from answers.nlg import MORE, WHO_ARE_YOU, SourcedAnswers, provenance

RESPONSES: dict[str, Any] = {
    "utter_faq/proef": [
        {
            "text": "Je erkenning geldt {erkenning_jaren}.",
            "metadata": {
                "meer": "Na {erkenning_jaren} vernieuw je ze.",
                "bronnen": [{"naam": "Vlaamse overheid", "url": "https://www.vlaanderen.be/x"}],
                "nagekeken": "2026-11-21",
                "veranderlijk": "nee",
                "vervolg": ["oao", "sao", "zoek_contactpunt"],
            },
        },
        {
            "condition": [{"type": "slot", "name": "doelgroep", "value": "bedrijf"}],
            "text": "Voor je bedrijf: {erkenning_jaren}.",
            "metadata": {"vervolg": ["premies_bedrijf"]},
        },
    ]
}


def tracker(*events: Any) -> DialogueStateTracker:
    audience = CategoricalSlot("doelgroep", mappings=[], values=["leerling", "bedrijf"], influence_conversation=False)
    made = DialogueStateTracker("test", slots=[audience])
    for event in events:
        made.update(event)
    return made


@pytest.fixture()
def nlg() -> SourcedAnswers:
    return SourcedAnswers(EndpointConfig(), Domain.from_dict({"responses": RESPONSES}))


# Who already was asked who they are.
ASKED_BEFORE = BotUttered("Je erkenning ...", metadata={"vraagt_doelgroep": True})


async def said(nlg: SourcedAnswers, *events: Any, **extra: Any) -> dict[str, Any]:
    message = await nlg.generate("utter_faq/proef", tracker(*events), "web", **extra)
    assert message is not None
    return message


async def test_fills_figures_and_shows_where_the_answer_comes_from(nlg: SourcedAnswers) -> None:
    message = await said(nlg, ASKED_BEFORE)
    assert message["text"] == (
        "Je erkenning geldt vijf jaar.\n\n"
        "Bron: Vlaamse overheid (https://www.vlaanderen.be/x). Nagekeken op 21 november 2026."
    )


async def test_offers_more_and_at_most_three_buttons_that_say_what_they_do(nlg: SourcedAnswers) -> None:
    buttons = (await said(nlg, SlotSet("doelgroep", "leerling")))["buttons"]
    assert [button["title"] for button in buttons] == [MORE, "Wat is een OAO?", "Wat is een SAO?"]
    assert all(button["title"] == button["payload"] for button in buttons)


async def test_a_variant_speaks_to_its_audience_and_keeps_the_source(nlg: SourcedAnswers) -> None:
    message = await said(nlg, SlotSet("doelgroep", "bedrijf"))
    assert message["text"].startswith("Voor je bedrijf: vijf jaar.\n\nBron: Vlaamse overheid")
    assert [button["title"] for button in message["buttons"]] == ["Welke premies krijgt mijn bedrijf?"]


async def test_asks_once_who_it_is_below_an_answer_that_differs(nlg: SourcedAnswers) -> None:
    first, second = await said(nlg), await said(nlg, ASKED_BEFORE)
    assert first["text"].endswith(WHO_ARE_YOU)
    assert [button["title"] for button in first["buttons"]] == [MORE, *AUDIENCES.values()]
    assert first["vraagt_doelgroep"]
    assert WHO_ARE_YOU not in second["text"]
    assert "vraagt_doelgroep" not in second


async def test_does_not_ask_who_already_said_so_or_where_it_makes_no_difference(nlg: SourcedAnswers) -> None:
    assert WHO_ARE_YOU not in (await said(nlg, SlotSet("doelgroep", "leerling")))["text"]
    assert WHO_ARE_YOU not in (await said(nlg, deel="meer"))["text"]
    assert WHO_ARE_YOU not in (await said(nlg, ActiveLoop("contactformulier")))["text"]
    alone = {"utter_faq/proef": RESPONSES["utter_faq/proef"][:1]}
    same_for_all = SourcedAnswers(EndpointConfig(), Domain.from_dict({"responses": alone}))
    assert WHO_ARE_YOU not in (await said(same_for_all))["text"]


async def test_answers_once_as_if_another_had_asked(nlg: SourcedAnswers) -> None:
    message = await said(nlg, SlotSet("doelgroep", "leerling"), doelgroep="bedrijf")
    assert message["text"].startswith("Voor je bedrijf")
    assert message["doelgroep"] == "bedrijf"


async def test_who_writes_in_another_language_is_told_why_the_answer_is_dutch(nlg: SourcedAnswers) -> None:
    french = UserUttered("combien de temps?", parse_data={"taal": "fr"})
    assert (await said(nlg, french))["text"].startswith("J'ai lu ton message, je réponds en néerlandais")
    assert (await said(nlg, UserUttered("hoe lang?", parse_data={"taal": "nl"})))["text"].startswith("Je erkenning")


async def test_another_audience_gets_the_general_answer(nlg: SourcedAnswers) -> None:
    assert (await said(nlg, SlotSet("doelgroep", "leerling")))["text"].startswith("Je erkenning geldt")


async def test_the_longer_version_is_sourced_and_does_not_offer_itself(nlg: SourcedAnswers) -> None:
    message = await said(nlg, deel="meer")
    assert message["deel"] == "meer"
    assert message["text"].startswith("Na vijf jaar vernieuw je ze.\n\nBron:")
    assert MORE not in [button["title"] for button in message["buttons"]]


async def test_no_buttons_lead_away_from_an_open_form(nlg: SourcedAnswers) -> None:
    assert not (await said(nlg, ActiveLoop("contactformulier"))).get("buttons")


@pytest.mark.parametrize(
    ("volatile", "today", "cautions"),
    [("ja", date(2026, 12, 1), 0), ("ja", date(2027, 7, 1), 1), ("nee", date(2027, 7, 1), 0)],
)
def test_a_fact_that_changes_easily_carries_a_caution_when_it_grows_old(
    volatile: str, today: date, cautions: int
) -> None:
    metadata = {
        "bronnen": [{"naam": "A", "url": "https://a.be"}, {"naam": "B", "url": "https://b.be"}],
        "nagekeken": "2026-11-21",
        "veranderlijk": volatile,
    }
    lines = provenance(metadata, today)
    assert len([line for line in lines if line.startswith("Let op")]) == cautions
    assert lines[-1] == "Bronnen: A (https://a.be); B (https://b.be). Nagekeken op 21 november 2026."


@pytest.fixture()
def terms() -> SourcedAnswers:
    general = {**RESPONSES["utter_faq/proef"][0], "text": "Typ het woord."}
    neet = {
        "text": "x",
        "metadata": {"bronnen": [{"naam": "Stad", "url": "https://stad.be"}], "nagekeken": "2026-10-01"},
    }
    responses = {"utter_faq/begrippen": [general], "utter_faq/kwetsbare_jongeren": [neet]}
    return SourcedAnswers(EndpointConfig(), Domain.from_dict({"responses": responses}))


async def explained(nlg: SourcedAnswers, question: str) -> dict[str, Any]:
    message = await nlg.generate("utter_faq/begrippen", tracker(UserUttered(question)), "web")
    assert message is not None
    return message


async def test_a_question_for_a_term_gets_that_term_with_the_source_of_its_topic(terms: SourcedAnswers) -> None:
    message = await explained(terms, "wa is een neet?")
    assert message["text"].startswith("NEET betekent ")
    assert message["text"].endswith("Bron: Stad (https://stad.be). Nagekeken op 1 oktober 2026.")


async def test_what_a_word_means_is_told_whatever_topic_was_heard(nlg: SourcedAnswers) -> None:
    assert (await said(nlg, UserUttered("wat betekent Dimona?")))["text"].startswith("Dimona")
    assert (await said(nlg, UserUttered("moet ik een Dimona doen?")))["text"].startswith("Je erkenning")


async def test_an_unknown_term_is_admitted_and_near_ones_offered(terms: SourcedAnswers) -> None:
    message = await explained(terms, "wat is een OOA")
    assert message["text"] == "Het woord “ooa” ken ik niet. Bedoel je een van deze woorden?"
    assert "Wat betekent OAO?" in [button["title"] for button in message["buttons"]]


async def test_a_term_like_no_other_leads_to_a_person(terms: SourcedAnswers) -> None:
    message = await explained(terms, "wat betekent xyzzyqwk")
    assert "ken ik niet. Stel je vraag aan een medewerker." in message["text"]
    assert [button["title"] for button in message["buttons"]] == ["Stel je vraag aan een medewerker"]


async def test_a_question_about_words_in_general_gets_the_general_answer(terms: SourcedAnswers) -> None:
    assert (await explained(terms, "wat betekenen al die afkortingen"))["text"].startswith("Typ het woord.")


def test_small_talk_has_no_source() -> None:
    assert provenance({"vervolg": ["oao"]}, date(2026, 12, 1)) == []


async def test_who_is_not_understood_twice_in_a_row_is_led_to_a_person() -> None:
    content = {
        "text": "Daar kan ik niet bij helpen.",
        "metadata": {"opnieuw": "Ik stuur je vraag door.", "vervolg": []},
    }
    speaker = SourcedAnswers(EndpointConfig(), Domain.from_dict({"responses": {"utter_buiten_domein": [content]}}))

    async def told(*actions: str) -> str:
        before = tracker(*(ActionExecuted(action) for action in actions))
        message = await speaker.generate("utter_buiten_domein", before, "web")
        assert message is not None
        return str(message["text"])

    assert await told("utter_groet", "action_listen") == "Daar kan ik niet bij helpen."
    assert await told("utter_buiten_domein", "action_listen") == "Ik stuur je vraag door."
    assert await told("action_bedoel_je", "action_listen") == "Ik stuur je vraag door."
    assert await told("action_bedoel_je", "action_listen", "utter_groet", "action_listen") != "Ik stuur je vraag door."
