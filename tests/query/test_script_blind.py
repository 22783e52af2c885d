"""Whatever is asked in one script is answered as in the other: the same ids in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.columns import ARTICLE
from service.query.entities import entities
from service.query.lookup import lookup
from service.query.related import related
from service.query.search import search
from tests.query.asked import in_other_marks, in_other_scripts, queries
from tests.samples import CONTENT, converted, corpus
from tests.thorough import THOROUGH

_SHOWN = 50
Answer = Callable[[Session, str], list[str]]


@pytest.fixture(scope="module")
def content() -> Iterator[Session]:
    with Session(corpus(CONTENT)) as session:
        yield session


def others(number: int, query: str) -> list[str]:
    """Return the query in the other script, and every fifth in other punctuation and width as well."""
    return [*in_other_scripts(query), *(in_other_marks(query) if number % 5 == 0 else ())]


def found(session: Session, query: str) -> list[str]:
    hits = search(session, query, limit=_SHOWN).items
    return [one.id for hit in hits if (one := hit.article or hit.entity or hit.claim)]


def named(session: Session, query: str) -> list[str]:
    return [one.id for one in entities(session, q=query, limit=_SHOWN).items]


def looked_up(session: Session, query: str) -> list[tuple[str, str]]:
    return [(one.claim.id, one.relation) for one in lookup(session, query, _SHOWN).matches]


def asked(session: Session) -> Iterator[tuple[int, str]]:
    """Yield the queries with their numbers: all, or, so that a run is short, one of three."""
    yield from list(enumerate(queries(session)))[:: 1 if THOROUGH else 3]


def test_enough_is_asked(content: Session) -> None:
    assert len(queries(content)) >= 500


@pytest.mark.parametrize("answer", [found, named])
def test_search_and_entities_are_the_same_in_either_script(content: Session, answer: Answer) -> None:
    answered = []
    for number, query in asked(content):
        expected = answer(content, query)
        answered.append(bool(expected))
        for other in others(number, query):
            assert answer(content, other) == expected, (query, other)
    assert answer is named or sum(answered) >= 0.75 * len(answered)


def test_claims_are_looked_up_alike_in_either_script(content: Session) -> None:
    for number, query in asked(content):
        expected = looked_up(content, query)
        for other in others(number, query):
            assert looked_up(content, other) == expected, (query, other)


@pytest.mark.parametrize("config", ["t2s", "s2tw"])
def test_articles_are_related_alike_whatever_script_they_are_written_in(content: Session, config: str) -> None:
    with Session(corpus(CONTENT, change=lambda text: converted(text, config))) as turned:
        for article in content.scalars(select(ARTICLE.c.id)):
            near = [(one.article.id, one.score) for one in related(content, article)]
            assert [(one.article.id, one.score) for one in related(turned, article)] == near, article
