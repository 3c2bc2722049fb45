"""Alembic's entry point: run the migrations over one connection."""

from alembic import context

from catalog.database import engine_for, write_alone
from catalog.models import Base

url = context.config.get_main_option("sqlalchemy.url")

with engine_for(url).connect() as connection:
    # Two that start at once: the second finds the tables made. A migration that fails leaves none of its own.
    write_alone(connection)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite cannot alter a table in place; batches rebuild it.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
