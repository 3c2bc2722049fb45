"""A card links to what a person can read, and says nothing twice."""

from dataclasses import replace

import pytest

import catalog
from actions.programme_cards import card, is_about_a_school, place_card

OFFER = catalog.Offer("Het Atheneum", "Aalst", "2025-2026", "https://www.atheneum.be/duaal")
PROGRAMME = catalog.Programme(
    "buso-1", "Bakker duaal (BuSO OV3)", "BuSO OV3", "arbeidsmarktfinaliteit", None, "high", "", "2026-11-21"
)


@pytest.mark.parametrize(
    ("address", "readable"),
    [
        ("https://www.atheneum.be/", True),
        ("https://www.hln.be/in-de-buurt/aalst/school-start-duaal~a12/", True),
        ("https://www.hln.be/regio/aalst/", False),
        ("https://raw.githubusercontent.com/een/twee/scholen.csv", False),
        ("https://gitlab.com/een/twee", False),
        ("https://data.school.be/lijst.json", False),
        ("openbaar document", False),
    ],
)
def test_only_a_page_that_a_person_can_read_is_about_a_school(address: str, readable: bool) -> None:
    assert is_about_a_school(address) is readable


def test_a_source_that_is_no_page_gives_no_link() -> None:
    offers = (replace(OFFER, source="https://github.com/een/twee/blob/main/scholen.json"), replace(OFFER, school="B"))
    links = [link.words for link in card(replace(PROGRAMME, offers=offers, schools=2)).links]
    assert links == ["Meer over B", "Zoek scholen op Onderwijskiezer"]


def test_a_grade_in_the_title_is_not_said_again() -> None:
    assert card(PROGRAMME).marks == ("arbeidsmarktfinaliteit",)
    assert card(replace(PROGRAMME, name="Bakker duaal")).marks == ("BuSO OV3", "arbeidsmarktfinaliteit")


def test_a_school_with_a_phone_can_be_called() -> None:
    shown = place_card(replace(PROGRAMME, offers=(replace(OFFER, phone="053 12 34 56"),), schools=1))
    assert shown.links[0].url == "tel:+3253123456"
    assert "Het Atheneum" in shown.links[0].words
