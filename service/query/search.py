"""Search over articles, entities and claims at once: folded words in, hits with highlights in the original text out.

An article or claim fits when it holds every word of the query, or a word other regions use for the same thing. Scores
run from 0 to 1: an entity of just this name comes first, then articles that have the words in their title.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from service.query import matching, rows
from service.query.answers import Page, SearchHit
from service.query.claim_rows import claim_answers
from service.query.columns import ARTICLE, CLAIM, CLAIM_TERM, ENTITY_NAME
from service.query.cursors import scope
from service.query.highlights import in_articles, in_claims
from service.query.matching import contains, contains_any, folded
from service.query.paging import Window, page_of
from service.script import fold
from service.store.terms import terms

Kind = Literal["article", "entity", "claim"]
Words = list[tuple[str, ...]]  # each word of the query with its alternatives
Hit = tuple[float, str, str]  # (-score, kind, id): its order is the order of the answer

_KINDS: tuple[Kind, ...] = ("article", "entity", "claim")
_EXACT, _PREFIX, _PART = 1.0, 0.8, 0.5  # how well a name of an entity fits
_TITLE, _BODY = 0.5, 0.4  # what the title and the text of an article add
_CLAIM = 0.6  # the most that a claim gets
_ENOUGH = 3.0  # hits in a text from which more of them say little more


def search(
    session: Session, q: str, kind: str | None = None, limit: int = 20, cursor: str | None = None
) -> Page[SearchHit]:
    """Return what fits `q`, best first; `kind` keeps articles, entities or claims only.

    Raises:
        BadCursorError: the cursor is not one of this search.
    """
    words = matching.words(q)
    window = Window(scope("search", q=q, kind=kind), limit, cursor)
    hits = sorted(hit for one in _KINDS if kind in (None, one) for hit in _hits(session, one, q, words))
    return page_of(hits, lambda hit: hit, window, lambda shown: _answers(session, shown, words))


def _hits(session: Session, kind: Kind, q: str, words: Words) -> list[Hit]:
    if not words:
        return []
    find = {"article": _articles, "claim": _claims}.get(kind)
    scores = find(session, words) if find else _entities(session, folded(q))
    return [(-round(score, 4), kind, one) for one, score in scores.items()]


def _articles(session: Session, words: Words) -> dict[str, float]:
    times = [_occurrences(ARTICLE.c.folded, word).label(f"times_{n}") for n, word in enumerate(words)]
    conditions = [contains_any(ARTICLE.c.folded, word) for word in words]
    found = session.execute(select(ARTICLE.c.id, ARTICLE.c.title, *times).where(*conditions)).all()
    weights = _rarity(session, words) if found else []
    return {row.id: _article_score(fold(row.title), row[2:], words, weights) for row in found}


def _occurrences(column: Any, word: tuple[str, ...]) -> ColumnElement[Any]:
    """Return how often the column holds one of the alternatives."""
    counts = ((func.length(column) - func.length(func.replace(column, part, ""))) / literal(len(part)) for part in word)
    total: ColumnElement[Any] = sum(counts, literal(0))
    return total


def _rarity(session: Session, words: Words) -> list[float]:
    """Return the share each word has in the score: a word that few articles hold has more."""
    if len(words) == 1:
        return [1.0]
    each = (func.count().filter(contains_any(ARTICLE.c.folded, word)) for word in words)
    total, *numbers = session.execute(select(func.count(), *each).select_from(ARTICLE)).one()
    idf = [log(1 + total / max(number, 1)) for number in numbers]
    return [one / sum(idf) for one in idf]


def _article_score(title: str, times: Sequence[float], words: Words, weights: Sequence[float]) -> float:
    score = 0.0
    for number, word, weight in zip(times, words, weights, strict=True):
        titled = _TITLE if any(part in title for part in word) else 0.0
        score += weight * (titled + _BODY * float(number) / (float(number) + _ENOUGH))
    return score


def _entities(session: Session, name: str) -> dict[str, float]:
    statement = select(ENTITY_NAME).where(contains(ENTITY_NAME.c.folded, name))
    scores: dict[str, float] = {}
    for row in session.execute(statement):
        scores[row.entity_id] = max(scores.get(row.entity_id, 0.0), _name_score(row.folded, name))
    return scores


def _name_score(whole: str, name: str) -> float:
    """Return how well a name fits: the more of it was asked for, the better."""
    if whole == name:
        return _EXACT
    share = len(name) / len(whole) / 10
    return (_PREFIX if whole.startswith(name) else _PART) + share


def _claims(session: Session, words: Words) -> dict[str, float]:
    conditions = [_indexed(word) for word in words]
    found = session.execute(select(CLAIM.c.id, func.length(CLAIM.c.folded).label("length")).where(*conditions)).all()
    asked = sum(max(map(len, word)) for word in words)
    return {row.id: _CLAIM * (0.5 + 0.5 * min(asked / max(row.length, 1), 1.0)) for row in found}


def _indexed(word: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that a claim holds the word: found by a term of the index where it has one, then checked."""
    holds = contains_any(CLAIM.c.folded, word)
    keys = [_key(part) for part in word]
    if not all(keys):
        return holds
    listed = select(CLAIM_TERM.c.claim_id).where(CLAIM_TERM.c.term.in_(keys))
    return CLAIM.c.id.in_(listed) & holds


def _key(part: str) -> str | None:
    """Return a term that every text that holds `part` is indexed by: a two-character run; Latin may go on around it."""
    return next((term for term in terms(part) if len(term) == 2 and not term.isascii()), None)  # noqa: PLR2004


def _answers(session: Session, hits: Sequence[Hit], words: Words) -> list[SearchHit]:
    ids = {kind: [one for _, of, one in hits if of == kind] for kind in _KINDS}
    articles = rows.summaries_by_id(session, ids["article"])
    entities = rows.entities_by_id(session, ids["entity"])
    claims = claim_answers(session, ids["claim"])
    marked = in_articles(session, ids["article"], words) | {one: in_claims(claims[one], words) for one in claims}
    return [
        SearchHit(
            kind=kind,
            score=-score,
            article=articles.get(one) if kind == "article" else None,
            entity=entities.get(one) if kind == "entity" else None,
            claim=claims.get(one) if kind == "claim" else None,
            highlights=marked.get(one, []),
        )
        for score, kind, one in hits
    ]
