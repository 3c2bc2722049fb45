"""One spelling for what differs only in case, accents, quotes, dashes or spaces."""

import re
import unicodedata

QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


def fold(text: str) -> str:
    """Case, accents, typographic signs and runs of white space removed; the words stay."""
    plain = unicodedata.normalize("NFKD", text.translate(QUOTES)).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(plain.split())


def words_only(text: str) -> str:
    """Folded text with only letters, digits and plus signs left: *Sint-Niklaas!* -> *sint niklaas*."""
    return " ".join(re.findall(r"[\w+]+", fold(text).replace("'", "")))
