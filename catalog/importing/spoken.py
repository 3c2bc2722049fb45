"""Cells as people and Excel write them, brought into the form of the catalogue; what is not understood stays."""

import re
from collections.abc import Callable

from catalog.importing.official import DOMAINS, FINALITIES, GRADES, OV3, SEVENTH, website
from catalog.importing.table import Row

YES, NO = "true", "false"
SPOKEN = {
    **dict.fromkeys(("ja", "j", "yes", "waar", "true", "1"), YES),
    **dict.fromkeys(("nee", "neen", "n", "no", "onwaar", "false", "0"), NO),
}
RUN_UPS = tuple(f"{grade} (aanloop)" for grade in GRADES.values())
# Lists that are closed: nobody finds a row with anything else.
CLOSED = {
    "grade": (*GRADES.values(), *RUN_UPS, SEVENTH, OV3),
    "finality": tuple(FINALITIES.values()),
    "contract": ("OAO", "SAO", "OAO|SAO"),
}
# Lists that may grow.
OPEN = {"study_domain": tuple(DOMAINS.values())}


def yes_or_no(cell: str) -> str:
    """*Ja*, *NEE* and *WAAR* as true and false."""
    return SPOKEN.get(cell.casefold(), cell)


def decimal(cell: str) -> str:
    """*50,92* with a point."""
    return cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell


def day(cell: str) -> str:
    """*21/11/2026* as an ISO date; the day goes first, as it is written here."""
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", cell)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else cell


def school_year(cell: str) -> str:
    """*2026/2027* and *2026 - 2027* with a dash."""
    found = re.fullmatch(r"(\d{4})\s*[/-]\s*(\d{4})", cell)
    return f"{found[1]}-{found[2]}" if found else cell


def address(cell: str) -> str:
    """*www.school.be* with its scheme."""
    return website(cell) or ""


FORMS: dict[str, Callable[[str], str]] = {
    "enrolment_open": yes_or_no,
    "latitude": decimal,
    "longitude": decimal,
    "verified_on": day,
    "valid_from": day,
    "valid_until": day,
    "school_year": school_year,
    "website": address,
    "confidence": str.casefold,
}


def settled(cells: Row) -> Row:
    """The cells of a row in our form, by the names of their columns."""
    return {column: FORMS[column](cell) if column in FORMS else cell for column, cell in cells.items()}


def one_of(cell: str, allowed: tuple[str, ...]) -> str | None:
    """The value of a list that is meant, whatever the case; None when it is not in the list."""
    return next((value for value in allowed if value.casefold() == cell.casefold()), None)
