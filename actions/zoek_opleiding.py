"""Which dual programmes fit a wish, and where they are offered."""

import asyncio
import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import catalog
from actions.reply import EMERGENCY_EXIT, STAFF, say, several
from actions.search_state import SearchState, entities_of
from answers.content import date_in_words

TASK = "zoek_opleiding"
MORE = "Toon meer"
SCHOOLS_SHOWN = 3
SUGGESTIONS = ("Iets in de bouw", "Iets met auto's", "Iets in de zorg", "Iets in de horeca")
ENROL = "Hoe schrijf ik mij in voor duaal leren?"
FINDER = "https://www.onderwijskiezer.be"
# Words that may follow "in" without being a place.
NO_PLACES = frozenset(
    [
        "de",
        "het",
        "een",
        "t",
        "'t",
        "mijn",
        "mn",
        "m'n",
        "onze",
        "ons",
        "uw",
        "je",
        "jouw",
        "duaal",
        "duale",
        "vlaanderen",
        "vlaandere",
        "belgie",
        "belgië",
        "buurt",
        "derde",
        "tweede",
        "zevende",
        "3de",
        "2de",
        "7de",
        "vijfde",
        "vierde",
        "zesde",
        "derde",
        "graad",
        "deze",
        "die",
        "dat",
        "dit",
        "wat",
        "welke",
        "alle",
        "school",
        "een",
        "ander",
        "sector",
        "september",
        "januari",
        "augustus",
        "2026",
        "2027",
        "de",
        "omgeving",
        "school",
        "bedrijf",
        "keuken",
        "winkel",
        "zorg",
        "bouw",
        "horeca",
    ]
)


class ZoekOpleiding(Action):
    """Answer which programmes fit, with grade, finality and, where known, schools."""

    def name(self) -> str:
        return "action_zoek_opleiding"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        wish = wish_of(tracker)
        stranger = unknown_place(tracker)
        if stranger:
            say(
                dispatcher,
                f"Ik ken geen gemeente “{stranger}” in Vlaanderen of Brussel.",
                "Typ de naam van een gemeente of een postcode. Of ik zoek in heel Vlaanderen.",
                buttons=("In heel Vlaanderen", STAFF),
            )
            return [SearchState(TASK, wish.as_dict()).event()]
        if wish.is_empty():
            say(
                dispatcher,
                "Welk beroep of welke richting zoek je? Typ bijvoorbeeld kapper, lasser of iets met hout.",
                "Zeg er gerust een gemeente bij." if not (wish.municipality or wish.region) else "",
                buttons=SUGGESTIONS,
            )
            return [SearchState(TASK, wish.as_dict()).event()]
        return await show(dispatcher, wish, 0)


async def show(dispatcher: CollectingDispatcher, wish: catalog.ProgrammeWish, offset: int) -> list[Any]:
    """Say one page of results and remember where the next one starts."""
    try:
        page = await asyncio.to_thread(catalog.search, wish, offset)
    except catalog.DatabaseError:
        say(dispatcher, "Het opzoeken lukt nu even niet. Probeer het straks opnieuw.", EMERGENCY_EXIT, buttons=(STAFF,))
        return []
    if not page.programmes:
        say(
            dispatcher,
            f"Ik vond geen duale opleiding voor {in_words(wish)}.",
            f"Dat wil niet zeggen dat ze niet bestaat. Zoek ook eens op {FINDER}.",
            buttons=(*SUGGESTIONS[:2], STAFF),
        )
        return [SearchState(TASK, wish.as_dict()).event()]
    say(dispatcher, *message(page, wish), buttons=(*([MORE] if page.next_offset else []), ENROL, STAFF))
    return [SearchState(TASK, wish.as_dict(), page.next_offset).event()]


