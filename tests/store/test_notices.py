"""Changes of the corpus, as PostgreSQL tells of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from service.store.corpus_version import CorpusVersion, bump
from service.store.engine import writing
from service.store.notices import Notices, listen_url
from service.store.replicas import Databases


@pytest.fixture
def notices(postgres_url: str) -> Iterator[Notices]:
    heard = Notices(postgres_url)
    soon(lambda: heard.number is not None)
    yield heard
    heard.close()


def soon(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    assert holds()


def raise_number(engine: Engine) -> None:
    with writing(engine) as session:
        bump(session)


def test_every_change_is_heard(notices: Notices, postgres_engine: Engine) -> None:
    assert notices.number == 0
    for number in (1, 2):
        raise_number(postgres_engine)
        soon(lambda number=number: notices.number == number)  # type: ignore[misc]


def test_what_is_rolled_back_is_not(notices: Notices, postgres_engine: Engine) -> None:
    with Session(postgres_engine) as session:
        bump(session)
        session.rollback()
    raise_number(postgres_engine)
    soon(lambda: notices.number == 1)


def test_when_the_line_breaks_nothing_is_known_until_it_is_heard_again(
    notices: Notices, postgres_engine: Engine
) -> None:
    raise_number(postgres_engine)
    soon(lambda: notices.number == 1)
    with postgres_engine.begin() as connection:
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'SELECT version%'"
        connection.execute(text(f"{ended} AND pid <> pg_backend_pid() AND datname = current_database()"))
        connection.execute(text("UPDATE corpus SET version = 7"))
    soon(lambda: notices.number == 7)


def test_nonsense_on_the_channel_is_no_number_of_a_corpus(notices: Notices, postgres_engine: Engine) -> None:
    with postgres_engine.begin() as connection:
        connection.execute(text("SELECT pg_notify('wenmai_corpus', 'x')"))
    soon(lambda: notices.number == -1)
    soon(lambda: notices.number == 0)  # it is asked for every now and then


def test_the_number_is_told_as_it_is_heard_and_asked_for_without(notices: Notices, postgres_engine: Engine) -> None:
    raise_number(postgres_engine)
    soon(lambda: notices.number == 1)
    databases = Databases(postgres_engine)
    asked = CorpusVersion(databases)
    assert (asked.heard, asked.now()) == (None, 1)
    assert CorpusVersion(databases, notices).heard == 1


def test_nobody_listens_through_a_pooler() -> None:
    pooled = "postgresql+psycopg://pooler/wenmai?pooled=true"
    assert listen_url(pooled, None) is None
    assert listen_url(pooled, "postgresql://database/wenmai") == "postgresql://database/wenmai"
    assert listen_url("postgresql://database/wenmai", None) == "postgresql://database/wenmai"
