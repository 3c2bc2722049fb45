"""Fetch the official services page by page into a folder, where they are read as any delivery is."""

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from catalog.importing.records import Unusable

KEY = "ONDERWIJS_API_KEY"
PORTAL = "https://onderwijs-api-portaal.vlaanderen.be"
# The services of Flemish education, over a line that nobody listens in on: the key is sent nowhere else.
TRUSTED = ("https://onderwijs.api.vlaanderen.be",)
# Paths of the services, each with what to ask for beside the page.
SERVICES: tuple[tuple[str, dict[str, str]], ...] = (
    ("kwalificaties-en-curriculum/structuuronderdelen/v2/structuuronderdeelgroep", {}),
    ("instellingsgegevens/instelling/v2/instelling", {"filter_instelling_niveau": "SO"}),
    ("instellingsgegevens/instellingslocatie/v1/instellingslocatie", {}),
    ("instellingsgegevens/onderwijsaanbod_so/v2/administratievegroep", {}),
    ("instellingsgegevens/onderwijsaanbod_so/v2/ingerichteadministratievegroep", {}),
)
SIZE = 1_000
MOST_PAGES = 2_000
TRIES = 3
# Seconds: before a try is given up, and before the next one, times its number.
TIMEOUT = 60
PAUSE = 2.0
PASSING = frozenset({429, 500, 502, 503, 504})


def is_address(source: str) -> bool:
    """Whether a source is to be fetched."""
    return source.startswith(("http://", "https://"))


def fetch(address: str, folder: Path) -> None:
    """Write every page of the services at or below the address as a JSON file.

    Raises:
        Unusable: no key, an address that is not safe or of no service, or a service that does not answer well.
    """
    parts = urlsplit(address)
    host = f"{parts.scheme}://{parts.netloc.lower()}"
    if host not in TRUSTED:
        raise Unusable(
            f"{address}: the key in {KEY} is only sent to the services of Flemish education; "
            f"begin the address with {' or '.join(TRUSTED)}"
        )
    key = os.environ.get(KEY)
    if not key:
        raise Unusable(f"{address}: the key is missing; put it in the environment as {KEY} (ask for one at {PORTAL})")
    wanted = parts.path.strip("/")
    chosen = [(path, extra) for path, extra in SERVICES if f"{path}/".startswith(f"{wanted}/" if wanted else "")]
    if not chosen:
        services = ", ".join(path for path, _ in SERVICES)
        raise Unusable(f"{address}: no service known here; give the host alone, or one of {services}")
    for path, extra in chosen:
        _fetch_service(f"{host}/{path}", extra, key, folder)


def _fetch_service(address: str, extra: dict[str, str], key: str, folder: Path) -> None:
    name = address.rsplit("/", 1)[1]
    url: str | None = _page(address, extra, 1)
    before = b""
    for number in range(1, MOST_PAGES):
        if url is None:
            return
        body = _get(url, key)
        if body == before:
            raise Unusable(f"{url}: the service gives the same page again; it no longer pages as it did")
        (folder / f"{name}-{number:05d}.json").write_bytes(body)
        url = _next(_parsed(body, url), url, _page(address, extra, number + 1), number)
        before = body
    raise Unusable(f"{address}: no end after {MOST_PAGES} pages")


def _page(address: str, extra: dict[str, str], number: int) -> str:
    return f"{address}?{urlencode({**extra, 'page': number, 'size': SIZE})}"


def _parsed(body: bytes, url: str) -> dict[str, Any]:
    try:
        page = json.loads(body)
    except ValueError as error:
        raise Unusable(f"{url}: the answer is cut off or not JSON; try again later") from error
    return page if isinstance(page, dict) else {}


def _next(page: dict[str, Any], url: str, counted: str, number: int) -> str | None:
    """The address of the next page: what the service links to, else the next number; None behind the last one."""
    link = ((page.get("links") or {}).get("next") or {}).get("href")
    if link:
        following = urljoin(url, link.replace(" ", "%20"))
        # The key goes nowhere else.
        if urlsplit(following)[:2] != urlsplit(url)[:2]:
            raise Unusable(f"{url}: the next page lies at another address, {following}; the key is not sent there")
        return following
    meta = page.get("meta") or {}
    if meta.get("last", False) or number >= int(meta.get("total_pages", 1)):
        return None
    return counted


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to another address."""

    def redirect_request(self, *_: Any) -> None:
        return None


OPENER = urllib.request.build_opener(_NoRedirect)


def _get(url: str, key: str) -> bytes:
    request = urllib.request.Request(url, headers={"x-api-key": key, "Accept": "application/json"})
    reason, away = "", False
    for pause in _pauses():
        time.sleep(pause)
        try:
            with OPENER.open(request, timeout=TIMEOUT) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code in (401, 403):
                raise Unusable(f"{url}: the service refuses the key in {KEY} (HTTP {error.code})") from error
            away, reason = False, f"HTTP {error.code}"
            if error.code not in PASSING:
                break
        except urllib.error.URLError as error:
            # Not even reached: no name, no route, nobody who listens.
            away, reason = True, str(error.reason)
        except (OSError, http.client.HTTPException) as error:
            away, reason = False, str(error) or type(error).__name__
    if away:
        raise Unusable(f"{url}: the service cannot be reached ({reason}); no internet connection?")
    raise Unusable(f"{url}: the service does not answer well ({reason}); try again later")


def _pauses() -> Iterator[float]:
    yield from (PAUSE * number for number in range(TRIES))
