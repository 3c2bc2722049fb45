"""Databases for tests are made beside what is there, and gone afterwards."""

import os
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from ops import postgres
from ops.report import Stopped


def databases(address: str) -> set[str]:
    engine = create_engine(make_url(address).set(database="postgres"), future=True)
    with engine.connect() as connection:
        found = set(connection.execute(text("SELECT datname FROM pg_database")).scalars())
    engine.dispose()
    return found


def test_a_given_server_keeps_what_it_had_and_nothing_of_ours(
    postgres_server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = postgres_server.create()
    before = databases(theirs)
    monkeypatch.setenv("DATABASE_URL", theirs)
    assert theirs.split("?")[0].split("/")[-1] in postgres.told()
    with postgres.server() as server:
        made = [server.create(), server.create(theirs)]
        assert theirs not in made
        assert len(databases(theirs)) == len(before) + 2
        server.drop(made[0])
    assert databases(theirs) == before
    postgres_server.drop(theirs)


def test_a_given_server_that_cannot_be_used_is_no_reason_to_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/ours")
    with postgres.server() as server, pytest.raises(Stopped, match="CREATEDB") as told:
        server.create()
    assert "secret" not in str(told.value)


def test_without_programs_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///var/duaalwijzer.db")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    assert postgres.told().startswith("skipped: DATABASE_URL names no PostgreSQL, and initdb is neither in PATH")
    with pytest.raises(postgres.NoPostgres), postgres.server():
        pass


def test_the_newest_of_debians_servers_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for version in ("9", "15", "13"):
        program = tmp_path / version / "bin" / "initdb"
        program.parent.mkdir(parents=True)
        program.touch()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    assert postgres.programs() == tmp_path / "15" / "bin"


def test_root_looks_for_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres, "USERS", ("nobody-of-that-name",))
    with pytest.raises(postgres.NoPostgres, match="refuses to run as root"):
        postgres.user()
