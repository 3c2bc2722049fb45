"""A programme and its schools in words: what is known, how old it is, and what nobody may conclude from it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import catalog
from actions.reply import Card, Link, phone_link
from answers.content import date_in_words

FINDER = "https://www.onderwijskiezer.be"
OFFICIAL = "Vlaamse overheid, Departement Onderwijs en Vorming"
# A school year begins in September.
FIRST_MONTH = 9
CODE_HOSTS = frozenset(["github.com", "githubusercontent.com", "gist.github.com", "gitlab.com", "bitbucket.org"])
NO_PAGES = (".json", ".csv", ".xml", ".xlsx", ".zip")
# A news site's article lies deeper than its sections: hln.be/regio/kapellen/.
NEWS = frozenset("hln.be nieuwsblad.be gva.be hbvl.be standaard.be demorgen.be vrt.be kw.be bruzz.be".split())
SECTION_DEPTH = 2
CONTRACTS = {
    "OAO": "Je werkt met een OAO (overeenkomst alternerende opleiding).",
    "SAO": "Je werkt met een SAO (stageovereenkomst alternerende opleiding).",
    # Not settled for this programme, so nothing may be said about pay.
    "OAO|SAO": "Of je een OAO of een SAO krijgt, staat niet vast voor deze opleiding. Vraag het aan de school.",
}


def card(programme: catalog.Programme, place: str | None = None, facts: Iterable[str] = ()) -> Card:
    """A programme in a list: its grade and finality, and the likeliest schools, below what else is told of it."""
    return Card(
        title=programme.name,
        marks=tuple(mark for mark in (programme.grade, programme.finality) if mark and mark not in programme.name),
        lines=(*_doubts(programme), *facts, *_schools(programme, place)),
        links=_links(programme),
        source=f"Opleiding: {OFFICIAL}. Nagekeken op {date_in_words(programme.verified_on)}.",
    )


def whole_card(programme: catalog.Programme, place: str | None = None) -> Card:
    """Everything known about one programme."""
    hours = programme.min_hours_workplace
    facts = [
        programme.study_domain and f"Studiedomein: {programme.study_domain}.",
        programme.sector and f"Sector: {programme.sector}.",
        programme.qualification and f"Wat je behaalt: {programme.qualification}.",
        f"Minstens {hours} uur per week op de werkplek." if hours else None,
        CONTRACTS.get(programme.contract or ""),
    ]
    return card(programme, place, filter(None, facts))


def place_card(programme: catalog.Programme, place: str | None = None) -> Card:
    """Where the schools of one programme are, and how to reach them, as far as is known."""
    phones = {offer.school: offer.phone for offer in programme.offers if offer.phone}
    calls = tuple(replace(phone_link(phone), words=f"Bel {school} ({phone})") for school, phone in phones.items())
    shown = card(programme, place)
    return replace(shown, links=(*calls, *shown.links))


def _doubts(programme: catalog.Programme) -> tuple[str, ...]:
    if programme.vanished_on:
        return (f"Stond op {date_in_words(programme.vanished_on)} niet meer in de officiële lijst. Vraag het na.",)
    return ("Niet zeker of deze opleiding nog bestaat.",) if programme.confidence == "low" else ()


def _schools(programme: catalog.Programme, place: str | None) -> tuple[str, ...]:
    if not programme.offers:
        return ("Scholen: ik ken er geen.",)
    lines = [school(offer, place) for offer in programme.offers]
    rest = programme.schools - len(programme.offers)
    return (*lines, *([f"En nog {rest} {'school' if rest == 1 else 'scholen'}."] if rest > 0 else []))


def school(offer: catalog.Offer, place: str | None = None) -> str:
    """A school with its place, how far that is, and how old the news is."""
    where = f" in {offer.municipality}" if offer.municipality else ""
    return f"{offer.school}{where}{_distance(offer, place)}: {_age(offer)}"


def _distance(offer: catalog.Offer, place: str | None) -> str:
    if offer.kilometres is None or offer.municipality == place:
        return ""
    return f", op {max(1, round(offer.kilometres))} km van {place}"


def _age(offer: catalog.Offer) -> str:
    if not offer.school_year:
        return "jaar niet bekend; vraag na bij de school."
    if offer.school_year < this_school_year(date.today()) or offer.confidence == "low":
        return f"volgens gegevens van schooljaar {offer.school_year}; vraag na bij de school."
    return f"schooljaar {offer.school_year}."


def this_school_year(today: date) -> str:
    """*2026-2027* from September 2026 on."""
    first = today.year if today.month >= FIRST_MONTH else today.year - 1
    return f"{first}-{first + 1}"


def _links(programme: catalog.Programme) -> tuple[Link, ...]:
    shown: dict[str, Link] = {}
    for offer in programme.offers:
        address = offer.website or offer.source.split(" ; ")[0]
        if offer.website or is_about_a_school(address):
            shown.setdefault(offer.school, Link(f"Meer over {offer.school}", address))
    links = (link for link in shown.values() if link.url.startswith("https://"))
    return (*list(links)[:2], Link("Zoek scholen op Onderwijskiezer", FINDER))


def is_about_a_school(address: str) -> bool:
    """Whether a source is a page on which a person can read about the school.

    A file of data or a place for code is none, nor is the front page of a newspaper's region.
    """
    parts = urlsplit(address)
    path = parts.path
    host = (parts.hostname or "").removeprefix("www.").removeprefix("raw.")
    if not host or host in CODE_HOSTS or path.endswith(NO_PAGES):
        return False
    sections = [part for part in path.split("/") if part]
    return host not in NEWS or len(sections) > SECTION_DEPTH
