"""Text as it is compared or made into a key."""

import re
import unicodedata
from functools import lru_cache


def plain(text: str) -> str:
    """Small letters without accents; a sign that has no such letter is left out."""
    return unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()


def words(text: str, star: str = "") -> list[str]:
    """Words without case and accents; ``star`` is a sign that belongs to a word."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return re.findall(rf"[a-z0-9{re.escape(star)}]+", bare)


def place_key(name: str) -> str:
    """A name of a place however it is written: *Sint Truiden*, *SINT-TRUIDEN*."""
    return " ".join(plain(name).replace("-", " ").split())


@lru_cache(maxsize=4096)
def stem(title: str) -> str:
    """A programme's title without what only tells the variant: *Aanloop lassen duaal* -> *lassen*."""
    bare = re.sub(r"^aanloop |\bduaal\b|\((buso ov3|[23]de graad)\)", "", title.casefold())
    return " ".join(bare.split())
