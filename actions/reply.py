"""What several actions need to say something."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import phonenumbers
from rasa_sdk.executor import CollectingDispatcher

STAFF = "Stel je vraag aan een medewerker"
GUIDE = "Help mij stap voor stap met de erkenning"
# The Flemish information line, and the desk for recognised workplaces: docs/redactie.md says where else they stand.
EMERGENCY_EXIT = "Bel gratis 1700 (de infolijn van de Vlaamse overheid) of mail werkplekduaal@vlaanderen.be."
OUT_OF_ORDER = "Het opzoeken lukt nu even niet. Probeer het straks opnieuw."
# web/cards.js follows the same three.
SAFE_SCHEMES = ("https", "tel", "mailto")


@dataclass(frozen=True)
class Link:
    """Words to click, and the address behind them."""

    words: str
    url: str

    def as_text(self) -> str:
        """For who cannot click: a phone number or mail address stands in the words, a page's address does not."""
        return f"{self.words}: {self.url}" if urlsplit(self.url).scheme == "https" else self.words


@dataclass(frozen=True)
class Card:
    """One result: a title, what marks it in a few words, sentences about it, ways on, and where it comes from."""

    title: str
    marks: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    source: str = ""

    def as_text(self) -> str:
        """The card as a paragraph with a list."""
        marks = f" ({', '.join(self.marks)})" if self.marks else ""
        return "\n".join([self.title + marks, *(f"- {one}" for one in (*self.lines, *map(Link.as_text, self.links)))])

    def as_json(self) -> dict[str, Any]:
        """The card as the page reads it."""
        return {
            "titel": self.title,
            "kenmerken": list(self.marks),
            "regels": list(self.lines),
            "links": [
                {"tekst": link.words, "url": link.url}
                for link in self.links
                if urlsplit(link.url).scheme in SAFE_SCHEMES
            ],
            "bron": self.source,
        }


def say(dispatcher: CollectingDispatcher, *paragraphs: str, buttons: tuple[str, ...] = ()) -> None:
    """One message; each button stands for typing its words."""
    dispatcher.utter_message(text=_joined(paragraphs), buttons=_buttons(buttons))


def say_cards(
    dispatcher: CollectingDispatcher,
    cards: Sequence[Card],
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    buttons: tuple[str, ...] = (),
    text: str | None = None,
    printable: bool = False,
) -> None:
    """One message with cards between paragraphs; ``text`` says it all in words, by default written out of the cards.

    ``printable``: the page offers to print this message alone.
    """
    dispatcher.utter_message(
        text=text or _joined([*before, *(card.as_text() for card in cards), *after]),
        buttons=_buttons(buttons),
        json_message={
            "kaarten": [card.as_json() for card in cards],
            "voor": _joined(before),
            "na": _joined(after),
            **({"afdrukken": True} if printable else {}),
        },
    )


def phone_link(number: str) -> Link:
    """A Belgian number that a phone can call, shown as it was written."""
    parsed = phonenumbers.parse(number, "BE")
    called = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return Link(f"Bel {number}", f"tel:{called}")


def mail_link(address: str, subject: str) -> Link:
    """A mail that opens with its subject filled in."""
    return Link(f"Mail {address}", f"mailto:{quote(address, safe='@')}?subject={quote(subject)}")


def site_link(address: str, words: str = "Website") -> Link:
    """A page, always over a safe connection."""
    return Link(words, "https://" + address.removeprefix("http://").removeprefix("https://"))


def several(count: int, one: str, more: str) -> str:
    """A count with its noun: *1 opleiding*, *3 opleidingen*."""
    return f"{count} {one if count == 1 else more}"


def _joined(paragraphs: Sequence[str]) -> str:
    return "\n\n".join(filter(None, paragraphs))


def _buttons(words: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"title": one, "payload": one} for one in words]
