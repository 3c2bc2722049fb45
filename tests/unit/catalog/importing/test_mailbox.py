"""No e-mail address of a person gets into the catalogue."""

import pytest

from catalog.fill import SOURCE, rows
from catalog.importing.mailbox import general_mailbox


@pytest.mark.parametrize(
    ("local", "school"),
    [
        ("info", "Instituut De Wiek"),
        ("INFO", "Instituut De Wiek"),
        ("secretariaat", "Instituut De Wiek"),
        ("directie.turnhout", "Instituut De Wiek Turnhout"),
        ("infoturnhout", "Instituut De Wiek Turnhout"),
        ("duaal.leren2", "Leren in Turnhout"),
        ("vti", "VTI Brugge"),
        ("sintjozef", "Sint-Jozefsinstituut"),
        ("sint-jozef", "Sint-Jozefsinstituut"),
        ("damiaaninstituut", "Damiaaninstituut Aarschot"),
    ],
)
def test_a_general_mailbox_is_kept(local: str, school: str) -> None:
    assert general_mailbox(f"{local}@school.example.be", school) == f"{local}@school.example.be"


@pytest.mark.parametrize(
    ("local", "school"),
    [
        ("an.peeters", "Instituut De Wiek"),
        ("an_peeters", "Instituut De Wiek"),
        ("apeeters", "Instituut De Wiek"),
        ("an", "Instituut De Wiek"),
        ("an.peeters.directie", "Instituut De Wiek"),
        ("directie-peeters", "Instituut De Wiek"),
        ("jan.peeters", "Jan Peetersinstituut"),
        ("jan", "Sint-Jan"),
        ("maria", "Maria Boodschap"),
        ("pieter", "Sint-Pietersinstituut"),
        ("12345", "Instituut De Wiek"),
    ],
)
def test_what_may_be_a_person_is_dropped(local: str, school: str) -> None:
    assert general_mailbox(f"{local}@school.example.be", school) is None


@pytest.mark.parametrize("address", [None, "", "info", "info@", "@school.be", "info@school", "mail info@school.be me"])
def test_what_is_no_address_is_dropped(address: str | None) -> None:
    assert general_mailbox(address, "School") is None


def test_the_addresses_that_the_project_shows_are_general() -> None:
    for row in rows(SOURCE, "contact_points.csv", ("id",)):
        if row["email"]:
            assert general_mailbox(row["email"], row["name"]) == row["email"]
