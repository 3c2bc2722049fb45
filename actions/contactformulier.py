"""The contact form: it reads one field at a time, shows what it will send, and stores it without losing a question."""

import asyncio
import re
from abc import ABC, abstractmethod
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

import catalog
from actions.contact_fields import BY_SLOT, FIELDS, NotAccepted, field_named
from actions.reply import EMERGENCY_EXIT, say
from actions.search_state import intent_of

SEND, CORRECT, CANCEL = "Verstuur", "Verbeter iets", "Annuleer"
RETRY = "Probeer mijn vraag opnieuw te versturen"
SHOWN = ("contact_naam", "contact_email", "contact_telefoon", "contact_rol", "contact_vraag")

# A question asked in between, see data/dialogue/tijdens_contactformulier.yml.
ASIDES = frozenset(
    [
        "faq",
        "wat_kan_je",
        "ben_je_een_bot",
        "privacy",
        "wis_gegevens",
        "scheldwoorden",
        "feedback_negatief",
        "meer_uitleg",
        "zoek_contactpunt",
        "zoek_opleiding",
        "ik_ben",
    ]
)
SURE = 0.6


class ValidateContactformulier(Action):
    """Take the last message as the field that was asked for, unless it is something else."""

    def name(self) -> str:
        return "validate_contactformulier"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        slot = tracker.get_slot("requested_slot")
        # No slot set means for Rasa's form: not for me, let the rules answer.
        if slot not in BY_SLOT or is_aside(tracker, slot):
            return []
        text = tracker.latest_message.get("text") or ""
        wrong = corrected_field(text, slot)
        if wrong:
            return [SlotSet(wrong, None), SlotSet(slot, None)]
        try:
            value = BY_SLOT[slot].read(text)
        except NotAccepted as problem:
            say(dispatcher, str(problem))
            return [SlotSet(slot, None)]
        if slot == "contact_toestemming" and value is False:
            return [SlotSet(slot, False), SlotSet("requested_slot", None)]
        if slot == "contact_bevestiging" and value != "verstuur":
            return reopened(str(value))
        return [SlotSet(slot, value)]


def is_aside(tracker: Tracker, slot: str) -> bool:
    """Whether the message is no answer to the form: an emergency, a wish to stop, or a question in between."""
    intent = intent_of(tracker)
    confidence = (tracker.latest_message.get("intent") or {}).get("confidence") or 0.0
    text = tracker.latest_message.get("text") or ""
    words = len(text.split())
    if intent == "noodsituatie":
        return bool(confidence >= SURE)
    if intent == "annuleer":
        return bool(confidence >= SURE and _is_cancelling(text, slot, words))
    if intent == "ontken":
        # Nobody is called *nee* or *laat maar*; further on a no is an answer.
        return bool(confidence >= SURE and slot == "contact_naam")
    if slot == "contact_vraag" or intent not in ASIDES or confidence < SURE:
        return False
    # *Kapper gent* is no address; a name may well be two words.
    elsewhere = slot == "contact_email" and words >= 2
    return (elsewhere or _is_question(text, words)) and not _is_value(text, slot)


def _is_cancelling(text: str, slot: str, words: int) -> bool:
    """A question may well be about stopping, and *overslaan* or *verstuur* are values, not a wish to stop."""
    if slot in ("contact_naam", "contact_vraag"):
        return slot == "contact_naam" or words <= 3
    return not _reads(text, slot)


def _is_question(text: str, words: int) -> bool:
    return text.rstrip().endswith("?") or words >= 3


def _is_value(text: str, slot: str) -> bool:
    if slot in ("contact_naam", "contact_bevestiging", "contact_toestemming"):
        return slot == "contact_naam" and not text.rstrip().endswith("?") and len(text.split()) <= 4
    return _reads(text, slot) and (slot != "contact_rol" or not text.rstrip().endswith("?"))


def _reads(text: str, slot: str) -> bool:
    """Whether the field accepts the text."""
    try:
        BY_SLOT[slot].read(text)
    except NotAccepted:
        return False
    return True


def corrected_field(text: str, asked: str) -> str | None:
    """The slot of an earlier field that the message says is wrong."""
    if asked in ("contact_bevestiging", "contact_vraag") or not re.search(
        r"fout|verkeerd|verbeter|verander|wijzig|klopt niet|vergist", text, re.I
    ):
        return None
    field = field_named(text)
    return field.slot if field and field.slot != asked else None


