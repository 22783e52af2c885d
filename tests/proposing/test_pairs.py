"""How a model sees two claims is kept and shown as its word, and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from service.deciding.judging import judge_pair
from service.ingest import ingest
from service.model import Site, Source
from service.proposing import attach
from service.proposing.asking import Proposer
from service.proposing.endpoint import Endpoint
from service.proposing.pairs import Two, propose_pairs, two
from service.query.answers import ClaimDetail
from service.query.claims import claim
from service.store.tables import TABLES
from tests.proposing.endpoint import Model, breaks_off, replies

SAYINGS = ("青石渡輪公司的新船今年會開三條航線。", "青石渡輪公司的新船今年在船塢裡等零件。")
# The claims are put in the order of their ids, which are made of their words.
SAID = {"relation": "conflict", "one_quote": "三條航線", "other_quote": "船塢"}


@pytest.fixture
def pair(engine: Engine) -> Two:
    """Give two claims of two posts that speak of one thing."""
    ingest(engine, Site("s"), [Source(f"{at}.md", f"# 筆記\n\n{text}\n") for at, text in enumerate(SAYINGS)])
    table = TABLES["claim"]
    with Session(engine) as session:
        (one, said), (other, also) = (
            (row.id, row.text) for row in session.execute(select(table.c.id, table.c.text).order_by(table.c.text))
        )
    return two(one, said, other, also)


@pytest.fixture
def proposer(model: Model, engine: Engine) -> Iterator[Proposer]:
    made = Proposer(Endpoint(model.base_url, "small", None, 5.0, lambda _: None))
    yield made
    attach(engine, None)


def _detail(engine: Engine, claim_id: str) -> ClaimDetail:
    with Session(engine) as session:
        return claim(session, claim_id)


def test_a_proposal_is_shown_beside_the_rules_and_moves_nothing(
    engine: Engine, pair: Two, proposer: Proposer, model: Model
) -> None:
    before = _detail(engine, pair.one)
    assert [one.claim.id for one in before.related] == [pair.other]
    model.says(SAID)
    assert propose_pairs(engine, proposer, [pair]) == 1
    after = _detail(engine, pair.one)
    (evidence,) = after.related
    assert evidence.relation == "related"
    assert evidence.proposed is not None
    assert (evidence.proposed.relation, evidence.proposed.model) == ("conflict", "small")
    assert (after.agreeing, after.conflicting) == (before.agreeing, before.conflicting)
    assert evidence.proposed.quote in after.text
    assert evidence.proposed.other_quote in evidence.claim.text


def test_a_pair_is_put_to_a_model_once(engine: Engine, pair: Two, proposer: Proposer, model: Model) -> None:
    model.says(SAID)
    assert propose_pairs(engine, proposer, [pair, pair]) == 1
    assert propose_pairs(engine, proposer, [pair]) == 0
    assert len(model.asked) == 1
    assert "青石渡輪" in model.asked[0]["messages"][1]["content"]


def test_an_editor_outranks_it(engine: Engine, pair: Two, proposer: Proposer, model: Model) -> None:
    model.says(SAID)
    propose_pairs(engine, proposer, [pair])
    judge_pair(engine, pair.one, pair.other, "different")
    (evidence,) = _detail(engine, pair.one).related
    assert (evidence.judgement is not None, evidence.proposed) == (True, None)


def test_it_is_still_there_when_posts_went_and_came_back(
    engine: Engine, pair: Two, proposer: Proposer, model: Model
) -> None:
    model.says(SAID)
    propose_pairs(engine, proposer, [pair])
    ingest(engine, Site("s"), [], replace=True)
    ingest(engine, Site("s"), [Source(f"{at}.md", f"# 筆記\n\n{text}\n") for at, text in enumerate(SAYINGS)])
    assert _detail(engine, pair.one).related[0].proposed is not None


def test_what_does_not_quote_both_is_dropped(engine: Engine, pair: Two, proposer: Proposer, model: Model) -> None:
    model.says(SAID | {"other_quote": "新船明年"})
    assert propose_pairs(engine, proposer, [pair]) == 0
    assert proposer.counts["dropped"] == 1
    assert _detail(engine, pair.one).related[0].proposed is None


def test_what_fails_is_counted_and_costs_nothing(engine: Engine, pair: Two, proposer: Proposer, model: Model) -> None:
    model.does(breaks_off, replies({}, 404), replies({"choices": [{"message": {"content": '{"relation": "true"}'}}]}))
    for kind in ("cut_off", "rejected", "malformed"):
        assert propose_pairs(engine, proposer, [pair]) == 0
        assert proposer.counts[kind] == 1
