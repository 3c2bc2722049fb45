"""What people chose after "Bedoel je …?": questions that the corpus lacks, with what was meant by them."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from answers.content import titles
from ops.report import Stopped, fail
from ops.settings import environment

DOUBT_ACTION = "action_bedoel_je"
NONE_OF_THESE = "Geen van deze"
# Rasa's own table of conversations.
EVENTS = text(
    "SELECT sender_id, type_name, action_name, data FROM events WHERE type_name IN ('user', 'bot', 'action') "
    "ORDER BY sender_id, id"
)
Event = dict[str, Any]


class Choice(NamedTuple):
    """A message that was not understood, and the question that its writer then clicked; None for none of them."""

    message: str
    label: str | None


def choices(events: Iterable[Event], labels: dict[str, str]) -> Iterator[Choice]:
    """Every choice in a conversation after another, in the order in which they were made.

    Args:
        events: Rasa's events, one conversation after the other, each with ``sender_id``.
        labels: label of each title.
    """
    sender, asked, last = None, "", ""
    offered: list[str] = []
    for event in events:
        if event["sender_id"] != sender:
            sender, asked, offered, last = event["sender_id"], "", [], ""
        if event["event"] == "action" and event.get("name") == DOUBT_ACTION:
            asked, offered = last, []
        elif event["event"] == "bot" and asked:
            offered += [button["payload"] for button in (event.get("data") or {}).get("buttons") or ()]
        elif event["event"] == "user":
            last = event.get("text") or ""
            if asked and last in offered:
                yield Choice(asked, None if last == NONE_OF_THESE else labels.get(last))
            asked = ""


def read_events(url: str) -> Iterator[Event]:
    """Rasa's events from its tracker store.

    Raises:
        Stopped: there is no such database, or nobody ever talked to the assistant.
    """
    try:
        with create_engine(url, future=True).connect() as connection:
            for sender, kind, action, data in connection.execute(EVENTS):
                yield {"sender_id": sender, "event": kind, "name": action, **_content(data)}
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error)
        raise Stopped(f"The conversations cannot be read ({reason}). TRACKER_URL says where they are.") from error


def _content(data: str) -> Event:
    stored = json.loads(data)
    return {key: stored[key] for key in ("text", "data") if key in stored}


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: ``python -m ops.feedback``; one line a choice, the commonest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracker", default=environment()["TRACKER_URL"], metavar="URL", help="the conversations")
    url = parser.parse_args(arguments).tracker
    labels = {title: label for label, title in titles().items()}
    try:
        counted = Counter(choices(read_events(url), labels))
    except Stopped as problem:
        return fail(problem)
    for choice, count in counted.most_common():
        print(f"{count}\t{choice.label or 'geen van deze'}\t{choice.message}")
    print(f"{sum(counted.values())} keuzes na een 'Bedoel je …?'", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
