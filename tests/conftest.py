"""Databases for the tests: everything that touches one runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from service.store import engine as engines
from tests.databases import Copies, Databases, Fill, PostgresDatabases, SqliteDatabases, with_empty
from tests.postgres import NoPostgresError, Postgres, running
from tests.templates import copy_sqlite, shared
from tests.thorough import tried

shared()  # here, in the process that starts the others, who are to have the same folder

# How long an example takes says more about the machine than about the code.
settings.register_profile("wenmai", deadline=None, max_examples=tried(100))
settings.load_profile("wenmai")

TESTS = Path(__file__).parent
# Files that take long: they come first, so that at the end no process waits for another.
LONG = (
    "mining/test_on_ray.py",
    "mining/test_machines.py",
    "reading/test_hostile.py",
    "web/test_accessibility.py",
    "jobs/test_faults.py",
    "deciding/test_telling_apart.py",
    "jobs/test_running.py",
    "web/test_admin.py",
    "proposing/test_asking.py",
    "jobs/test_crashes.py",
    "test_ingest.py",
    "test_ingest_extremes.py",
    "web/test_explorer.py",
    "test_compose.py",
    "store/test_resolving_on.py",
    "query/test_unlinked.py",
    "query/test_search_exactly.py",
    "test_orders.py",
    "test_ingest_faults.py",
    "web/test_widget.py",
    "deciding/test_making.py",
    "api/test_fuzz.py",
    "store/test_backup.py",
    "test_bench_capacity.py",
    "store/test_search_index.py",
    "query/test_script_blind.py",
    "web/test_charts.py",
    "api/test_replicas.py",
    "cli/test_watch.py",
    "cli/test_commands.py",
    "store/test_writer.py",
    "store/test_engine.py",
    "mining/test_local.py",
    "web/test_sites.py",
    "test_access.py",
    "jobs/test_commits.py",
    "query/test_region_blind.py",
    "reading/test_corpora.py",
    "api/test_databases.py",
    "api/test_hostile.py",
    "extraction/test_other_script.py",
    "reading/markdown/test_mixed.py",
)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while all is loaded, which stays to the end, nor ever after among what was loaded."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take long before all others."""
    places = {TESTS / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this test run's process."""
    try:
        with running(with_empty) as server:
            yield server
    except NoPostgresError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgres_databases(postgres: Postgres) -> Iterator[PostgresDatabases]:
    """PostgreSQL databases, as many as are wanted."""
    databases = PostgresDatabases(postgres)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabases]:
    """SQLite databases, as many as are wanted."""
    databases = SqliteDatabases(tmp_path_factory.mktemp("databases"))
    yield databases
    databases.close()


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated SQLite database."""
    opened = engines.create(f"sqlite:///{copy_sqlite(tmp_path / 'wenmai.db')}")
    yield opened
    opened.dispose()


@pytest.fixture
def postgres_engine(postgres_databases: PostgresDatabases) -> Iterator[Engine]:
    """An empty, migrated PostgreSQL database."""
    opened = postgres_databases.engine()
    yield opened
    postgres_databases.dropped(opened)


@pytest.fixture
def postgres_url(postgres_engine: Engine) -> str:
    """The URL of an empty, migrated PostgreSQL database."""
    return postgres_engine.url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Databases of a kind: each test that asks for them runs once with SQLite and once with PostgreSQL."""
    name = {"sqlite": "sqlite_databases", "postgresql": "postgres_databases"}[request.param]
    found: Databases = request.getfixturevalue(name)
    return found


@pytest.fixture
def engine(databases: Databases, request: pytest.FixtureRequest) -> Engine:
    """An empty, migrated database: each test runs once on SQLite and once on PostgreSQL."""
    name = "sqlite_engine" if isinstance(databases, SqliteDatabases) else "postgres_engine"
    opened: Engine = request.getfixturevalue(name)
    return opened


@pytest.fixture
def copied(databases: Databases) -> Iterator[Copies]:
    """A function that opens a copy of what another makes of an empty database; the other is called once for all."""
    opened: list[Engine] = []

    def copy(fill: Fill) -> Engine:
        opened.append(databases.engine(fill))
        return opened[-1]

    yield copy
    for engine in opened:
        databases.dropped(engine)
