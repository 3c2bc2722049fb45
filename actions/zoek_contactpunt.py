"""Whom to phone, mail or visit."""

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import catalog
from actions.reply import EMERGENCY_EXIT, STAFF, say
from actions.search_state import SearchState, entities_of
from answers.content import date_in_words

TASK = "zoek_contactpunt"
CHOICES = ("Sectorfonds voor de bouw", "Contactpunt in Antwerpen", "Contactpunt in Limburg")


class ZoekContactpunt(Action):
    """Answer with at most three contact points, each with what it is for and how to reach it."""

    def name(self) -> str:
        return "action_zoek_contactpunt"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        wish = wish_of(tracker)
        try:
            points = await asyncio.to_thread(catalog.find_contacts, wish)
        except catalog.DatabaseError:
            say(dispatcher, "Het opzoeken lukt nu even niet. Probeer het straks opnieuw.", EMERGENCY_EXIT)
            return []
        opening = "Hier kan je terecht:"
        if wish.is_empty():
            opening = "Hier kan je altijd terecht. Zeg mij je gemeente of je sector, dan zoek ik dichterbij."
        checked = date_in_words(max(point.verified_on for point in points))
        say(
            dispatcher,
            opening,
            *map(describe, points),
            f"Klopt er iets niet meer? {EMERGENCY_EXIT}",
            f"Bron: openbare webpagina's van deze organisaties, soms wat ouder. Nagekeken op {checked}.",
            buttons=(*(CHOICES if wish.is_empty() else ()), STAFF),
        )
        return [SearchState(TASK, {name: value for name, value in vars(wish).items() if value}).event()]


def wish_of(tracker: Tracker) -> catalog.ContactWish:
    """The wish of the last message; a bare place after a search for contacts keeps the sector."""
    said = entities_of(tracker)
    state = SearchState.of(tracker)
    before = state.wish if state.kind == TASK and not said.get("organisatie") else {}
    only_place = bool(said.get("gemeente") or said.get("regio")) and not said.get("sector")
    return catalog.ContactWish(
        organisation=said.get("organisatie"),
        sector=said.get("sector") or (before.get("sector") if only_place and _continues(tracker) else None),
        municipality=said.get("gemeente"),
        region=None if said.get("gemeente") else said.get("regio"),
        audience=tracker.get_slot("doelgroep"),
    )


def _continues(tracker: Tracker) -> bool:
    return (tracker.latest_message.get("text") or "").casefold().startswith(("en ", "ook ", "maar "))


def describe(point: catalog.ContactPoint) -> str:
    """Name, what for, and every way to reach it that is known."""
    about = point.what_for.rstrip(".")
    why = f" ({point.why})" if point.why else ""
    ways = [
        f"- Telefoon: {point.phone}" if point.phone else "",
        f"- E-mail: {point.email}" if point.email else "",
        f"- Website: {point.website}" if point.website else "",
    ]
    if not any(ways):
        ways = ["- Ik heb geen telefoonnummer, e-mailadres of website."]
    doubt = "- Niet zeker of dit nog bestaat: vraag het na." if point.confidence == "low" else ""
    return "\n".join(filter(None, [f"{point.name}{why}: {about}.", *ways, doubt]))
