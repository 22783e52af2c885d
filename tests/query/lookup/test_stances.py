"""Pairs of sentences on many topics in both scripts: whether one agrees with, contradicts or leaves open the other."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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

CORPORA = ("stances", "everyday_stances")
PAIRS: dict[str, list[dict[str, str]]] = {
    name: tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))["pair"]
    for name in CORPORA
}
MOST = 50


def post(pair: dict[str, str]) -> str:
    title, section = pair.get("title", "隨筆"), pair.get("section")
    return f"# {title}\n\n" + (f"## {section}\n\n" if section else "") + pair.get("before", "") + pair["claim"] + "\n"


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Session]]:
    """Open a session on each file of pairs, all of whose claims are one corpus."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(opened(tmp_path_factory.mktemp(name), pairs)) for name, pairs in PAIRS.items()}


@contextmanager
def opened(folder: Path, pairs: list[dict[str, str]]) -> Iterator[Session]:
    engine = create(f"sqlite:///{folder}/w.db")
    migrate(engine)
    ingest(engine, Site("pairs"), [Source(f"{number}.md", post(pair)) for number, pair in enumerate(pairs)])
    with Session(engine) as session:
        yield session
    engine.dispose()


def stance(session: Session, number: int, pair: dict[str, str]) -> str:
    """Return how the claim of a pair stands to what is asked, `neither` where it is not found or only related."""
    mine = select(CLAIM.c.id).where(CLAIM.c.article_id == article_id("pairs", f"{number}.md"))
    of: dict[str, str] = {row.id: row.text for row in session.execute(mine.add_columns(CLAIM.c.text))}
    found = [one for one in lookup(session, pair["asked"], MOST).matches if of.get(one.claim.id, "") in pair["claim"]]
    stances = [one.relation for one in found if one.claim.id in of and one.relation != "related"]
    return stances[0] if stances else "neither"


@pytest.mark.parametrize(
    ("corpus", "number"),
    [
        pytest.param(corpus, number, id=f"{pair['kind']}-{corpus}-{number}")
        for corpus, pairs in PAIRS.items()
        for number, pair in enumerate(pairs)
    ],
)
def test_a_claim_stands_to_a_sentence_as_a_reader_would_say(
    sessions: dict[str, Session], corpus: str, number: int
) -> None:
    pair = PAIRS[corpus][number]
    assert stance(sessions[corpus], number, pair) == pair["stance"]
