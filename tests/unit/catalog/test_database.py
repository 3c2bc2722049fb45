"""Migrations make exactly the tables that the code expects."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from catalog.database import database_url, engine_for
from catalog.models import Base


def test_migrations_and_models_agree(database: str) -> None:
    with engine_for(database_url()).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
