"""The chat's channel keeps conversations apart and their pace within bounds."""

from channels.web import SESSION, Pace, sender_of


def test_the_secret_of_a_session_is_not_its_name() -> None:
    secret = "ab" * 32
    assert secret not in sender_of(secret)
    assert sender_of(secret) != sender_of("cd" * 32)


def test_only_long_random_sessions_are_proven() -> None:
    assert SESSION.fullmatch("0f" * 32)
    assert not SESSION.fullmatch("1234")
    assert not SESSION.fullmatch("0f" * 32 + "\n")
    assert not SESSION.fullmatch("zz" * 32)


def test_pace_stops_a_flood_and_lets_go_after_a_while() -> None:
    pace = Pace(messages=3, seconds=60)
    assert [pace.allows("a", now) for now in (0, 1, 2, 3)] == [True, True, True, False]
    assert pace.allows("b", 3)
    assert pace.allows("a", 61)
