"""Everybody is sent to somebody, the likeliest first."""

import pytest

from catalog import ContactPoint, ContactWish, find_contacts
from catalog.contacts import PROVINCES, in_words
from catalog.fill import SOURCE, rows


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
        (ContactWish(region="Antwerpen"), "provincie-antwerpen-onderwijs"),
        (ContactWish(region="Kempen"), "streekplatform-kempen"),
        (ContactWish(region="Rivierenland"), "igemo-overlegforum-rivierenland"),
        (ContactWish(municipality="Mechelen"), "igemo-overlegforum-rivierenland"),
        (ContactWish(municipality="Elsene"), "duaalleren-brussels"),
        (ContactWish(sector="chemie"), "co-valent"),
        (ContactWish(need="mentoropleiding", sector="hout en bouw"), "constructiv"),
        (ContactWish(need="mentoropleiding", sector="horeca"), "horeca-forma"),
        (ContactWish(need="mentoropleiding", sector="metaal, mechanica en elektriciteit"), "mtechplus"),
        (ContactWish(need="overlegforum", region="Waasland"), "rop-waas-dender"),
        (ContactWish(need="overlegforum", municipality="Mechelen"), "igemo-overlegforum-rivierenland"),
        (ContactWish(need="overlegforum", municipality="Turnhout", audience="school"), "rof-duaal-leren-kempen"),
        (ContactWish(need="overlegforum", municipality="Antwerpen"), "rof-antwerpen"),
        (ContactWish(need="overlegforum", region="Brussel"), "rof-brussel"),
        (ContactWish(need="overlegforum", municipality="Genk"), "rop-limburg"),
        (ContactWish(need="syntra", municipality="Oostende"), "syntra-west"),
        (ContactWish(need="syntra", region="Limburg"), "syntrapxl"),
        (ContactWish(need="pbd_go"), "go-pbd"),
        (ContactWish(need="premie", audience="bedrijf"), "werkplekduaal"),
        (ContactWish(sector="hout en bouw", audience="bedrijf"), "constructiv"),
        (ContactWish(sector="koeling, sanitair en verwarming"), "volta"),
        (ContactWish(need="mentoropleiding", region="Limburg"), "provincie-limburg-flankerend-onderwijs"),
        (ContactWish(need="mentoropleiding", municipality="Hasselt"), "provincie-limburg-flankerend-onderwijs"),
        (ContactWish(need="mentoropleiding"), "serv-sectorconvenants"),
        (ContactWish(need="erkenning"), "werkplekduaal"),
        (ContactWish(need="erkenning", sector="horeca"), "horeca-forma"),
        (ContactWish(need="erkenning", sector="chemie"), "werkplekduaal"),
        (ContactWish(need="klacht", audience="bedrijf"), "werkplekduaal"),
        (ContactWish(need="klacht", audience="leerling"), "dept-onderwijs-vorming"),
        (ContactWish(need="studiekeuze", audience="ouder"), "onderwijskiezer"),
        (ContactWish(need="werkplek_vinden", audience="leerling"), "duaalleren-vlaanderen"),
        (ContactWish(need="overeenkomst", audience="bedrijf"), "werkplekduaal"),
        (ContactWish(need="overeenkomst", audience="leerling"), "duaalleren-vlaanderen"),
        (ContactWish(need="werkgeversorganisatie"), "unizo"),
        (ContactWish(need="werkgeversorganisatie", sector="auto en tweewielers"), "traxio"),
        (ContactWish(need="sectorfonds"), "serv-sectorconvenants"),
        (ContactWish(need="net_katholiek", region="Limburg"), "katholiek-onderwijs-vlaanderen"),
        (ContactWish(need="net_ovsg", municipality="Gent"), "ovsg"),
        (ContactWish(need="school_start", region="Brussel"), "dept-onderwijs-vorming"),
        (ContactWish(audience="bedrijf"), "werkplekduaal"),
        (ContactWish(audience="school"), "dept-onderwijs-vorming"),
        (ContactWish(audience="leerling"), "onderwijskiezer"),
    ],
)
def test_the_likeliest_comes_first(catalogue: None, wish: ContactWish, first: str) -> None:
    assert ids(wish)[0] == first


def test_an_organisation_is_found_by_its_name_alone(database: str) -> None:
    assert ids(ContactWish(organisation="GO! onderwijs van de Vlaamse Gemeenschap")) == ["go"]


def test_a_sector_comes_before_a_place(database: str) -> None:
    assert ids(ContactWish(sector="horeca", municipality="Brugge"))[:2] == ["horeca-forma", "duaal-west"]


