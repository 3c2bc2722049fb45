"""What tests of several kinds share."""

import json
import shutil
import socket
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ops import postgres
from ops.serve import Server, page_address, running, wait_until_answering
from ops.settings import setting
from ops.train import newest_model

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server for databases of our own; tests that ask for it are skipped where there is none."""
    try:
        with postgres.server() as server:
            yield server
    except postgres.NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file, filled from the project's own catalogue."""
    path = tmp_path_factory.mktemp("filled") / "filled.db"
    fill_at(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def filled_postgresql(postgres_server: postgres.Server) -> str:
    """Address of a PostgreSQL database, filled from the project's own catalogue."""
    address = postgres_server.create()
    fill_at(address)
    return address


def fill_at(address: str) -> None:
    """Fill the database at an address, and let go of it."""
    from catalog.database import engine_for
    from catalog.fill import fill

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address)
        fill()
    engine_for(address).dispose()


@pytest.fixture(params=DATABASES)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without tables; every test that uses it runs on both kinds."""
    with using(request, tmp_path, None) as address:
        yield address


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database, filled from the project's own catalogue; every test that uses it runs on both kinds."""
    with using(request, tmp_path, f"filled_{request.param}") as address:
        yield address


@contextmanager
def using(request: pytest.FixtureRequest, folder: Path, copied: str | None) -> Iterator[str]:
    """A database of one test, empty or a copy of what a fixture filled; ``DATABASE_URL`` names it."""
    from catalog.database import engine_for

    server = request.getfixturevalue("postgres_server") if request.param == "postgresql" else None
    original = request.getfixturevalue(copied) if copied else None
    address = server.create(original) if server else f"sqlite:///{folder / 'test.db'}"
    if original and not server:
        shutil.copy(original, folder / "test.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address)
        yield address
    engine_for(address).dispose()
    if server:
        server.drop(address)


class Assistant:
    """The running assistant: its addresses, its servers and its database."""

    def __init__(self, servers: list[Server], folder: Path) -> None:
        self.servers = {server.name: server for server in servers}
        self.database = folder / "e2e.db"
        self.rest = f"http://127.0.0.1:{setting('PORT')}/webhooks/rest/webhook"
        self.page = page_address()

    def talk(self, *messages: str, sender: str | None = None) -> list[list[dict[str, Any]]]:
        """Replies to each message of one conversation over REST."""
        who = sender or uuid.uuid4().hex
        return [self.post({"sender": who, "message": message})[1] for message in messages]

    def post(self, body: Any) -> tuple[int, Any]:
        """Status and JSON of one REST call."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.rest, data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The real servers on free ports, with databases of their own and the newest model."""
    from catalog.fill import fill

    folder = tmp_path_factory.mktemp("assistant")
    model = newest_model()
    assert model is not None, "no model in models/: run `make train`"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("PORT", "ACTIONS_PORT"):
            patch.setenv(name, str(free_port()))
        patch.delenv("ACTIONS_URL", raising=False)
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'e2e.db'}")
        patch.setenv("TRACKER_URL", f"sqlite:///{folder / 'tracker.db'}")
        fill()
        with running(model) as servers:
            wait_until_answering(servers)
            made = Assistant(servers, folder)
            yield made
            # Those that a test started in the place of others.
            for server in made.servers.values():
                server.stop()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def said(replies: list[dict[str, Any]]) -> str:
    """All that was said in one turn."""
    return "\n\n".join(reply["text"] for reply in replies if "text" in reply)


def offered(replies: list[dict[str, Any]]) -> list[str]:
    """Words on all buttons of one turn."""
    return [button["payload"] for reply in replies for button in reply.get("buttons", ())]
