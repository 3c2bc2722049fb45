"""The reply to whom to contact: a name, what for, and every way to reach it that is known."""

import pytest

from actions.search_state import SearchState
from actions.zoek_contactpunt import ZoekContactpunt, wish_of
from catalog import ContactWish
from nlu.follow_up import only_names
from tests.unit.actions.helpers import a_tracker, act, buttons_of, entity

GO = "GO! onderwijs van de Vlaamse Gemeenschap"


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


async def test_a_card_says_why_and_how_to_reach_it(database: str) -> None:
    message = await ask("wie contacteer ik in Limburg", ("regio", "Limburg"))
    card = message["custom"]["kaarten"][0]
    assert card["titel"] == "Provincie Limburg - Flankerend Onderwijs"
    assert card["kenmerken"] == ["provincie", "provincie Limburg"]
    assert card["regels"][0] == "Waarom: werkt in de provincie Limburg."
    assert [link["url"] for link in card["links"]] == [
        "tel:+3211305840",
        "mailto:onderwijs@limburg.be?subject=Vraag%20over%20duaal%20leren",
        "https://www.limburg.be/Steunpunt-Onderwijs",
    ]
    assert card["bron"] == "Bron: limburg.be. Nagekeken op 21 november 2026."
    assert message["custom"]["voor"] == "Hier kan je terecht:"
    assert "1700" in message["custom"]["na"]


async def test_all_that_is_on_the_cards_is_in_the_text(database: str) -> None:
    message = await ask("sectorfonds voor de horeca", ("sector", "horeca"))
    for card in message["custom"]["kaarten"]:
        assert all(line in message["text"] for line in (card["titel"], *card["regels"]))


async def test_a_need_is_in_the_opening_the_tip_and_the_subject_of_a_mail(database: str) -> None:
    message = await ask("wie helpt met de erkenning van mijn restaurant", ("sector", "horeca"))
    assert message["text"].startswith("Hier kan je terecht voor de erkenning als leerwerkplek:")
    assert "subject=Vraag%20over%20de%20erkenning%20als%20leerwerkplek" in str(message["custom"]["kaarten"][0]["links"])
    complaint = await ask("bij wie kan ik klagen")
    assert "Bel 112" in complaint["custom"]["voor"]


async def test_who_cannot_be_reached_is_admitted(database: str) -> None:
    text = (await ask("agodi", ("organisatie", "AGODI (Agentschap voor Onderwijsdiensten)")))["text"]
    assert "Ik heb geen telefoonnummer, e-mailadres of website." in text


BEFORE = {"need": "mentoropleiding", "sector": "horeca", "region": "Limburg"}


def after(text: str, *entities: dict, before: dict[str, str] | None = None, slots: dict | None = None) -> ContactWish:
    state = SearchState("zoek_contactpunt", BEFORE if before is None else before).event()["value"]
    names = list(entities)
    held = {"zoektocht": state, **(slots or {})}
    goes_on = {"namen": names if only_names(text, names) else []}
    return wish_of(a_tracker(text, "zoek_contactpunt", entities=names, slots=held, vervolg=goes_on))


@pytest.mark.parametrize("text", ["en in Gent?", "Gent", "ook in Gent graag", "in Gent"])
def test_a_place_behind_a_search_keeps_sector_and_need(database: str, text: str) -> None:
    start = text.index("Gent")
    wish = after(text, entity("gemeente", "Gent", start, start + 4))
    assert wish == ContactWish(need="mentoropleiding", sector="horeca", municipality="Gent")


def test_a_sector_behind_a_search_keeps_place_and_need(database: str) -> None:
    wish = after("en voor de bouw?", entity("sector", "hout en bouw", 8, 15))
    assert wish == ContactWish(need="mentoropleiding", sector="hout en bouw", region="Limburg")


def test_a_need_behind_a_search_keeps_place_and_sector(database: str) -> None:
    assert after("en voor een klacht?") == ContactWish(need="klacht", sector="horeca", region="Limburg")


def test_a_question_of_its_own_starts_anew(database: str) -> None:
    text = "wie kan ik bellen in Gent"
    assert after(text, entity("gemeente", "Gent", 21, 25)) == ContactWish(municipality="Gent")
    named = after("en VDAB?", entity("organisatie", "VDAB", 3, 7))
    assert named == ContactWish(organisation="VDAB")


def test_what_another_search_wanted_is_not_kept(database: str) -> None:
    state = SearchState("zoek_opleiding", {"sector": "horeca"}).event()["value"]
    tracker = a_tracker("en in Gent?", entities=[entity("gemeente", "Gent", 6, 10)], slots={"zoektocht": state})
    assert wish_of(tracker) == ContactWish(municipality="Gent")


def test_the_audience_is_who_is_talking(database: str) -> None:
    assert after("en in Gent?", slots={"doelgroep": "bedrijf"}).audience == "bedrijf"


