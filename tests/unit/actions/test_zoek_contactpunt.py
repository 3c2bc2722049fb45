"""The reply to whom to contact: a name, what for, and every way to reach it that is known."""

from actions.zoek_contactpunt import ZoekContactpunt
from tests.unit.actions.helpers import a_tracker, act, buttons_of, entity


async def ask(text: str, *entities: tuple[str, str], slots: dict[str, object] | None = None) -> dict:
    tracker = a_tracker(text, "zoek_contactpunt", entities=[entity(*one) for one in entities], slots=slots)
    messages, _ = await act(ZoekContactpunt(), tracker)
    return messages[0]


async def test_a_region_shows_every_known_way(database: str) -> None:
    text = (await ask("wie contacteer ik in Limburg", ("regio", "Limburg")))["text"]
    assert "- Bel 011 30 58 40\n- Mail onderwijs@limburg.be\n- Website: https://www.limburg.be" in text
    assert "Nagekeken op 21 november 2026" in text


async def test_a_sector_leads_to_its_fund(database: str) -> None:
    text = (await ask("sectorfonds voor de horeca", ("sector", "horeca")))["text"]
    assert text.index("Horeca Forma") < text.index("in heel Vlaanderen")


async def test_an_organisation_stands_alone(database: str) -> None:
    text = (await ask("contact GO!", ("organisatie", "GO! onderwijs van de Vlaamse Gemeenschap")))["text"]
    assert "https://www.g-o.be" in text
    assert "in heel Vlaanderen" not in text


async def test_without_a_wish_it_helps_and_asks_for_one(database: str) -> None:
    message = await ask("wie kan ik bellen", slots={"doelgroep": "bedrijf"})
    assert "Zeg mij je gemeente of je sector" in message["text"]
    assert "WerkplekDuaal" in message["text"]
    assert "Sectorfonds voor de bouw" in buttons_of(message)


async def test_what_may_be_gone_is_shown_as_such(database: str) -> None:
    text = (await ask("rop waas en dender", ("organisatie", "ROP Leren en Werken Waas & Dender")))["text"]
    assert "Niet zeker of dit nog bestaat" in text
