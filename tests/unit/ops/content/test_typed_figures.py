"""A figure in an answer has a name, or it would go stale unseen."""

import pytest

from ops.content.typed_figures import typed_figures

KNOWN = ["vijf jaar", "1 september 2025", "571,30 euro", "twintig dagen", "2024-2025", "april 2020"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Je krijgt 571,30 euro per maand.", ["571,30 euro"]),
        ("Je krijgt 12 procent en 12 %.", ["12 procent", "12 %"]),
        ("Dat geldt 5 jaar.", ["5 jaar"]),
        ("Dat geldt vijf jaar.", ["vijf jaar"]),
        ("Je hebt 20 vakantiedagen.", ["20 vakantiedagen"]),
        ("Vanaf 1 september 2025 of 3 maart.", ["1 september 2025", "3 maart"]),
        ("In schooljaar 2024-2025 begon het.", ["2024-2025"]),
        ("De nota van april 2020.", ["april 2020"]),
        ("Er zijn 19 sectoren.", ["19"]),
    ],
)
def test_finds_what_is_typed(text: str, found: list[str]) -> None:
    assert list(typed_figures(text, KNOWN)) == found


@pytest.mark.parametrize(
    "text",
    [
        "Dat geldt {erkenning_jaren}, tot {einde}.",
        "Bel 1700 of 011 30 58 40, of 112 bij nood.",
        "Kijk op https://x.be/2025/12 of mail a1@b2.be.",
        "1. Eerst dit\n2. Dan dat",
        "In OV3 en OV4, of opleidingsvorm 3 en 4.",
        "Voor PC 200 en PC 140.03 geldt dat.",
        # An example in words that no figure says, a year that is past, a school year of long ago.
        "Een leerling werkt drie dagen in de herfst van 2018, in 2018-2019.",
    ],
)
def test_leaves_what_is_no_figure(text: str) -> None:
    assert list(typed_figures(text, KNOWN)) == []
