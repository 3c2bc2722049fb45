"""Fill the catalogue with more and more made-up offers, search it and import into it, on SQLite and on PostgreSQL."""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from tqdm import tqdm

from catalog.database import engine_for
from catalog.fill import fill
from ops import postgres
from ops.benchmark.catalogue_page import PLACE, write_page
from ops.benchmark.offers import fill_with, locations_for, write_delivery
from ops.report import Stopped, fail, last_lines, step
from ops.settings import LOGS, PROJECT, environment

SIZES = (1_000, 10_000, 100_000)
PAGE = PROJECT / "docs" / "quality" / "catalogus.md"
LOG = LOGS / "benchmark-catalogue.log"
IMPORTER = "catalog.importing"


class Workshop:
    """Where databases are made: a folder for SQLite, and a PostgreSQL server where there is one."""

    def __init__(self, folder: Path, server: postgres.Server | None) -> None:
        self.folder = folder
        self._server = server
        self.kinds = ("sqlite", "postgresql") if server else ("sqlite",)

    @contextmanager
    def database(self, kind: str) -> Iterator[str]:
        """Address of a database filled from the project's own files, for as long as it is needed."""
        path = self.folder / f"{kind}.db"
        address = self._server.create() if self._server and kind == "postgresql" else f"sqlite:///{path}"
        before = os.environ.get("DATABASE_URL")
        os.environ["DATABASE_URL"] = address
        try:
            fill()
            yield address
        finally:
            os.environ.pop("DATABASE_URL")
            if before is not None:
                os.environ["DATABASE_URL"] = before
            engine_for(address).dispose()
            if self._server and kind == "postgresql":
                self._server.drop(address)
            for left in self.folder.glob(f"{path.name}*"):
                left.unlink()


def run(command: list[str]) -> tuple[float, int]:
    """Run a command: its seconds, and the megabytes that it took at most.

    Raises:
        Stopped: it failed.
    """
    started = time.perf_counter()
    with LOG.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment(), stdout=log, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Stopped(f"{' '.join(command[1:])}: failed. {LOG} ends with:\n{last_lines(LOG, 5)}")
    return time.perf_counter() - started, used.ru_maxrss // 1024


def measure_search(workshop: Workshop, kind: str, count: int) -> dict[str, Any]:
    """Figures of searching among so many made-up offers."""
    with workshop.database(kind) as address:
        fill_with(count, address)
        output = workshop.folder / "searches.json"
        run([sys.executable, "-m", "ops.benchmark.searches", str(output)])
        found: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
        return {**found, "locations": locations_for(count), "megabytes": _size(address)}


def _size(address: str) -> int:
    """Megabytes of the database on disk."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return Path(str(url.database)).stat().st_size // 1_000_000
    with engine_for(address).connect() as connection:
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()) // 1_000_000


def measure_import(workshop: Workshop, kind: str, count: int) -> dict[str, Any]:
    """Seconds and megabytes of a delivery of so many offers, and of the same one again."""
    delivery = workshop.folder / "delivery"
    if not delivery.exists():
        write_delivery(count, delivery)
    command = [sys.executable, "-m", IMPORTER, str(delivery)]
    with workshop.database(kind):
        seconds, megabytes = run(command)
        again, _ = run(command)
    return {"seconds": round(seconds, 1), "again_seconds": round(again, 1), "megabytes": megabytes}


def has_importer() -> bool:
    """Whether there is an importer to measure."""
    return importlib.util.find_spec(IMPORTER) is not None and bool(importlib.util.find_spec(f"{IMPORTER}.__main__"))


def measure(workshop: Workshop, sizes: Sequence[int]) -> dict[str, Any]:
    """All figures: of searching for each kind of database and size, of importing for each kind and the largest."""
    found: dict[str, Any] = {"search": {kind: {} for kind in workshop.kinds}, "import": {}}
    rounds = [(kind, count) for kind in workshop.kinds for count in sizes]
    for kind, count in tqdm(rounds, unit="rounds", disable=None):
        step(f"{PLACE[kind]}: searching among {count:,} offers")
        found["search"][kind][str(count)] = measure_search(workshop, kind, count)
    if not has_importer():
        step(f"{IMPORTER} cannot be run yet: importing is not measured")
        return found
    for kind in workshop.kinds:
        step(f"{PLACE[kind]}: importing {max(sizes):,} offers")
        found["import"][kind] = measure_import(workshop, kind, max(sizes))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: ``python -m ops.benchmark.catalogue``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), metavar="N", help="how many offers")
    parser.add_argument("--out", type=Path, default=PAGE, help="the page to write")
    options = parser.parse_args(arguments)
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="duaalwijzer-benchmark-")))
            try:
                server = stack.enter_context(postgres.server(durable=True))
            except postgres.NoPostgres as reason:
                step(f"PostgreSQL is not measured: {reason}")
                server = None
            found = measure(Workshop(folder, server), options.sizes)
    except Stopped as problem:
        return fail(problem)
    figures = options.out.with_suffix("") / "figures.json"
    figures.parent.mkdir(parents=True, exist_ok=True)
    figures.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    write_page(options.out, found)
    step(f"{options.out} and {figures} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
