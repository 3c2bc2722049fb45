"""A need is heard in one's own words; who helps with it is data that holds together."""

import pytest
from sqlalchemy import select

from catalog import find_need, models, need_in, session
from catalog.fill import SOURCE, rows
from catalog.needs import GENERAL

WORDS = [
    (row["need"], word.strip())
    for row in rows(SOURCE, "needs.csv")
    if row["need"] != GENERAL
    for word in row["words"].split("|")
]


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("wie helpt mij met een mentoropleiding in de bouw", "mentoropleiding"),
        ("onze mentor wil een opleiding volgen, wie bel ik", "mentoropleiding"),
        ("wie kan ik bellen over de erkenning van mijn restaurant", "erkenning"),
        ("wij willen leerwerkplek worden", "erkenning"),
        ("de dienst die leerwerkplekken goedkeurt", "erkenning"),
        ("ik heb een klacht over mijn stagebedrijf", "klacht"),
        ("bij wie moet ik klagen", "klacht"),
        ("wie helpt bij mijn studiekeuze", "studiekeuze"),
        ("ik weet niet welke richting ik moet kiezen", "studiekeuze"),
        ("ik vind geen werkplek, wie helpt", "werkplek_vinden"),
        ("wie helpt een werkplek zoeken", "werkplek_vinden"),
        ("wij zoeken een leerling", "leerling_vinden"),
        ("wie weet iets over het contract", "overeenkomst"),
        ("wie gaat er over de OAO", "overeenkomst"),
        ("aan wie vraag ik een premie", "premie"),
        ("subsidies, wie contacteer ik", "premie"),
        ("sectorfonds voor de horeca", "sectorfonds"),
        ("werkgeversorganisatie voor garages", "werkgeversorganisatie"),
        ("wij zijn een stedelijke school", "net_ovsg"),
        ("een vrije school zoekt begeleiding", "net_katholiek"),
        ("onze provinciale school", "net_pov"),
        ("wij zijn een atheneum", "net_go"),
        ("hoe heet onze koepel", "koepel"),
        ("hoe kan ik aan een werkplek geraken", "werkplek_vinden"),
        ("kzoek nog nen bedrijf", "werkplek_vinden"),
        ("kvind geen stageplaats", "werkplek_vinden"),
        ("onze garage zoekt leerlingen", "leerling_vinden"),
        ("ik zoek nog een jongere voor mijn bedrijf", "leerling_vinden"),
        ("ik zoek een sectorfonds voor mijn bedrijf", "sectorfonds"),
        ("ik heb een verkeerde richting gekozen", "studiekeuze"),
        ("ik ben mentor en zoek het opleidingsprofiel", "leerinhoud"),
        ("waar volg ik als mentor een opleiding", "mentoropleiding"),
        ("de ROP in mijn streek", "overlegforum"),
        ("regionale overlegfora", "overlegforum"),
        ("syntra contact", "syntra"),
        ("welke pbd hoort bij een GO school", "pbd_go"),
        ("pedagogische begeleidingsdienst atheneum", "pbd_go"),
        ("begeleidingsdienst GO!", "pbd_go"),
        ("en katholiek", "net_katholiek"),
        ("pbd vrij onderwijs", "net_katholiek"),
        ("pbd voor een provinciale school", "net_pov"),
        ("pedagogische begeleiding stedelijke school", "net_ovsg"),
        ("onze pedagogisch begeleider, wie is dat", "koepel"),
    ],
)
def test_a_need_is_heard_in_ones_own_words(catalogue: None, text: str, need: str) -> None:
    assert need_in(text) == need


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("wie doet de erkening", "erkenning"),
        ("MENTOROPLIEDING", "mentoropleiding"),
        ("een overeenkosmt tekenen", "overeenkomst"),
        ("studiekueze", "studiekeuze"),
        ("financiële steun", "premie"),
        ("kalcht over mijn baas", "klacht"),
        ("ruize met de mentor", "klacht"),
        ("paritair comité", "sectorfonds"),
    ],
)
def test_case_accents_and_a_typing_error_do_not_matter(catalogue: None, text: str, need: str) -> None:
    assert need_in(text) == need


@pytest.mark.parametrize(
    "text",
    [
        "wie kan ik contacteren",
        "contact in Limburg",
        "contactpunt",
        "ik herken dat niet",
        "krachtige school",
        "mijn mentor heet Jan",
        "",
        "???",
        "wie is er in Gent",
        "provinciaal steunpunt duaal leren",
        "de stedelijke dienst in Gent",
    ],
)
def test_ordinary_words_are_no_need(catalogue: None, text: str) -> None:
    assert need_in(text) is None


def test_the_first_need_of_the_file_wins(database: str) -> None:
    assert need_in("klacht over de mentoropleiding") == "klacht"
    assert need_in("premie na de mentoropleiding") == "mentoropleiding"


def test_a_word_spelled_right_wins_from_a_misspelled_one(catalogue: None) -> None:
    # One letter from "overeenkomst", and a word of another need beside it.
    assert need_in("overenkomst over een premie") == "premie"


@pytest.mark.parametrize(("need", "word"), WORDS)
def test_every_word_of_the_file_is_heard(catalogue: None, need: str, word: str) -> None:
    said = " iets ".join(part.strip().removesuffix("*") for part in word.split("+"))
    heard = need_in(f"wie helpt met {said} aub")
    before = [row["need"] for row in rows(SOURCE, "needs.csv")]
    assert heard is not None
    assert before.index(heard) <= before.index(need)


def test_a_need_has_a_title_and_perhaps_a_tip(database: str) -> None:
    klacht = find_need("klacht")
    assert klacht is not None
    assert klacht.title == "een klacht"
    assert "112" in klacht.tip
    assert find_need("bestaat niet") is None


def test_every_need_leads_for_everybody_to_somebody_who_can_be_reached(catalogue: None) -> None:
    with session() as db:
        points = {point.id: point for point in db.execute(select(models.ContactPoint)).scalars()}
        by_need: dict[tuple[str, str], list[models.ContactPoint]] = {}
        for row in db.execute(select(models.ContactNeed)).scalars():
            by_need.setdefault((row.need, row.audience), []).append(points[row.contact_point])
        assert {need for need, _ in WORDS} | {GENERAL} == {need for need, _ in by_need}
        for key, found in by_need.items():
            assert any(point.phone or point.email or point.website for point in found), key


def test_a_reason_is_the_end_of_a_sentence(catalogue: None) -> None:
    for row in rows(SOURCE, "need_contacts.csv"):
        assert row["why"][0].islower() and not row["why"].endswith("."), row["why"]
