"""One of the results is told about, with all that is known and nothing that is not."""

import pytest

from actions.vertel_resultaat import VertelResultaat
from tests.unit.actions.helpers import a_tracker, act, buttons_of

SEARCH = {"kind": "zoek_opleiding", "wish": {"municipality": "Leuven"}, "next_offset": None}


async def tell(place: int, *shown: str) -> dict:
    slots = {"zoektocht": {**SEARCH, "shown": list(shown)}}
    tracker = a_tracker("vertel meer", slots=slots, vervolg={"keuze": place})
    messages, _ = await act(VertelResultaat(), tracker)
    return messages[0]


async def test_tells_what_is_known_of_the_one_that_was_picked(database: str) -> None:
    message = await tell(2, "duaal-1356", "duaal-1097")
    assert message["text"].startswith("Haarverzorging duaal (3de graad, arbeidsmarktfinaliteit)")
    assert "Sector: haar- en lichaamsverzorging." in message["text"]
    assert "km van Leuven" in message["text"]
    assert "Hoe schrijf ik mij in voor duaal leren?" in buttons_of(message)


async def test_a_contract_that_is_not_settled_is_no_statement_about_pay(database: str) -> None:
    message = await tell(-1, "duaal-1097", "duaal-1356")
    assert message["text"].startswith("Bandenmonteur duaal")
    assert "staat niet vast" in message["text"]
    assert not {"loon", "vergoeding", "betaald", "onbetaald"} & set(message["text"].casefold().split())


@pytest.mark.parametrize("shown", [(), ("duaal-1097",)])
async def test_who_picks_what_was_not_shown_hears_how_many_were(database: str, shown: tuple[str, ...]) -> None:
    message = await tell(3, *shown)
    assert f"Ik toonde {len(shown)} opleiding" in message["text"]


async def test_a_programme_that_is_gone_is_admitted(database: str) -> None:
    assert "staat niet meer in mijn lijst" in (await tell(1, "duaal-bestaat-niet"))["text"]


async def test_where_the_school_is_is_told_of_the_last_one_without_inventing_a_street(database: str) -> None:
    slots = {"zoektocht": {**SEARCH, "shown": ["duaal-1356", "duaal-1097"], "told": "duaal-1097"}}
    tracker = a_tracker("waar ligt die school", slots=slots, vervolg={"keuze": 1, "adres": True})
    (message,), _ = await act(VertelResultaat(), tracker)
    assert "Een straat en nummer ken ik niet." in message["text"]
    assert "Haarverzorging duaal" in message["text"]
    assert "Bandenmonteur" not in message["text"]
