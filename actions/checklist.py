"""The checklist at the end of the recognition guide: as text, as cards, and as a mail to oneself."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

import catalog
from actions.reply import EMERGENCY_EXIT, Card, Link, mail_link, phone_link, site_link
from answers.content import date_in_words, provenance
from answers.guide import SKIPPED, UNKNOWN, Answers, Guide

# Some mail programs refuse a longer address.
LONGEST_LINK = 1900
MAIL = "Mail naar jezelf"
SUBJECT = "Vraag over de erkenning als leerwerkplek"
NEW_LINE = "\r\n"
CUT = "De rest van de lijst staat in de chat: druk ze daar af."
# Cards whose lines are ticked off.
TICKED = ("te_doen", "na_te_vragen")
# The mail may be cut at its end, so there what matters most comes first.
MAIL_ORDER = ("te_doen", "termijnen", "bellen", "na_te_vragen", "in_orde")
# Answers that are shown as what the list is about.
ABOUT = ("sector", "opleiding", "vestiging")


@dataclass(frozen=True)
class Part:
    """Part of the list: the card that shows it, and how its lines stand in the mail."""

    card: Card
    short: tuple[str, ...]
    boxes: bool = False


@dataclass(frozen=True)
class Checklist:
    """What a company is told at the end."""

    opening: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: str
    ground: tuple[str, ...]
    mail: str

    @property
    def text(self) -> str:
        """All of it, for where there are no cards."""
        about = f"Het gaat over: {'; '.join(self.about)}." if self.about else ""
        listed = [f"{_headed(part.card.title)}\n{_items(part.card.lines)}" for part in self.parts]
        return "\n\n".join(filter(None, [self.opening, about, *listed, self.closing, *self.ground]))

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards: the first says what the list is about, the last offers the mail."""
        cards = [part.card for part in self.parts]
        cards[0] = replace(cards[0], marks=self.about)
        cards[-1] = replace(cards[-1], links=(*cards[-1].links, Link(MAIL, self.mail)))
        return tuple(cards)


def checklist(guide: Guide, answers: Answers, contacts: list[catalog.ContactPoint], today: date) -> Checklist:
    """The list for these answers; without contacts it gives the general way in."""
    about = tuple(str(answers[name]) for name in ABOUT if answers.get(name) not in (None, UNKNOWN, SKIPPED))
    rules = guide.lines(answers)
    desk = (Link(guide.desk["naam"], guide.desk["url"]),)
    made: dict[str, Part] = {}
    for name, title in guide.cards.items():
        if name == "bellen":
            made[name] = _with_desk(_contacts(title, contacts), guide.desk, contacts)
        elif rules.get(name):
            lines, short = (tuple(getattr(rule, part) for rule in rules[name]) for part in ("sentence", "short"))
            card = Card(title, lines=lines, links=desk if name == "te_doen" else ())
            made[name] = Part(card, short, boxes=name in TICKED)
    sources = [*guide.provenance["bronnen"]]
    for rule in (rule for found in rules.values() for rule in found if rule.source):
        sources += [rule.source] if rule.source not in sources else []
    ground = tuple(provenance({**guide.provenance, "bronnen": sources}, today))
    mailed = tuple(made[name] for name in MAIL_ORDER if name in made)
    mail = mail_to_oneself(guide.subject, about, mailed, date_in_words(today.isoformat()))
    return Checklist(guide.opening, about, tuple(made.values()), guide.closing, ground, mail)


def _contacts(title: str, contacts: list[catalog.ContactPoint]) -> Part:
    reachable = [point for point in contacts if _ways(point)] or contacts
    if not reachable:
        return Part(Card(title, lines=(EMERGENCY_EXIT,)), (EMERGENCY_EXIT,))
    checked = date_in_words(max(point.verified_on for point in reachable))
    card = Card(
        title,
        lines=tuple(map(_described, reachable)),
        links=tuple(link for point in reachable for link in _links(point)),
        source=f"Bron: openbare webpagina's van deze organisaties. Nagekeken op {checked}.",
    )
    return Part(card, tuple(f"{point.name}: {_ways(point)[0]}" for point in reachable if _ways(point)))


def _with_desk(part: Part, desk: dict[str, str], contacts: list[catalog.ContactPoint]) -> Part:
    """The desk where a recognition is asked for stands below, whomever else the catalogue names."""
    if any(desk["mail"] in (point.email or "") or desk["url"] == point.website for point in contacts):
        return part
    card = part.card
    links = (*card.links, mail_link(desk["mail"], SUBJECT))
    added = replace(card, lines=(*card.lines, desk["zin"]), links=links)
    return replace(part, card=added, short=(*part.short, f"Loket Werkplek Duaal: {desk['mail']}"))


def _described(point: catalog.ContactPoint) -> str:
    doubt = " Niet zeker of dit nog bestaat: vraag het na." if point.confidence == "low" else ""
    ways = ", ".join(_ways(point)) or "ik heb geen telefoonnummer, e-mailadres of website"
    why = f"{point.why[:1].upper()}{point.why[1:]}. " if point.why else ""
    return f"{point.name}. {why}Contact: {ways}.{doubt}"


def _ways(point: catalog.ContactPoint) -> list[str]:
    return [way for way in (point.phone, point.email, point.website) if way]


def _links(point: catalog.ContactPoint) -> list[Link]:
    links = [phone_link(point.phone)] if point.phone else []
    links += [mail_link(point.email, SUBJECT)] if point.email else []
    return links + ([site_link(point.website, f"Website van {point.name}")] if point.website else [])


def mail_to_oneself(subject: str, about: tuple[str, ...], parts: tuple[Part, ...], day: str) -> str:
    """A ``mailto:`` link without an address: the mail program of who clicks it makes the mail, we keep nothing."""
    lines = [*(["; ".join(about), ""] if about else []), f"Gemaakt op {day} met Duaalwijzer."]
    for part in parts:
        lines += ["", part.card.title.upper(), *(f"{'[ ]' if part.boxes else '-'} {line}" for line in part.short)]
    while len(link := _mailto(subject, lines)) > LONGEST_LINK:
        lines = [*lines[: -2 if lines[-1] == CUT else -1], CUT]
    return link


def _mailto(subject: str, lines: list[str]) -> str:
    return f"mailto:?subject={quote(subject)}&body={quote(NEW_LINE.join(lines))}"


def _headed(title: str) -> str:
    return title if title.endswith("?") else f"{title}:"


def _items(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {line}" for line in lines)
