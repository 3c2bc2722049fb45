"""Names of places, trades and organisations are recognised as people type them."""

import pytest

from catalog.lookups import TARGET
from nlu.entities import ANY_KINDS, CONTACT_KINDS, PROGRAMME_KINDS
from nlu.names import NameFinder, read_names

# Words that the training sentences hold, so that no misspelling is seen in them.
ORDINARY = (
    "waar kan ik leren worden opleiding ergens graag willen weten zoeken school werken morgen helpen bellen".split()
)


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(read_names(TARGET), 85, ORDINARY)


def found(
    finder: NameFinder, text: str, kinds: tuple[str, ...] = PROGRAMME_KINDS, told: bool = False
) -> set[tuple[str, str]]:
    return {(hit.name.entity, hit.name.value) for hit in finder.find(text, kinds, told)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik wil kapper worden", {("opleiding", "Haarverzorging duaal")}),
        ("loodgieter in genk", {("opleiding", "Sanitaire en verwarmingsinstallaties duaal"), ("gemeente", "Genk")}),
        ("electricien", {("opleiding", "Elektrische installaties duaal")}),
        ("iets met auto's in Aarschot", {("sector", "auto en tweewielers"), ("gemeente", "Aarschot")}),
        ("iets met auto’s", {("sector", "auto en tweewielers")}),
        ("in de zorg", {("sector", "zorg, welzijn en schoonmaak")}),
        ("bouw, derde graad", {("sector", "hout en bouw"), ("graad", "3de graad")}),
        ("kok op sint niklaas", {("opleiding", "Kok duaal"), ("gemeente", "Sint-Niklaas")}),
        ("bakker st-truiden", {("opleiding", "Brood- en banketbakkerij duaal"), ("gemeente", "Sint-Truiden")}),
        ("lasser in Deurne", {("opleiding", "Lassen-constructie duaal"), ("gemeente", "Antwerpen")}),
        ("kapper antwerpe", {("opleiding", "Haarverzorging duaal"), ("gemeente", "Antwerpen")}),
        (
            "schrijnwerker in 3270",
            {("opleiding", "Binnenschrijnwerk en interieur duaal"), ("gemeente", "Scherpenheuvel-Zichem")},
        ),
        (
            "fietshersteller 2de graad Leuven",
            {("opleiding", "Fietshersteller duaal"), ("graad", "2de graad"), ("gemeente", "Leuven")},
        ),
        ("tuinman in de Kempen", {("opleiding", "Groenaanleg en -beheer duaal"), ("regio", "Kempen")}),
        ("kaper in mechelem", {("gemeente", "Mechelen")}),
        ("werken in de kinderopvang", {("opleiding", "Kinderbegeleider duaal")}),
        ("steenhouwer", {("opleiding", "Natuursteenbewerker duaal")}),
        ("lasser 3600", {("opleiding", "Lassen-constructie duaal"), ("gemeente", "Genk")}),
        ("8800 bakker", {("opleiding", "Brood- en banketbakkerij duaal"), ("gemeente", "Roeselare")}),
        ("krijgt een bakker 2000 euro", {("opleiding", "Brood- en banketbakkerij duaal")}),
        ("bakker 2020-2021", {("opleiding", "Brood- en banketbakkerij duaal")}),
        ("bakker schooljaar 2030", {("opleiding", "Brood- en banketbakkerij duaal")}),
        ("iets me kinderen", {("opleiding", "Kinderbegeleider duaal")}),
        ("iet mee auto's", {("sector", "auto en tweewielers")}),
        # A trade of its own is no misspelling: not every maker is a schoonmaker.
        ("schoenmaker", set()),
    ],
)
def test_wishes(finder: NameFinder, text: str, expected: set[tuple[str, str]]) -> None:
    assert found(finder, text) == expected


@pytest.mark.parametrize(
    "text",
    ["dat is zo goed als klaar", "ik ben de mol niet", "mijn opleiding boom is leuk", "een lier is een instrument"],
)
def test_an_ordinary_word_is_no_place(finder: NameFinder, text: str) -> None:
    assert not {entity for entity, _ in found(finder, text)} & {"gemeente", "regio"}


@pytest.mark.parametrize(("text", "place"), [("bakker in Mol", "Mol"), ("kok in lier", "Lier"), ("As", "As")])
def test_behind_a_preposition_or_alone_it_is(finder: NameFinder, text: str, place: str) -> None:
    assert ("gemeente", place) in found(finder, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("contact GO!", "GO! onderwijs van de Vlaamse Gemeenschap"),
        ("nummer van syntra west", "Syntra West"),
        ("mail van alimneto", "Alimento (voedingsindustrie en bakkerijen)"),
    ],
)
def test_organisations(finder: NameFinder, text: str, value: str) -> None:
    assert ("organisatie", value) in found(finder, text, CONTACT_KINDS)


def test_who_speaks_is_heard_in_passing_only_when_it_is_clear(finder: NameFinder) -> None:
    assert found(finder, "mijn zoon wil stoppen", ANY_KINDS) == {("doelgroep", "ouder")}
    assert found(finder, "welk bedrijf neemt mij", ANY_KINDS) == set()
    assert found(finder, "ik heb een bakkerij", ("doelgroep",), told=True) == {("doelgroep", "bedrijf")}


def test_positions_point_into_the_text(finder: NameFinder) -> None:
    text = "ik zoek iets voor  kapster   in Sint-Niklaas!"
    assert [text[hit.start : hit.end] for hit in finder.find(text, PROGRAMME_KINDS)] == ["kapster", "Sint-Niklaas"]
