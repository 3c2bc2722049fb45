"""A question is kept whole, or the caller hears that it was not."""

from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import select

from catalog import ContactRequest, NotStored, models, session, store
from catalog.requests import ALPHABET


def a_request(question: str = "Mag ik op zondag werken?") -> ContactRequest:
    return ContactRequest(
        name="Test Persoon",
        email="test@example.be",
        phone=None,
        role="leerling",
        question=question,
        consent_at=datetime(2026, 11, 22, tzinfo=timezone.utc),
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


def test_two_questions_get_two_references(database: str) -> None:
    assert store(a_request()) != store(a_request())


def test_an_unreachable_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(NotStored):
        store(a_request())
