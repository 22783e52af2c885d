"""Pairs of sentences on many topics in both scripts: whether one agrees with, contradicts or leaves open the other."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source
from service.query.columns import CLAIM
from service.query.lookup import lookup
from service.store.engine import create, migrate
from service.store.writer import article_id

PAIRS: list[dict[str, str]] = tomllib.loads((Path(__file__).parent / "stances.toml").read_text(encoding="utf-8"))[
    "pair"
]
MOST = 50


def post(pair: dict[str, str]) -> str:
    title, section = pair.get("title", "隨筆"), pair.get("section")
    return f"# {title}\n\n" + (f"## {section}\n\n" if section else "") + pair.get("before", "") + pair["claim"] + "\n"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = create(f"sqlite:///{tmp_path_factory.mktemp('pairs')}/w.db")
    migrate(engine)
    ingest(engine, Site("pairs"), [Source(f"{number}.md", post(pair)) for number, pair in enumerate(PAIRS)])
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def stance(session: Session, number: int, asked: str) -> str:
    """Return how the claim of a pair stands to what is asked, `neither` where it is not found or only related."""
    pair = PAIRS[number]
    mine = select(CLAIM.c.id).where(CLAIM.c.article_id == article_id("pairs", f"{number}.md"))
    of: dict[str, str] = {row.id: row.text for row in session.execute(mine.add_columns(CLAIM.c.text))}
    found = [one for one in lookup(session, asked, MOST).matches if of.get(one.claim.id, "") in pair["claim"]]
    stances = [one.relation for one in found if one.claim.id in of and one.relation != "related"]
    return stances[0] if stances else "neither"


@pytest.mark.parametrize(
    "number", range(len(PAIRS)), ids=[f"{pair['kind']}-{number}" for number, pair in enumerate(PAIRS)]
)
def test_a_claim_stands_to_a_sentence_as_a_reader_would_say(session: Session, number: int) -> None:
    assert stance(session, number, PAIRS[number]["asked"]) == PAIRS[number]["stance"]
