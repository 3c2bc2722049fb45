"""Wishes that people come with, from the first words to the result."""

import pytest

from tests.conftest import Assistant, offered, said

WISHES = {
    "a pupil in Sint-Truiden who wants to work with wood": [
        ("yo ik woon in sint truiden en wil iets met hout doen", ["schrijnwerk", "km van Sint-Truiden"]),
    ],
    "a mother in Aarschot": [
        ("Mijn zoon wil loodgieter worden, wij wonen in Aarschot. Waar kan dat?", ["Damiaaninstituut", "In Aarschot"]),
    ],
    "a baker in Geel who wants a pupil": [
        ("ik ben bakker in Geel, wie contacteer ik om een leerling op te leiden", ["Alimento", "https://"]),
    ],
    "a teacher who looks for the ROP": [
        ("contactgegevens van ROP Limburg graag", ["regionaal overlegplatform", "011 30 58 40"]),
    ],
    "a company in Brussels": [
        ("Wij zijn een bedrijf in Brussel, bij welk contactpunt kunnen we terecht?", ["Brussel", "https://"]),
    ],
    "an electrician near Antwerp, misspelled": [
        ("opleding elektricien in antwerpe", ["duale opleiding", "Antwerpen"]),
    ],
    "a postcode and a trade": [
        ("kapper 9300", ["Haarverzorging duaal", "in Aalst", "vraag na bij de school"]),
    ],
    "care in the Kempen, third grade": [
        ("iets in de zorg in de Kempen, derde graad", ["zorg, welzijn en schoonmaak", "3de graad", "Kempen"]),
    ],
    "seventh years in the kitchen": [
        ("welke zevende jaren zijn er in de horeca", ["7de leerjaar", "horeca"]),
    ],
    "welding in special education": [
        ("lasser in het buso", ["BuSO OV3", "lasser"]),
    ],
    "a trade, narrowed, told about, and how to enrol": [
        ("iets met auto's", ["auto en tweewielers"]),
        ("enkel derde graad", ["(3de graad)"]),
        ("en in Aarschot?", ["In Aarschot zag ik"]),
        ("vertel meer over de eerste", ["Sector: auto en tweewielers.", "Aarschot"]),
        ("Hoe schrijf ik mij in voor duaal leren?", ["Nagekeken op"]),
    ],
    "more results, and the last of them": [
        ("horeca opleidingen", ["sector horeca"]),
        ("toon meer", ["de volgende"]),
        ("de laatste", ["Studiedomein"]),
    ],
    "a place that is two": [
        ("lasser worden in Heusden", ["Welke gemeente bedoel je?"]),
        ("Destelbergen", ["Lassen-constructie duaal", "Destelbergen"]),
    ],
    "a place that is none of ours": [
        ("kapper worden in Amsterdam", ["Ik ken geen gemeente"]),
        ("In heel Vlaanderen", ["Haarverzorging duaal"]),
    ],
    "a pupil who does not know yet": [
        ("zoek een opleiding", ["Welk beroep of welke richting"]),
        ("kok", ["Kok duaal"]),
    ],
    "what is nearest": [
        ("waar kan ik lasser worden rond Leuven", ["km van Leuven", "vogelvlucht"]),
    ],
    "a province": [
        ("wie kan ik bellen in Limburg", ["011 30 58 40"]),
    ],
    "a sector's fund, then a place": [
        ("sectorfonds voor de horeca", ["oao@horeca.be"]),
        ("en in Gent?", ["Gent"]),
    ],
    "a school network": [
        ("contact GO! onderwijs", ["https://www.g-o.be"]),
    ],
    "a trade that has no dual programme": [
        ("ik wil schoenmaker worden in Gent", ["voor schoenmaker ken ik niet", "onderwijskiezer.be", "textiel"]),
    ],
    "an everyday word": [
        ("waar leer je werken in een manege, regio Brugge", ["Paardenhouder"]),
    ],
    "one who counts on pay": [
        ("ik wil bandenmonteur worden", ["Bandenmonteur duaal"]),
        ("vertel meer over de eerste", ["Of je een OAO of een SAO krijgt, staat niet vast"]),
    ],
}


@pytest.mark.parametrize("who", WISHES)
def test_a_wish_leads_to_what_was_wished(assistant: Assistant, who: str) -> None:
    messages = [message for message, _ in WISHES[who]]
    for (message, parts), replies in zip(WISHES[who], assistant.talk(*messages), strict=True):
        text = said(replies)
        assert all(part in text for part in parts), f"{message}: {text}"
        assert offered(replies) or "?" in text, f"{message}: no way on"
