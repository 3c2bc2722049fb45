"""What tests of several kinds share."""

import json
import socket
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ops.serve import Server, page_address, running, wait_until_answering
from ops.settings import setting
from ops.train import newest_model


@pytest.fixture()
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A fresh database, filled from the project's own catalogue."""
    from catalog.fill import fill

    url = f"sqlite:///{tmp_path / 'test.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    fill()
    yield url


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
    return "\n\n".join(reply.get("text", "") for reply in replies)


def offered(replies: list[dict[str, Any]]) -> list[str]:
    """Words on all buttons of one turn."""
    return [button["payload"] for reply in replies for button in reply.get("buttons", ())]
