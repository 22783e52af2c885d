"""Two databases that behave alike, brought to the newest tables."""

from __future__ import annotations

import re
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from service.errors import StoreError
from service.store import engine as engines
from service.store.engine import amiss, create, migrate, ready, went_away, writing
from service.store.tables import TABLES


def version(engine: Engine) -> int | None:
    with engine.connect() as connection:
        number: int | None = connection.scalar(text("SELECT version FROM corpus"))
    return number


def set_version(engine: Engine, number: int) -> None:
    with writing(engine) as session:
        session.connection().execute(text("INSERT INTO corpus (id, version) VALUES (1, :number)"), {"number": number})


def test_a_migrated_database_is_ready(engine: Engine) -> None:
    assert ready(engine)
    assert set(TABLES) <= set(inspect(engine).get_table_names())


def test_an_empty_database_is_not_ready() -> None:
    empty = create("sqlite://")
    assert not ready(empty)
    assert amiss(empty) == "The database has no tables yet."
    migrate(empty)
    assert ready(empty)
    empty.dispose()


@pytest.mark.parametrize(
    ("revision", "sentence"), [("0001", "revision 0001, not .*: a restart"), ("future", "of a newer version")]
)
def test_tables_of_another_version_are_told_as_what_they_are(
    sqlite_engine: Engine, revision: str, sentence: str
) -> None:
    with sqlite_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    assert re.search(sentence, amiss(sqlite_engine) or "")


def test_a_database_that_does_not_answer_is_told_without_where_it_is(sqlite_engine: Engine, tmp_path: Path) -> None:
    sqlite_engine.dispose()
    (tmp_path / "wenmai.db").write_bytes(b"no database " * 100)
    assert amiss(sqlite_engine) == "The database does not answer."


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    set_version(engine, 7)
    migrate(engine)
    assert version(engine) == 7


def test_the_migrations_make_the_tables_the_code_knows(engine: Engine) -> None:
    config = engines._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.check(config)


def test_downgrading_leaves_nothing_behind(engine: Engine) -> None:
    config = engines._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_the_alembic_command_takes_the_database_from_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    monkeypatch.setenv("WENMAI_DATABASE_URL", url)
    command.upgrade(Config(Path(__file__).parents[2] / "alembic.ini"), "head")
    made = create(url)
    assert ready(made)
    made.dispose()


def test_a_database_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'future'"))
    assert not ready(engine)
    with pytest.raises(StoreError, match="future"):
        migrate(engine)


def test_a_migration_that_fails_leaves_the_database_as_it_was(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("DROP TABLE corpus"))  # the first migration makes it, then meets those that exist
    with pytest.raises(StoreError):
        migrate(engine)
    assert not inspect(engine).has_table("corpus")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:////nonexistent/folder/wenmai.db", "cannot be reached"),
        ("postgresql+psycopg://user:secret@127.0.0.1:1/none", "cannot be reached"),
        ("mysql://localhost/blog", "not supported"),
        ("wenmai.db", "cannot be read"),
    ],
)
def test_what_cannot_be_opened_is_told_in_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence) as caught:
        create(url)
    assert "secret" not in str(caught.value)


def test_a_postgresql_url_needs_no_driver(postgres_url: str) -> None:
    opened = create(postgres_url.replace("+psycopg", ""))
    assert ready(opened)
    opened.dispose()


def test_foreign_keys_are_kept(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.connection().execute(text("INSERT INTO entity_name (entity_id, folded) VALUES ('nobody', 'x')"))


def test_foreign_keys_are_kept_after_a_migration(engine: Engine) -> None:
    migrate(engine)
    test_foreign_keys_are_kept(engine)


def test_an_exception_rolls_everything_back(engine: Engine) -> None:
    def write() -> None:
        with writing(engine) as session:
            session.connection().execute(text("INSERT INTO corpus (id, version) VALUES (1, 1)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert version(engine) is None


def test_a_savepoint_is_undone_alone(engine: Engine) -> None:
    def write_twice(session: Session) -> None:
        with session.begin_nested():
            session.connection().execute(text("UPDATE corpus SET version = 2"))
            raise ZeroDivisionError

    with writing(engine) as session:
        session.connection().execute(text("INSERT INTO corpus (id, version) VALUES (1, 1)"))
        with pytest.raises(ZeroDivisionError):
            write_twice(session)
    assert version(engine) == 1


def test_readers_see_what_was_while_a_writer_is_at_work(engine: Engine) -> None:
    set_version(engine, 1)
    with writing(engine) as session:
        session.connection().execute(text("UPDATE corpus SET version = 2"))
        assert version(engine) == 1
    assert version(engine) == 2


def test_a_second_writer_is_turned_away_or_waits(engine: Engine) -> None:
    set_version(engine, 1)

    def raise_version() -> None:
        with writing(engine) as session:
            session.connection().execute(text("UPDATE corpus SET version = version * 10"))

    with writing(engine) as session:
        with pytest.raises(StoreError, match="another"), writing(engine, wait=False):
            pass
        second = threading.Thread(target=raise_version)
        second.start()
        session.connection().execute(text("UPDATE corpus SET version = version + 1"))
    second.join()
    assert version(engine) == 20


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT count(*) FROM n"


def test_a_read_that_takes_too_long_is_given_up(engine: Engine) -> None:
    hasty = engines.create(engine.url.render_as_string(hide_password=False), longest_read=0.2)
    with hasty.connect() as connection, pytest.raises(OperationalError):
        connection.execute(text(ENDLESS))
    with hasty.connect() as connection:  # the next one has its own time
        assert connection.scalar(text("SELECT 1")) == 1
    hasty.dispose()


def test_who_writes_takes_the_time_it_needs(engine: Engine) -> None:
    hasty = engines.create(engine.url.render_as_string(hide_password=False), longest_read=0.05)
    some = ENDLESS.replace("2000000000", "400000")
    with hasty.connect() as connection:  # a pooled connection that has read before
        connection.scalar(text("SELECT 1"))
    with engines.writing(hasty) as session:
        assert session.connection().scalar(text(some)) == 400_000
    hasty.dispose()


def test_a_server_that_nobody_answers_for_is_away() -> None:
    with pytest.raises(StoreError) as refused:
        create("postgresql://nobody@127.0.0.1:1/none")
    assert went_away(refused.value)


def test_a_disk_that_is_full_is_there() -> None:
    full = StoreError("the database refused")
    full.__cause__ = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    assert not went_away(full)