def reopened(value: str) -> list[Any]:
    """Ask a named field again, or which field to ask again."""
    _, _, slot = value.partition(" ")
    return [*([SlotSet(slot, None)] if slot else []), SlotSet("contact_bevestiging", None)]


class _Ask(Action, ABC):
    """Ask for one field, in the words that editors keep in data/tasks/contactformulier.yml."""

    @property
    @abstractmethod
    def field(self) -> str:
        """Last part of the slot's name."""

    def name(self) -> str:
        return f"action_ask_contact_{self.field}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        dispatcher.utter_message(response=f"utter_contactformulier/{self.field}")
        return []


class AskNaam(_Ask):
    """Ask for the name."""

    field = "naam"


class AskEmail(_Ask):
    """Ask for the e-mail address."""

    field = "email"


class AskTelefoon(_Ask):
    """Ask for the phone number."""

    field = "telefoon"


class AskRol(_Ask):
    """Ask for the role."""

    field = "rol"


class AskVraag(_Ask):
    """Ask for the question."""

    field = "vraag"


class AskToestemming(_Ask):
    """Ask for consent."""

    field = "toestemming"


class AskBevestiging(Action):
    """Show all that will be sent and ask whether it is right."""

    def name(self) -> str:
        return "action_ask_contact_bevestiging"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        text = tracker.latest_message.get("text") or ""
        if re.search(r"^\W*(verbeter|wijzig|verander)", text, re.I) and not field_named(text):
            choices = tuple(f"Verbeter {BY_SLOT[slot].title.casefold()}" for slot in SHOWN if slot != "contact_rol")
            say(dispatcher, "Wat wil je verbeteren?", buttons=(*choices, "Verbeter mijn rol", SEND, CANCEL))
            return []
        say(dispatcher, "Klopt dit?", summary(tracker), buttons=(SEND, CORRECT, CANCEL))
        return []


def summary(tracker: Tracker) -> str:
    """Every field with what was typed, one a line."""
    lines = [f"- {BY_SLOT[slot].title}: {tracker.get_slot(slot) or 'niet opgegeven'}" for slot in SHOWN]
    return "\n".join([*lines, "- Toestemming om te bewaren: ja"])


class StuurContactformulier(Action):
    """Store the question and give its reference; where that fails, keep the text and show another way."""

    def name(self) -> str:
        return "action_contactformulier"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        if not tracker.get_slot("contact_toestemming"):
            say(
                dispatcher,
                "Zonder toestemming kan ik je vraag niet doorgeven. Ik heb niets verstuurd.",
                f"Je kan je vraag ook zelf stellen. {EMERGENCY_EXIT}",
            )
            return emptied()
        try:
            reference = await asyncio.to_thread(catalog.store, request_of(tracker))
        except catalog.NotStored:
            say(
                dispatcher,
                "Sorry, je vraag bewaren lukt nu even niet. Ze is niet verstuurd. Dit had je getypt:",
                f"“{tracker.get_slot('contact_vraag')}”",
                f"Probeer het straks opnieuw: je hoeft niets opnieuw te typen. Is het dringend? {EMERGENCY_EXIT}",
                buttons=(RETRY, CANCEL),
            )
            return [SlotSet("contact_bevestiging", None)]
        say(
            dispatcher,
            f"Dank je, {tracker.get_slot('contact_naam')}. Je vraag is doorgegeven aan een medewerker.",
            f"Je referentie is {reference}. Bewaar ze goed.",
            f"Je krijgt het antwoord op {tracker.get_slot('contact_email')}.",
        )
        return emptied()


class AnnuleerContactformulier(Action):
    """Stop the form and forget what was typed in it."""

    def name(self) -> str:
        return "action_annuleer_contactformulier"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        say(
            dispatcher,
            "Oké, ik stop. Ik heb niets verstuurd.",
            "Waarmee kan ik je nog helpen?",
            buttons=("Wat kan je allemaal?", "Zoek een opleiding"),
        )
        return emptied()


def emptied() -> list[Any]:
    """All fields forgotten."""
    return [SlotSet(field.slot, None) for field in FIELDS]


def request_of(tracker: Tracker) -> catalog.ContactRequest:
    """The request as it is stored."""
    return catalog.ContactRequest(
        name=tracker.get_slot("contact_naam"),
        email=tracker.get_slot("contact_email"),
        phone=tracker.get_slot("contact_telefoon") or None,
        role=tracker.get_slot("contact_rol"),
        question=tracker.get_slot("contact_vraag"),
        consent_at=datetime.now(timezone.utc),
        conversation=tracker.sender_id,
    )
