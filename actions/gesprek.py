"""The conversation itself: its first words, more explanation, yes, starting over, who somebody is."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, AllSlotsReset, FollowupAction, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import STAFF, say
from actions.search_state import entities_of
from actions.toon_meer import ToonMeer
from actions.zoek_contactpunt import ZoekContactpunt
from actions.zoek_opleiding import ZoekOpleiding
from answers.content import topic_titles

WHO_I_AM = (
    "Dag! Ik ben Duaalwijzer. Ik ben een automatische assistent en geen mens. Ik beantwoord vragen over duaal leren."
)
AUDIENCES = ("Ik ben leerling", "Ik ben ouder", "Ik ben een bedrijf", "Ik werk op een school")
AUDIENCE_WORDS = {
    "leerling": "leerling",
    "ouder": "ouder",
    "bedrijf": "een bedrijf",
    "school": "iemand van een school",
}
FIRST_QUESTIONS = {
    "leerling": ("inschrijven_stappen", "leervergoeding_bedrag", "werkplek_vinden"),
    "ouder": ("wat_is_duaal_leren", "toelating_leeftijd", "groeipakket"),
    "bedrijf": ("erkenning_stappen", "mentor_voorwaarden", "premies_bedrijf"),
    "school": ("school_start_duaal", "trajectbegeleider", "einde_leren_en_werken"),
}


class SessionStart(Action):
    """Open a session: keep the slots, and say that this is a machine unless the page already did."""

    def name(self) -> str:
        return "action_session_start"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        page_did = (tracker.get_slot("session_started_metadata") or {}).get("begroet")
        if not page_did:
            say(dispatcher, WHO_I_AM)
        kept = [SlotSet(name, value) for name, value in tracker.slots.items() if value is not None]
        return [SessionStarted(), *kept, ActionExecuted("action_listen")]


class MeerUitleg(Action):
    """Give the longer version of the last answer."""

    def name(self) -> str:
        return "action_meer_uitleg"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        last = last_answer(tracker)
        if last:
            dispatcher.utter_message(response=last, deel="meer")
        else:
            say(dispatcher, "Waarover wil je meer weten? Typ je vraag in je eigen woorden.", buttons=(STAFF,))
        return []


class IkBen(Action):
    """Remember who is talking, so that answers fit."""

    def name(self) -> str:
        return "action_ik_ben"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        audience = entities_of(tracker).get("doelgroep")
        if audience not in AUDIENCE_WORDS:
            say(dispatcher, "Wie ben je? Dan pas ik mijn antwoorden aan. Het hoeft niet.", buttons=AUDIENCES)
            return []
        known = topic_titles()
        questions = tuple(known[topic] for topic in FIRST_QUESTIONS[audience] if topic in known)
        say(
            dispatcher,
            f"Oké, ik antwoord je als {AUDIENCE_WORDS[audience]}. Waarmee kan ik je helpen?",
            buttons=questions,
        )
        return [SlotSet("doelgroep", audience)]


class Bevestig(Action):
    """Yes, to whatever was offered last: its first button."""

    def name(self) -> str:
        return "action_bevestig"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        offered = last_offer(tracker)
        topic = {title: name for name, title in topic_titles().items()}.get(offered or "")
        if offered == STAFF:
            return [FollowupAction("contactformulier")]
        if offered in SET_GOING:
            return await SET_GOING[offered]().run(dispatcher, tracker, domain)
        if topic:
            dispatcher.utter_message(response=f"utter_faq/{topic}")
        else:
            say(dispatcher, "Prima! Waarmee kan ik je nog helpen?", buttons=("Wat kan je allemaal?",))
        return []


# What a yes to these buttons does.
SET_GOING: dict[str | None, type[Action]] = {
    "Meer uitleg": MeerUitleg,
    "Toon meer": ToonMeer,
    "Zoek een opleiding": ZoekOpleiding,
    "Zoek een contactpunt": ZoekContactpunt,
}


class Herbegin(Action):
    """Forget everything that was said and start over."""

    def name(self) -> str:
        return "action_herbegin"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        say(dispatcher, "We beginnen opnieuw. Waarmee kan ik je helpen?", buttons=AUDIENCES)
        return [AllSlotsReset()]


def last_answer(tracker: Tracker) -> str | None:
    """Name of the last answer to a topic (``utter_faq/oao``) in this conversation."""
    for event in reversed(tracker.events):
        response = (event.get("metadata") or {}).get("utter_action") or ""
        if event.get("event") == "bot" and response.startswith("utter_faq/"):
            return str(response)
    return None


def last_offer(tracker: Tracker) -> str | None:
    """Words of the first button in what the assistant said last."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            buttons = (event.get("data") or {}).get("buttons") or ()
            return str(buttons[0]["payload"]) if buttons else None
    return None
