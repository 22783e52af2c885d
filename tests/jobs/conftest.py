"""As many empty databases as a test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.store.engine import create
from tests.databases import PostgresDatabases
from tests.templates import copy_sqlite


@pytest.fixture
def fresh(postgres_databases: PostgresDatabases, tmp_path: Path) -> Iterator[Callable[[str], Engine]]:
    """Give a function that opens another empty, migrated database of a kind."""
    opened: list[Engine] = []
    numbers = count()

    def make(kind: str) -> Engine:
        if kind == "postgresql":
            opened.append(postgres_databases.engine())
        else:
            file = copy_sqlite(tmp_path / f"{next(numbers)}.db")
            copy_sqlite(tmp_path / f"{file.name}-jobs")
            opened.append(create(f"sqlite:///{file}"))
        return opened[-1]

    yield make
    for engine in opened:
        engine.dispose()
