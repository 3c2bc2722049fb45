"""What a message says by itself about going on with what came before."""

from typing import Any

import pytest

from nlu.follow_up import LAST, asks_where_it_is, everywhere, only_names, picked


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("vertel meer over de tweede", 2),
        ("Meer info over nummer 3 graag", 3),
        ("de 1ste", 1),
        ("toon mij de laatste", LAST),
        ("5", 5),
    ],
)
def test_one_of_several_is_picked(text: str, place: int) -> None:
    assert picked(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "ik zit in het tweede jaar",
        "de eerste of de tweede",
        "hoe lang duurt de tweede stage bij dezelfde baas",
        "vertel meer over de premie",
        "0",
        "9000",
        "",
    ],
)
def test_a_number_in_a_sentence_of_its_own_picks_nothing(text: str) -> None:
    assert picked(text) is None


def name(text: str, part: str, entity: str = "gemeente") -> dict[str, Any]:
    start = text.index(part)
    return {"entity": entity, "value": part, "start": start, "end": start + len(part)}


@pytest.mark.parametrize(
    ("text", "part", "entity"),
    [
        ("en in Gent?", "Gent", "gemeente"),
        ("enkel derde graad", "derde graad", "graad"),
        ("of bakker", "bakker", "opleiding"),
        ("heftruck leren", "heftruck", "opleiding"),
        ("voor piloot gaan", "piloot", "beroep"),
        ("nee, toch Lier", "Lier", "gemeente"),
        ("ik wil eigenlijk liever kok", "kok", "opleiding"),
        ("toch geen slager meer", "slager", "geweigerd"),
    ],
)
def test_names_alone_narrow(text: str, part: str, entity: str) -> None:
    assert only_names(text, [name(text, part, entity)])


@pytest.mark.parametrize(
    ("text", "part"), [("wat kost de bus naar Gent", "Gent"), ("zijn er premies in Gent", "Gent"), ("en dan?", "")]
)
def test_names_between_other_words_do_not(text: str, part: str) -> None:
    assert not only_names(text, [name(text, part)] if part else [])


@pytest.mark.parametrize(
    ("text", "widens"),
    [
        ("in heel Vlaanderen", "Vlaanderen"),
        ("ma overal mag", "Vlaanderen"),
        ("eender waar", "Vlaanderen"),
        ("dat maakt mij niet uit", "Vlaanderen"),
        ("doet er niet toe", None),
        ("maakt niet uit welke graad", None),
        ("laat maar alles zien", "alles"),
        ("alles over premies", None),
    ],
)
def test_everywhere_is_heard(text: str, widens: str | None) -> None:
    assert [one["value"] for one in everywhere(text)] == ([widens] if widens else [])


def test_where_the_school_is_is_asked_of_what_was_shown() -> None:
    assert asks_where_it_is("waar is die school juist", [])
    assert asks_where_it_is("hebt ge een adres", [])
    assert not asks_where_it_is("waar is een school", [])
    assert not asks_where_it_is("waar staat die premie", [])
    assert not asks_where_it_is("adres van Syntra", [name("adres van Syntra", "Syntra", "organisatie")])
