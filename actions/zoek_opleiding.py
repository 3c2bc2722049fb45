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
from actions.search_state import (
    SearchState,
    Trade,
    asked_which_place,
    entities_of,
    other_trade,
    place_called,
    refused_kinds,
    widened,
    without_names,
)
from answers.content import date_in_words

TASK = "zoek_opleiding"
MORE = "Toon meer"
SUGGESTIONS = ("Iets in de bouw", "Iets met auto's", "Iets in de zorg", "Iets in de horeca")
# The title of the topic studiekeuze_hulp.
CHOOSING = "Wie helpt mij kiezen?"
ENROL = "Hoe schrijf ik mij in voor duaal leren?"
FINALITIES = {r"dubbele\s+finaliteit|\bD/A\b": "dubbele finaliteit", r"arbeidsmarkt": "arbeidsmarktfinaliteit"}
# What of a wish the kinds of name stand for.
SUBJECT, PLACE = ("programme", "sector", "words"), ("municipality", "region")
FIELDS = {"opleiding": SUBJECT, "sector": SUBJECT, "beroep": SUBJECT, "gemeente": PLACE, "regio": PLACE}
# Without a name of ours, who says this begins anew.
ANEW = re.compile(
    r"\b(?:ander\w*|nieuwe?)\s+(?:opleiding|richting|beroep|job|vak|zoektocht)|\bopnieuw\b"
    r"|^\W*(?:(?:ik|we|wij)\s+)?(?:zoek|kzoek)(?:en)?\s+(?:naar\s+)?(?:een|'n)\s+(?:duale\s+)?opleiding\W*$",
    re.I,
)
# Words that may follow "in" without being a place.
NO_PLACES = frozenset(
    """
    de het een t 't mijn mn m'n onze ons uw je jouw duaal duale vlaanderen vlaandere belgie belgië buurt omgeving
    regio deze die dat dit wat welke alle overal heel gans hele ganse ander school bedrijf keuken winkel
    zorg bouw horeca sector graad tweede derde vierde vijfde zesde zevende 2de 3de 7de september januari augustus
    2026 2027
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
    nen ne wa da me mee nee neen eigenlijk liever laat vallen niks niets weet idee enkel alleen
    kies kiezen keuze gekozen twijfel twijfelen handen men uit maakt
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
            example = "Typ bijvoorbeeld kapper, lasser of iets met hout."
            # The example may be the very thing that was refused.
            refused = "Oké, dat niet. Welk beroep of welke richting zoek je dan wel?"
            say(
                dispatcher,
                refused if refused_kinds(tracker) else f"Welk beroep of welke richting zoek je? {example}",
                "Zeg er gerust een gemeente bij." if not (wish.municipality or wish.region) else "",
                buttons=(*SUGGESTIONS, CHOOSING),
            )
            return [SearchState(TASK, wish.as_dict()).event()]
        state = SearchState.of(tracker)
        if widened(tracker) and state.next_offset and state.kind == TASK and state.wish == wish.as_dict():
            # Nothing narrowed it: who wants to see all of it sees the rest.
            return await show(dispatcher, wish, state.next_offset, state.shown)
        called = await place_called(tracker)
        asked = await asked_which_place(dispatcher, tracker, TASK, wish, called)
        return asked or await show(dispatcher, wish, opening=under_another_name(*called))

    async def _without_programme(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, trade: Trade, wish: catalog.ProgrammeWish
    ) -> list[Any]:
        """Say so, and show what there is in the sector around it."""
        unknown = f"Een duale opleiding voor {trade.name} ken ik niet. Zoek ook eens op {FINDER}."
        if trade.sector:
            called = await place_called(tracker)
            asked = await asked_which_place(dispatcher, tracker, TASK, wish, called)
            return asked or await show(dispatcher, wish, opening=(unknown, *under_another_name(*called)))
        say(dispatcher, unknown, buttons=(*SUGGESTIONS, CHOOSING, STAFF))
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
        if not page.programmes and (wish.grade or wish.finality):
            page, found = await asyncio.to_thread(_without_marks, wish)
            if page.programmes:
                missing = f"Ik vond geen duale opleiding voor {in_words(wish)}."
                opening = (*opening, missing, _otherwise(wish, found, page))
            wish = found
    except catalog.DatabaseError:
        say(dispatcher, OUT_OF_ORDER, EMERGENCY_EXIT, buttons=(STAFF,))
        return []
    if not page.programmes:
        say(
            dispatcher,
            f"Ik vond geen duale opleiding voor {in_words(wish)}.",
            f"Dat wil niet zeggen dat ze niet bestaat. Zoek ook eens op {FINDER}.",
            buttons=(*SUGGESTIONS, CHOOSING, STAFF),
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


def _without_marks(wish: catalog.ProgrammeWish) -> tuple[catalog.Page, catalog.ProgrammeWish]:
    """What there is without the finality, the grade or both, and the wish that found it; else the wish as it was."""
    for dropped in (("finality",), ("grade",), ("finality", "grade")):
        wider = replace(wish, **dict.fromkeys(dropped))
        if wider == wish or wider.is_empty():
            continue
        page = catalog.search(wider)
        if page.programmes:
            return page, wider
    return catalog.search(wish), wish


def _otherwise(missed: catalog.ProgrammeWish, found: catalog.ProgrammeWish, page: catalog.Page) -> str:
    """What leads from what there is not to what there is."""
    if missed.finality != found.finality:
        return (
            "Wel in een andere graad, met een andere finaliteit:"
            if missed.grade != found.grade
            else "Wel met een andere finaliteit:"
        )
    grades = {programme.grade for programme in page.programmes}
    if page.total > len(page.programmes) or len(grades) > 1:
        return "Wel in een andere graad:"
    (grade,) = grades
    return f"Wel in {'het' if 'jaar' in grade or 'BuSO' in grade else 'de'} {grade}:"


def under_another_name(typed: str, meant: Sequence[str]) -> tuple[str, ...]:
    """Where is looked for a place that is not called so any more, or is part of another: *Belsele*."""
    if len(meant) != 1 or typed.isdigit() or _letters(typed) == _letters(meant[0]):
        return ()
    return (f"Voor {typed[0].upper()}{typed[1:]} kijk ik in {meant[0]}.",)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def begins_anew(tracker: Tracker) -> bool:
    """Whether the message asks for a search and says nothing of it: the task's title, *een andere opleiding*."""
    if entities_of(tracker) or other_trade(tracker):
        return False
    text = str(tracker.latest_message.get("text") or "")
    titles = {_letters(str(one.get("titel") or "")) for one in (tracker.latest_message.get("decision") or ())[:1]}
    return _letters(text) in titles or bool(ANEW.search(text))


def remembered(tracker: Tracker) -> dict[str, str]:
    """What the search before asked, without what the last message refuses or takes off."""
    state = SearchState.of(tracker)
    if state.kind != TASK or begins_anew(tracker):
        return {}
    refused, wide = refused_kinds(tracker), widened(tracker)
    gone = {field for kind in refused for field in FIELDS.get(kind, ("grade",))}
    # Who refuses the trade said the grade about it.
    gone |= {"grade", "finality"} if wide == "alles" or gone & set(SUBJECT) else set()
    gone |= set(PLACE) if wide else set()
    return {name: value for name, value in state.wish.items() if name not in gone}


def wish_of(tracker: Tracker) -> catalog.ProgrammeWish:
    """The wish of the last message; one that only narrows (a place, a grade) keeps what was searched before."""
    said, before = entities_of(tracker), remembered(tracker)
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
    refuses = any(FIELDS.get(kind) == SUBJECT for kind in refused_kinds(tracker))
    if not (any(subject.values()) or trade or refuses or said.get("graad") or begins_anew(tracker)):
        subject["words"] = unknown_words(tracker)
    place = {"municipality": said.get("gemeente"), "region": None if said.get("gemeente") else said.get("regio")}
    if not any(place.values()):
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
