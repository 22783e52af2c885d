"""Search over articles, entities and claims at once: folded words in, hits with highlights in the original text out.

An article or claim fits when it holds every word of the query, or a word other regions use for the same thing. Scores
run from 0 to 1: an entity of just this name comes first, then articles that have the words in their title.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from service.lexicon.spelling import respell
from service.query import matching, rows
from service.query.answers import Page, SearchHit
from service.query.claim_rows import claim_answers
from service.query.columns import ARTICLE, CLAIM, CLAIM_TERM, ENTITY_NAME
from service.query.cursors import scope
from service.query.highlights import in_articles, in_claims
from service.query.matching import contains_any, folded, holds, is_whole
from service.query.paging import Window, page_of
from service.query.standing import standing
from service.query.synonyms import alternatives
from service.script import fold
from service.store.terms import terms

Kind = Literal["article", "entity", "claim"]
Words = list[tuple[str, ...]]  # each word of the query with its alternatives
Hit = tuple[float, str, str]  # (-score, kind, id): its order is the order of the answer

_KINDS: tuple[Kind, ...] = ("article", "entity", "claim")
_EXACT, _PREFIX, _PART, _AMONG = 1.0, 0.8, 0.5, 0.45  # how well a name of an entity fits
_TITLE, _BODY, _MORE = 0.5, 0.2, 0.3  # what the title, the text and further hits in it add to an article
_CLAIM, _WHOLE = 0.2, 0.3  # what a claim gets, and what more when it is little else than the words
_ENOUGH = 3.0  # hits in a text from which more of them say little more
_UNHEARD = 0.4  # what a word counts that no article holds, beside one that a single article does
_MOST_OF_IT = 0.5  # share of a query's words, by rarity, that a hit needs where nothing has them all


def search(
    session: Session, q: str, kind: str | None = None, limit: int = 20, cursor: str | None = None
) -> Page[SearchHit]:
    """Return what fits `q`, best first; `kind` keeps articles, entities or claims only.

    What holds all words comes alone. Where nothing does, the query is read as a sentence, and then as words of which
    most must be there.

    Raises:
        BadCursorError: the cursor is not one of this search.
    """
    window = Window(scope("search", q=q, kind=kind), limit, cursor)
    words, hits = _found(session, q, [one for one in _KINDS if kind in (None, one)])
    return page_of(hits, lambda hit: hit, window, lambda shown: _answers(session, shown, words))


def _found(session: Session, q: str, kinds: Sequence[Kind]) -> tuple[Words, list[Hit]]:
    """Return the words the query was read as, and its hits in order."""
    words, telling = matching.words(q), matching.telling_words(q)
    for read, needed in ((words, 1.0), (telling, 1.0), (telling, _MOST_OF_IT)):
        hits = sorted(hit for kind in kinds for hit in _hits(session, kind, q, read, needed)) if read else []
        if hits:
            return read, hits
    return words, []


def _hits(session: Session, kind: Kind, q: str, words: Words, needed: float) -> list[Hit]:
    if kind == "entity":
        scores = _entities(session, alternatives(respell(folded(q))), words)
    else:
        scores = {"article": _articles, "claim": _claims}[kind](session, words, needed)
    return [(-round(score, 4), kind, one) for one, score in scores.items()]


def _articles(session: Session, words: Words, needed: float) -> dict[str, float]:
    times = [_occurrences(ARTICLE.c.folded, word).label(f"times_{n}") for n, word in enumerate(words)]
    length = func.length(ARTICLE.c.folded).label("length")
    columns = (ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.path, length, *times)
    each = [contains_any(ARTICLE.c.folded, word) for word in words]
    found = session.execute(select(*columns).where(and_(*each) if needed >= 1 else or_(*each))).all()
    weights = _rarity(session, words) if found else []
    real = _real(session, [row.id for row in found], words)
    scores = {}
    for row in found:
        numbers = [number if row.id not in real or here in real[row.id] else 0 for here, number in enumerate(row[4:])]
        if _coverage([number > 0 for number in numbers], weights) >= needed:
            score = _article_score(fold(row.title), numbers, words, weights)
            scores[row.id] = score * standing(row.path, row.title, row.length)
    return scores


def _real(session: Session, ids: Sequence[str], words: Words) -> dict[str, set[int]]:
    """Return, where a word may only be part of another one, which words each article really holds."""
    if not ids or not any(is_whole(part) for word in words for part in word):
        return {}
    texts = session.execute(select(ARTICLE.c.id, ARTICLE.c.folded).where(ARTICLE.c.id.in_(ids)))
    return {row.id: {n for n, word in enumerate(words) if holds(row.folded, word)} for row in texts}


def _coverage(held: Sequence[bool], weights: Sequence[float]) -> float:
    """Return the share of the query that is there: exactly 1 for all of it."""
    return 1.0 if all(held) else sum(weight for there, weight in zip(held, weights, strict=True) if there)


def _occurrences(column: Any, word: tuple[str, ...]) -> ColumnElement[Any]:
    """Return how often the column holds one of the alternatives."""
    counts = ((func.length(column) - func.length(func.replace(column, part, ""))) / literal(len(part)) for part in word)
    total: ColumnElement[Any] = sum(counts, literal(0))
    return total


def _rarity(session: Session, words: Words) -> list[float]:
    """Return the share each word has in the score: a word that few articles hold has more.

    One that none holds has less: it may be said in other words, and tells no article from another.
    """
    if len(words) == 1:
        return [1.0]
    each = (func.count().filter(contains_any(ARTICLE.c.folded, word)) for word in words)
    total, *numbers = session.execute(select(func.count(), *each).select_from(ARTICLE)).one()
    idf = [log(1 + total / number) if number else _UNHEARD * log(1 + total) for number in numbers]
    return [one / sum(idf) for one in idf]


def _article_score(title: str, times: Sequence[float], words: Words, weights: Sequence[float]) -> float:
    score = 0.0
    for number, word, weight in zip(map(float, times), words, weights, strict=True):
        titled = _TITLE if holds(title, word) else 0.0
        score += weight * (titled + (_BODY + _MORE * number / (number + _ENOUGH) if number else 0.0))
    return score


def _entities(session: Session, names: tuple[str, ...], words: Words) -> dict[str, float]:
    """Return the entities whose name the query is or is part of, or whose whole name is one of its words.

    `names` are the query as a name, in all ways to say it.
    """
    among = [part for word in words for part in word] if len(words) > 1 else []
    statement = select(ENTITY_NAME).where(
        or_(contains_any(ENTITY_NAME.c.folded, names), ENTITY_NAME.c.folded.in_(among))
    )
    scores: dict[str, float] = {}
    for row in session.execute(statement):
        fits = [_name_score(row.folded, name) for name in names if holds(row.folded, (name,))]
        if score := max(fits, default=_AMONG if row.folded in among else 0.0):
            scores[row.entity_id] = max(scores.get(row.entity_id, 0.0), score)
    return scores


def _name_score(whole: str, name: str) -> float:
    """Return how well a name fits: the more of it was asked for, the better."""
    if whole == name:
        return _EXACT
    share = len(name) / len(whole) / 10
    return (_PREFIX if whole.startswith(name) else _PART) + share


def _claims(session: Session, words: Words, needed: float) -> dict[str, float]:
    each = [_indexed(word) for word in words]
    statement = select(CLAIM.c.id, CLAIM.c.folded).where(and_(*each) if needed >= 1 else or_(*each))
    found = session.execute(statement).all()
    weights = _rarity(session, words) if found else []
    asked = sum(max(map(len, word)) for word in words)
    scores = {}
    for row in found:
        share = _coverage([holds(row.folded, word) for word in words], weights)
        if share >= needed:
            scores[row.id] = share * (_CLAIM + _WHOLE * min(asked / max(len(row.folded), 1), 1.0))
    return scores


def _indexed(word: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that a claim holds the word: found by a term of the index where it has one, then checked."""
    condition = contains_any(CLAIM.c.folded, word)
    keys = [_key(part) for part in word]
    if not all(keys):
        return condition
    listed = select(CLAIM_TERM.c.claim_id).where(CLAIM_TERM.c.term.in_(keys))
    return CLAIM.c.id.in_(listed) & condition


def _key(part: str) -> str | None:
    """Return a term that every text that holds `part` is indexed by: a two-character run; Latin may go on around it."""
    return next((term for term in terms(part) if len(term) == 2 and not term.isascii()), None)  # noqa: PLR2004


def _answers(session: Session, hits: Sequence[Hit], words: Words) -> list[SearchHit]:
    ids = {kind: [one for _, of, one in hits if of == kind] for kind in _KINDS}
    articles = rows.summaries_by_id(session, ids["article"])
    entities = rows.entities_by_id(session, ids["entity"])
    claims = claim_answers(session, ids["claim"])
    marked = in_articles(session, ids["article"], words) | in_claims(session, claims.values(), words)
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
