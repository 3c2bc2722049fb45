"""Rasa's REST contract, behind the guard. Open on a developer's machine, closed in production."""

import os

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.exchange import Handler, exchange

SENDER_LONGEST = 200


def is_on() -> bool:
    """``REST_CHANNEL``: on unless it says off."""
    return os.environ.get("REST_CHANNEL", "on").lower() != "off"


class GuardedRest(InputChannel):
    """``POST /webhooks/rest/webhook`` with ``{"sender", "message"}``; answers with a list of messages."""

    @classmethod
    def name(cls) -> str:
        """Name in the address and in the tracker."""
        return "rest"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Routes of the channel; none but the health check while it is off."""
        routes = Blueprint("rest_channel")

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok" if is_on() else "off"})

        if is_on():

            @routes.post("/webhook")
            async def receive(request: Request) -> HTTPResponse:
                body = request.json
                sender = body.get("sender") if isinstance(body, dict) else None
                if not isinstance(sender, str) or not 0 < len(sender) <= SENDER_LONGEST:
                    return response.json({"error": 'send {"sender": "...", "message": "..."}'}, status=400)
                return response.json(await exchange(on_new_message, body.get("message"), sender, self.name()))

        return routes
