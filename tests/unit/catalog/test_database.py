"""Migrations make exactly the tables that the code expects, on every kind of database, also two at a time."""

import subprocess
import sys
from datetime import datetime, timezone

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select, text

from catalog import models, session, upgrade
from catalog.database import PROJECT, alembic_config, engine_for, write_alone
from catalog.fill import fill
from catalog.models import Base
from tests.unit.catalog.threads import at_once

REQUEST = """INSERT INTO contact_request
(reference, created_at, name, email, role, question, consent_at, conversation, status) VALUES
('DW-2345-6789', '2026-11-22 08:00:00.000000', 'Sara', 'sara@example.be', 'ouder', 'Mag het?',
'2026-11-22 08:00:00.000000', 'gesprek', 'nieuw')"""
OLD_MUNICIPALITY = "INSERT INTO municipality (nis, name, province) VALUES ('11001', 'Aartselaar', 'Antwerpen')"


def test_migrations_and_models_agree(empty_database: str) -> None:
    upgrade()
    with engine_for(empty_database).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_contact_requests_survive_the_second_migration_and_the_catalogue_is_filled_again(empty_database: str) -> None:
    command.upgrade(alembic_config(), "0001")
    with session() as db:
        db.execute(text("SET TIME ZONE 'UTC'" if empty_database.startswith("postgresql") else "SELECT 1"))
        db.execute(text(REQUEST))
        db.execute(text(OLD_MUNICIPALITY))
        db.execute(text("INSERT INTO filled (what, fingerprint) VALUES ('catalogue', 'before')"))
    assert fill() is True
    with session() as db:
        kept = db.execute(select(models.ContactRequest)).scalar_one()
        assert (kept.reference, kept.created_at) == ("DW-2345-6789", datetime(2026, 11, 22, 8, tzinfo=timezone.utc))
        assert db.execute(select(func.count()).select_from(models.Municipality)).scalar_one() == 304


def test_there_is_no_way_back_but_the_copy_made_before(empty_database: str) -> None:
    upgrade()
    with pytest.raises(NotImplementedError, match=r"docs/operations\.md"):
        command.downgrade(alembic_config(), "0001")
    assert inspect(engine_for(empty_database)).has_table("offer")


def test_two_that_start_at_once_both_find_the_tables(empty_database: str) -> None:
    upgrading = [sys.executable, "-c", "from catalog import upgrade; upgrade()"]
    both = [subprocess.Popen(upgrading, cwd=PROJECT, stderr=subprocess.PIPE) for _ in range(2)]
    errors = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert inspect(engine_for(empty_database)).has_table("offer")


def test_one_that_writes_alone_keeps_the_next_waiting(database: str) -> None:
    def add_one() -> None:
        with session() as db:
            write_alone(db.connection())
            row = db.get(models.Filled, "count") or models.Filled(what="count", fingerprint="0")
            row.fingerprint = str(int(row.fingerprint) + 1)
            db.add(row)

    at_once(add_one, 8)
    with session() as db:
        assert db.get(models.Filled, "count").fingerprint == "8"


# What a filled catalogue keeps of where it came from.
OURS = ("catalogue", "duaalwijzer")


def test_a_sign_that_one_kind_cannot_hold_is_shown_as_such_or_kept(database: str) -> None:
    with session() as db:
        db.add_all([models.Filled(what=f"{number}\0", fingerprint="a\0b") for number in range(2)])
    with session() as db:
        kept = set(db.execute(select(models.Filled.fingerprint).where(models.Filled.what.not_in(OURS))).scalars())
    assert kept == ({"a\ufffdb"} if database.startswith("postgresql") else {"a\0b"})
