"""Databases to copy, made once for all processes of a test run: making one takes a test longer than what it tests."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from service.store import engine as engines

_FOLDER = "TESTS_SHARE"  # the folder's name in the environment, which the processes of a run inherit


@cache
def shared() -> Path:
    """Return a folder for what the processes of this test run share; whoever makes it takes it away at its end."""
    if _FOLDER not in os.environ:
        folder = tempfile.mkdtemp(prefix="wenmai-templates-")
        os.environ[_FOLDER] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(os.environ[_FOLDER])


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """Return the shared file or folder `name`; the first process of the run to ask has `make` write it, others wait."""
    made = shared() / name
    with (shared() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = shared() / f"{name}.unfinished"
            make(unfinished)
            unfinished.rename(made)
    return made


@cache
def sqlite_template() -> Path:
    """Return an empty, migrated SQLite file."""
    return made_once("empty.db", _migrated)


def _migrated(file: Path) -> None:
    template = engines.create(f"sqlite:///{file}")
    engines.migrate(template)
    template.dispose()


def copy_sqlite(to: Path) -> Path:
    """Put an empty, migrated SQLite file at `to`."""
    return Path(shutil.copy(sqlite_template(), to))


def in_memory(of: Path | None = None) -> Engine:
    """Return a copy in memory of a SQLite file, of an empty, migrated one where none is given."""
    engine = engines.create("sqlite://")
    filled = engines.create(f"sqlite:///{of or sqlite_template()}")
    with filled.connect() as source, engine.connect() as target:
        driver: Any = source.connection.driver_connection
        driver.backup(target.connection.driver_connection)
    filled.dispose()
    return engine
