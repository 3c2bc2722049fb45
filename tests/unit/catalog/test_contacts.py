"""Everybody is sent to somebody, the likeliest first."""

import pytest

from catalog import ContactWish, find_contacts
from catalog.database import PROJECT
from catalog.fill import rows


def ids(wish: ContactWish) -> list[str]:
    return [point.id for point in find_contacts(wish)]


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        (ContactWish(region="Limburg"), "provincie-limburg-flankerend-onderwijs"),
        (ContactWish(sector="horeca"), "horeca-forma"),
        (ContactWish(sector="haar- en lichaamsverzorging"), "duaalleren314"),
        (ContactWish(sector="zorg, welzijn en schoonmaak"), "vivo"),
        (ContactWish(municipality="Antwerpen"), "stad-antwerpen-leren-op-de-werkvloer"),
        (ContactWish(municipality="Gent"), "onderwijscentrum-gent"),
        (ContactWish(municipality="Brugge"), "duaal-west"),
        (ContactWish(municipality="Geel"), "streekplatform-kempen"),
        (ContactWish(region="Brussel"), "duaalleren-brussels"),
        (ContactWish(audience="bedrijf"), "werkplekduaal"),
        (ContactWish(audience="leerling"), "onderwijskiezer"),
    ],
)
def test_the_likeliest_comes_first(database: str, wish: ContactWish, first: str) -> None:
    assert ids(wish)[0] == first


def test_an_organisation_is_found_by_its_name_alone(database: str) -> None:
    assert ids(ContactWish(organisation="GO! onderwijs van de Vlaamse Gemeenschap")) == ["go"]


def test_a_sector_comes_before_a_place(database: str) -> None:
    assert ids(ContactWish(sector="horeca", municipality="Brugge"))[:2] == ["horeca-forma", "duaal-west"]


def test_limburg_can_be_phoned_and_mailed(database: str) -> None:
    point = find_contacts(ContactWish(region="Limburg"))[0]
    assert (point.phone, point.email) == ("011 30 58 40", "onderwijs@limburg.be")


def test_every_municipality_gets_at_most_three_that_can_be_reached(database: str) -> None:
    places = [row["name"] for row in rows(PROJECT / "data" / "catalogue", "municipalities.csv")]
    assert len(places) == 304
    for place in places:
        points = find_contacts(ContactWish(municipality=place))
        assert 1 <= len(points) <= 3, place
        assert all(point.phone or point.email or point.website for point in points), place
