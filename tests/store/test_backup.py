"""A backup holds all there is, as it was at one moment, and goes into either database."""

from __future__ import annotations

import gzip
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from service import access, deciding, editing
from service.access import Scope
from service.content import find, find_sources
from service.deciding import Where, Word
from service.errors import ConflictError, StoreError
from service.ingest import ingest
from service.query.posts import posts
from service.store.backup import backup, restore
from service.store.engine import writing
from service.store.tables import TABLES
from tests.databases import Copies
from tests.servers import CONTENT


def fill(engine: Engine) -> None:
    for site, root in find_sources(CONTENT / "notes"):
        ingest(engine, site, find(root, max_files=100, max_bytes=10**6, site=site))
    deciding.reject(engine, None, "小米", Where(), Word("lin", "the grain"))
    access.issue(engine, "blog-ci", [Scope.INGEST])


@pytest.fixture
def filled(copied: Copies) -> Engine:
    return copied(fill)


@pytest.fixture
def other(filled: Engine, request: pytest.FixtureRequest) -> Engine:
    """An empty database of the other kind."""
    kind = "postgres_engine" if filled.dialect.name == "sqlite" else "sqlite_engine"
    opened: Engine = request.getfixturevalue(kind)
    return opened


def everything(engine: Engine) -> dict[str, list[Any]]:
    left_out = ("job", "job_batch", "pushed", "delivery")
    with engine.connect() as connection:
        return {
            name: sorted((list(map(_plain, row)) for row in connection.execute(select(table))), key=repr)
            for name, table in TABLES.items()
            if name not in left_out
        }


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def test_what_is_restored_is_what_was(filled: Engine, engine: Engine, other: Engine, tmp_path: Path) -> None:
    rows = backup(filled, tmp_path / "b.gz")
    for empty in (engine, other):
        assert restore(empty, tmp_path / "b.gz") == rows
        assert everything(empty) == everything(filled)


def test_work_goes_on_in_a_restored_database(filled: Engine, other: Engine, tmp_path: Path) -> None:
    backup(filled, tmp_path / "b.gz")
    restore(other, tmp_path / "b.gz")
    number = deciding.reject(other, None, "蘋果", Where(), Word())
    deciding.revoke(other, number)
    editing.remove_source(other, "notes")
    with Session(other) as session:
        assert list(posts(session)) == []


def test_a_backup_is_of_one_moment(filled: Engine, tmp_path: Path) -> None:
    before = everything(filled)
    with writing(filled) as session:
        session.connection().execute(TABLES["article"].delete())
        writer = threading.Thread(target=backup, args=(filled, tmp_path / "b.gz"))
        writer.start()
        writer.join(60)
    with gzip.open(tmp_path / "b.gz", "rt", encoding="utf-8") as stream:
        text = stream.read()
    assert all(row[0] in text for row in before["article"])


def test_a_database_that_holds_something_is_left_as_it_is(filled: Engine, tmp_path: Path) -> None:
    backup(filled, tmp_path / "b.gz")
    before = everything(filled)
    with pytest.raises(ConflictError, match="empty"):
        restore(filled, tmp_path / "b.gz")
    assert everything(filled) == before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no gzip",
        gzip.compress(b""),
        gzip.compress(b"[]\n"),
        gzip.compress(b'{"format": "another"}\n'),
        gzip.compress(b'{"format": "wenmai-backup-1", "revision": "0000"}\n'),
        gzip.compress(b"[" * 100_000),
    ],
    ids=["empty", "no-gzip", "nothing", "no-object", "another-format", "another-version", "deep"],
)
def test_what_is_no_backup_is_refused_and_changes_nothing(sqlite_engine: Engine, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b.gz").write_bytes(data)
    before = everything(sqlite_engine)
    with pytest.raises((StoreError, ConflictError)):
        restore(sqlite_engine, tmp_path / "b.gz")
    assert everything(sqlite_engine) == before


def test_a_backup_cut_short_restores_nothing(filled: Engine, other: Engine, tmp_path: Path) -> None:
    backup(filled, tmp_path / "b.gz")
    whole = (tmp_path / "b.gz").read_bytes()
    (tmp_path / "b.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="damaged"):
        restore(other, tmp_path / "b.gz")
    assert everything(other)["article"] == []


def test_a_file_that_cannot_be_written_leaves_the_old_one(filled: Engine, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be written"):
        backup(filled, tmp_path / "no" / "b.gz")
