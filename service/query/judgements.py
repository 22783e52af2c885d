"""What editors judged of pairs of claims."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query.answers import JudgementAnswer, Page, RelationKind
from service.query.columns import JUDGEMENT, AnyRow
from service.query.cursors import scope
from service.query.matching import clean
from service.query.paging import Key, Window, page

# How a claim that is judged is set beside the other one.
SHOWN: dict[str, RelationKind] = {"same": "agree", "conflict": "conflict", "different": "related"}
_LATEST_FIRST = (Key(JUDGEMENT.c.id, int, descending=True),)


def judged(session: Session, claims: Iterable[str]) -> dict[tuple[str, str], AnyRow]:
    """Return the judgements on any of `claims`, by the two claims, the one that sorts first first."""
    wanted = sorted(set(claims))
    query = select(JUDGEMENT).where(or_(JUDGEMENT.c.one.in_(wanted), JUDGEMENT.c.other.in_(wanted)))
    return {(row.one, row.other): row for row in session.execute(query)}


def judgement(session: Session, number: int) -> JudgementAnswer:
    """Return a judgement.

    Raises:
        NotFoundError: there is none of this number.
    """
    row = session.execute(select(JUDGEMENT).where(JUDGEMENT.c.id == number)).mappings().first()
    if row is None:
        raise NotFoundError(f"There is no judgement with the id {number}.")
    return JudgementAnswer.model_validate(dict(row), extra="ignore")


def judgements(
    session: Session, *, claim: str | None = None, limit: int = 20, cursor: str | None = None
) -> Page[JudgementAnswer]:
    """Return the judgements, or those on one claim, the latest first.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    statement = select(JUDGEMENT.c.id)
    if claim is not None:
        statement = statement.where(or_(JUDGEMENT.c.one == clean(claim), JUDGEMENT.c.other == clean(claim)))
    window = Window(scope("judgements", claim=claim), limit, cursor)
    return page(session, statement, _LATEST_FIRST, window, lambda rows: [judgement(session, row.id) for row in rows])
