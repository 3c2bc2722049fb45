"""Cards say the same in words and to the page, and lead only to safe addresses."""

from rasa_sdk.executor import CollectingDispatcher

from actions.reply import Card, Link, mail_link, phone_link, say_cards, site_link
from tests.unit.actions.helpers import buttons_of

LIMBURG = Card(
    title="Provincie Limburg",
    marks=("provincie", "Limburg"),
    lines=("Helpt bedrijven en scholen.",),
    links=(phone_link("011 30 58 40"), site_link("http://www.limburg.be/onderwijs")),
    source="limburg.be",
)


def test_a_card_in_words_has_all_that_the_page_shows() -> None:
    assert LIMBURG.as_text() == (
        "Provincie Limburg (provincie, Limburg)\n- Helpt bedrijven en scholen.\n- Bel 011 30 58 40\n"
        "- Website: https://www.limburg.be/onderwijs"
    )
    assert Card("Alleen een naam").as_text() == "Alleen een naam"


def test_a_card_for_the_page_has_the_agreed_fields() -> None:
    assert LIMBURG.as_json() == {
        "titel": "Provincie Limburg",
        "kenmerken": ["provincie", "Limburg"],
        "regels": ["Helpt bedrijven en scholen."],
        "links": [
            {"tekst": "Bel 011 30 58 40", "url": "tel:+3211305840"},
            {"tekst": "Website", "url": "https://www.limburg.be/onderwijs"},
        ],
        "bron": "limburg.be",
    }


def test_an_unsafe_address_never_reaches_the_page() -> None:
    links = tuple(Link("klik", url) for url in ("javascript:alert(1)", "http://x.be", "data:text/html,x", "/pad"))
    assert Card("x", links=links).as_json()["links"] == []


def test_a_mail_opens_with_a_subject() -> None:
    link = mail_link("onderwijs@limburg.be", "Vraag over duaal leren & erkenning")
    assert link.url == "mailto:onderwijs@limburg.be?subject=Vraag%20over%20duaal%20leren%20%26%20erkenning"
    assert link.as_text() == "Mail onderwijs@limburg.be"


def test_say_cards_is_one_message_with_words_and_cards() -> None:
    dispatcher = CollectingDispatcher()
    say_cards(
        dispatcher, [LIMBURG], before=["Hier kan je terecht:"], after=["Klopt er iets niet?", ""], buttons=("Ja",)
    )
    (message,) = dispatcher.messages
    assert message["text"] == f"Hier kan je terecht:\n\n{LIMBURG.as_text()}\n\nKlopt er iets niet?"
    assert message["custom"] == {
        "kaarten": [LIMBURG.as_json()],
        "voor": "Hier kan je terecht:",
        "na": "Klopt er iets niet?",
    }
    assert buttons_of(message) == ["Ja"]


def test_say_cards_takes_a_text_of_its_own() -> None:
    dispatcher = CollectingDispatcher()
    say_cards(dispatcher, [LIMBURG], text="In één zin.")
    assert dispatcher.messages[0]["text"] == "In één zin."
