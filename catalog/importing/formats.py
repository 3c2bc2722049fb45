"""Tell by its content what a file is, and bring the files of one dataset together."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.importing import inschrijvingen, instellingen, onderwijsaanbod, own, structuuronderdelen, table
from catalog.importing.delivery import OURS, OWN, RANKS, Dataset, Delivery
from catalog.importing.envelope import Envelope
from catalog.importing.known import Known
from catalog.importing.records import Item, Unusable, slug

ACCEPTED = (
    "own CSV files (programmes, providers, locations, offers, contact_points), the enrolment CSV (inschrijvingen "
    "leerplicht), or JSON of the API's Onderwijsaanbod SO v2, Structuuronderdelen v2, Instelling v2 and "
    "Instellingslocatie v1"
)
# How the files of a workbook begin, also under another name.
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
Progress = Callable[[Iterator[Item], str], Iterator[Item]]


@dataclass(frozen=True)
class Official:
    """An official delivery in JSON: the fields by which its records are known, and who reads it."""

    marks: tuple[tuple[str, ...], ...]
    dataset: Dataset
    read: Callable[[list[Path], Known], Iterator[Item]]


OFFICIAL = (
    Official(onderwijsaanbod.MARKS, onderwijsaanbod.DATASET, onderwijsaanbod.read),
    Official(structuuronderdelen.MARKS, structuuronderdelen.DATASET, structuuronderdelen.read),
    Official(instellingen.SCHOOL_MARKS, instellingen.SCHOOLS, instellingen.read_schools),
    Official(instellingen.SITE_MARKS, instellingen.SITES, instellingen.read_sites),
)
# Programmes and schools come before what points at them.
ORDER = (structuuronderdelen.DATASET, instellingen.SCHOOLS, instellingen.SITES, onderwijsaanbod.DATASET)


def no_progress(items: Iterator[Item], _: str) -> Iterator[Item]:
    """Show nothing."""
    return items


def collect(
    source: Path, known: Known, name: str | None = None, progress: Progress = no_progress, house: bool = False
) -> list[Delivery]:
    """Read a file or all files of a folder, without touching the database.

    Args:
        name: of the dataset that own files belong to; without one the folder's name.
        house: these are the project's own files, whatever they are called.

    Raises:
        Unusable: nothing that is known, or a file that as a whole cannot be trusted.
    """
    sorted_files = _Files(source)
    if house:
        # Our contact points are filled with the words and places that belong with them.
        sorted_files.own.pop("contact_points.csv", None)
        sorted_files.skipped.clear()
    deliveries = []
    if sorted_files.own:
        of = OURS if house else _outsider(name, sorted_files.folder)
        delivery = Delivery(own_dataset(of))
        delivery.take(progress(own.read(sorted_files.own, known), delivery.dataset.name))
        deliveries.append(delivery)
    for dataset in ORDER:
        if dataset.name in sorted_files.official:
            read = next(form.read for form in OFFICIAL if form.dataset is dataset)
            delivery = Delivery(dataset)
            delivery.take(progress(read(sorted_files.official[dataset.name], known), dataset.name))
            deliveries.append(delivery)
    for path in sorted_files.enrolments:
        delivery = Delivery(inschrijvingen.dataset(path))
        delivery.take(progress(inschrijvingen.read(path, known), delivery.dataset.name))
        deliveries.append(delivery)
    if deliveries:
        deliveries[0].notices[:0] = sorted_files.skipped
    return deliveries


def _outsider(name: str | None, folder: Path) -> str:
    """How a city or school is called: as it said, else as its folder.

    Raises:
        Unusable: no name, or one that is the project's or an official source's.
    """
    said = slug(name or folder.resolve().name).removeprefix(OWN)
    if not said:
        raise Unusable("The folder has no name to go by; give one with DATASET=stad-gent (--dataset)")
    if said == OURS or any(said.startswith(start) for start in RANKS if start not in (OURS, OWN)):
        raise Unusable(
            f"'{said}' is a name of Duaalwijzer itself or of an official source; give another name with "
            "DATASET=stad-gent (--dataset)"
        )
    return said


def own_dataset(name: str) -> Dataset:
    """The dataset of a city's or school's own files; ``duaalwijzer`` is the project's."""
    if name == OURS:
        return Dataset(OURS, "redactie Duaalwijzer", "low", exact=True)
    return Dataset(f"{OWN}{name}"[:40], f"eigen gegevens van {name}", "medium")


class _Files:
    """The files of a delivery, sorted by what they are."""

    def __init__(self, source: Path) -> None:
        if not source.exists():
            raise Unusable(f"{source}: no such file or folder")
        self.own: dict[str, Path] = {}
        self.official: dict[str, list[Path]] = defaultdict(list)
        self.enrolments: list[Path] = []
        self.skipped: list[str] = []
        alone = source.is_file()
        self.folder = source.parent if alone else source
        for path in [source] if alone else sorted(path for path in source.iterdir() if path.is_file()):
            self._sort(path)
        if not (self.own or self.official or self.enrolments):
            raise Unusable(
                "\n".join(self.skipped or [f"{source}: the folder holds no file"]) + f"\nAccepted are {ACCEPTED}"
            )

    def _sort(self, path: Path) -> None:
        with path.open("rb") as handle:
            workbook = handle.read(4) in WORKBOOK
        if path.suffix.lower() == ".json":
            self._sort_json(path)
        elif path.suffix.lower() == ".csv" and not workbook:
            self._sort_csv(path)
        elif workbook or path.suffix.lower() in (".xlsx", ".xls", ".ods"):
            self.skipped.append(f"{path.name}: a workbook; save the sheet as CSV UTF-8 and deliver that")
        else:
            self.skipped.append(f"{path.name}: neither CSV nor JSON; skipped")

    def _sort_json(self, path: Path) -> None:
        first = next(Envelope(path).records(), None)
        if first is None:
            self.skipped.append(f"{path.name}: an empty list of records; skipped")
            return
        for form in OFFICIAL:
            if any(set(marks) <= set(first[0]) for marks in form.marks):
                self.official[form.dataset.name].append(path)
                return
        self.skipped.append(f"{path.name}: records with the fields {', '.join(first[0])} are of no format known here")

    def _sort_csv(self, path: Path) -> None:
        columns = table.header(path)
        # A file that is called as one of ours is meant as such, so that a missing column is named as missing.
        form = path.name if path.name in own.FILES else own.form_of(columns)
        if set(columns) >= set(inschrijvingen.REQUIRED):
            self.enrolments.append(path)
        elif form is None:
            self.skipped.append(f"{path.name}: the columns {', '.join(columns)} are of no format known here; skipped")
        elif form in self.own:
            raise Unusable(f"{path.name} and {self.own[form].name} are both {form}; deliver one of them")
        else:
            self.own[form] = path