def test_limburg_can_be_phoned_and_mailed(database: str) -> None:
    point = find_contacts(ContactWish(region="Limburg"))[0]
    assert (point.phone, point.email) == ("011 30 58 40", "onderwijs@limburg.be")


def test_an_organisation_stands_before_a_need(catalogue: None) -> None:
    wish = ContactWish(organisation="VDAB", need="klacht", sector="horeca", municipality="Gent")
    assert ids(wish) == ["vdab"]


def test_need_sector_and_place_each_keep_a_seat(database: str) -> None:
    wish = ContactWish(need="premie", sector="horeca", municipality="Gent")
    assert ids(wish) == ["werkplekduaal", "horeca-forma", "onderwijscentrum-gent"]


def test_another_sector_and_another_place_stay_out(catalogue: None) -> None:
    horeca = ids(ContactWish(need="mentoropleiding", sector="horeca", region="West-Vlaanderen"))
    assert not {"volta", "constructiv", "provincie-limburg-flankerend-onderwijs"} & set(horeca)


def test_a_network_is_closer_where_it_has_somebody_there(catalogue: None) -> None:
    assert "katholiek-onderwijs-limburg" in ids(ContactWish(need="net_katholiek", municipality="Genk"))
    assert "katholiek-onderwijs-limburg" not in ids(ContactWish(need="net_katholiek", municipality="Gent"))
    # The guidance of one network is no desk for everybody in Limburg, and a union none for the Kempen.
    assert "katholiek-onderwijs-limburg" not in ids(ContactWish(region="Limburg"))
    assert "acv" not in ids(ContactWish(region="Kempen", audience="leerling"))


def test_who_is_there_for_pupils_comes_first_for_pupils(catalogue: None) -> None:
    assert ids(ContactWish(region="Kempen", audience="leerling"))[0] == "provincie-antwerpen-onderwijs"
    gent = find_contacts(ContactWish(municipality="Gent", audience="leerling"))
    assert [point.id for point in gent][:1] == ["onderwijscentrum-gent"]
    assert gent[0].why == "werkt in de stad Gent, vooral voor scholen"
    assert "onderwijskiezer" in [point.id for point in gent]


def test_what_may_be_gone_comes_after_what_is_sure(catalogue: None) -> None:
    found = find_contacts(ContactWish(municipality="Sint-Niklaas"))
    assert found[0].id == "provincie-oost-vlaanderen-onderwijs"
    assert [point.confidence for point in found].index("low") > 0


def test_a_province_is_not_its_city(catalogue: None) -> None:
    province = find_contacts(ContactWish(region="Antwerpen"))
    assert province[0].why == "werkt in de provincie Antwerpen"
    assert province[0].where() == "provincie Antwerpen"
    city = find_contacts(ContactWish(municipality="Antwerpen"))
    assert (city[0].why, city[0].where()) == ("werkt in de stad Antwerpen", "stad Antwerpen")
    assert city[1].why == "werkt in de provincie Antwerpen"


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("Limburg", "de provincie Limburg"),
        ("Gent (stad)", "de stad Gent"),
        ("Kempen", "de Kempen"),
        ("Waasland", "het Waasland"),
        ("Dender", "de streek rond de Dender"),
        ("Brussel", "Brussel"),
        ("Haspengouw", "Haspengouw"),
        ("Vlaanderen", "Vlaanderen"),
    ],
)
def test_a_region_in_a_sentence(area: str, words: str) -> None:
    assert in_words(area) == words


def test_every_contact_point_says_why_it_is_the_right_one(catalogue: None) -> None:
    wishes = [ContactWish(sector="horeca"), ContactWish(region="Limburg"), ContactWish(), ContactWish(need="erkenning")]
    assert all(point.why for wish in wishes for point in find_contacts(wish))


@pytest.mark.parametrize("sector", [row["sector"] for row in rows(SOURCE, "sector_contacts.csv")])
def test_every_sector_leads_to_somebody_who_can_be_reached(catalogue: None, sector: str) -> None:
    points = find_contacts(ContactWish(sector=sector))
    assert points[0].why == f"werkt voor de sector {sector}"
    assert any(map(reachable, points))


@pytest.mark.parametrize("audience", [None, "leerling", "ouder", "bedrijf", "school"])
def test_every_municipality_gets_at_most_three_that_can_be_reached(catalogue: None, audience: str | None) -> None:
    places = [row["name"] for row in rows(SOURCE, "municipalities.csv")]
    assert len(places) == 304
    for place in places:
        points = find_contacts(ContactWish(municipality=place, audience=audience))
        assert 1 <= len(points) <= 3, place
        assert all(map(reachable, points)), place


