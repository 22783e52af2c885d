"""Databases of both kinds, copied from one that was filled once: filling takes longer than most of what is tested."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import count
from pathlib import Path
from shutil import copy

from sqlalchemy import Engine, text

from service.store import engine as engines
from tests.postgres import Postgres
from tests.templates import copy_sqlite

Fill = Callable[[Engine], object]
Copies = Callable[[Fill], Engine]


class Databases(ABC):
    """Databases of one kind, for one process: empty and migrated, or filled by a function that is called once."""

    def __init__(self) -> None:
        self._numbers = count()
        self._filled: dict[Fill, str] = {}
        self._held: dict[Fill, Engine] = {}

    def engine(self, fill: Fill | None = None) -> Engine:
        """Open a database of its own for a test: empty, or a copy of what `fill` made of an empty one."""
        return engines.create(self.copied(self._template(fill) if fill else None))

    def held(self, fill: Fill) -> Engine:
        """Return the one database that `fill` made of an empty one, for tests that take back what they write."""
        if fill not in self._held:
            self._held[fill] = self.engine()
            fill(self._held[fill])
        return self._held[fill]

    def _template(self, fill: Fill) -> str:
        if fill not in self._filled:
            engine = self.engine()
            fill(engine)
            engine.dispose()  # PostgreSQL copies only what nobody is connected to
            self._filled[fill] = engine.url.database or ""
        return self._filled[fill]

    @abstractmethod
    def copied(self, of: str | None = None) -> str:
        """Return the URL of a copy of the database `of`, of the empty one where none is given."""

    @abstractmethod
    def dropped(self, engine: Engine) -> None:
        """Close a database and take it away."""

    def close(self) -> None:
        """Close those that are held."""
        for engine in self._held.values():
            engine.dispose()


class SqliteDatabases(Databases):
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def copied(self, of: str | None = None) -> str:
        """Return the URL of a copy of the file `of`, of the empty one where none is given."""
        file = self._folder / f"{next(self._numbers)}.db"
        copied = Path(copy(of, file)) if of else copy_sqlite(file)
        return f"sqlite:///{copied}"

    def dropped(self, engine: Engine) -> None:
        """Close a database and remove its file."""
        engine.dispose()
        Path(engine.url.database or "").unlink(missing_ok=True)


def with_empty(server: Postgres) -> None:
    """Have a server hold the empty, migrated database that `PostgresDatabases` copies."""
    administration = engines.create(server.url("postgres"))
    _command(administration, f"CREATE DATABASE {PostgresDatabases.EMPTY} TEMPLATE template0")
    administration.dispose()
    template = engines.create(server.url(PostgresDatabases.EMPTY))
    engines.migrate(template)
    template.dispose()


def _command(administration: Engine, statement: str) -> None:
    with administration.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


class PostgresDatabases(Databases):
    """Databases of one server, which is this process's own and was filled by `with_empty`."""

    EMPTY = "wenmai_template"

    def __init__(self, server: Postgres) -> None:
        super().__init__()
        self._server = server
        self._administration = engines.create(server.url("postgres"))

    def copied(self, of: str | None = None) -> str:
        """Return the URL of a copy of the database `of`, of the empty one where none is given."""
        name = f"test_{next(self._numbers)}"
        self._make(name, of or self.EMPTY)
        return self._server.url(name)

    def dropped(self, engine: Engine) -> None:
        """Close a database and drop it."""
        engine.dispose()
        self.command(f"DROP DATABASE IF EXISTS {engine.url.database} WITH (FORCE)")

    def close(self) -> None:
        """Close those that are held, and what creates them."""
        super().close()
        self._administration.dispose()

    def _make(self, name: str, template: str) -> None:
        # Nothing is synced to the disk here: copying files is faster than writing every page to the log.
        self.command(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")

    def command(self, statement: str) -> None:
        """Have the server do something about its databases."""
        _command(self._administration, statement)
