"""Changes that leave the meaning of a message as it was."""

import random
import unicodedata
from collections.abc import Callable

Change = Callable[[str, random.Random], str]


def _without_accents(text: str, _: random.Random) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _one_space_less(text: str, chance: random.Random) -> str:
    spaces = [place for place, sign in enumerate(text) if sign == " "]
    if len(spaces) < 3:
        return text
    place = chance.choice(spaces)
    return text[:place] + text[place + 1 :]


def _spaces(text: str, chance: random.Random) -> str:
    return "  " + "".join(sign * chance.randint(1, 3) if sign == " " else sign for sign in text) + "\n"


def _emoji(text: str, chance: random.Random) -> str:
    emoji = chance.choice(["🙂", "😅😅", "🙏", "🤔", "👍🏽", "😭😭😭"])
    return chance.choice([f"{emoji} {text}", f"{text} {emoji}", f"{text}{emoji}"])


def _padded(text: str, chance: random.Random) -> str:
    padding = chance.choice([" ", "\n", ".", "!", "🙂"])
    return (text + " " + padding * 2000)[:2000]


CHANGES: dict[str, Change] = {
    "capitals": lambda text, _: text.upper(),
    "no capitals": lambda text, _: text.lower(),
    "no accents": _without_accents,
    "decomposed accents": lambda text, _: unicodedata.normalize("NFD", text),
    "spaces": _spaces,
    "a space less": _one_space_less,
    "emoji": _emoji,
    "smart quotes": lambda text, _: "“" + text.replace("'", "’") + "”",
    "no full stop": lambda text, _: text.rstrip("?.! "),
    "many marks": lambda text, _: text.rstrip("?.! ") + " ???!!",
    "a greeting": lambda text, chance: chance.choice(["Hey, ", "Goeiedag, ", "Hallo! ", "dag "]) + text,
    "a thank you": lambda text, chance: text + chance.choice([" Alvast bedankt!", " thx", " merci", " dank u"]),
    "another language around it": lambda text, chance: (
        chance.choice(["Hello, ", "Bonjour, ", "Sorry, "]) + text + " please"
    ),
    "2,000 characters": _padded,
}
