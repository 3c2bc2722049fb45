"""A question is kept whole, or the caller hears that it was not."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select

from catalog import ContactRequest, NotStored, models, session, store
from catalog.requests import ALPHABET
from tests.unit.catalog.threads import at_once

UTC = timezone.utc


def a_request(question: str = "Mag ik op zondag werken?") -> ContactRequest:
    return ContactRequest(
        name="Test Persoon",
        email="test@example.be",
        phone=None,
        role="leerling",
        question=question,
        consent_at=datetime(2026, 11, 22, tzinfo=UTC),
        conversation="gesprek-1",
    )


def test_stores_every_field_under_the_reference(database: str) -> None:
    reference = store(a_request("“Quotes”, <b>tags</b> en 'OR 1=1"))
    with session() as db:
        row = db.execute(select(models.ContactRequest)).scalar_one()
        assert (row.reference, row.name, row.email, row.phone) == (reference, "Test Persoon", "test@example.be", None)
        assert (row.role, row.conversation, row.status) == ("leerling", "gesprek-1", "nieuw")
        assert row.question == "“Quotes”, <b>tags</b> en 'OR 1=1"


def test_a_reference_can_be_read_aloud(database: str) -> None:
    reference = store(a_request())
    prefix, first, second = reference.split("-")
    assert prefix == "DW"
    assert len(first + second) == 8
    assert set(first + second) <= set(ALPHABET)
    assert not set("01OIL") & set(ALPHABET)


def test_a_moment_is_the_same_moment_in_every_database(database: str) -> None:
    store(replace(a_request(), consent_at=datetime(2026, 7, 1, 14, 30, tzinfo=timezone(timedelta(hours=2)))))
    with session() as db:
        row = db.execute(select(models.ContactRequest)).scalar_one()
        assert (row.consent_at, row.consent_at.tzinfo) == (datetime(2026, 7, 1, 12, 30, tzinfo=UTC), UTC)
        assert abs(datetime.now(UTC) - row.created_at) < timedelta(minutes=1)


def test_a_reference_that_is_taken_is_drawn_again(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["DW-2222-2222", "DW-2222-2222", "DW-3333-3333"])
    monkeypatch.setattr("catalog.requests.new_reference", lambda: next(drawn))
    assert [store(a_request()), store(a_request())] == ["DW-2222-2222", "DW-3333-3333"]


def test_references_that_stay_taken_are_told(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.requests.new_reference", lambda: "DW-2222-2222")
    store(a_request())
    with pytest.raises(NotStored):
        store(a_request())
    assert len(references()) == 1


def test_many_at_once_are_all_kept(database: str) -> None:
    given = at_once(lambda: [store(a_request()) for _ in range(5)], 12)
    assert sorted(references()) == sorted(reference for five in given for reference in five)
    assert len(set(references())) == 60


def test_an_endless_conversation_name_or_a_sign_nobody_can_type_loses_no_question(database: str) -> None:
    reference = store(replace(a_request("Mag\0dit?"), conversation="x" * 1000))
    assert references() == [reference]


@pytest.mark.parametrize("address", ["sqlite:///{folder}/empty.db", "postgresql://nobody@127.0.0.1:1/none"])
def test_an_unreachable_database_is_told(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", address.format(folder=tmp_path))
    with pytest.raises(NotStored):
        store(a_request())


def references() -> list[str]:
    with session() as db:
        return list(db.execute(select(models.ContactRequest.reference)).scalars())
