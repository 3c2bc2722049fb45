"""An answer carries its figures, its source and date, and follow-up questions that lead somewhere."""

from datetime import date
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.slots import CategoricalSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from answers.nlg import MORE, SourcedAnswers, provenance

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


async def said(nlg: SourcedAnswers, *events: Any, **extra: Any) -> dict[str, Any]:
    message = await nlg.generate("utter_faq/proef", tracker(*events), "web", **extra)
    assert message is not None
    return message


async def test_fills_figures_and_shows_where_the_answer_comes_from(nlg: SourcedAnswers) -> None:
    message = await said(nlg)
    assert message["text"] == (
        "Je erkenning geldt vijf jaar.\n\n"
        "Bron: Vlaamse overheid (https://www.vlaanderen.be/x). Nagekeken op 21 november 2026."
    )


async def test_offers_more_and_at_most_three_buttons_that_say_what_they_do(nlg: SourcedAnswers) -> None:
    buttons = (await said(nlg))["buttons"]
    assert [button["title"] for button in buttons] == [MORE, "Wat is een OAO?", "Wat is een SAO?"]
    assert all(button["title"] == button["payload"] for button in buttons)


async def test_a_variant_speaks_to_its_audience_and_keeps_the_source(nlg: SourcedAnswers) -> None:
    message = await said(nlg, SlotSet("doelgroep", "bedrijf"))
    assert message["text"].startswith("Voor je bedrijf: vijf jaar.\n\nBron: Vlaamse overheid")
    assert [button["title"] for button in message["buttons"]] == ["Welke premies krijgt mijn bedrijf?"]


async def test_another_audience_gets_the_general_answer(nlg: SourcedAnswers) -> None:
    assert (await said(nlg, SlotSet("doelgroep", "leerling")))["text"].startswith("Je erkenning geldt")


async def test_the_longer_version_is_sourced_and_does_not_offer_itself(nlg: SourcedAnswers) -> None:
    message = await said(nlg, deel="meer")
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


async def test_a_question_for_a_term_gets_that_term() -> None:
    general = {**RESPONSES["utter_faq/proef"][0], "text": "Typ het woord."}
    nlg = SourcedAnswers(EndpointConfig(), Domain.from_dict({"responses": {"utter_faq/begrippen": [general]}}))
    asked, unknown = tracker(UserUttered("wa is een neet?")), tracker(UserUttered("wa is een xyzzy?"))
    known = await nlg.generate("utter_faq/begrippen", asked, "web")
    other = await nlg.generate("utter_faq/begrippen", unknown, "web")
    assert known is not None and known["text"].startswith("NEET betekent ")
    assert "Nagekeken op 21 november 2026" in known["text"]
    assert other is not None and other["text"].startswith("Typ het woord.")


def test_small_talk_has_no_source() -> None:
    assert provenance({"vervolg": ["oao"]}, date(2026, 12, 1)) == []
