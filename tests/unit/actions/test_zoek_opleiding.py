"""The reply to a wish for a programme: what there is, how sure, and a way on."""

import pytest

from actions.toon_meer import ToonMeer
from actions.zoek_opleiding import ZoekOpleiding
from tests.unit.actions.helpers import a_tracker, act, buttons_of, entity


def where(text: str, name: str) -> tuple[int, int]:
    """Start and end of a name in a text; nowhere when it stands there in other words."""
    start = text.find(name)
    return (start, start + len(name)) if start >= 0 else (0, 0)


async def ask(
    text: str,
    *entities: tuple[str, str],
    before: dict[str, object] | None = None,
    goes_on: dict[str, list[dict[str, object]]] | None = None,
    title: str = "",
) -> tuple[dict, dict]:
    found = [entity(*one, *where(text, one[1])) for one in entities]
    tracker = a_tracker(
        text,
        "zoek_opleiding",
        entities=found,
        slots={"zoektocht": before},
        vervolg=goes_on,
        decision=[{"titel": title}] if title else None,
    )
    messages, slots = await act(ZoekOpleiding(), tracker)
    assert len(messages) == 1
    return messages[0], slots["zoektocht"]


async def test_names_grade_finality_and_schools_with_their_year(database: str) -> None:
    message, state = await ask("ik wil kapper worden", ("opleiding", "Haarverzorging duaal"))
    assert "3 duale opleidingen" in message["text"]
    assert "Haarverzorging duaal (3de graad, arbeidsmarktfinaliteit)" in message["text"]
    assert "Syntra West: volgens gegevens van schooljaar 2021-2022; vraag na bij de school." in message["text"]
    assert "niet volledig" in message["text"]
    assert "Nagekeken op 21 november 2026" in message["text"]
    assert state["wish"] == {"programme": "Haarverzorging duaal"}
    assert (state["kind"], state["next_offset"], len(state["shown"])) == ("zoek_opleiding", None, 3)


async def test_the_page_gets_cards_with_a_link_each(database: str) -> None:
    message, _ = await ask("ik wil kapper worden", ("opleiding", "Haarverzorging duaal"))
    first = message["custom"]["kaarten"][0]
    assert first["titel"] == "Haarverzorging duaal"
    assert first["kenmerken"] == ["3de graad", "arbeidsmarktfinaliteit"]
    assert "Nagekeken op 21 november 2026" in first["bron"]
    assert all(link["url"].startswith("https://") for link in first["links"])
    assert "3 duale opleidingen" in message["custom"]["voor"]


async def ask_for_trade(
    text: str, trade: str, sector: str, before: dict[str, object] | None = None
) -> tuple[dict, dict]:
    named = [{"entity": "beroep", "value": trade, "sector": sector}]
    tracker = a_tracker(text, "zoek_opleiding", named=named, slots={"zoektocht": before})
    (message,), slots = await act(ZoekOpleiding(), tracker)
    return message, slots["zoektocht"]


async def test_a_trade_without_a_programme_is_said_so_and_its_sector_shown(database: str) -> None:
    message, state = await ask_for_trade(
        "ik wil schoenmaker worden", "schoenmaker", "mode, textiel en textielverzorging"
    )
    assert message["text"].startswith("Een duale opleiding voor schoenmaker ken ik niet.")
    assert "https://www.onderwijskiezer.be" in message["text"]
    assert "voor de sector mode, textiel en textielverzorging" in message["text"]
    assert state["wish"] == {"sector": "mode, textiel en textielverzorging"}


async def test_a_trade_of_no_sector_forgets_what_was_searched_before(database: str) -> None:
    before = {"kind": "zoek_opleiding", "wish": {"programme": "Kok duaal"}}
    message, state = await ask_for_trade("of piloot?", "piloot", "", before)
    assert "voor piloot ken ik niet" in message["text"]
    assert "Kok" not in message["text"]
    assert state["wish"] == {}


async def test_who_finds_no_trade_is_shown_all_ways(database: str) -> None:
    message, _ = await ask_for_trade("piloot", "piloot", "")
    undecided, _ = await ask("ik weet niet wat ik wil")
    for one in (message, undecided):
        assert {"Iets in de horeca", "Wie helpt mij kiezen?"} <= set(buttons_of(one))


def going_on(key: str, text: str, name: str, value: str, kind: str = "") -> dict[str, list[dict[str, object]]]:
    start, end = where(text, name)
    return {key: [{"entity": key, "soort": kind, "value": value, "start": start, "end": end}]}


