"""Whom to phone, mail or visit."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import catalog
from actions.reply import EMERGENCY_EXIT, OUT_OF_ORDER, STAFF, Card, mail_link, phone_link, say, say_cards, site_link
from actions.search_state import SearchState, asked_which_place, entities_of, other_trade
from answers.content import date_in_words

TASK = "zoek_contactpunt"
WHICH_FUND = "Welk sectorfonds je bedrijf heeft, hangt af van je paritair comité: dat is het overleg van je sector."
CHOICES = ("Sectorfonds voor de bouw", "Contactpunt in Antwerpen", "Contactpunt in Limburg")


class ZoekContactpunt(Action):
    """Answer with at most three contact points, each with why it is the right one and how to reach it."""

    def name(self) -> str:
        return "action_zoek_contactpunt"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        try:
            wish, need, points = await asyncio.to_thread(look_up, tracker)
        except catalog.DatabaseError:
            say(dispatcher, OUT_OF_ORDER, EMERGENCY_EXIT)
            return []
        asked = await asked_which_place(dispatcher, tracker, TASK, wish)
        if asked:
            return asked
        subject = need.title if need else ""
        checked = date_in_words(max(point.verified_on for point in points))
        say_cards(
            dispatcher,
            [card_of(point, subject or "duaal leren") for point in points],
            before=[opening(wish, subject), need.tip if need else ""],
            after=[
                WHICH_FUND if any(point.kind == "sectorfonds" for point in points) else "",
                f"Klopt er iets niet meer? {EMERGENCY_EXIT}",
                f"Bron: openbare webpagina's van deze organisaties, soms wat ouder. Nagekeken op {checked}.",
            ],
            buttons=(*(CHOICES if wish.is_empty() else ()), STAFF),
        )
        return [SearchState(TASK, wish.as_dict()).event()]


def look_up(tracker: Tracker) -> tuple[catalog.ContactWish, catalog.Need | None, list[catalog.ContactPoint]]:
    """What the last message asks for, and who helps with it.

    Raises:
        DatabaseError: the database cannot be read.
    """
    wish = wish_of(tracker)
    need = catalog.find_need(wish.need) if wish.need and not wish.organisation else None
    return wish, need, catalog.find_contacts(wish)


def wish_of(tracker: Tracker) -> catalog.ContactWish:
    """The wish of the last message; one that only adds a place, a sector or a need keeps the others.

    Raises:
        DatabaseError: the database cannot be read.
    """
    said, trade = entities_of(tracker), other_trade(tracker)
    need = catalog.need_in(tracker.latest_message.get("text") or "")
    state = SearchState.of(tracker)
    goes_on = state.kind == TASK and not said.get("organisatie") and _goes_on(tracker)
    before = state.wish if goes_on else {}
    here = {"municipality": said.get("gemeente"), "region": None if said.get("gemeente") else said.get("regio")}
    if not any(here.values()):
        here = {name: before.get(name) for name in here}
    return catalog.ContactWish(
        organisation=said.get("organisatie"),
        need=need or before.get("need"),
        sector=said.get("sector") or (trade and trade.sector) or before.get("sector"),
        audience=tracker.get_slot("doelgroep"),
        **here,
    )


def _goes_on(tracker: Tracker) -> bool:
    """Whether the message adds to what was asked before: it begins so, or is nothing but a name."""
    message = tracker.latest_message
    adds = re.match(r"\W*(en|ook|maar)\b", message.get("text") or "", re.I)
    return bool(adds or (message.get("vervolg") or {}).get("namen"))


def opening(wish: catalog.ContactWish, subject: str) -> str:
    """The sentence above the contact points."""
    if wish.is_empty():
        return "Hier kan je altijd terecht. Zeg mij je gemeente of je sector, dan zoek ik dichterbij."
    return f"Hier kan je terecht voor {subject}:" if subject else "Hier kan je terecht:"


def card_of(point: catalog.ContactPoint, subject: str) -> Card:
    """What it is, why it was chosen, what for, and every way to reach it that is known."""
    links = [
        *([phone_link(point.phone)] if point.phone else []),
        *([mail_link(point.email, f"Vraag over {subject}")] if point.email else []),
        *([site_link(point.website)] if point.website else []),
    ]
    lines = [
        f"Waarom: {point.why}." if point.why else "",
        f"{point.what_for.rstrip('.')}.",
        "" if links else "Ik heb geen telefoonnummer, e-mailadres of website.",
        "Niet zeker of dit nog bestaat: vraag het na." if point.confidence == "low" else "",
    ]
    return Card(
        title=point.name,
        marks=(point.kind, point.where()),
        lines=tuple(filter(None, lines)),
        links=tuple(links),
        source=source_of(point),
    )


def source_of(point: catalog.ContactPoint) -> str:
    """The site where it was read, and when."""
    sites = [urlsplit(one.strip()).hostname for one in point.source.split(" ; ")]
    site = next(filter(None, sites), None)
    read = f"Nagekeken op {date_in_words(point.verified_on)}."
    return f"Bron: {site.removeprefix('www.')}. {read}" if site else f"Bron: openbaar document. {read}"
