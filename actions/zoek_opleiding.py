"""Which dual programmes fit a wish, and where they are offered."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import catalog
from actions.programme_cards import FINDER, OFFICIAL, card
from actions.reply import EMERGENCY_EXIT, OUT_OF_ORDER, STAFF, say, say_cards, several
from actions.search_state import SearchState, Trade, asked_which_place, entities_of, other_trade, without_names
from answers.content import date_in_words

TASK = "zoek_opleiding"
MORE = "Toon meer"
SUGGESTIONS = ("Iets in de bouw", "Iets met auto's", "Iets in de zorg", "Iets in de horeca")
ENROL = "Hoe schrijf ik mij in voor duaal leren?"
FINALITIES = {r"dubbele\s+finaliteit|\bD/A\b": "dubbele finaliteit", r"arbeidsmarkt": "arbeidsmarktfinaliteit"}
# Words that may follow "in" without being a place.
NO_PLACES = frozenset(
    """
    de het een t 't mijn mn m'n onze ons uw je jouw duaal duale vlaanderen vlaandere belgie belgië buurt omgeving regio
    deze die dat dit wat welke alle ander school bedrijf keuken winkel zorg bouw horeca sector graad
    tweede derde vierde vijfde zesde zevende 2de 3de 7de september januari augustus 2026 2027
    """.split()
)
# Words of a search that say nothing about what is searched.
SEARCH_WORDS = NO_PLACES | frozenset(
    """
    aanbod alles alstublieft andere beroep bestaan bestaat bij duale dichtbij dingen doen doet eens elke ergens ervoor
    gaan ga geef geen goed goede graag haar hallo hebben hebt heeft heb help hij hoe hun iemand iets ik is jaar job
    jongen kan kun kunt kunnen krijg kind klas leer leert leren lijst maar mag meer meisje met mij misschien moet naar
    niet nog nodig ofzo onderwijs ook opleiding opleidingen opzoeken over overzicht plaats richting richtingen rond
    scholen sorry studeren studie studies te tonen toon van vak vandaag vind vinden voor volgen volgt volg waar wanneer
    wel werk werken werkplek wie wij wil willen wilt word worden wordt zelf zien zij zijn zoek zoeken zoekt zou zoon
    dan daar dat die dit dochter er hier nu toch want zeg zijt zit zitten zonder euh ge gij kwil kzoek zoekn nr der den
    nen ne wa da me mee
    """.split()
)
MOST_WORDS = 4


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
        trade = other_trade(tracker)
        if trade:
            return await self._without_programme(dispatcher, tracker, trade, wish)
        if wish.is_empty():
            say(
                dispatcher,
                "Welk beroep of welke richting zoek je? Typ bijvoorbeeld kapper, lasser of iets met hout.",
                "Zeg er gerust een gemeente bij." if not (wish.municipality or wish.region) else "",
                buttons=SUGGESTIONS,
            )
            return [SearchState(TASK, wish.as_dict()).event()]
        return await asked_which_place(dispatcher, tracker, TASK, wish) or await show(dispatcher, wish)

    async def _without_programme(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, trade: Trade, wish: catalog.ProgrammeWish
    ) -> list[Any]:
        """Say so, and show what there is in the sector around it."""
        unknown = f"Een duale opleiding voor {trade.name} ken ik niet. Zoek ook eens op {FINDER}."
        if trade.sector:
            asked = await asked_which_place(dispatcher, tracker, TASK, wish)
            return asked or await show(dispatcher, wish, opening=(unknown,))
        say(dispatcher, unknown, buttons=(*SUGGESTIONS[:2], STAFF))
        return [SearchState(TASK, wish.as_dict()).event()]


async def show(
    dispatcher: CollectingDispatcher,
    wish: catalog.ProgrammeWish,
    offset: int = 0,
    before: Sequence[str] = (),
    opening: Sequence[str] = (),
) -> list[Any]:
    """Say one page of results below an opening.

    Remembers which were shown, those shown ``before`` included, and where the next page starts.
    """
    try:
        page = await asyncio.to_thread(catalog.search, wish, offset)
    except catalog.DatabaseError:
        say(dispatcher, OUT_OF_ORDER, EMERGENCY_EXIT, buttons=(STAFF,))
        return []
    if not page.programmes:
        say(
            dispatcher,
            f"Ik vond geen duale opleiding voor {in_words(wish)}.",
            f"Dat wil niet zeggen dat ze niet bestaat. Zoek ook eens op {FINDER}.",
            buttons=(*SUGGESTIONS[:2], STAFF),
        )
        # Words that led nowhere are not kept: a place that follows must not narrow nothing.
        return [SearchState(TASK, replace(wish, words=None).as_dict()).event()]
    say_cards(
        dispatcher,
        [card(programme, wish.municipality) for programme in page.programmes],
        before=[*opening, _headline(page, wish) if offset == 0 else f"Dit zijn de volgende voor {in_words(wish)}:"],
        after=[*_cautions(page), "Meer weten over één ervan? Typ bijvoorbeeld “vertel meer over de tweede”."],
        buttons=(*([MORE] if page.next_offset else []), ENROL, STAFF),
    )
    shown = [*before, *(programme.id for programme in page.programmes)]
    return [SearchState(TASK, wish.as_dict(), page.next_offset, shown).event()]


def wish_of(tracker: Tracker) -> catalog.ProgrammeWish:
    """The wish of the last message; one that only narrows (a place, a grade) keeps what was searched before."""
    said = entities_of(tracker)
    state = SearchState.of(tracker)
    before = state.wish if state.kind == TASK else {}
    text = tracker.latest_message.get("text") or ""
    trade = other_trade(tracker)
    subject = {"programme": said.get("opleiding"), "sector": said.get("sector"), "words": None}
    # A trade says more than the sector around it.
    if subject["programme"]:
        subject["sector"] = None
    elif trade:
        subject["sector"] = trade.sector
    fresh = bool(trade) or any(subject.values())
    if not fresh:
        subject = {name: before.get(name) for name in subject}
    if not any(subject.values()) and not trade and not said.get("graad"):
        subject["words"] = unknown_words(tracker)
    place = {"municipality": said.get("gemeente"), "region": None if said.get("gemeente") else said.get("regio")}
    if not any(place.values()) and not re.search(r"heel vlaanderen", text, re.I):
        place = {name: before.get(name) for name in place}
    grade = said.get("graad") or (None if fresh else before.get("grade"))
    finality = finality_in(text) or (None if fresh else before.get("finality"))
    return catalog.ProgrammeWish(**subject, **place, grade=grade, finality=finality)


def finality_in(text: str) -> str | None:
    """The finality that a message names, as the catalogue has it."""
    return next((finality for pattern, finality in FINALITIES.items() if re.search(pattern, text, re.I)), None)


def unknown_words(tracker: Tracker) -> str | None:
    """What is left of a message without the names that we know and the words that every search has."""
    left = [word for word in re.findall(r"[^\W\d_]{3,}", without_names(tracker)) if word.casefold() not in SEARCH_WORDS]
    return " ".join(left) if 1 <= len(left) <= MOST_WORDS else None


def unknown_place(tracker: Tracker) -> str | None:
    """A name behind *in* that is no place we know, as typed."""
    if {"gemeente", "regio"} & set(entities_of(tracker)):
        return None
    text = without_names(tracker)
    for match in re.finditer(r"\b(?:in|te|rond|nabij|omgeving|regio)\s+([^\W\d_][\w'’-]{2,})", text, re.I):
        if match[1].casefold() not in NO_PLACES and (match[1][0].isupper() or match.end() >= len(text.rstrip(" ?!."))):
            return match[1]
    return None


def _cautions(page: catalog.Page) -> list[str]:
    """How far to trust the schools, and where the programmes come from."""
    checked = max(programme.verified_on for programme in page.programmes)
    far = any(offer.kilometres for programme in page.programmes for offer in programme.offers)
    return [
        "Mijn lijst met scholen is niet volledig en soms oud. "
        + ("Afstanden zijn in vogelvlucht. " if far else "")
        + f"Vraag het na bij de school, of zoek op {FINDER}.",
        f"Bron: opleidingen van de {OFFICIAL}; scholen van openbare webpagina's. "
        f"Nagekeken op {date_in_words(checked)}.",
    ]


def _headline(page: catalog.Page, wish: catalog.ProgrammeWish) -> str:
    # Relatives come along: who asks for a cook is shown the kitchen hand as well.
    alike = " of wat erop lijkt" if wish.programme and page.total > 1 else ""
    number = several(page.total, "duale opleiding", "duale opleidingen")
    found = f"Ik vond {number} voor {in_words(wish, place=False)}{alike}."
    place = wish.municipality or wish.region
    if not place:
        return found
    if page.nearby:
        if page.nearby == 1:
            return f"{found} In {place} zag ik een school voor 1 daarvan: die staat eerst."
        return f"{found} In {place} zag ik scholen voor {page.nearby} daarvan: die staan eerst."
    nothing = f"{found} Van een school in {place} weet ik niets."
    if any(offer.kilometres for programme in page.programmes for offer in programme.offers):
        return f"{nothing} De dichtste die ik ken, staan eerst:"
    return f"{nothing} {'Dit zijn de opleidingen' if page.total > 1 else 'Dit is de opleiding'}:"


def in_words(wish: catalog.ProgrammeWish, place: bool = True) -> str:
    """The wish as it stands in a sentence."""
    words = f"“{wish.words}”" if wish.words else None
    subject = wish.programme or (wish.sector and f"de sector {wish.sector}") or words or "alle richtingen"
    marks = ", ".join(filter(None, [wish.grade, wish.finality]))
    where = wish.municipality or wish.region
    return subject + (f" ({marks})" if marks else "") + (f" in {where}" if place and where else "")
