"""Which e-mail addresses may be kept: a school's general mailbox, never one with a person's name in it."""

import re

from catalog.text import plain

# Words that only a mailbox of the house bears.
GENERAL = frozenset(
    "info secretariaat secr onthaal school admin administratie directie duaal duaalleren leerlingensecretariaat contact"
    " mail post office campus onderwijs inschrijving inschrijvingen opleiding opleidingen leerlingenadministratie"
    " internaat centrum cdo clw oao welkom studieaanbod".split()
)
# What makes a name that of a school and not of the person whom it was called after.
SCHOOL_WORDS = ("instituut", "college", "atheneum", "school", "campus", "academie", "lyceum", "onderwijs", "syntra")
SHORTEST = 5


def general_mailbox(address: str | None, school: str) -> str | None:
    """The address when it is plainly the house's own, else None.

    Kept: *info@*, *secretariaat.gent@* of a school in whose name Gent stands, *vti@* of VTI Brugge, *sintjozef@* of the
    Sint-Jozefsinstituut. Dropped: whatever might be a person, such as *an.peeters@*, *an@*, and also *jan@* of a
    Sint-Jan or *maria@* of a Maria Boodschap. In doubt an address is dropped.
    """
    local, at, domain = (address or "").strip().lower().rpartition("@")
    if not (at and re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", domain)):
        return None
    parts = [part for part in re.split(r"[^a-z]+", local) if part]
    if not parts:
        return None
    words = _words(school)
    if any(_is_general(part, words) for part in parts):
        return address if all(_is_general(part, words) or part in words for part in parts) else None
    # A dot or underscore between two words is how people's names are written.
    spoken = not re.search(r"[._]", local) and _is_the_school("".join(parts), school)
    return address if spoken else None


def _is_general(part: str, words: list[str]) -> bool:
    """*info*, and *infogent* where Gent stands in the school's name."""
    if part in GENERAL:
        return True
    return any(part.startswith(word) and part[len(word) :] in words for word in GENERAL)


def _is_the_school(local: str, school: str) -> bool:
    """Whether the local part is the school's abbreviation, its name, or the start of that of more than one word."""
    if local.upper() in re.findall(r"\b[A-Z]{2,}\b", school):
        return True
    words = _words(school)
    name = "".join(words)
    if len(local) < SHORTEST or local not in name:
        return False
    if any(word in local for word in SCHOOL_WORDS):
        return True
    return name.startswith(local) and len(local) > len(words[0])


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", plain(name))
