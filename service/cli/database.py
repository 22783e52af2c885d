"""The database of the settings, for the commands that work on it."""

from __future__ import annotations

from sqlalchemy import Engine

from service.proposing.configured import ask_model
from service.settings import Settings
from service.store import engine as store


def opened(settings: Settings | None = None) -> Engine:
    """Return the engine of the settings' database, brought to the newest tables.

    Raises:
        StoreError: it cannot be reached or brought up to date.
    """
    settings = settings or Settings()
    engine = store.create(settings.database_url)
    store.migrate(engine)
    ask_model(engine, settings)
    return engine
