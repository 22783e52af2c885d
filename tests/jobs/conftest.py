"""As many empty databases as a test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.store.engine import create
from tests.conftest import copied
from tests.postgres import Postgres
from tests.templates import copy_sqlite


@pytest.fixture
def fresh(postgres: Postgres, tmp_path: Path) -> Iterator[Callable[[str], Engine]]:
    """Give a function that opens another empty, migrated database of a kind."""
    opened: list[Engine] = []
    numbers = count()

    def make(kind: str) -> Engine:
        if kind == "postgresql":
            opened.append(create(postgres.url(copied(postgres))))
        else:
            file = copy_sqlite(tmp_path / f"{next(numbers)}.db")
            copy_sqlite(tmp_path / f"{file.name}-jobs")
            opened.append(create(f"sqlite:///{file}"))
        return opened[-1]

    yield make
    for engine in opened:
        engine.dispose()
