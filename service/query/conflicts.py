"""Where the corpus disagrees with itself: pairs of claims of different articles that can't both hold, as stored.

What editors judged of two claims outranks what their words tell: their word on a pair takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from service.query.answers import Conflict, Page
from service.query.claim_rows import claim_answers
from service.query.columns import ARTICLE, CLAIM, CLAIM_PAIR, JUDGEMENT, AnyRow
from service.query.cursors import scope
from service.query.lookup import DENIED
from service.query.matching import clean
from service.query.paging import Key, Window, page
from service.store.prepared import decoded

_ONE, _OTHER = CLAIM.alias("one_claim"), CLAIM.alias("other_claim")
_CONFLICT: Final = "conflict"


def conflicts(
    session: Session,
    *,
    source: str | None = None,
    article: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[Conflict]:
    """Return the disagreements of the corpus, or those with a source or an article, the largest first.

    How large one is: by how many orders of magnitude its amounts differ.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    among = _with(source, article)
    found = union_all(_told(among), _judged(among)).subquery()
    keys = [Key(found.c.size, float, descending=True), Key(found.c.one, str), Key(found.c.other, str)]
    window = Window(scope("conflicts", source=source, article=article), limit, cursor)
    return page(session, select(found), keys, window, lambda rows: _answers(session, rows))


def _with(source: str | None, article: str | None) -> list[ColumnElement[bool]]:
    """Return the conditions that one of the two claims stands in an article, or in one of a source."""
    found: list[ColumnElement[bool]] = []
    if article is not None:
        found.append(or_(_ONE.c.article_id == clean(article), _OTHER.c.article_id == clean(article)))
    if source is not None:
        own = select(ARTICLE.c.id).where(ARTICLE.c.source == clean(source))
        found.append(or_(_ONE.c.article_id.in_(own), _OTHER.c.article_id.in_(own)))
    return found


def _told(among: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Return the pairs that conflict by their words and that no editor judged."""
    same = and_(JUDGEMENT.c.one == CLAIM_PAIR.c.one, JUDGEMENT.c.other == CLAIM_PAIR.c.other)
    query = select(
        *(CLAIM_PAIR.c[name] for name in ("size", "one", "other", "why")),
        null().label("judgement"),
        null().label("word"),
    ).where(CLAIM_PAIR.c.relation == _CONFLICT, ~select(JUDGEMENT.c.id).where(same).exists())
    return _standing(query, CLAIM_PAIR, among) if among else query


def _judged(among: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Return the pairs that an editor calls a conflict, of claims that are there."""
    query = select(
        literal(DENIED).label("size"),
        JUDGEMENT.c.one,
        JUDGEMENT.c.other,
        null().label("why"),
        JUDGEMENT.c.id.label("judgement"),
        JUDGEMENT.c.why.label("word"),
    ).where(JUDGEMENT.c.relation == _CONFLICT)
    return _standing(query, JUDGEMENT, among)


def _standing(query: Select[Any], pair: Any, among: Sequence[ColumnElement[bool]]) -> Select[Any]:
    return query.join(_ONE, _ONE.c.id == pair.c.one).join(_OTHER, _OTHER.c.id == pair.c.other).where(*among)


def _answers(session: Session, found: Sequence[AnyRow]) -> list[Conflict]:
    answers = claim_answers(session, {claim for row in found for claim in (row.one, row.other)})
    return [
        Conflict(
            claim=answers[row.one],
            other=answers[row.other],
            size=row.size,
            why=decoded(row.why) if row.judgement is None else [told(row.word)],
            judgement=row.judgement,
        )
        for row in found
    ]


def told(word: str | None) -> str:
    """Return how an editor's judgement is shown among the reasons."""
    return f"an editor judged so: {word}" if word else "an editor judged so"
