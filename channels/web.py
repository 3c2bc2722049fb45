"""The channel of the chat page: it serves the page, keeps conversations apart and limits their pace."""

import hashlib
import json
import re
import time
from collections import OrderedDict, deque
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.exchange import Handler, WholeMessages, exchange, reply

PAGE = Path(__file__).resolve().parent.parent / "web"
# 32 random bytes in hexadecimal, made by the page: who knows it owns the conversation.
SESSION = re.compile(r"[0-9a-f]{64}")
MESSAGES, SECONDS = 30, 60
SESSIONS_WATCHED = 10_000
TOO_FAST = "Dat gaat wat snel voor mij. Wacht even en probeer het dan opnieuw."
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Pace:
    """Counts the last messages of each session and forgets the sessions seen longest ago."""

    def __init__(self, messages: int = MESSAGES, seconds: float = SECONDS) -> None:
        self._messages = messages
        self._seconds = seconds
        self._sent: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, session: str, now: float) -> bool:
        """Whether one more message of this session may pass at this moment (seconds)."""
        sent = self._sent.setdefault(session, deque(maxlen=self._messages))
        self._sent.move_to_end(session)
        if len(self._sent) > SESSIONS_WATCHED:
            self._sent.popitem(last=False)
        if len(sent) == self._messages and now - sent[0] < self._seconds:
            return False
        sent.append(now)
        return True


class WebChat(InputChannel):
    """``/chat/`` is the page; ``POST /chat/message`` with ``{"session", "message"}`` gives ``{"messages"}``."""

    def __init__(self) -> None:
        self._pace = Pace()

    @classmethod
    def name(cls) -> str:
        """Name in the tracker."""
        return "web"

    def url_prefix(self) -> str:
        """Beside Rasa's webhooks, at an address that people can read."""
        return "/chat"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Routes of the channel."""
        routes = Blueprint("web_chat", strict_slashes=True)

        @routes.get("")
        async def to_page(_: Request) -> HTTPResponse:
            return response.redirect("/chat/")

        @routes.get("/")
        async def page(_: Request) -> HTTPResponse:
            return await response.file(str(PAGE / "index.html"), headers=HEADERS)

        for path in sorted(PAGE.glob("*.*")):
            routes.add_route(_served(path), f"/{path.name}", methods=["GET"], name=path.name.replace(".", "_"))

        @routes.post("/message")
        async def receive(request: Request) -> HTTPResponse:
            body = _json(request)
            session = body.get("session")
            if not isinstance(session, str) or not SESSION.fullmatch(session):
                return response.json({"error": "session"}, status=400)
            sender = sender_of(session)
            if not self._pace.allows(sender, time.monotonic()):
                return response.json({"messages": [reply(sender, TOO_FAST)]}, status=429, headers=HEADERS)
            greeted = {"begroet": True}
            said = await exchange(
                on_new_message, body.get("message"), sender, self.name(), greeted, collected=WholeMessages()
            )
            return response.json({"messages": [_public(message) for message in said]}, headers=HEADERS)

        return routes


def sender_of(session: str) -> str:
    """Conversation of a session; the secret itself is never stored."""
    return "web-" + hashlib.sha256(session.encode()).hexdigest()[:32]


def _json(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _served(path: Path) -> Any:
    async def serve(_: Request) -> HTTPResponse:
        return await response.file(str(path), headers=HEADERS)

    return serve


def _public(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key != "recipient_id"}
