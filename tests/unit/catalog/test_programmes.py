"""Search finds what people mean, near first, and claims nothing about schools that it does not know."""

from dataclasses import replace

import pytest

from catalog import ContactWish, ProgrammeWish, find_contacts, programme, search, upgrade
from catalog.database import NotFilled


def test_a_programme_brings_its_relatives_after_it(database: str) -> None:
    page = search(ProgrammeWish(programme="Haarverzorging duaal"))
    assert [programme.name for programme in page.programmes] == [
        "Haarverzorging duaal",
        "Kapper-stylist duaal",
        "Aanloop haarverzorging duaal",
    ]
    assert page.next_offset is None


def test_a_sector_and_grade_narrow(database: str) -> None:
    page = search(ProgrammeWish(sector="hout en bouw", grade="3de graad"), limit=50)
    assert page.total == len(page.programmes) == 10
    assert {programme.sector for programme in page.programmes} == {"hout en bouw"}
    assert all(programme.grade.startswith("3de graad") for programme in page.programmes)


def test_a_place_puts_its_schools_first(database: str) -> None:
    page = search(ProgrammeWish(sector="auto en tweewielers", municipality="Aarschot"))
    assert page.nearby == 2
    assert [offer.municipality for programme in page.programmes[:2] for offer in programme.offers[:1]] == [
        "Aarschot"
    ] * 2


def test_a_place_without_schools_still_names_the_programmes(database: str) -> None:
    page = search(ProgrammeWish(programme="Kok duaal", municipality="Gent"))
    assert page.nearby == 0
    assert page.programmes[0].name == "Kok duaal"


def test_a_region_covers_its_municipalities(database: str) -> None:
    page = search(ProgrammeWish(programme="Haarverzorging duaal", region="Kempen"))
    assert page.nearby == 1
    assert page.programmes[0].offers[0].municipality == "Mol"


def test_schools_outside_a_region_come_by_distance_from_its_middle(database: str) -> None:
    wish = ProgrammeWish(programme="Haarverzorging duaal", region="West-Vlaanderen")
    offers = programme("duaal-1097", wish).offers
    assert all(offer.kilometres is None for offer in offers)
    where = [offer.municipality for offer in offers if offer.municipality]
    assert where.index("Oostende") < where.index("Aalst") < where.index("Mol")


def test_a_merged_municipality_is_found_under_its_new_name(database: str) -> None:
    page = search(ProgrammeWish(programme="Elektromechanische technieken duaal", municipality="Tessenderlo-Ham"))
    assert page.nearby == 1


def test_pages_follow_each_other_without_gap_or_overlap(database: str) -> None:
    wish = ProgrammeWish(sector="horeca")
    first = search(wish)
    second = search(wish, offset=first.next_offset or 0)
    together = search(wish, limit=10)
    assert first.programmes + second.programmes == together.programmes


def test_programmes_named_only_in_passing_come_last_of_their_kind(database: str) -> None:
    page = search(ProgrammeWish(sector="metaal, mechanica en elektriciteit", grade="3de graad"), limit=50)
    regular = [programme for programme in page.programmes if programme.id.startswith("duaal-")]
    certain = [programme.confidence != "low" for programme in regular]
    assert certain == sorted(certain, reverse=True)
    assert False in certain


@pytest.mark.parametrize("odd", ["%%%", "' OR 1=1", "x" * 5000, "\x00"])
def test_odd_wishes_find_nothing_and_break_nothing(database: str, odd: str) -> None:
    assert search(ProgrammeWish(programme=odd)).total == 0
    assert search(ProgrammeWish(sector=odd)).total == 0


def test_a_postcode_is_a_place(database: str) -> None:
    wish = ProgrammeWish(sector="auto en tweewielers", municipality="3200")
    assert search(wish) == search(replace(wish, municipality="Aarschot"))
    assert search(wish).nearby == 2


def test_without_a_school_nearby_the_nearest_is_told_first(database: str) -> None:
    page = search(ProgrammeWish(programme="Haarverzorging duaal", municipality="Gent"))
    assert page.nearby == 0
    far = [offer.kilometres for offer in page.programmes[0].offers if offer.kilometres is not None]
    assert far == sorted(far)
    assert len(far) > 1


def test_a_word_may_be_misspelled_and_stand_anywhere(database: str) -> None:
    assert search(ProgrammeWish(words="knippen haar")).programmes[0].name == "Haarverzorging duaal"
    assert search(ProgrammeWish(words="monteur banden")).programmes[0].name == "Bandenmonteur duaal"
    assert search(ProgrammeWish(words="bandenmontuer")).programmes[0].name == "Bandenmonteur duaal"


def test_nothing_can_be_searched_before_the_catalogue_is_filled(empty_database: str) -> None:
    upgrade()
    with pytest.raises(NotFilled, match="make start"):
        search(ProgrammeWish(sector="horeca"))
    with pytest.raises(NotFilled, match="make start"):
        find_contacts(ContactWish(municipality="Gent"))
