"""Finds figures that are typed in an answer instead of named: they would go stale unseen."""

import re
from collections.abc import Iterable, Iterator

MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
SPELLED = {
    word: str(value)
    for value, word in enumerate(
        "één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
        "achttien negentien twintig".split(),
        start=1,
    )
} | {"dertig": "30", "veertig": "40", "vijftig": "50", "zestig": "60", "honderd": "100"}
UNIT = {
    "euro": "euro",
    "€": "euro",
    "procent": "procent",
    "%": "procent",
    **dict.fromkeys(("uur", "uren", "lesuur", "lesuren"), "uur"),
    **dict.fromkeys(("minuut", "minuten"), "minuut"),
    **dict.fromkeys(("dag", "dagen", "werkdag", "werkdagen", "kalenderdagen", "vakantiedagen", "halve dagen"), "dag"),
    **dict.fromkeys(("week", "weken"), "week"),
    **dict.fromkeys(("maand", "maanden"), "maand"),
    **dict.fromkeys(("jaar", "jaren", "schooljaren"), "jaar"),
}
UNITS = "|".join(sorted(map(re.escape, UNIT), key=len, reverse=True))
DIGITS = re.compile(
    rf"(?P<amount>(?P<number>\d+(?:[.,]\d+)*)\s*(?P<unit>{UNITS})(?!\w))"
    rf"|(?P<date>\d{{1,2}} (?:{MONTH})(?: \d{{4}})?)"
    rf"|(?P<period>(?:{MONTH}) \d{{4}}|\d{{4}}-\d{{4}})"
    r"|(?P<year>\b(?:19|20)\d\d\b)"
    r"|(?P<bare>\d+(?:[.,]\d+)*)",
    re.I,
)
WORDS = re.compile(rf"\b(?P<number>{'|'.join(SPELLED)}) (?P<unit>{UNITS})(?!\w)", re.I)
# Digits that are no figure: addresses, telephone numbers, numbers of a list, names with a number in them.
NO_FIGURE = re.compile(
    r"https?://\S+|\S+@\S+|^\d+\. |\b(?:0|\+32)\d[\d /.]{6,}\d|\b(?:112|1813|102|1712|1700)\b|\b[a-z][\w.-]*\d\b"
    r"|\b(?:PC|paritair comité|opleidingsvorm|speerpunt|stap|punt|model) \d+(?:\.\d+)?(?: (?:en|of) \d+)?",
    re.M | re.I,
)
NAMED = re.compile(r"\{\w*\}")


def typed_figures(text: str, known: Iterable[str]) -> Iterator[str]:
    """Amounts, terms and dates in a text that stands for figures by name.

    A number in digits is always one, but for a year alone: what happened then changes no more. A school year, a month
    of a year and a number in words are one when a figure says the same, for *drie dagen* may be an example.

    Args:
        text: an answer as the editor wrote it, with ``{names}``.
        known: how the figures are written.
    """
    amounts = {amount for figure in known for amount in _amounts(figure)}
    written = {figure.casefold() for figure in known}
    bare = NO_FIGURE.sub(" ", NAMED.sub(" ", text))
    for match in DIGITS.finditer(bare):
        if not match["year"] and (not match["period"] or match[0].casefold() in written):
            yield match[0]
    for match in WORDS.finditer(bare):
        if _amount(match) in amounts:
            yield match[0]


def _amounts(text: str) -> Iterator[tuple[str, str]]:
    yield from (_amount(match) for pattern in (DIGITS, WORDS) for match in pattern.finditer(text) if match["unit"])


def _amount(match: re.Match[str]) -> tuple[str, str]:
    number = match["number"].casefold()
    return SPELLED.get(number, number), UNIT[match["unit"].casefold()]
