"""What may come in: every message passes here before Rasa sees it."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 2000

EMPTY = "Ik zie nog geen tekst. Typ je vraag in het vak onderaan."
NO_WORDS = "Ik begrijp alleen woorden. Typ je vraag in je eigen woorden."
TOO_LONG = f"Dat is een lang bericht. Hou het korter dan {LONGEST} tekens, dan kan ik je beter helpen."
COMMAND = "Zo'n opdracht begrijp ik niet. Typ gewoon je vraag, zonder schuine streep vooraan."
NOT_NOW = (
    "Dat lukt nu even niet. Probeer het straks opnieuw. Is het dringend? Bel gratis 1700 (de infolijn van de Vlaamse "
    "overheid) of mail werkplekduaal@vlaanderen.be."
)


@dataclass(frozen=True)
class Accepted:
    """Text that Rasa may read: no control signs, at most ``LONGEST`` characters, not a command."""

    text: str


@dataclass(frozen=True)
class Refused:
    """What to say instead of passing the message on."""

    reply: str


def check(raw: object) -> Accepted | Refused:
    """Clean a message, or say in friendly Dutch why it cannot be read."""
    text = clean(raw) if isinstance(raw, str) else ""
    if not text:
        return Refused(EMPTY)
    if len(text) > LONGEST:
        return Refused(TOO_LONG)
    # Rasa reads a leading slash as an intent with slots: nobody outside may set those.
    if text.startswith("/"):
        return Refused(COMMAND)
    if not re.search(r"\w", text):
        return Refused(NO_WORDS)
    return Accepted(text)


def clean(raw: str) -> str:
    """Composed characters; control and invisible signs removed, line ends kept, the edges trimmed."""
    composed = unicodedata.normalize("NFC", raw)
    kept = (
        sign for sign in composed if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return "".join(kept).strip()