def wish_of(tracker: Tracker) -> catalog.ProgrammeWish:
    """The wish of the last message; one that only narrows (a place, a grade) keeps what was searched before."""
    said = entities_of(tracker)
    state = SearchState.of(tracker)
    before = state.wish if state.kind == TASK else {}
    subject = {"programme": said.get("opleiding"), "sector": said.get("sector")}
    # A trade says more than the sector around it.
    if subject["programme"]:
        subject["sector"] = None
    if not any(subject.values()):
        subject = {name: before.get(name) for name in subject}
    fresh = bool(said.get("opleiding") or said.get("sector"))
    place = {"municipality": said.get("gemeente"), "region": None if said.get("gemeente") else said.get("regio")}
    if not any(place.values()) and not re.search(r"heel vlaanderen", tracker.latest_message.get("text") or "", re.I):
        place = {name: before.get(name) for name in place}
    grade = said.get("graad") or (None if fresh else before.get("grade"))
    return catalog.ProgrammeWish(**subject, **place, grade=grade)


def unknown_place(tracker: Tracker) -> str | None:
    """A name behind *in* that is no place we know, as typed."""
    if {"gemeente", "regio"} & set(entities_of(tracker)):
        return None
    text = tracker.latest_message.get("text") or ""
    for entity in tracker.latest_message.get("entities") or ():
        text = text[: entity["start"]] + " " * (entity["end"] - entity["start"]) + text[entity["end"] :]
    for match in re.finditer(r"\b(?:in|te|rond|nabij|omgeving|regio)\s+([^\W\d_][\w'’-]{2,})", text, re.I):
        if match[1].casefold() not in NO_PLACES and (match[1][0].isupper() or match.end() >= len(text.rstrip(" ?!."))):
            return match[1]
    return None


def message(page: catalog.Page, wish: catalog.ProgrammeWish) -> list[str]:
    """Paragraphs of a reply: what was found, the programmes, how far to trust it, where it comes from."""
    first = page.offset == 0
    checked = max(programme.verified_on for programme in page.programmes)
    return [
        _headline(page, wish) if first else f"Dit zijn de volgende voor {in_words(wish)}:",
        "\n".join(_line(programme) for programme in page.programmes),
        f"Mijn lijst met scholen is niet volledig en soms oud. Vraag het na bij de school, of zoek op {FINDER}.",
        "Bron: opleidingen van de Vlaamse overheid, Departement Onderwijs en Vorming; scholen van openbare "
        f"webpagina's. Nagekeken op {date_in_words(checked)}.",
    ]


def _headline(page: catalog.Page, wish: catalog.ProgrammeWish) -> str:
    found = f"Ik vond {several(page.total, 'duale opleiding', 'duale opleidingen')} voor {in_words(wish, place=False)}."
    place = wish.municipality or wish.region
    if not place:
        return found
    if page.nearby:
        if page.nearby == 1:
            return f"{found} In {place} zag ik een school voor 1 daarvan: die staat eerst."
        return f"{found} In {place} zag ik scholen voor {page.nearby} daarvan: die staan eerst."
    return f"{found} Van een school in {place} weet ik niets. Dit zijn de opleidingen, en scholen die ik elders ken:"


def in_words(wish: catalog.ProgrammeWish, place: bool = True) -> str:
    """The wish as it stands in a sentence."""
    subject = wish.programme or (wish.sector and f"de sector {wish.sector}") or "alle richtingen"
    grade = f" ({wish.grade})" if wish.grade else ""
    where = wish.municipality or wish.region
    return f"{subject}{grade}" + (f" in {where}" if place and where else "")


def _line(programme: catalog.Programme) -> str:
    about = ", ".join(filter(None, [programme.grade, programme.finality]))
    doubt = " Niet zeker of deze opleiding nog bestaat." if programme.confidence == "low" else ""
    return f"- {programme.name} ({about}).{doubt}{_schools(programme.offers)}"


def _schools(offers: tuple[catalog.Offer, ...]) -> str:
    if not offers:
        return " Scholen: niet bekend."
    newest: dict[tuple[str, str | None], catalog.Offer] = {}
    for offer in offers:
        newest.setdefault((offer.school, offer.municipality), offer)
    unique = list(newest.values())
    shown = "; ".join(map(_school, unique[:SCHOOLS_SHOWN]))
    rest = len(unique) - SCHOOLS_SHOWN
    return f" Gezien bij: {shown}" + (f"; en nog {rest}." if rest > 0 else ".")


def _school(offer: catalog.Offer) -> str:
    place = f" in {offer.municipality}" if offer.municipality else ""
    year = f"schooljaar {offer.school_year}" if offer.school_year else "jaar niet bekend"
    return f"{offer.school}{place} ({year})"
