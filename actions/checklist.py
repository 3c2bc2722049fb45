"""The checklist at the end of the recognition guide: as text, as cards, and as a mail to oneself."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import catalog
from actions.reply import EMERGENCY_EXIT
from answers.content import date_in_words, provenance
from answers.guide import SKIPPED, UNKNOWN, Answers, Guide

# Some mail programs refuse a longer address.
LONGEST_LINK = 1900
MAIL = "Mail naar jezelf"
CUT = "De rest van de lijst staat in de chat: druk ze daar af."
# Cards whose lines are ticked off.
TICKED = ("te_doen", "na_te_vragen")
# Answers that are shown as what the list is about.
ABOUT = ("sector", "opleiding", "vestiging")


@dataclass(frozen=True)
class Card:
    """Part of the list; ``short`` is how its lines stand in the mail."""

    title: str
    lines: tuple[str, ...]
    short: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    source: str = ""
    boxes: bool = False


@dataclass(frozen=True)
class Checklist:
    """What a company is told at the end."""

    opening: str
    about: tuple[str, ...]
    cards: tuple[Card, ...]
    closing: str
    ground: tuple[str, ...]
    mail: str

    @property
    def text(self) -> str:
        """All of it, for where there are no cards."""
        about = f"Het gaat over: {'; '.join(self.about)}." if self.about else ""
        listed = [f"{card.title}{'' if card.title.endswith('?') else ':'}\n{_items(card.lines)}" for card in self.cards]
        return "\n\n".join(filter(None, [self.opening, about, *listed, self.closing, *self.ground]))

    @property
    def custom(self) -> dict[str, Any]:
        """All of it, for a page that shows cards and can print."""
        cards: list[dict[str, Any]] = [
            {
                "titel": card.title,
                "kenmerken": list(self.about) if card is self.cards[0] else [],
                "regels": list(card.lines),
                "links": [{"tekst": words, "url": url} for words, url in card.links],
                "bron": card.source,
            }
            for card in self.cards
        ]
        cards[-1]["links"].append({"tekst": MAIL, "url": self.mail})
        closing = "\n\n".join([self.closing, *self.ground])
        return {"kaarten": cards, "voor": self.opening, "na": closing, "afdrukken": True}


def checklist(guide: Guide, answers: Answers, contacts: list[catalog.ContactPoint], today: date) -> Checklist:
    """The list for these answers; without contacts it gives the general way in."""
    about = tuple(str(answers[name]) for name in ABOUT if answers.get(name) not in (None, UNKNOWN, SKIPPED, "elders"))
    rules = guide.lines(answers)
    made = []
    for name, title in guide.cards.items():
        if name == "bellen":
            made.append(_contacts(title, contacts))
        elif rules.get(name):
            found = rules[name]
            links = ((guide.desk["naam"], guide.desk["url"]),) if name == "te_doen" else ()
            sentences, short = tuple(rule.sentence for rule in found), tuple(rule.short for rule in found)
            made.append(Card(title, sentences, short, links, boxes=name in TICKED))
    cards = tuple(made)
    sources = [*guide.provenance["bronnen"]]
    for rule in (rule for found in rules.values() for rule in found if rule.source):
        sources += [rule.source] if rule.source not in sources else []
    ground = tuple(provenance({**guide.provenance, "bronnen": sources}, today))
    mail = mail_to_oneself(guide.subject, about, cards, date_in_words(today.isoformat()))
    return Checklist(guide.opening, about, cards, guide.closing, ground, mail)


def _contacts(title: str, contacts: list[catalog.ContactPoint]) -> Card:
    reachable = [point for point in contacts if point.phone or point.email or point.website] or contacts
    if not reachable:
        return Card(title, (EMERGENCY_EXIT,), (EMERGENCY_EXIT,))
    links = [link for point in reachable for link in _links(point)]
    checked = date_in_words(max(point.verified_on for point in reachable))
    return Card(
        title,
        tuple(map(_described, reachable)),
        tuple(f"{point.name}: {_ways(point)[0]}" for point in reachable if _ways(point)),
        tuple(links),
        f"Openbare webpagina's van deze organisaties. Nagekeken op {checked}.",
    )


def _described(point: catalog.ContactPoint) -> str:
    doubt = " Niet zeker of dit nog bestaat: vraag het na." if point.confidence == "low" else ""
    ways = ", ".join(_ways(point)) or "ik heb geen telefoonnummer, e-mailadres of website"
    return f"{point.name}: {ways}.{doubt}"


def _ways(point: catalog.ContactPoint) -> list[str]:
    return [way for way in (point.phone, point.email, point.website) if way]


def _links(point: catalog.ContactPoint) -> list[tuple[str, str]]:
    links = []
    if point.phone:
        digits = "".join(sign for sign in point.phone if sign.isdigit() or sign == "+")
        links.append((f"Bel {point.name}", f"tel:{digits}"))
    if point.email:
        links.append((f"Mail {point.name}", f"mailto:{quote(point.email, safe='@')}"))
    if point.website:
        links.append((f"Website van {point.name}", point.website))
    return links


def mail_to_oneself(subject: str, about: tuple[str, ...], cards: tuple[Card, ...], day: str) -> str:
    """A ``mailto:`` link without an address: the mail program of who clicks it makes the mail, we keep nothing."""
    lines = [*(["; ".join(about), ""] if about else []), f"Gemaakt op {day} met Duaalwijzer."]
    for card in cards:
        lines += ["", card.title.upper(), *(f"[ ] {line}" if card.boxes else f"- {line}" for line in card.short)]
    while len(link := _mailto(subject, lines)) > LONGEST_LINK:
        lines = [*lines[: -2 if lines[-1] == CUT else -1], CUT]
    return link


def _mailto(subject: str, lines: list[str]) -> str:
    return f"mailto:?subject={quote(subject)}&body={quote(chr(13) + chr(10).join(lines))}"


def _items(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {line}" for line in lines)
