"""What people refuse is told from what they want, and from what they miss."""

import pytest

from nlu.refusal import refused


def refused_in(text: str, *names: str) -> set[str]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return {text[start:end] for start, end in refused(text, spans)}


@pytest.mark.parametrize(
    ("text", "names", "unwanted"),
    [
        ("geen kok", ["kok"], {"kok"}),
        ("nee niet slager maar bakker", ["slager", "bakker"], {"slager"}),
        ("laat lasser maar vallen, iets met hout", ["lasser", "hout"], {"lasser"}),
        ("metser in plaats van dakwerker", ["metser", "dakwerker"], {"dakwerker"}),
        ("kapster ipv kokkin", ["kapster", "kokkin"], {"kokkin"}),
        ("ik word liever tuinman dan loodgieter", ["tuinman", "loodgieter"], {"loodgieter"}),
        ("kwil gene metser zijn", ["metser"], {"metser"}),
        ("ni in de horeca hé", ["horeca"], {"horeca"}),
        ("niet naar Gent, wel naar Aalst", ["Gent", "Aalst"], {"Gent"}),
        ("slager wil ik niet worden", ["slager"], {"slager"}),
        ("geen kok of slager", ["kok", "slager"], {"kok", "slager"}),
    ],
)
def test_a_refusal(text: str, names: list[str], unwanted: set[str]) -> None:
    assert refused_in(text, *names) == unwanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("geen school in Gent?", ["Gent"]),
        ("niet in Aalst?", ["Aalst"]),
        ("is er geen slager in Mol", ["slager", "Mol"]),
        ("ik vind nergens geen kok", ["kok"]),
        ("waarom kan ik geen lasser worden", ["lasser"]),
        ("kan je niet in Brugge voor kok leren", ["Brugge", "kok"]),
        ("niet alleen kok, ook bakker", ["kok", "bakker"]),
        ("kapper niet te ver van Lier", ["kapper", "Lier"]),
        ("ik weet niet of slager iets is", ["slager"]),
        ("ik heb geen diploma en wil kok worden", ["kok"]),
    ],
)
def test_who_misses_something_wants_it(text: str, names: list[str]) -> None:
    assert refused_in(text, *names) == set()
