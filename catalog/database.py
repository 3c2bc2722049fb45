"""The connection to the database, and its migrations."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlalchemy.orm import Session

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_URL = f"sqlite:///{PROJECT / 'var' / 'duaalwijzer.db'}"
CONNECT_SECONDS = 5
# How long one who fills the catalogue or migrates waits for another, and the number by which PostgreSQL knows them.
ALONE_SECONDS = 300
ALONE = 20260901


class NotFilled(DatabaseError):
    """The tables are there, but nothing was ever put in them; says how to mend it."""

    def __init__(self) -> None:
        super().__init__("the catalogue is empty: `make start` or `python -m catalog.fill` fills it")


def database_url() -> str:
    """Address of the database: ``DATABASE_URL``, or a SQLite file in ``var/``."""
    return os.environ.get("DATABASE_URL") or DEFAULT_URL


def _configure_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Readers go on while a contact request is written.
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _show_nul(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> Any:
    """PostgreSQL's text holds no NUL and its driver raises ValueError; the replacement sign stands in its place."""
    return statement, [_shown(row) for row in values] if many else _shown(values)


def _shown(row: Any) -> Any:
    if not isinstance(row, dict) or not any(isinstance(value, str) and "\0" in value for value in row.values()):
        return row
    return {name: value.replace("\0", "\ufffd") if isinstance(value, str) else value for name, value in row.items()}


@lru_cache(maxsize=4)
def engine_for(url: str) -> Engine:
    """One engine per address for the life of the process."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, future=True)
        event.listen(engine, "connect", _configure_sqlite)
        return engine
    engine = create_engine(url, future=True, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
    event.listen(engine, "before_cursor_execute", _show_nul, retval=True)
    return engine


@contextmanager
def session(url: str | None = None) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back on any error."""
    with Session(engine_for(url or database_url()), future=True) as open_session, open_session.begin():
        yield open_session


def write_alone(connection: Connection) -> None:
    """Begin a transaction that waits for any other begun here; who reads or stores a contact request goes on.

    On SQLite there is one writer at a time, so a contact request waits as well.

    Raises:
        DatabaseError: it took too long.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {ALONE_SECONDS * 1000}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{ALONE_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ALONE})")


def alembic_config(url: str | None = None) -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    # Alembic reads options through configparser, to which a percent sign means something.
    config.set_main_option("sqlalchemy.url", (url or database_url()).replace("%", "%%"))
    return config


def upgrade(url: str | None = None) -> None:
    """Bring the tables to the newest migration; waits for nobody where they are there already.

    Raises:
        DatabaseError: the database cannot be reached or altered.
    """
    config = alembic_config(url)
    with engine_for(url or database_url()).connect() as connection:
        there = MigrationContext.configure(connection).get_current_revision()
    if there != ScriptDirectory.from_config(config).get_current_head():
        command.upgrade(config, "head")


__all__ = [
    "DatabaseError",
    "NotFilled",
    "alembic_config",
    "database_url",
    "engine_for",
    "session",
    "upgrade",
    "write_alone",
]
