"""The services over HTTP, played by a small server on this machine."""

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from catalog.importing import Unusable, live
from tests.unit.catalog.importing.conftest import GROUPS, SCHOOLS, SITES, counted, imported, offered

KEY = "geheim-voor-de-test"
RECORDS: dict[str, list[dict[str, Any]]] = {
    "administratievegroep": GROUPS,
    "ingerichteadministratievegroep": [offered(900001, 1, 501), offered(900001, 1, 502), offered(900002, 1, 503)],
    "instelling": SCHOOLS,
    "instellingslocatie": SITES,
    "structuuronderdeelgroep": [{"structuuronderdeel_groep_nummer": "G-1", "titel": "Niets duaals"}],
}


class Service(http.server.BaseHTTPRequestHandler):
    """Two records a page, for who brings the key; ``odd`` holds answers that are out of the ordinary, once each."""

    asked: list[str] = []
    odd: list[tuple[int, bytes]] = []

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        if self.headers["x-api-key"] != KEY:
            self.answer(401, b"{}")
        elif type(self).odd:
            self.answer(*type(self).odd.pop(0))
        else:
            self.answer(200, json.dumps(self.page()).encode())

    def page(self) -> dict[str, Any]:
        parts = urlsplit(self.path)
        records = RECORDS[parts.path.rsplit("/", 1)[1]]
        number = int(parse_qs(parts.query)["page"][0])
        pages = -(-len(records) // 2)
        meta = {"total_elements": len(records), "total_pages": pages, "number": number, "last": number == pages}
        return {"meta": meta, "content": records[2 * number - 2 : 2 * number]}

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elders")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture()
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(live, "PAUSE", 0.0)
    monkeypatch.setenv(live.KEY, KEY)
    Service.asked, Service.odd = [], []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(live, "TRUSTED", (address,))
    yield address
    server.shutdown()
    server.server_close()


def test_every_page_of_every_service(database: str, service: str) -> None:
    report = imported(service)
    assert report.faults == []
    assert counted(report)["offer"] == (2, 0, 0, 0, 0)
    groups = [path for path in Service.asked if "/administratievegroep" in path]
    assert [parse_qs(urlsplit(path).query)["page"] for path in groups] == [["1"], ["2"], ["3"]]
    assert counted(imported(service))["offer"] == (0, 0, 2, 0, 0)


def test_one_service_by_its_address(database: str, service: str) -> None:
    report = imported(f"{service}/instellingsgegevens/instelling/v2")
    assert set(counted(report)) == {"provider"}
    assert all("filter_instelling_niveau=SO" in path for path in Service.asked)


def test_a_passing_failure_is_tried_again(database: str, service: str) -> None:
    Service.odd = [(503, b""), (429, b"")]
    assert counted(imported(f"{service}/instellingsgegevens/instelling/v2"))["provider"] == (2, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        ([(503, b"")] * 3, r"does not answer well \(HTTP 503\); try again later"),
        ([(404, b"")], r"does not answer well \(HTTP 404\)"),
        ([(302, b"")], r"does not answer well \(HTTP 302\)"),
        ([(200, b'{"meta": {"last": false}, "content": [{"instelling')], "the answer is cut off or not JSON"),
        ([(200, b'{"meta": {"last": false, "total_pages": 9}, "content": []}')] * 2, "gives the same page again"),
        (
            [(200, b'{"links": {"next": {"href": "https://elders.example.be/2"}}, "content": []}')],
            "the next page lies at another address, https://elders.example.be/2; the key is not sent there",
        ),
    ],
)
def test_a_service_that_fails_is_named(database: str, service: str, odd: list[tuple[int, bytes]], message: str) -> None:
    Service.odd = list(odd)
    with pytest.raises(Unusable, match=message):
        imported(f"{service}/instellingsgegevens/instelling/v2")


def test_the_key(database: str, service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(live.KEY, "een-andere")
    with pytest.raises(Unusable, match=r"refuses the key in ONDERWIJS_API_KEY \(HTTP 401\)") as told:
        imported(service)
    assert "een-andere" not in str(told.value)
    monkeypatch.delenv(live.KEY)
    with pytest.raises(Unusable, match="the key is missing; put it in the environment as ONDERWIJS_API_KEY"):
        imported(service)


def test_addresses_that_are_refused(service: str) -> None:
    with pytest.raises(Unusable, match="no service known here; give the host alone, or one of"):
        imported(f"{service}/iets/anders")


@pytest.mark.parametrize(
    "address",
    [
        "http://onderwijs.api.vlaanderen.be",
        "https://onderwijs.example.be",
        "https://onderwijs.api.vlaanderen.be.example.org/instellingsgegevens",
        "https://onderwijs.api.vlaanderen.be@example.org",
        "http://127.0.0.1:8000",
    ],
)
def test_the_key_goes_nowhere_else(database: str, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(live.KEY, KEY)
    monkeypatch.setattr(live, "_get", lambda *_: pytest.fail("the key was sent"))
    with pytest.raises(Unusable, match="only sent to the services of Flemish education; begin the address with https"):
        imported(address)


def test_without_a_network(database: str, service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "TRUSTED", ("http://127.0.0.1:1",))
    with pytest.raises(Unusable, match=r"cannot be reached \(.*\); no internet connection\?"):
        imported("http://127.0.0.1:1")
