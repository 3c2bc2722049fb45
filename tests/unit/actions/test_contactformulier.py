"""The contact form never loses a question: it listens, lets people correct, and says when storing fails."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions.contactformulier import (
    RETRY,
    AnnuleerContactformulier,
    AskBevestiging,
    StuurContactformulier,
    ValidateContactformulier,
)
from catalog import models, session
from tests.unit.actions.helpers import a_tracker, act, buttons_of

FILLED: dict[str, Any] = {
    "contact_naam": "Sara Janssens",
    "contact_email": "sara@example.be",
    "contact_telefoon": "",
    "contact_rol": "leerling",
    "contact_vraag": "Mag ik <b>op zondag</b> werken?",
    "contact_toestemming": True,
    "contact_bevestiging": "verstuur",
}


async def answer(slot: str, text: str, intent: str = "buiten_domein", confidence: float = 0.5) -> tuple[list, dict]:
    tracker = a_tracker(text, intent, confidence, slots={"requested_slot": slot})
    return await act(ValidateContactformulier(), tracker)


async def test_takes_the_field_that_was_asked_for() -> None:
    assert await answer("contact_naam", "Sara") == ([], {"contact_naam": "Sara"})


async def test_explains_what_it_cannot_take_and_asks_again() -> None:
    messages, slots = await answer("contact_email", "sara@")
    assert "naam@voorbeeld.be" in messages[0]["text"]
    assert slots == {"contact_email": None}


@pytest.mark.parametrize(
    ("slot", "text", "intent", "confidence"),
    [
        ("contact_email", "hoeveel verdien ik eigenlijk?", "faq", 0.9),
        ("contact_telefoon", "waarom moet je dat weten", "privacy", 0.8),
        ("contact_naam", "annuleer", "annuleer", 1.0),
        ("contact_naam", "nee laat maar", "ontken", 0.9),
        ("contact_email", "kapper gent", "zoek_opleiding", 0.9),
        ("contact_vraag", "stop maar", "annuleer", 0.9),
        ("contact_vraag", "mijn baas slaat mij", "noodsituatie", 0.9),
        ("contact_bevestiging", "nee, annuleer maar", "annuleer", 0.9),
        ("contact_bevestiging", "wat gebeurt er met mijn gegevens?", "privacy", 0.9),
    ],
)
async def test_leaves_what_is_no_answer_to_the_rules(slot: str, text: str, intent: str, confidence: float) -> None:
    assert await answer(slot, text, intent, confidence) == ([], {})


@pytest.mark.parametrize(
    ("slot", "text", "intent", "value"),
    [
        # A question is what this field is for.
        ("contact_vraag", "hoeveel verdien ik met duaal leren?", "faq", "hoeveel verdien ik met duaal leren?"),
        (
            "contact_vraag",
            "ik wil mijn contract annuleren, hoe moet dat?",
            "annuleer",
            "ik wil mijn contract annuleren, hoe moet dat?",
        ),
        ("contact_telefoon", "overslaan", "annuleer", ""),
        ("contact_bevestiging", "Verstuur", "annuleer", "verstuur"),
        ("contact_naam", "Stef Van Den Berg", "faq", "Stef Van Den Berg"),
        ("contact_rol", "ik ben leerling", "ik_ben", "leerling"),
    ],
)
async def test_takes_what_only_looks_like_something_else(slot: str, text: str, intent: str, value: str) -> None:
    assert await answer(slot, text, intent, 0.95) == ([], {slot: value})


async def test_an_earlier_field_can_be_corrected_in_passing() -> None:
    _, slots = await answer("contact_telefoon", "oei mijn mail is fout")
    assert slots == {"contact_email": None, "contact_telefoon": None}


async def test_a_correction_at_the_end_reopens_that_field_only() -> None:
    _, slots = await answer("contact_bevestiging", "Verbeter naam")
    assert slots == {"contact_naam": None, "contact_bevestiging": None}


async def test_no_consent_ends_the_form() -> None:
    _, slots = await answer("contact_toestemming", "Nee")
    assert slots == {"contact_toestemming": False, "requested_slot": None}


async def test_the_summary_shows_all_of_it() -> None:
    messages, _ = await act(AskBevestiging(), a_tracker("ja dat mag", slots=FILLED))
    for part in ("Sara Janssens", "sara@example.be", "Telefoon: niet opgegeven", "leerling", "<b>op zondag</b>"):
        assert part in messages[0]["text"]
    assert buttons_of(messages[0]) == ["Verstuur", "Verbeter iets", "Annuleer"]


async def test_sending_stores_the_question_and_gives_its_reference(database: str) -> None:
    messages, slots = await act(StuurContactformulier(), a_tracker(slots=FILLED))
    with session() as db:
        row = db.execute(select(models.ContactRequest)).scalar_one()
        assert row.reference in messages[0]["text"]
        assert (row.question, row.phone, row.role) == (FILLED["contact_vraag"], None, "leerling")
    assert set(slots.values()) == {None}


async def test_when_storing_fails_the_text_is_kept_and_another_way_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'no_tables.db'}")
    messages, slots = await act(StuurContactformulier(), a_tracker(slots=FILLED))
    assert "niet verstuurd" in messages[0]["text"]
    assert FILLED["contact_vraag"] in messages[0]["text"]
    assert "1700" in messages[0]["text"]
    assert RETRY in buttons_of(messages[0])
    # Everything but the confirmation stays, so that a retry asks nothing twice.
    assert slots == {"contact_bevestiging": None}


async def test_without_consent_nothing_is_stored(database: str) -> None:
    messages, slots = await act(StuurContactformulier(), a_tracker(slots={**FILLED, "contact_toestemming": False}))
    assert "niets verstuurd" in messages[0]["text"]
    with session() as db:
        assert db.execute(select(models.ContactRequest)).all() == []
    assert set(slots.values()) == {None}


async def test_cancelling_forgets_what_was_typed() -> None:
    messages, slots = await act(AnnuleerContactformulier(), a_tracker(slots=FILLED))
    assert "niets verstuurd" in messages[0]["text"]
    assert set(slots.values()) == {None}
