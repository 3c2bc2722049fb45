"""Nothing harmful comes in, and whoever is refused hears why."""

import pytest

from channels.guard import COMMAND, EMPTY, LONGEST, NO_WORDS, TOO_LONG, Accepted, Refused, check


@pytest.mark.parametrize(
    ("raw", "reply"),
    [
        ("", EMPTY),
        ("   \n\t ", EMPTY),
        ("\x00\x00", EMPTY),
        ("\u200b\u200d", EMPTY),
        (None, EMPTY),
        (42, EMPTY),
        ({"text": "hallo"}, EMPTY),
        ("🙂🙂", NO_WORDS),
        ("?!...", NO_WORDS),
        ("a" * (LONGEST + 1), TOO_LONG),
        ("x" * 10_000, TOO_LONG),
        ("/restart", COMMAND),
        ("  /restart", COMMAND),
        ("\u200b/session_start", COMMAND),
        ('/contactformulier{"email":"x@y.be"}', COMMAND),
    ],
)
def test_refuses_with_a_sentence(raw: object, reply: str) -> None:
    assert check(raw) == Refused(reply)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("wat is een OAO?", "wat is een OAO?"),
        ("  kapper in Gent ", "kapper in Gent"),
        ("kap\x00per", "kapper"),
        ("cafe\u0301", "café"),
        ("regel een\nregel twee", "regel een\nregel twee"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE programme; --", "'; DROP TABLE programme; --"),
        ("school en/of werkplek", "school en/of werkplek"),
        ("a" * LONGEST, "a" * LONGEST),
    ],
)
def test_lets_text_through_clean(raw: str, text: str) -> None:
    assert check(raw) == Accepted(text)
