"""Empty databases with all tables, to copy: migrating takes a test longer than most of what it tests."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from service.store import engine as engines


@cache
def sqlite_template() -> Path:
    """Return an empty, migrated SQLite file, made once for this test run."""
    folder = Path(tempfile.mkdtemp(prefix="wenmai-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    template = engines.create(f"sqlite:///{folder / 'wenmai.db'}")
    engines.migrate(template)
    template.dispose()
    return folder / "wenmai.db"


def copy_sqlite(to: Path) -> Path:
    """Put an empty, migrated SQLite file at `to`."""
    return Path(shutil.copy(sqlite_template(), to))


def in_memory() -> Engine:
    """Return an empty, migrated SQLite database in memory."""
    engine = engines.create("sqlite://")
    filled = engines.create(f"sqlite:///{sqlite_template()}")
    with filled.connect() as source, engine.connect() as target:
        driver: Any = source.connection.driver_connection
        driver.backup(target.connection.driver_connection)
    filled.dispose()
    return engine
