"""Databases for the tests: everything that touches one runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, text

from service.store import engine as engines
from tests.postgres import NoPostgresError, Postgres, running
from tests.templates import copy_sqlite

_numbers = count()

# How long an example takes says more about the machine than about the code.
settings.register_profile("wenmai", deadline=None)
settings.load_profile("wenmai")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this test run, with an empty, migrated database to copy."""
    try:
        with running() as server:
            template = engines.create(_made(server, "wenmai_template", "template0"))
            engines.migrate(template)
            template.dispose()
            yield server
    except NoPostgresError as error:
        pytest.skip(str(error))


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated SQLite database."""
    copy_sqlite(tmp_path / "wenmai.db")
    yield from _opened(f"sqlite:///{tmp_path / 'wenmai.db'}")


def copied(server: Postgres, template: str = "wenmai_template") -> str:
    """Return the name of another empty, migrated PostgreSQL database; it goes with the server at the latest."""
    name = f"test_{next(_numbers)}"
    _made(server, name, template)
    return name


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The URL of an empty, migrated PostgreSQL database."""
    name = copied(postgres)
    yield postgres.url(name)
    _command(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """An empty, migrated PostgreSQL database."""
    yield from _opened(postgres_url)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty, migrated database: each test runs once on SQLite and once on PostgreSQL."""
    name = {"sqlite": "sqlite_engine", "postgresql": "postgres_engine"}[request.param]
    opened: Engine = request.getfixturevalue(name)
    return opened


def _opened(url: str) -> Iterator[Engine]:
    opened = engines.create(url)
    yield opened
    opened.dispose()


def _made(server: Postgres, name: str, template: str) -> str:
    _command(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return server.url(name)


def _command(server: Postgres, statement: str) -> None:
    administration = engines.create(server.url("postgres"))
    with administration.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    administration.dispose()