KAPPER_IN_MOL: dict[str, object] = {
    "kind": "zoek_opleiding",
    "wish": {"programme": "Haarverzorging duaal", "grade": "3de graad", "municipality": "Mol"},
}


async def test_a_refused_trade_is_forgotten_and_asked_for_another(database: str) -> None:
    text = "nee toch geen kapper in dat geval hoor"
    refusal = going_on("geweigerd", text, "kapper", "Haarverzorging duaal", "opleiding")
    message, state = await ask(text, before=KAPPER_IN_MOL, goes_on=refusal)
    assert "dan wel?" in message["text"]
    assert state["wish"] == {"municipality": "Mol"}


async def test_a_refused_place_is_forgotten_and_the_trade_kept(database: str) -> None:
    text = "niet in Mol"
    _, state = await ask(text, before=KAPPER_IN_MOL, goes_on=going_on("geweigerd", text, "Mol", "Mol", "gemeente"))
    assert state["wish"] == {"programme": "Haarverzorging duaal", "grade": "3de graad"}


@pytest.mark.parametrize(("value", "kept"), [("Vlaanderen", {"grade"}), ("alles", set())])
async def test_everywhere_takes_the_place_off(database: str, value: str, kept: set[str]) -> None:
    text = "in overal of alles"
    _, state = await ask(text, before=KAPPER_IN_MOL, goes_on=going_on("overal", text, text, value))
    assert set(state["wish"]) == {"programme", *kept}


async def test_who_sees_all_of_it_already_gets_the_rest(database: str) -> None:
    _, first = await ask("horeca", ("sector", "horeca"))
    _, more = await ask("alles", before=first, goes_on=going_on("overal", "alles", "alles", "alles"))
    assert more["shown"][:5] == first["shown"]
    assert len(more["shown"]) > 5


@pytest.mark.parametrize("text", ["Zoek een opleiding", "ik zoek een andere richting", "ik zoek een opleiding"])
async def test_who_begins_anew_is_asked_for_a_trade(database: str, text: str) -> None:
    message, state = await ask(text, before=KAPPER_IN_MOL, title="Zoek een opleiding")
    assert "Welk beroep of welke richting zoek je?" in message["text"]
    assert state["wish"] == {}


async def test_a_part_of_a_municipality_is_explained(database: str) -> None:
    kok = ("opleiding", "Kok duaal")
    tracker = a_tracker(
        "kok in Belsele", "zoek_opleiding", entities=[entity(*kok), entity("gemeente", "Sint-Niklaas", 7, 14)]
    )
    (message,), _ = await act(ZoekOpleiding(), tracker)
    assert "Voor Belsele kijk ik in Sint-Niklaas." in message["text"]
    message, _ = await ask("kok in Gent", kok, ("gemeente", "Gent"))
    assert "kijk ik in" not in message["text"]


async def test_a_grade_that_leaves_nothing_shows_the_others_and_keeps_the_list(database: str) -> None:
    message, state = await ask("enkel 2de graad", ("graad", "2de graad"), before=KAPPER_IN_MOL)
    assert "Ik vond geen duale opleiding voor Haarverzorging duaal (2de graad) in Mol." in message["text"]
    assert "Wel in " in message["text"]
    assert state["shown"]
    assert state["wish"] == {"programme": "Haarverzorging duaal", "municipality": "Mol"}


async def test_says_nothing_about_pay(database: str) -> None:
    message, _ = await ask("kapper", ("opleiding", "Haarverzorging duaal"))
    assert not {"OAO", "SAO", "loon", "vergoeding", "betaald"} & set(message["text"].replace(".", " ").split())


async def test_a_place_with_schools_stands_first(database: str) -> None:
    message, _ = await ask("auto's in Aarschot", ("sector", "auto en tweewielers"), ("gemeente", "Aarschot"))
    assert "In Aarschot zag ik scholen voor 2 daarvan" in message["text"]
    assert message["text"].index("Damiaaninstituut B en C in Aarschot:") < message["text"].index("ik ken er geen")


async def test_schools_elsewhere_come_with_how_far_they_are(database: str) -> None:
    message, _ = await ask("lasser in Leuven", ("opleiding", "Lassen-constructie duaal"), ("gemeente", "Leuven"))
    assert "De dichtste die ik ken, staan eerst" in message["text"]
    near, far = message["text"].index("in Aarschot, op 15 km van Leuven"), message["text"].index("in Kortrijk, op ")
    assert near < far
    assert "vogelvlucht" in message["text"]