@pytest.mark.parametrize("audience", [None, "leerling", "ouder", "bedrijf", "school"])
def test_every_need_gives_one_to_three_wherever_one_lives(catalogue: None, audience: str | None) -> None:
    for need in [row["need"] for row in rows(SOURCE, "needs.csv")]:
        for region in (None, "Brussel", *PROVINCES):
            points = find_contacts(ContactWish(need=need, region=region, audience=audience))
            assert 1 <= len(points) <= 3, (need, region)
            assert any(map(reachable, points)), (need, region)


def test_every_region_has_somebody(catalogue: None) -> None:
    for region in {row["region"] for row in rows(SOURCE, "regions.csv")}:
        assert any(map(reachable, find_contacts(ContactWish(region=region)))), region


def reachable(point: ContactPoint) -> bool:
    return bool(point.phone or point.email or point.website)


def test_a_forum_without_an_address_comes_with_who_can_be_reached_there(database: str) -> None:
    found = find_contacts(ContactWish(organisation="ROP (regionaal overlegplatform), Limburg"))
    assert found[0].name == "ROP (regionaal overlegplatform), Limburg"
    assert "011 30 58 40" in {point.phone for point in found}
    assert len(found) <= 3


FIRST_OF_SECTOR = {row["sector"]: row["contact_points"].split("|")[0] for row in rows(SOURCE, "sector_contacts.csv")}


@pytest.mark.parametrize("sector", FIRST_OF_SECTOR)
@pytest.mark.parametrize("audience", [None, "bedrijf"])
def test_no_need_puts_another_fund_above_the_first_of_the_sector(
    catalogue: None, sector: str, audience: str | None
) -> None:
    of_sector = {one for row in rows(SOURCE, "sector_contacts.csv") for one in row["contact_points"].split("|")}
    for need in (None, "erkenning", "mentoropleiding", "premie", "overeenkomst", "leerling_vinden", "sectorfonds"):
        found = [one for one in ids(ContactWish(need=need, sector=sector, audience=audience)) if one in of_sector]
        assert found[:1] == [FIRST_OF_SECTOR[sector]], need


@pytest.mark.parametrize("sector", FIRST_OF_SECTOR)
@pytest.mark.parametrize("place", [None, "Gent", "Brugge", "Mechelen"])
def test_the_desk_that_recognises_is_named_in_every_sector(catalogue: None, sector: str, place: str | None) -> None:
    for audience in (None, "bedrijf"):
        wish = ContactWish(need="erkenning", sector=sector, municipality=place, audience=audience)
        assert "werkplekduaal" in ids(wish)


@pytest.mark.parametrize("sector", FIRST_OF_SECTOR)
@pytest.mark.parametrize("need", [None, "sectorfonds", "mentoropleiding"])
def test_at_most_one_of_a_sector_cannot_be_reached(catalogue: None, sector: str, need: str | None) -> None:
    points = find_contacts(ContactWish(need=need, sector=sector))
    assert sum(not reachable(point) for point in points) <= 1


def test_who_works_elsewhere_is_not_given_for_a_named_place(catalogue: None) -> None:
    for wish in (
        ContactWish(organisation="Voka Mechelen-Kempen", region="West-Vlaanderen"),
        ContactWish(organisation="Voka Mechelen-Kempen", municipality="Roeselare"),
    ):
        assert "voka-mechelen-kempen" not in ids(wish)
        assert "duaal-west" in ids(wish)
    assert ids(ContactWish(organisation="Voka Mechelen-Kempen", municipality="Geel"))[0] == "voka-mechelen-kempen"
    assert ids(ContactWish(organisation="VDAB", municipality="Roeselare")) == ["vdab"]


def test_another_employers_organisation_is_given_where_the_named_one_does_not_work(catalogue: None) -> None:
    assert "unizo" in ids(ContactWish(organisation="Voka Mechelen-Kempen", region="Limburg"))


def test_a_forum_without_an_address_is_named_with_who_works_there(catalogue: None) -> None:
    found = find_contacts(ContactWish(need="overlegforum", municipality="Antwerpen"))
    assert not reachable(found[0])
    assert "stad-antwerpen-leren-op-de-werkvloer" in [point.id for point in found]
    assert found[0].for_need and not found[1].for_need


def test_the_guidance_of_a_named_network_comes_before_the_network(catalogue: None) -> None:
    network = "GO! onderwijs van de Vlaamse Gemeenschap"
    assert ids(ContactWish(organisation=network, need="pbd_go")) == ["go-pbd", "go"]
    assert ids(ContactWish(organisation=network, need="klacht")) == ["go"]
