"""What companies really type is read as the answer, and what is none is not."""

import pytest

from actions.guide_answers import Named, NotRead, is_asking, named_in, read, words_of
from answers.guide import UNKNOWN, guide

GARAGE = Named("opleiding", "Onderhoudsmechanica auto duaal", "auto en tweewielers")
MOL = Named("gemeente", "Mol")


def reading(name: str, text: str, *named: Named) -> str:
    return read(guide().question(name), text, named)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ja", "ja"),
        ("ja zeker", "ja"),
        ("jawel, mijn vrouw", "ja"),
        ("yes", "ja"),
        ("tuurlijk, al jaren", "ja"),
        ("neen", "nee"),
        ("nog ni", "nee"),
        ("nee nog niet", "nee"),
        ("wij hebben nog niemand", "nee"),
        ("helaas nog niemand gevonden", "nee"),
        ("te jong", "nee"),
        ("Weet ik niet", UNKNOWN),
        ("weet k nie", UNKNOWN),
        ("'k weet 't ni", UNKNOWN),
        ("da weet ik zo ni", UNKNOWN),
        ("geen idee", UNKNOWN),
        ("dat moet ik nog navragen", UNKNOWN),
        ("ja maar ik weet het niet zeker", UNKNOWN),
        # Age and years of experience decide by themselves.
        ("ik ben 45 en al 20 jaar garagist", "ja"),
        ("mijn broer is 30 met 8 jaar ervaring", "ja"),
        ("hij is 24 met 6 jaar ervaring", "nee"),
        ("hij is 40 maar heeft maar 2 jaar ervaring", "nee"),
        ("22", "nee"),
        ("ja, ik ben 45", "ja"),
    ],
)
def test_yes_no_and_neither_in_many_words(text: str, value: str) -> None:
    assert reading("mentor", text) == value


@pytest.mark.parametrize(
    "text", ["ik ben 45", "30 jaar", "blauw", "waarom mag een mentor niet jonger zijn", "misschien?"]
)
def test_half_an_answer_is_asked_again(text: str) -> None:
    if text == "misschien?":
        assert reading("mentor", text) == UNKNOWN
        return
    with pytest.raises(NotRead, match="Kies Ja, Nee of Weet ik niet"):
        reading("mentor", text)


def test_the_age_of_the_exception_is_the_least_and_not_enough_by_itself() -> None:
    assert reading("mentor_jong", "hij is 21") == "nee"
    assert reading("mentor_jong", "ja hij is 24") == "ja"
    with pytest.raises(NotRead):
        reading("mentor_jong", "hij is 24")


@pytest.mark.parametrize(
    ("text", "named", "value"),
    [
        ("Garage of fietsen", (), "auto en tweewielers"),
        ("ik heb een garage", (GARAGE,), "auto en tweewielers"),
        ("horeca", (Named("sector", "horeca"),), "horeca"),
        ("we hebben een winkel", (), "administratie, handel en logistiek"),
        ("geen idee", (), UNKNOWN),
        # A name says more than the doubt around it.
        ("weet niet welke sector, wij zijn een garage", (GARAGE,), "auto en tweewielers"),
    ],
)
def test_a_sector_by_its_name_or_by_a_trade(text: str, named: tuple[Named, ...], value: str) -> None:
    assert reading("sector", text, *named) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Een opleiding erbij", "opleiding"),
        ("nog een vestiging in Geel", "vestiging"),
        ("ik wil verlengen", "vernieuwen"),
        ("gewoon starten", "niets"),
        ("weet k nog niet", UNKNOWN),
    ],
)
def test_plans_of_a_recognised_company(text: str, value: str) -> None:
    assert reading("plan", text) == value


def test_a_programme_is_that_of_the_catalogue_or_as_typed() -> None:
    assert reading("opleiding", "automecanicien", GARAGE) == GARAGE.value
    assert reading("opleiding", " carrosserie  enzo. ") == "carrosserie enzo"
    assert reading("opleiding", "weet ik nog niet") == UNKNOWN
    for text in ("hoe noemt die opleiding?", "??", "x", "1"):
        with pytest.raises(NotRead):
            reading("opleiding", text)


def test_a_place_is_a_municipality_or_as_typed_and_brussels_is_told_apart() -> None:
    assert reading("vestiging", "in Mol", MOL) == "Mol"
    assert reading("vestiging", "op de Kerkstraat") == "op de Kerkstraat"
    assert reading("vestiging", "onze zaak ligt in het centrum van Brussel") == "elders"
    assert reading("vestiging", "in Doornik") == "elders"


@pytest.mark.parametrize("name", ["Sint-Katelijne-Waver", "Sint-Gillis-Waas"])
def test_a_flemish_name_that_holds_another_is_not_elsewhere(name: str) -> None:
    assert reading("vestiging", name, Named("gemeente", name)) == name
    assert guide().question("vestiging").meant(name) == name


def test_an_extract_that_is_too_old_is_no_extract() -> None:
    assert reading("uittreksel", "ja maar van twee jaar geleden") == "nee"
    assert reading("uittreksel", "ja, van vorige maand") == "ja"


def test_the_small_tools() -> None:
    assert words_of("'k Weet 't nié!") == "k weet t nie"
    assert is_asking("wat is dat") and is_asking("dat moet?") and not is_asking("moet ik navragen")
    rows = [{"entity": "gemeente", "value": "Mol", "sector": ""}, {"entity": "opleiding", "value": "x", "sector": "y"}]
    assert named_in({"named": rows}) == (MOL, Named("opleiding", "x", "y"))
    assert named_in({}) == ()
