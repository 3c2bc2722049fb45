"""API Instelling v2 (schools) and Instellingslocatie v1 (their sites)."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import validator

from catalog.importing.delivery import Dataset
from catalog.importing.known import Known
from catalog.importing.official import ATTRIBUTION, Coded, OfficialModel, Pages, website
from catalog.importing.records import Item, LocationRecord, Notice, ProviderRecord, build

SCHOOL_MARKS = (("instelling_nummer", "instelling_naam"), ("instelling_nummer", "instelling_naam_volledig"))
SITE_MARKS = (
    ("instelling_nummer", "instellingslocatie_postcode"),
    ("instelling_nummer", "instellingslocatie_gemeente"),
)
SCHOOLS = Dataset("instelling-v2", f"{ATTRIBUTION} (API Instelling v2)", "high", columns={"id": "instelling_nummer"})
SITES = Dataset(
    "instellingslocatie-v1",
    f"{ATTRIBUTION} (API Instellingslocatie v1)",
    "high",
    columns={"id": "instellingslocatie_vestigingsnummer", "provider_id": "instelling_nummer"},
)
# A school board is an institution too, but nobody learns there.
BOARD = "300"
SCHOOL_COLUMNS = {
    "id": "instelling_nummer",
    "name": "instelling_naam",
    "network": "instelling_net",
    "phone": "instelling_telefoon",
    "email": "instelling_email",
    "website": "instelling_website",
}
SITE_COLUMNS = {
    "id": "instellingslocatie_vestigingsnummer",
    "street": "instellingslocatie_straatnaam",
    "postcode": "instellingslocatie_postcode",
    "municipality": "instellingslocatie_gemeente",
    "latitude": "gps_breedtegraad",
    "longitude": "gps_lengtegraad",
}


class School(OfficialModel):
    instelling_nummer: int
    instelling_naam: str | None = None
    instelling_naam_volledig: str | None = None
    instelling_net: Coded | None = None
    instelling_telefoon: str | None = None
    instelling_email: str | None = None
    instelling_website: str | None = None
    instelling_type: Coded | None = None

    @validator("instelling_net", "instelling_type", pre=True)
    def _coded(cls, value: object) -> object:  # noqa: N805
        return {"code": str(value), "omschrijving": str(value)} if isinstance(value, str | int) else value


class Site(OfficialModel):
    instelling_nummer: int
    instellingslocatie_vestigingsnummer: int
    instellingslocatie_straatnaam: str | None = None
    instellingslocatie_huisnummer: str | None = None
    instellingslocatie_postcode: str | None = None
    instellingslocatie_gemeente: str | None = None
    instellingslocatie_gemeente_nis: str | None = None
    gps_breedtegraad: float | None = None
    gps_lengtegraad: float | None = None


def read_schools(files: list[Path], known: Known) -> Iterator[Item]:
    """Schools with their general contact data; boards are passed over."""
    pages, dropped = Pages(files, "instelling"), 0
    for raw, where in pages.records():
        school = build(School, raw, where)
        if isinstance(school, list):
            yield from school
            continue
        if school.instelling_type and school.instelling_type.code == BOARD:
            continue
        values = {
            "id": str(school.instelling_nummer),
            "name": school.instelling_naam_volledig or school.instelling_naam,
            "network": school.instelling_net and school.instelling_net.omschrijving,
            "phone": school.instelling_telefoon,
            "email": school.instelling_email,
            "website": website(school.instelling_website),
        }
        made = build(ProviderRecord, values, where, SCHOOL_COLUMNS)
        if isinstance(made, list):
            yield from made
            continue
        dropped += bool(school.instelling_email) and made.email is None
        known.providers.add(made.id)
        yield made, where
    yield from pages.check()
    if dropped:
        yield Notice(f"instelling: {dropped} e-mail addresses were left out, since they may hold a person's name")


def read_sites(files: list[Path], known: Known) -> Iterator[Item]:
    """Sites of the schools that are known; the service also gives those of primary schools and boards."""
    pages, strange = Pages(files, "instellingslocatie"), 0
    for raw, where in pages.records():
        site = build(Site, raw, where)
        if isinstance(site, list):
            yield from site
            continue
        provider = str(site.instelling_nummer)
        if provider not in known.providers:
            strange += 1
            continue
        street = " ".join(
            part for part in (site.instellingslocatie_straatnaam, site.instellingslocatie_huisnummer) if part
        )
        postcode, nis = site.instellingslocatie_postcode, site.instellingslocatie_gemeente_nis
        values = {
            "id": f"{provider}-{site.instellingslocatie_vestigingsnummer}",
            "provider_id": provider,
            "street": street,
            "postcode": postcode,
            "municipality": known.municipality(site.instellingslocatie_gemeente, postcode, nis),
            "latitude": site.gps_breedtegraad,
            "longitude": site.gps_lengtegraad,
        }
        made = build(LocationRecord, values, where, SITE_COLUMNS)
        if isinstance(made, list):
            yield from made
        else:
            yield made, where
    yield from pages.check()
    if strange:
        yield Notice(f"instellingslocatie: {strange} sites of schools that are not known here were passed over")
