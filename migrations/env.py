"""Runs migrations on the connection `service.store.engine.migrate` passes, or on the one the settings name."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from service.settings import Settings
from service.store import engine
from service.store.tables import ArticleRow


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=ArticleRow.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _run_on_settings() -> None:
    opened = engine.create(Settings().database_url)
    with opened.connect() as connection, engine.without_foreign_keys(connection):
        _run(connection)
    opened.dispose()


if context.is_offline_mode():
    raise SystemExit("migrations need a database: set WENMAI_DATABASE_URL")
given = context.config.attributes.get("connection")
if given is None:
    _run_on_settings()
else:
    _run(given)
