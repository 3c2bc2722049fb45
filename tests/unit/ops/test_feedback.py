"""What people meant after all is kept for who writes the examples."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from ops import feedback
from ops.feedback import Choice, choices

LABELS = {"Wat is een OAO?": "oao"}


def doubt(sender: str, message: str, answer: str) -> list[dict[str, Any]]:
    buttons = [{"payload": words} for words in ("Wat is een OAO?", "Geen van deze")]
    return [
        {"sender_id": sender, "event": "user", "text": message},
        {"sender_id": sender, "event": "action", "name": "action_bedoel_je"},
        {"sender_id": sender, "event": "bot", "text": "Bedoel je:", "data": {"buttons": buttons}},
        {"sender_id": sender, "event": "user", "text": answer},
    ]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Wat is een OAO?", [Choice("da papier van den baas", "oao")]),
        ("Geen van deze", [Choice("da papier van den baas", None)]),
        ("iets helemaal anders", []),
    ],
)
def test_a_click_tells_what_was_meant(answer: str, found: list[Choice]) -> None:
    assert list(choices(doubt("a", "da papier van den baas", answer), LABELS)) == found


def test_conversations_do_not_mix() -> None:
    events = [*doubt("a", "eerste", "x")[:3], {"sender_id": "b", "event": "user", "text": "Wat is een OAO?"}]
    assert list(choices(events, LABELS)) == []


def test_the_command_counts_what_the_conversations_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'gesprekken.db'}"
    with create_engine(url, future=True).begin() as db:
        columns = "id INTEGER PRIMARY KEY, sender_id TEXT, type_name TEXT, action_name TEXT, data TEXT"
        db.execute(text(f"CREATE TABLE events ({columns})"))
        for event in [*doubt("a", "da papier", "Wat is een OAO?"), *doubt("b", "da papier", "Wat is een OAO?")]:
            row = (event["sender_id"], event["event"], event.get("name"), json.dumps(event))
            db.exec_driver_sql("INSERT INTO events (sender_id, type_name, action_name, data) VALUES (?, ?, ?, ?)", row)
    assert feedback.main(["--tracker", url]) == 0
    assert capsys.readouterr().out == "2\toao\tda papier\n"


def test_conversations_that_are_not_there_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert feedback.main(["--tracker", f"sqlite:///{tmp_path / 'leeg.db'}"]) == 1
    assert "TRACKER_URL" in capsys.readouterr().err
