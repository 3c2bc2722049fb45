"""What a message says by itself about going on with what came before."""

from typing import Any

import pytest

from nlu.follow_up import LAST, only_names, picked


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
    ],
)
def test_names_alone_narrow(text: str, part: str, entity: str) -> None:
    assert only_names(text, [name(text, part, entity)])


@pytest.mark.parametrize(
    ("text", "part"), [("wat kost de bus naar Gent", "Gent"), ("zijn er premies in Gent", "Gent"), ("en dan?", "")]
)
def test_names_between_other_words_do_not(text: str, part: str) -> None:
    assert not only_names(text, [name(text, part)] if part else [])
