"""How hard a text reads, by a formula that people know."""

import pytest

from ops.content.reading import Reading, length, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("huis", 1), ("bakker", 2), ("leerwerkplek", 3), ("overeenkomst", 4), ("mooie", 2), ("vzw", 1), ("één", 1)],
)
def test_syllables_are_vowel_sounds(word: str, count: int) -> None:
    assert syllables(word) == count


def test_an_item_of_a_list_is_a_sentence_and_an_address_is_a_word() -> None:
    text = "Dit heb je nodig:\n- een mentor\n- een plek\n\nKijk op https://www.vlaanderen.be/duaal.leren. Bel 1.5 keer."
    assert [length(sentence) for sentence in Reading(text).sentences] == [4, 2, 2, 3, 3]


def test_the_formula_is_douma() -> None:
    # 6 words, 2 sentences, 6 syllables.
    assert Reading("De kat zit. De hond blaft.").ease == pytest.approx(206.84 - 0.93 * 3 - 77 * 1)


def test_official_dutch_is_harder_than_plain_dutch() -> None:
    official = "De overeenkomst alternerende opleiding wordt ondertekend voorafgaand aan de tewerkstelling."
    assert Reading(official).ease < 30 < 60 < Reading("Je tekent eerst. Daarna mag je gaan werken.").ease


def test_a_long_sentence_is_found() -> None:
    reading = Reading("Kort. " + " ".join(["woord"] * 26) + ". Ook kort.")
    assert length(reading.longest) == 26


def test_nothing_is_no_trouble() -> None:
    assert Reading("").ease == 100
    assert Reading("").longest == ""
