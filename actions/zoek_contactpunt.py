"""Whom to phone, mail or visit."""

import asyncio
import re
from collections.abc import Sequence
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
# What somebody asks of a contact point by name, and which field holds it; we keep no addresses of buildings.
WAYS = (
    ("Een telefoonnummer", re.compile(r"\b(telefoon\w*|gsm\w*|tel|nummers?)\b"), "phone"),
    ("Een mailadres", re.compile(r"\be?-?mail"), "email"),
    ("Een website", re.compile(r"\b(website|webadres|site)\b"), "website"),
    ("Een adres", re.compile(r"\b(post)?adres\b"), None),
)
# Four digits that are sooner a year than a postcode.
YEARS = range(2010, 2040)
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
            before=[
                not_known(tracker.latest_message.get("text") or "", wish, points[0]),
                opening(wish, subject, points),
                need.tip if need else "",
            ],
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
    text = tracker.latest_message.get("text") or ""
    need = catalog.need_in(text)
    here = {
        "municipality": said.get("gemeente") or (None if said.get("regio") else _by_postcode(text)),
        "region": None if said.get("gemeente") else said.get("regio"),
    }
    sector = said.get("sector") or (trade and trade.sector)
    organisation = said.get("organisatie")
    names_nothing = not (organisation or sector or any(here.values()))
    state = SearchState.of(tracker)
    goes_on = _goes_on(tracker) or (names_nothing and _came_last(tracker))
    before = state.wish if state.kind == TASK and goes_on and not organisation else {}
    if names_nothing and not need:
        organisation = before.get("organisation")
    if not any(here.values()):
        here = {name: before.get(name) for name in here}
    return catalog.ContactWish(
        organisation=organisation,
        need=need or before.get("need"),
        sector=sector or before.get("sector"),
        audience=tracker.get_slot("doelgroep"),
        **here,
    )


def _goes_on(tracker: Tracker) -> bool:
    """Whether the message adds to what was asked before: it begins so, or is nothing but a name."""
    message = tracker.latest_message
    adds = re.match(r"\W*(en|ook|maar)\b", message.get("text") or "", re.I)
    return bool(adds or (message.get("vervolg") or {}).get("namen"))


def _came_last(tracker: Tracker) -> bool:
    """Whether a search for a contact point was the last thing done."""
    done = (event.get("name") for event in reversed(tracker.events) if event.get("event") == "action")
    return next((name for name in done if name != "action_listen"), None) == f"action_{TASK}"


def _by_postcode(text: str) -> str | None:
    """The municipality of a postcode that stands bare in the message: *contactpunt 2440*."""
    for code in re.findall(r"(?<![\d/.-])[1-9]\d{3}(?![\d/.-])", text):
        meant = catalog.municipalities_called(code) if int(code) not in YEARS else ()
        if meant:
            return meant[0]
    return None


def opening(wish: catalog.ContactWish, subject: str, points: Sequence[catalog.ContactPoint]) -> str:
    """The sentence above the contact points; it admits who was asked for and is not among them."""
    if wish.is_empty():
        return "Hier kan je altijd terecht. Zeg mij je gemeente of je sector, dan zoek ik dichterbij."
    has_place = bool(wish.municipality or wish.region)
    shown = {name for point in points for name in (point.id, point.name)}
    if wish.organisation and has_place and wish.organisation not in shown:
        return f"{wish.organisation} werkt niet in die streek. Hier kan je wel terecht:"
    if subject and not wish.organisation:
        if has_place and not any(point.for_need for point in points):
            return f"Voor {subject} ken ik niemand in die streek. Hier kan je wel terecht:"
        if not has_place and "Vlaanderen" not in points[0].region.split("|"):
            return f"In welke gemeente of streek? Zeg het mij, dan zoek ik wie er daar is voor {subject}. Dit ken ik:"
    return f"Hier kan je terecht voor {subject}:" if subject else "Hier kan je terecht:"


def not_known(text: str, wish: catalog.ContactWish, point: catalog.ContactPoint) -> str:
    """Admits first that the number or address that was asked for is missing, and says where else to ask."""
    folded = text.casefold()
    asked = next(((words, field) for words, pattern, field in WAYS if pattern.search(folded)), None)
    if asked is None or (asked[1] and getattr(point, asked[1])):
        return ""
    if wish.is_empty():
        # "Het nummer van mijn school": whoever it is, nobody of ours.
        return "Dat staat niet in mijn lijst." if re.search(r"\bvan\b", folded) else ""
    sentence = f"{asked[0]} van {point.name} ken ik niet."
    return (
        sentence if point.phone or point.email or point.website else f"{sentence} Vraag het aan 1700: bellen is gratis."
    )


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