async def test_a_name_of_several_places_is_asked_back(database: str) -> None:
    message, state = await ask("lasser in heusden", ("opleiding", "Lassen-constructie duaal"), ("gemeente", "heusden"))
    assert buttons_of(message) == ["Destelbergen", "Heusden-Zolder"]
    assert state["wish"] == {"programme": "Lassen-constructie duaal"}


async def test_words_that_name_nothing_of_ours_are_searched_for(database: str) -> None:
    message, state = await ask("is er iets van banketbakerij en brood")
    assert "Brood- en banketbakkerij duaal" in message["text"]
    assert state["wish"]["words"] == "banketbakerij brood"


async def test_the_finality_narrows(database: str) -> None:
    message, state = await ask("dubbele finaliteit in de derde graad", ("graad", "3de graad"))
    assert "6 duale opleidingen" in message["text"]
    assert state["wish"] == {"grade": "3de graad", "finality": "dubbele finaliteit"}


async def test_a_place_without_schools_is_admitted(database: str) -> None:
    message, _ = await ask("kok in Gent", ("opleiding", "Kok duaal"), ("gemeente", "Gent"))
    assert "Van een school in Gent weet ik niets" in message["text"]
    assert "https://www.onderwijskiezer.be" in message["text"]


@pytest.mark.parametrize("text", ["kapper in Narnia", "een kapperschool in xanadoe?"])
async def test_an_unknown_place_is_named_and_leads_on(database: str, text: str) -> None:
    message, _ = await ask(text, ("opleiding", "Haarverzorging duaal"))
    assert "Ik ken geen gemeente" in message["text"]
    assert "In heel Vlaanderen" in buttons_of(message)


async def test_words_behind_in_that_are_no_places_do_no_harm(database: str) -> None:
    for text in (
        "kapper worden in het zevende jaar",
        "kapper in mijn buurt",
        "kapper in de horeca",
        "kapper in september",
    ):
        message, _ = await ask(text, ("opleiding", "Haarverzorging duaal"))
        assert "duale opleidingen" in message["text"], text


async def test_a_wish_without_a_trade_is_asked_for_one(database: str) -> None:
    message, _ = await ask("welke opleidingen zijn er")
    assert "Welk beroep of welke richting zoek je?" in message["text"]
    assert "Iets met auto's" in buttons_of(message)


async def test_narrowing_keeps_what_was_searched(database: str) -> None:
    before = {"kind": "zoek_opleiding", "wish": {"programme": "Haarverzorging duaal"}, "next_offset": None}
    _, state = await ask("en in Mol?", ("gemeente", "Mol"), before=before)
    assert state["wish"] == {"programme": "Haarverzorging duaal", "municipality": "Mol"}


async def test_a_new_trade_replaces_the_old_and_keeps_the_place(database: str) -> None:
    wish = {"programme": "Haarverzorging duaal", "grade": "3de graad", "municipality": "Mol"}
    before = {"kind": "zoek_opleiding", "wish": wish, "next_offset": None}
    _, state = await ask("en bakker?", ("opleiding", "Brood- en banketbakkerij duaal"), before=before)
    assert state["wish"] == {"programme": "Brood- en banketbakkerij duaal", "municipality": "Mol"}


async def test_an_empty_result_points_elsewhere(database: str) -> None:
    message, _ = await ask("iets met xylofonen")
    assert "Ik vond geen duale opleiding" in message["text"]
    assert "https://www.onderwijskiezer.be" in message["text"]
    assert message["buttons"]


async def test_more_goes_on_until_the_end(database: str) -> None:
    _, state = await ask("horeca", ("sector", "horeca"))
    seen = 5
    while state["next_offset"]:
        assert state["next_offset"] == seen
        messages, slots = await act(ToonMeer(), a_tracker("toon meer", slots={"zoektocht": state}))
        state, seen = slots["zoektocht"], seen + len(messages[0]["custom"]["kaarten"])
        assert len(state["shown"]) == seen
    messages, _ = await act(ToonMeer(), a_tracker("toon meer", slots={"zoektocht": state}))
    assert messages[0]["text"] == "Dat was alles."


async def test_a_broken_database_is_told_with_another_way(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    messages, _ = await act(ZoekOpleiding(), a_tracker("kok", entities=[entity("opleiding", "Kok duaal")]))
    assert "lukt nu even niet" in messages[0]["text"]
    assert "1700" in messages[0]["text"]
