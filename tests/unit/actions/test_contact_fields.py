"""Each field of the contact form takes what people really type, and explains what it cannot take."""

import pytest

from actions.contact_fields import (
    NotAccepted,
    read_confirmation,
    read_consent,
    read_email,
    read_name,
    read_phone,
    read_question,
    read_role,
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sara", "Sara"),
        ("  sara   janssens ", "sara janssens"),
        ("ik heet Jan-Pieter De Smet.", "Jan-Pieter De Smet"),
        ("mijn naam is Şükrü Öztürk", "Şükrü Öztürk"),
        ("Łukasz", "Łukasz"),
        ("李小龍", "李小龍"),
    ],
)
def test_names(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["x", "12345", "a@b.be", "<b>Jan</b>", "A" * 101, "!!"])
def test_no_names(typed: str) -> None:
    with pytest.raises(NotAccepted, match="geen naam"):
        read_name(typed)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("sara@example.be", "sara@example.be"),
        ("mijn mail is sara.j+duaal@Example.be.", "sara.j+duaal@example.be"),
        ("<sara@example.be>", "sara@example.be"),
    ],
)
def test_addresses(typed: str, address: str) -> None:
    assert read_email(typed) == address


@pytest.mark.parametrize("typed", ["sara@", "sara example.be", "nee", "a@b", "@example.be", "sara@@example.be"])
def test_no_addresses(typed: str) -> None:
    with pytest.raises(NotAccepted, match="naam@voorbeeld"):
        read_email(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0470 12 34 56", "+32 470 12 34 56"),
        ("0470/12.34.56", "+32 470 12 34 56"),
        ("+32470123456", "+32 470 12 34 56"),
        ("mijn nummer is 011 30 58 40", "+32 11 30 58 40"),
        ("+31 6 12345678", "+31 6 12345678"),
        ("overslaan", ""),
        ("Nee liever niet", ""),
        ("-", ""),
    ],
)
def test_phones(typed: str, number: str) -> None:
    assert read_phone(typed) == number


@pytest.mark.parametrize("typed", ["12", "0470 12", "bel mij maar", "000000000000000"])
def test_no_phones(typed: str) -> None:
    with pytest.raises(NotAccepted, match="telefoonnummer"):
        read_phone(typed)


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("Leerling", "leerling"),
        ("ik ben de mama van Tom", "ouder"),
        ("zaakvoerder", "bedrijf"),
        ("leerkracht", "school"),
        ("iemand anders", "iemand anders"),
    ],
)
def test_roles(typed: str, role: str) -> None:
    assert read_role(typed) == role


def test_no_role() -> None:
    with pytest.raises(NotAccepted, match="Kies wat het best past"):
        read_role("blauw")


@pytest.mark.parametrize("typed", ["", "ok?", "12345 67", "x" * 2001])
def test_no_questions(typed: str) -> None:
    with pytest.raises(NotAccepted):
        read_question(typed)


def test_a_question_is_kept_as_typed() -> None:
    assert read_question(" Mag ik <b>stoppen</b>?\nEn hoe? ") == "Mag ik <b>stoppen</b>?\nEn hoe?"


@pytest.mark.parametrize(
    ("typed", "consent"),
    [("Ja, dat mag", True), ("ok", True), ("jaaa zeker", True), ("Nee", False), ("liever niet", False)],
)
def test_consent(typed: str, consent: bool) -> None:
    assert read_consent(typed) is consent


def test_consent_is_never_guessed() -> None:
    with pytest.raises(NotAccepted):
        read_consent("misschien")


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("Verstuur", "verstuur"),
        ("ja klopt", "verstuur"),
        ("Verbeter iets", "verbeter"),
        ("nee", "verbeter"),
        ("mijn e-mail is fout", "verbeter contact_email"),
        ("Verbeter telefoon", "verbeter contact_telefoon"),
        ("Verbeter mijn rol", "verbeter contact_rol"),
        ("de vraag wil ik aanpassen", "verbeter contact_vraag"),
    ],
)
def test_confirmation(typed: str, meaning: str) -> None:
    assert read_confirmation(typed) == meaning
