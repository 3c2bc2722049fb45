"""Text that means the same compares the same."""

import pytest

from catalog.text import place_key, stem, words


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Haarverzorging duaal", "haarverzorging"),
        ("Aanloop haarverzorging duaal", "haarverzorging"),
        ("Bandenmonteur duaal (BuSO OV3)", "bandenmonteur"),
        ("Aanloop slagerij duaal (3de graad)", "slagerij"),
    ],
)
def test_variants_of_a_programme_share_a_stem(name: str, bare: str) -> None:
    assert stem(name) == bare


@pytest.mark.parametrize("written", ["Sint-Truiden", "sint truiden", "SINT  TRUIDEN", "Sint-Trúiden"])
def test_a_place_is_the_same_however_it_is_written(written: str) -> None:
    assert place_key(written) == "sint truiden"


def test_words_have_no_case_accents_or_marks() -> None:
    assert words("Cafébaas, 2de-handse auto's!") == ["cafebaas", "2de", "handse", "auto", "s"]
