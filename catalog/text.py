"""Text as it is compared or made into a key."""

import unicodedata


def plain(text: str) -> str:
    """Small letters without accents; a sign that has no such letter is left out."""
    return unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
