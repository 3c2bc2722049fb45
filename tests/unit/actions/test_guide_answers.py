"""What companies really type is read as the answer, and what is none is not."""

import pytest

from actions.guide_answers import Named, NotRead, is_asking, is_enough, named_in, read, words_of
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
        ("ik ben 45 en al 20 jaar garagist", "zelf"),
        ("mijn broer is 30 met 8 jaar ervaring", "ja"),
        ("hij is 24 met 6 jaar ervaring", "nee"),
        ("hij is 40 maar heeft maar 2 jaar ervaring", "nee"),
        ("22", "nee"),
        ("ja, ik ben 45", "zelf"),
        ("ja ikzelf", "zelf"),
        ("mijn moeder is achtenvijftig en al dertig jaar slagerin", "ja"),
        ("onze gast is 33, werkt hier 10 jaar", "ja"),
        ("een veertiger die hier sinds 2005 werkt", "ja"),
        # A yes does not outweigh what disqualifies.
        ("ja, onze gast van drieëntwintig", "nee"),
        ("ja maar nog geen vijf jaar ervaring", "nee"),
        ("jawel, hij is bijna 25", "nee"),
        ("ja maar pas achttien maanden bezig", "nee"),
        # These numbers are about something else.
        ("ja we hebben er twee die dat kunnen", "ja"),
        ("ja, wij werken met 18 mensen", "ja"),
        ("ik heb geen mentor", "nee"),
    ],
)
def test_yes_no_and_neither_in_many_words(text: str, value: str) -> None:
    assert reading("mentor", text) == value


@pytest.mark.parametrize(
    "text",
    ["ik ben 45", "30 jaar", "blauw", "mijn vrouw", "ik heb een vraag", "we hebben geen tijd", "misschien?"],
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
    assert not is_enough(guide().question("mentor_jong"), "ja hij is 24")
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
    for text in ("weet ik nog niet", "neen", "nog nie beslist", "dat kies ik later", "geen"):
        assert reading("opleiding", text) == UNKNOWN
    for text in ("hoe noemt die opleiding?", "??", "x", "1", "we hebben het druk", "ik heb geen zin in zo'n vragen"):
        with pytest.raises(NotRead):
            reading("opleiding", text)


def test_a_place_is_a_municipality_or_as_typed_and_brussels_is_told_apart() -> None:
    assert reading("vestiging", "in Mol", MOL) == "Mol"
    assert reading("vestiging", "op de Kerkstraat") == "op de Kerkstraat"
    for text, place in [("onze zaak ligt in het centrum van Brussel", "Brussel"), ("in luik", "Luik")]:
        assert reading("vestiging", text) == place
        assert guide().question("vestiging").meant(place) == "elders"


def test_a_place_is_no_trade_and_a_remark_is_no_place() -> None:
    for asked, text, named in [("opleiding", "hier in Mol", (MOL,)), ("vestiging", "da zijn uw zaken niet", ())]:
        with pytest.raises(NotRead):
            reading(asked, text, *named)
    assert reading("opleiding", "imker in Mol", MOL) == "imker in Mol"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in Mol en ook in Lier", "Mol en Lier"),
        ("Mol, Lier", "Mol en Lier"),
        ("Mol bij Lier", "Mol"),
        ("tussen Mol en Lier", "Mol"),
    ],
)
def test_two_places_are_both_kept(text: str, value: str) -> None:
    assert reading("vestiging", text, MOL, Named("gemeente", "Lier")) == value


@pytest.mark.parametrize(
    ("text", "missing"),
    [("ons ma is 53", "Hoeveel jaar praktijkervaring"), ("al twaalf jaar in de stiel", "Hoe oud is die persoon?")],
)
def test_only_what_is_missing_is_asked(text: str, missing: str) -> None:
    with pytest.raises(NotRead, match=f"^{missing.replace('?', '.')}"):
        reading("mentor", text)


@pytest.mark.parametrize(
    ("before", "text", "value"),
    [
        ("ons ma is 53", "twintig jaar", "ja"),
        ("ons ma is 53", "3", "nee"),
        ("al twaalf jaar in de stiel", "41", "ja"),
        ("ikzelf", "ja", "zelf"),
    ],
)
def test_what_was_told_before_counts(before: str, text: str, value: str) -> None:
    assert read(guide().question("mentor"), text, (), before) == value


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("erkend", "ik heb geen tijd"),
        ("uittreksel", "we hebben geen goesting"),
        ("mentoropleiding", "ik heb honger"),
        ("erkend", "wij hebben al een leerling"),
    ],
)
def test_having_something_else_is_neither_yes_nor_no(asked: str, text: str) -> None:
    with pytest.raises(NotRead):
        reading(asked, text)


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
