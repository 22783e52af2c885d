"""Pairs of claims are judged in other processes where there are many: what comes of it is the same."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from service import mining
from service.ingest import ingest
from service.model import Site, Source
from service.pairing import judging, pair_anew
from service.query.lookup import Side, Verdict, drawn, side, verdict
from service.store.engine import writing
from service.store.tables import TABLES
from tests import processes  # noqa: F401 - what processes are forked from has all of the service

CLAIM, PAIR = TABLES["claim"], TABLES["claim_pair"]


def posts(number: int) -> list[Source]:
    said = "北灣的風場去年發了 {} 億度電。\n\n經理葉書廷說，停電的那天沒有人受傷。\n"
    return [Source(f"{n}.md", f"# 風場\n\n{said.format(3 + n % 2)}") for n in range(number)]


def paired(engine: Engine) -> list[tuple[Any, ...]]:
    with writing(engine) as session:
        session.execute(PAIR.delete())
        pair_anew(session)
        return [tuple(row) for row in session.execute(select(PAIR).order_by(PAIR.c.one, PAIR.c.other))]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine) -> Engine:
    """A corpus whose pairs are many: more than go to a process together, and than are left to the caller."""
    ingest(sqlite_engine, Site("bay"), posts(5))
    monkeypatch.setattr(judging, "_AT_ONCE", 2)
    monkeypatch.setattr(judging, "_FEW", 2)
    monkeypatch.setattr(judging, "_MANY", 2)
    monkeypatch.setattr(mining, "processes", lambda: 0)
    return sqlite_engine


def test_other_processes_judge_alike(many: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = paired(many)
    monkeypatch.setattr(mining, "processes", lambda: 2)
    assert paired(many) == alone
    assert len(alone) > 4


def test_without_other_processes_the_caller_judges(many: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise BrokenProcessPool

    alone = paired(many)
    monkeypatch.setattr(mining, "processes", lambda: 2)
    monkeypatch.setattr(ProcessPoolExecutor, "submit", broken)
    assert paired(many) == alone


def test_a_fault_in_one_pair_costs_no_other(
    many: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = paired(many)
    first = whole[0]

    def faulty(one: Side, other: Side) -> Verdict | None:
        if [one.candidate.id, other.candidate.id] == [*first[:2]]:
            raise IndexError("a rule that reads past the end")
        return verdict(one, other)

    monkeypatch.setattr(judging, "verdict", faulty)
    assert paired(many) == whole[1:]
    assert [first[0] in record.getMessage() and record.exc_info is not None for record in caplog.records] == [True]


def test_which_claim_is_understood_first_is_no_matter(many: Engine) -> None:
    with Session(many) as session:
        found = drawn(session, session.execute(select(CLAIM.c.id)).scalars().all())
    for one in found:
        for other in found:
            fresh, there, here = side(*one), side(*other), side(*one)
            assert not there.is_understood
            assert there.weighed
            assert verdict(fresh, there) == verdict(here, side(*other))


def test_a_claim_that_went_to_another_process_is_the_same_claim(many: Engine) -> None:
    with Session(many) as session:
        claims = session.execute(select(CLAIM.c.id)).scalars().all()
        found = drawn(session, claims)
    sent = pickle.loads(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
    assert sent == found
    for one, other in zip(found, sent, strict=True):
        assert verdict(side(*one), side(*found[0])) == verdict(side(*other), side(*sent[0]))
