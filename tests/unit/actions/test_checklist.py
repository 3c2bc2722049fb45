"""The checklist can be read, shown as cards and mailed to oneself, whatever the answers were."""

from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from actions.checklist import CUT, LONGEST_LINK, MAIL, Checklist, checklist
from actions.reply import EMERGENCY_EXIT
from answers.content import figures
from answers.guide import UNKNOWN, guide
from catalog import ContactPoint

ANSWERS = {
    "sector": "horeca",
    "erkend": "nee",
    "plan": "nvt",
    "mentor": "ja",
    "mentor_jong": "nvt",
    "uittreksel": "nee",
    "mentoropleiding": "ja",
    "opleiding": "Restaurant & keuken duaal",
    "vestiging": "Mol",
}
TODAY = date(2026, 11, 22)
POINT = ContactPoint(
    id="x",
    name="Fonds X",
    kind="sectorfonds",
    region="Vlaanderen",
    what_for="duaal leren",
    phone="011 30 58 40",
    email="x@fonds.be",
    website="https://fonds.be",
    source="https://fonds.be",
    verified_on="2026-11-21",
    confidence="high",
    why="werkt voor de sector horeca",
)


def made(contacts: tuple[ContactPoint, ...] = (POINT,), **other: str) -> Checklist:
    return checklist(guide(), {**ANSWERS, **other}, list(contacts), TODAY)


def test_the_text_holds_everything_in_order() -> None:
    text = made().text
    places = [
        text.index(part) for part in ("In orde:", "Nog te doen:", "Nog na te vragen:", "Wie helpt je?", "Termijnen:")
    ]
    assert places == sorted(places)
    for part in ("horeca; Restaurant & keuken duaal; Mol", "011 30 58 40", "https://app.werkplekduaal.be", "1700"):
        assert part in text
    assert "Nagekeken op 21 november 2026" in text.splitlines()[-1]
    # A sentence brings its own source along, once.
    assert text.count("https://fanvanhoreca.be/oao") == 1
    assert "fanvanhoreca" not in made(sector="voeding").text


def test_the_cards_hold_what_the_text_holds() -> None:
    cards = [card.as_json() for card in made().cards]
    assert [card["titel"] for card in cards] == list(guide().cards.values())
    for card in cards:
        assert all(line in made().text for line in card["regels"])
    assert cards[0]["kenmerken"] == ["horeca", "Restaurant & keuken duaal", "Mol"]
    links = [link["url"] for card in cards for link in card["links"]]
    assert {"https://app.werkplekduaal.be", "tel:+3211305840", "https://fonds.be"} <= set(links)
    assert any(url.startswith("mailto:x@fonds.be?subject=") for url in links)


def test_the_mail_has_a_subject_a_body_and_no_address() -> None:
    (link,) = [link for card in made().cards for link in card.links if link.words == MAIL]
    parts = urlsplit(link.url)
    assert (parts.scheme, parts.path) == ("mailto", "")
    assert not set(" \r\n") & set(link.url)
    fields = parse_qs(parts.query)
    assert fields["subject"] == ["Mijn checklist: erkenning als leerwerkplek"]
    (body,) = fields["body"]
    assert "\r\n[ ] " in body
    # The sign that would part two fields stays within the body.
    assert "Restaurant & keuken duaal" in body
    assert "[ ] " in body and "- Fonds X: 011 30 58 40" in body
    assert figures()["erkenning_beslissing"].text in body


def test_a_mail_that_gets_too_long_is_cut_and_says_so() -> None:
    link = made(opleiding="é" * 300).mail
    assert len(link) <= LONGEST_LINK
    assert unquote(link).endswith(CUT)


def test_without_contacts_there_is_another_way() -> None:
    assert EMERGENCY_EXIT in made(contacts=()).text


def test_what_is_not_known_is_not_shown_as_known() -> None:
    shown = made(sector=UNKNOWN, opleiding=UNKNOWN, vestiging=UNKNOWN)
    assert shown.about == ()
    assert "Het gaat over" not in shown.text


def test_a_place_outside_the_region_is_named_and_advice_given() -> None:
    shown = made(vestiging="Brussel")
    assert "Brussel" in shown.about
    assert "duaal@tracebrussel.be" in shown.text


def test_the_desk_is_named_once_whoever_else_helps() -> None:
    desk = guide().desk
    assert desk["zin"] in made().text and desk["zin"] in made(contacts=()).text
    itself = ContactPoint(**{**vars(POINT), "name": "WerkplekDuaal", "email": None, "website": desk["url"]})
    assert desk["zin"] not in made((itself,)).text


def test_an_old_review_is_said_to_be_old() -> None:
    assert "nagekeken. Het kan veranderd zijn" not in made().text
    later = checklist(guide(), ANSWERS, [POINT], date(2027, 11, 22))
    assert "Het kan veranderd zijn" in later.text


@pytest.mark.parametrize("confidence", ["low"])
def test_a_doubtful_contact_is_said_to_be_doubtful(confidence: str) -> None:
    doubtful = ContactPoint(**{**vars(POINT), "confidence": confidence, "phone": None, "website": None})
    assert "Niet zeker of dit nog bestaat" in made((doubtful,)).text
