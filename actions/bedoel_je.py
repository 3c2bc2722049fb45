"""Honest doubt: ask what was meant, and after the second time offer a person."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import zoek_contactpunt, zoek_opleiding
from actions.reply import STAFF, say
from actions.search_state import SearchState, entities_of
from actions.zoek_contactpunt import ZoekContactpunt
from actions.zoek_opleiding import ZoekOpleiding
from answers.content import NOT_UNDERSTOOD
from answers.glossary import glossary

PROPOSALS = 3
# Below this a proposal helps nobody.
LEAST = 0.03
# Tasks that nobody means by a question that was not understood.
NEVER_PROPOSED = frozenset(
    [
        "scheldwoorden",
        "buiten_domein",
        "bevestig",
        "ontken",
        "annuleer",
        "groet",
        "afscheid",
        "bedankt",
        "feedback_positief",
        "feedback_negatief",
        "toon_meer",
        "meer_uitleg",
        "ik_ben",
        "herbegin",
    ]
)
# A longer message says by itself what it is about.
MOST_WORDS = 5
NONE_OF_THESE = "Geen van deze"


class BedoelJe(Action):
    """Offer the two or three likeliest questions; the second time in a row, the contact form."""

    def name(self) -> str:
        return "action_bedoel_je"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        search = going_on(tracker)
        if search:
            return await search.run(dispatcher, tracker, domain)
        if glossary().defined(tracker.latest_message.get("text") or ""):
            dispatcher.utter_message(response="utter_faq/begrippen")
            return []
        options = proposals(tracker.latest_message.get("decision") or [])
        if failed_before(tracker):
            say(
                dispatcher,
                "Sorry, ik begrijp je nog niet goed.",
                "Wil je je vraag aan een medewerker stellen via het contactformulier? Die antwoordt je persoonlijk.",
                buttons=(STAFF, *options[:2]),
            )
        elif options:
            say(dispatcher, "Ik weet niet zeker of ik je goed begrijp. Bedoel je:", buttons=(*options, NONE_OF_THESE))
        else:
            say(
                dispatcher,
                "Dat begrijp ik niet goed.",
                "Ik weet iets over duaal leren, leerwerkplekken en het einde van leren en werken.",
                "Zeg het eens in andere woorden, of kies hieronder.",
                buttons=("Wat kan je allemaal?", "Zoek een opleiding", STAFF),
            )
        return []


def going_on(tracker: Tracker) -> Action | None:
    """The search that a bare name behind one goes on with: *en in Mol?*, *of bakker*."""
    narrows = {"opleiding", "sector", "gemeente", "regio", "graad"} & set(entities_of(tracker))
    searches = {zoek_opleiding.TASK: ZoekOpleiding, zoek_contactpunt.TASK: ZoekContactpunt}
    kind = SearchState.of(tracker).kind
    short = len((tracker.latest_message.get("text") or "").split()) <= MOST_WORDS
    return searches[kind]() if narrows and short and kind in searches else None


def proposals(decision: list[dict[str, Any]]) -> tuple[str, ...]:
    """Titles of the likeliest labels that are worth asking about."""
    fit = [
        choice["titel"]
        for choice in decision
        if choice["titel"] and choice["confidence"] >= LEAST and choice["label"] not in NEVER_PROPOSED
    ]
    return tuple(fit[:PROPOSALS])


def failed_before(tracker: Tracker) -> bool:
    """The message before this one was not understood either."""
    users = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            users += 1
        if event.get("event") == "action" and users == 1 and event.get("name") != "action_listen":
            return event.get("name") in NOT_UNDERSTOOD
        if users > 1:
            return False
    return False
