"""The conversation itself: its first words, more explanation, yes, starting over, who somebody is."""

import re
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, AllSlotsReset, FollowupAction, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import GUIDE, STAFF, say
from actions.search_state import entities_of
from actions.toon_meer import ToonMeer
from actions.zoek_contactpunt import ZoekContactpunt
from actions.zoek_opleiding import ZoekOpleiding
from answers.content import AUDIENCES, DATA, Topic, titles, topic, topic_titles

WHO_I_AM = (
    "Dag! Ik ben Duaalwijzer. Ik ben een automatische assistent en geen mens. Ik beantwoord vragen over duaal leren."
)
AUDIENCE_WORDS = {
    "leerling": "leerling",
    "ouder": "ouder",
    "bedrijf": "een bedrijf",
    "school": "iemand van een school",
}
# For whom else the last answer is wanted: no word on who is talking.
FOR_ANOTHER = re.compile(
    r"^\W*(?:en|ok|oke|oké|maar|wat|geldt|is|hoe)\b(?!.*\b(?:ik ben|kben|wij zijn|we zijn|ik heb|wij hebben)\b)"
    r".*\b(?:voor|vr|als|bij|met)\b",
    re.I,
)
FIRST_QUESTIONS = {
    "leerling": ("inschrijven_stappen", "leervergoeding_bedrag", "werkplek_vinden"),
    "ouder": ("wat_is_duaal_leren", "toelating_leeftijd", "groeipakket"),
    "bedrijf": ("erkenning_stappen", "erkenningsgids", "premies_bedrijf"),
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
    """Give the longer version of the last answer; who wants even more than that is offered a person."""

    def name(self) -> str:
        return "action_meer_uitleg"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        last = last_answer(tracker)
        if last and last.whole:
            say(dispatcher, "Meer weet ik daar niet over. Een medewerker kan je verder helpen.", buttons=(STAFF,))
        elif last:
            again(dispatcher, last, last.audience, deel="meer")
        else:
            say(dispatcher, "Waarover wil je meer weten? Typ je vraag in je eigen woorden.", buttons=(STAFF,))
        return []


class IkBen(Action):
    """Who is talking, or for whom the last answer is wanted as well.

    *Ik ben bakker* is remembered, and the last answer comes again where a company gets another one.
    *En voor een bedrijf?* gives the last answer for a company and leaves who is talking as it was.
    """

    def name(self) -> str:
        return "action_ik_ben"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        audience = entities_of(tracker).get("doelgroep")
        last = last_answer(tracker)
        if audience not in AUDIENCE_WORDS:
            ask = "Wie ben je? Dan pas ik mijn antwoorden aan. Het hoeft niet."
            say(dispatcher, ask, buttons=tuple(AUDIENCES.values()))
            return []
        if last and FOR_ANOTHER.search(tracker.latest_message.get("text") or ""):
            if audience not in last.topic.variants:
                who = AUDIENCE_WORDS[audience]
                say(dispatcher, f"Daarop heb ik geen apart antwoord voor {who}. Dit is het algemene antwoord:")
            again(dispatcher, last, audience)
            return []
        told = f"Oké, ik antwoord je als {AUDIENCE_WORDS[audience]}."
        if last and said_just_now(tracker) and differs(last, audience, tracker):
            say(dispatcher, told)
            again(dispatcher, last, audience)
        else:
            if last and said_just_now(tracker) and audience in last.topic.audiences:
                told += " Het antwoord hierboven geldt ook voor jou."
            known = titles()
            questions = tuple(known[topic] for topic in FIRST_QUESTIONS[audience] if topic in known)
            say(dispatcher, f"{told} Waarmee kan ik je helpen?", buttons=questions)
        return [SlotSet("doelgroep", audience)]


class Bevestig(Action):
    """Yes, to whatever was offered last: its first button."""

    def name(self) -> str:
        return "action_bevestig"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        offered = last_offer(tracker)
        topic = {title: name for name, title in topic_titles().items()}.get(offered or "")
        if offered in FORMS:
            return [FollowupAction(FORMS[offered])]
        if offered in SET_GOING:
            return await SET_GOING[offered]().run(dispatcher, tracker, domain)
        if topic:
            dispatcher.utter_message(response=f"utter_faq/{topic}")
        else:
            say(dispatcher, "Prima! Waarmee kan ik je nog helpen?", buttons=("Wat kan je allemaal?",))
        return []


# The forms that a yes to these buttons opens.
FORMS: dict[str | None, str] = {STAFF: "contactformulier", GUIDE: "erkenningsgids"}
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
        say(dispatcher, "We beginnen opnieuw. Waarmee kan ik je helpen?", buttons=tuple(AUDIENCES.values()))
        return [AllSlotsReset()]


@dataclass(frozen=True)
class Shown:
    """An answer that was given: its topic, and the audience when it was given for another than who is talking.

    ``whole``: there is no longer version, or it was given as well.
    """

    topic: Topic
    audience: str | None
    whole: bool = False


def again(dispatcher: CollectingDispatcher, shown: Shown, audience: str | None, **extra: Any) -> None:
    """The same answer, for this audience."""
    for_whom = {"doelgroep": audience} if audience else {}
    dispatcher.utter_message(response=f"utter_faq/{shown.topic.name}", **for_whom, **extra)


def differs(shown: Shown, audience: str, tracker: Tracker) -> bool:
    """Whether this audience gets another answer than the one that was shown."""
    before = shown.audience or tracker.get_slot("doelgroep")
    return shown.topic.answer_for(audience) != shown.topic.answer_for(before)


def last_answer(tracker: Tracker) -> Shown | None:
    """The last answer to a topic in this conversation."""
    for event in reversed(tracker.events):
        metadata = event.get("metadata") or {}
        response = metadata.get("utter_action") or ""
        if event.get("event") == "bot" and response.startswith("utter_faq/"):
            path = next(DATA.glob(f"faq/*/{response.removeprefix('utter_faq/')}.yml"), None)
            return _shown(topic(path), metadata, tracker) if path else None
    return None


def _shown(of: Topic, metadata: dict[str, Any], tracker: Tracker) -> Shown:
    audience = metadata.get("doelgroep")
    longer = of.answer_for(audience or tracker.get_slot("doelgroep")).more
    return Shown(of, audience, whole=not longer or metadata.get("deel") == "meer")


def said_just_now(tracker: Tracker) -> bool:
    """Whether the last thing said before this message was an answer to a topic."""
    said = [event for event in tracker.events if event.get("event") == "bot"]
    return bool(said) and str((said[-1].get("metadata") or {}).get("utter_action") or "").startswith("utter_faq/")


def last_offer(tracker: Tracker) -> str | None:
    """Words of the first button in what the assistant said last."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            buttons = (event.get("data") or {}).get("buttons") or ()
            return str(buttons[0]["payload"]) if buttons else None
    return None
