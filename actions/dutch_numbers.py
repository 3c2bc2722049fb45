"""Numbers as people write them: *drieënvijftig*, *een jaar of tien*, *bijna 25*, *sinds 2010*."""

import re
from datetime import date

UNITS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
WORTH = {
    **{word: number for number, word in enumerate(UNITS, 1)},
    # Said with a soft v before a vowel.
    "vijv": 5,
    **{word: number for number, word in enumerate(TEENS, 10)},
    **{word: number for number, word in enumerate(TENS, 2)},
}
# Fifty, fifty-three, "drie en vijftig", "een vijftiger", "een vijftigtal".
LARGE = re.compile(rf"\b(?:({'|'.join((*UNITS, 'vijv'))}) ?e?n ?)?({'|'.join(TENS)})(?:ers?|tal)?\b")
# *Een* is an article, unless years are counted.
SMALL = re.compile(rf"\b({'|'.join((*UNITS[1:], *TEENS))})(?:tal)?\b|\b(een)(?= (?:jaar|maand)\b)")
YEAR = re.compile(r"\b(19[3-9]\d|20\d\d)\b")
BORN = re.compile(r"\b(?:geboren|bouwjaar)\b|\b(?:is|ben|iemand) van $")
# Less than the number that follows.
NEARLY = "bijna|haast|net geen|nog geen|geen|nog niet|minder dan|jonger dan|onder de"
REWRITTEN = (
    # "Een jaar of tien", "een stuk of tien".
    (re.compile(r"\b(?:1|een) (?:jaar|jaartje|stuk) of (\d+)\b(?: jaar)?"), r"\1 jaar"),
    (re.compile(r"\b(\d+) en (?:een )?half jaar\b"), r"\1 jaar"),
    (re.compile(r"\banderhalf jaar\b"), "1 jaar"),
    (re.compile(r"\b(?:een )?half ?jaar\b"), "0 jaar"),
    # Between twenty and thirty: no number to go by.
    (re.compile(r"\b(?:in de|(?:midden|eind)(?: in)?(?: de)?) 20\b(?! jaar)"), ""),
)


def in_digits(words: str, today: date) -> str:
    """Numbers and years in plain lower case words as digits, rounded down to whole years."""
    text = LARGE.sub(lambda hit: str(10 * WORTH[hit[2]] + WORTH.get(hit[1] or "", 0)), words)
    text = SMALL.sub(lambda hit: str(WORTH[hit[1] or hit[2]]), text)
    for pattern, instead in REWRITTEN:
        text = pattern.sub(instead, text)
    text = re.sub(r"\b(\d+) maand(?:en)?\b", lambda hit: f"{int(hit[1]) // 12} jaar", text)
    text = re.sub(rf"\b(?:{NEARLY}) (\d+)\b", lambda hit: str(max(int(hit[1]) - 1, 0)), text)
    return YEAR.sub(lambda hit: _since(hit, today), text)


def _since(year: "re.Match[str]", today: date) -> str:
    passed = today.year - int(year[0])
    if passed < 0:
        return year[0]
    return f"{passed} jaar {'oud' if BORN.search(year.string[: year.start()]) else 'ervaring'}"
