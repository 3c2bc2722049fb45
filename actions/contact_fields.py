"""Read what somebody typed as one field of the contact form. Each reader returns the value or says what is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

SKIPPED = ""
NAME_LONGEST = 100
QUESTION_SHORTEST = 5
QUESTION_LONGEST = 2000

YES = re.compile(
    r"^\W*(ja+|jawel|yes|yep|ok[eé]?|oke|akkoord|zeker|tuurlijk|natuurlijk|goed|dat mag|mag|klopt|doe maar)\b", re.I
)
NO = re.compile(r"^\W*(nee+|neen|nope|niet|liever niet|geen)\b", re.I)
SKIP = re.compile(r"^\W*(overslaan|sla( dit| dat)? over|nee+|neen|geen|liever niet|niet|skip|-|/)\W*", re.I)
ROLES = {
    "leerling": r"leerling|student|scholier|jongere",
    "ouder": r"ouder|mama|papa|moeder|vader|voogd",
    "bedrijf": r"bedrijf|onderneming|werkgever|zelfstandige|zaakvoerder|firma|ondernemer|mentor",
    "school": r"school|leerkracht|leraar|lerares|directeur|directie|trajectbegeleider|clb|onderwijs",
    "iemand anders": r"iemand anders|ander|niemand|geen van",
}


class NotAccepted(Exception):
    """The text is no value for the field; the message is for the person who typed it."""


@dataclass(frozen=True)
class Field:
    """A field of the form: its slot, what people call it, and how it is read."""

    slot: str
    title: str
    words: str
    read: Callable[[str], object]


def read_name(text: str) -> str:
    """A name, without "ik heet" before it."""
    name = re.sub(
        r"^\W*(ik heet|mijn naam is|mn naam is|m'n naam is|ik ben|dit is|naam:?)\s+", "", text.strip(), flags=re.I
    )
    name = " ".join(name.split()).strip(" .,!")
    if (
        not 2 <= len(name) <= NAME_LONGEST
        or not re.search(r"[^\W\d_]{2}", name)
        or re.search(r"[\d@<>{}\[\]/\\]", name)
    ):
        raise NotAccepted("Dat lijkt geen naam. Typ je voornaam, of je voornaam en je familienaam.")
    return name


def read_email(text: str) -> str:
    """An e-mail address, also from the middle of a sentence."""
    found = re.search(r"[^\s<>,;:()]+@[^\s<>,;:()]+", text)
    try:
        return str(validate_email(found[0].rstrip(".!?") if found else text, check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise NotAccepted(
            "Dat lijkt geen e-mailadres. Typ het zoals naam@voorbeeld.be. Liever stoppen? Typ dan annuleer."
        ) from error


def read_phone(text: str) -> str:
    """A phone number in international form, or nothing when skipped; without a country it is Belgian."""
    if SKIP.match(text) and not re.search(r"\d{5}", text):
        return SKIPPED
    try:
        number = phonenumbers.parse(re.sub(r"[^\d+/ .()-]", "", text), "BE")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise NotAccepted("Dat lijkt geen telefoonnummer. Typ het zoals 0470 12 34 56, of kies Overslaan.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def read_role(text: str) -> str:
    """One of the five roles."""
    for role, words in ROLES.items():
        if re.search(rf"\b({words})", text, re.I):
            return role
    raise NotAccepted("Kies wat het best past: leerling, ouder, bedrijf, school of iemand anders.")


def read_question(text: str) -> str:
    """The question, as typed."""
    question = text.strip()
    if len(question) < QUESTION_SHORTEST or not re.search(r"[^\W\d_]{2}", question):
        raise NotAccepted("Schrijf je vraag met een paar woorden meer, dan kan een medewerker je goed helpen.")
    if len(question) > QUESTION_LONGEST:
        raise NotAccepted(f"Je vraag is te lang. Hou ze korter dan {QUESTION_LONGEST} tekens.")
    return question


def read_consent(text: str) -> bool:
    """Yes or no; anything else is asked again."""
    if YES.match(text):
        return True
    if NO.match(text):
        return False
    raise NotAccepted("Kies “Ja, dat mag” of “Nee”.")


def read_confirmation(text: str) -> str:
    """``verstuur``, or ``verbeter`` with the slot of the field where one was named: ``verbeter contact_email``."""
    if re.search(r"\b(annul|stop)", text, re.I):
        raise NotAccepted("Kies “Verstuur”, “Verbeter iets” of “Annuleer”.")
    field = field_named(text)
    if field:
        return f"verbeter {field.slot}"
    if re.search(r"verbeter|wijzig|verander|aanpassen|fout|klopt niet", text, re.I) or NO.match(text):
        return "verbeter"
    if re.search(r"\b(verstuur|versturen|verzend|stuur)", text, re.I) or YES.match(text):
        return "verstuur"
    raise NotAccepted("Kies “Verstuur”, “Verbeter iets” of “Annuleer”.")


FIELDS = (
    Field("contact_naam", "Naam", r"naam", read_name),
    Field("contact_email", "E-mail", r"e-?mail\w*|mail\w*", read_email),
    Field("contact_telefoon", "Telefoon", r"telefoon\w*|gsm\w*|nummer|tel", read_phone),
    Field("contact_rol", "Je bent", r"rol|wie ik ben", read_role),
    Field("contact_vraag", "Vraag", r"vraag", read_question),
    Field("contact_toestemming", "Toestemming", r"toestemming", read_consent),
    Field("contact_bevestiging", "Bevestiging", r"(?!x)x", read_confirmation),
)
BY_SLOT = {field.slot: field for field in FIELDS}


def field_named(text: str) -> Field | None:
    """The field that a correction names: *mijn e-mail is fout*, *verbeter de naam*."""
    return next((field for field in FIELDS if re.search(rf"\b({field.words})\b", text, re.I)), None)
