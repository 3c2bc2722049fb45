"""Numbers in words become digits, and what only sounds like a number stays what it is."""

from datetime import date

import pytest

from actions.dutch_numbers import in_digits


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("zevenenveertig", "47"),
        ("tweeendertig en veertien", "32 en 14"),
        ("vijf en zestig", "65"),
        ("vijventwintig jaar", "25 jaar"),
        ("een dertiger", "een 30"),
        ("een jaar of tien", "10 jaar"),
        ("een jaar ervaring", "1 jaar ervaring"),
        ("een bakker", "een bakker"),
        ("twee en een half jaar", "2 jaar"),
        ("dertig maanden", "2 jaar"),
        ("een half jaar bezig", "0 jaar bezig"),
        ("nog geen vijf jaar", "4 jaar"),
        ("hij is in de twintig", "hij is "),
        ("sinds 2015", "sinds 11 jaar ervaring"),
        ("geboren in 1990", "geboren in 36 jaar oud"),
        ("hij is van 1990", "hij is van 36 jaar oud"),
        ("in 2031", "in 2031"),
        ("tienerwerking, achterbuur", "tienerwerking, achterbuur"),
    ],
)
def test_numbers_as_people_say_them(words: str, digits: str) -> None:
    assert in_digits(words, date(2026, 11, 22)) == digits