async def test_a_name_of_two_places_is_asked_back(database: str) -> None:
    text = "contactpunt in Heusden"
    tracker = a_tracker(text, "zoek_contactpunt", entities=[entity("gemeente", "Heusden-Zolder", 15, 22)])
    (message,), slots = await act(ZoekContactpunt(), tracker)
    assert "meer dan één plaats" in message["text"]
    assert slots["zoektocht"]["kind"] == "zoek_contactpunt"


async def test_a_number_that_we_lack_is_admitted_first(database: str) -> None:
    fund = ("organisatie", "Alimento (voedingsindustrie en bakkerijen)")
    text = (await ask("wat is het telefoonnummer van alimento", fund))["text"]
    assert text.startswith("Een telefoonnummer van Alimento (voedingsindustrie en bakkerijen) ken ik niet.")
    assert "https://www.alimento.be" in text
    assert (await ask("mailadres van alimento", fund))["text"].startswith("Een mailadres van Alimento")
    assert (await ask("adres van alimento?", fund))["text"].startswith("Een adres van Alimento")
    assert "ken ik niet" not in (await ask("website van alimento", fund))["text"]


async def test_who_has_neither_number_nor_site_leads_to_1700(database: str) -> None:
    text = (await ask("nummer van het abvv", ("organisatie", "ABVV (vakbond)")))["text"]
    first = text.split("\n\n")[0]
    assert first == "Een telefoonnummer van ABVV (vakbond) ken ik niet. Vraag het aan 1700: bellen is gratis."


async def test_a_number_that_we_have_is_not_denied(database: str) -> None:
    pov = ("organisatie", "POV - Provinciaal Onderwijs Vlaanderen")
    for text in ("gsm nummer van pov", "e-mail van pov"):
        assert "ken ik niet" not in (await ask(text, pov))["text"]
    assert "ken ik niet" not in (await ask("wie kan ik bellen over een premie"))["text"]


async def test_the_number_of_somebody_unknown_is_not_in_the_list(database: str) -> None:
    assert (await ask("nummer van mijn school"))["text"].startswith("Dat staat niet in mijn lijst.")


async def test_a_forum_needs_a_place(database: str) -> None:
    assert (await ask("welk ROF is er voor mij"))["text"].startswith("In welke gemeente of streek?")
    waas = (await ask("ROP Waasland", ("regio", "Waasland")))["text"]
    assert waas.startswith("Hier kan je terecht voor het overlegforum duaal leren:")
    west = (await ask("overlegforum in Veurne", ("gemeente", "Veurne")))["text"]
    assert west.startswith("Voor het overlegforum duaal leren ken ik niemand in die streek.")
    assert "duaalwest.be" in west


async def test_who_works_elsewhere_is_admitted(database: str) -> None:
    named = (("organisatie", "Voka Mechelen-Kempen"), ("regio", "Oost-Vlaanderen"))
    text = (await ask("voka oost-vlaanderen", *named))["text"]
    assert text.startswith("Voka Mechelen-Kempen werkt niet in die streek.")


def test_a_bare_postcode_is_a_place(database: str) -> None:
    assert after("contactpunt 2440") == ContactWish(municipality="Geel")
    assert after("wie helpt met de premie van 2024") == ContactWish(need="premie")


CAME_LAST = [{"event": "action", "name": one} for one in ("action_listen", "action_zoek_contactpunt", "action_listen")]


def then(text: str, *entities: dict, before: dict[str, str], events: list[dict] | None = None) -> ContactWish:
    held = {"zoektocht": SearchState("zoek_contactpunt", before).event()["value"]}
    events = CAME_LAST if events is None else events
    return wish_of(a_tracker(text, "zoek_contactpunt", entities=list(entities), slots=held, events=events))


def test_a_message_that_names_nothing_keeps_what_was_just_searched(database: str) -> None:
    before = {"need": "premie", "sector": "voeding", "municipality": "Aalst"}
    assert then("wie moek bellen", before=before) == ContactWish(**before)
    assert then("wie is ons sectorfonds", before=before) == ContactWish(**{**before, "need": "sectorfonds"})
    assert then("wat is hun nummer", before={"organisation": "VDAB"}) == ContactWish(organisation="VDAB")
    assert then("klacht, wie helpt", before={"organisation": "VDAB"}) == ContactWish(need="klacht")


def test_what_was_searched_before_something_else_is_forgotten(database: str) -> None:
    later = [*CAME_LAST, {"event": "action", "name": "utter_faq"}, {"event": "action", "name": "action_listen"}]
    assert then("wie kan ik bellen", before={"sector": "voeding"}, events=later) == ContactWish()


def test_another_network_replaces_the_one_before(database: str) -> None:
    before = {"organisation": GO, "need": "pbd_go", "region": "Limburg"}
    assert then("en katholiek?", before=before) == ContactWish(need="net_katholiek", region="Limburg")


async def test_the_guidance_of_a_network_comes_first(database: str) -> None:
    message = await ask("welke pbd hoort bij een GO school", ("organisatie", GO))
    assert message["custom"]["kaarten"][0]["titel"] == "GO! pedagogische begeleidingsdienst (PBD-GO!)"
