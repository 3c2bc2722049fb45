"""The connection to the database, and its migrations."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlalchemy.orm import Session

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_URL = f"sqlite:///{PROJECT / 'var' / 'duaalwijzer.db'}"


def database_url() -> str:
    """Address of the database: ``DATABASE_URL``, or a SQLite file in ``var/``."""
    return os.environ.get("DATABASE_URL") or DEFAULT_URL


def _configure_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # Readers go on while a contact request is written.
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()


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
    return create_engine(url, future=True, pool_pre_ping=True)


@contextmanager
def session(url: str | None = None) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back on any error."""
    with Session(engine_for(url or database_url()), future=True) as open_session, open_session.begin():
        yield open_session


def alembic_config(url: str | None = None) -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    # Alembic reads options through configparser, to which a percent sign means something.
    config.set_main_option("sqlalchemy.url", (url or database_url()).replace("%", "%%"))
    return config


def upgrade(url: str | None = None) -> None:
    """Bring the tables to the newest migration.

    Raises:
        DatabaseError: the database cannot be reached or altered.
    """
    command.upgrade(alembic_config(url), "head")


__all__ = ["DatabaseError", "alembic_config", "database_url", "engine_for", "session", "upgrade"]
