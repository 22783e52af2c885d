"""The same question in the words of Taiwan and of the mainland finds the same."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from service.query.lookup import lookup
from service.query.search import search
from service.script import fold
from tests.samples import CONTENT, corpus, has_real_posts, posts_folder
from tests.thorough import THOROUGH

Answer = Callable[[Session, str], list[str]]

_SHOWN = 10
_ALIKE = 0.9  # mean over all pairs of the share of results that both have
PAIRS: list[list[str]] = tomllib.loads(
    Path(__file__).with_name("regional_questions.toml").read_text(encoding="utf-8"),
)["pairs"]


@pytest.fixture(scope="module", params=["content", "content and real posts"])
def session(request: pytest.FixtureRequest) -> Iterator[Session]:
    if request.param == "content" and has_real_posts() and not THOROUGH:
        pytest.skip("the real posts are asked together with the content; a thorough run asks the content alone, too")
    folders = [CONTENT] if request.param == "content" else [CONTENT, posts_folder()]
    with Session(corpus(*folders)) as opened:
        yield opened


def found(session: Session, query: str) -> list[str]:
    hits = search(session, query, limit=_SHOWN).items
    return [one.id for hit in hits if (one := hit.article or hit.entity or hit.claim)]


def looked_up(session: Session, query: str) -> list[str]:
    return [one.claim.id for one in lookup(session, query, _SHOWN).matches]


def alike(one: list[str], other: list[str]) -> float:
    """Return the Jaccard index of two lists of results; two empty ones are the same."""
    return len({*one} & {*other}) / len({*one} | {*other}) if one or other else 1.0


def test_there_are_enough_pairs_and_they_differ() -> None:
    assert len(PAIRS) >= 120
    assert sum(fold(taiwan) != fold(mainland) for taiwan, mainland in PAIRS) >= 120


@pytest.mark.parametrize("answer", [found, looked_up])
def test_a_question_in_the_words_of_either_region_finds_the_same(session: Session, answer: Answer) -> None:
    shares = {}
    for taiwan, mainland in PAIRS:
        results = answer(session, taiwan), answer(session, mainland)
        if any(results):
            shares[taiwan, mainland] = alike(*results)
    worst = sorted(shares.items(), key=lambda item: item[1])[:5]
    assert len(shares) >= 50
    assert sum(shares.values()) / len(shares) >= _ALIKE, worst
    assert sum(share >= _ALIKE for share in shares.values()) / len(shares) >= _ALIKE, worst
