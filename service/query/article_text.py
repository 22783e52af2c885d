"""An article's text, cut where mentions, figures, claims and links begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query.answers.text import ArticleText, Run, TextBlock
from service.query.columns import ARTICLE, CLAIM, FIGURE, HEADING, LINK, MENTION, AnyRow
from service.query.cursors import scope
from service.query.links import leading_from
from service.query.matching import clean
from service.query.paging import Window, page_of
from service.query.places import line_at

_BLOCK: Final = re.compile(r"[^\n]+(?:\n[^\n]+)*")  # `Document.text` separates its blocks by blank lines
_COLUMNS: Final = [ARTICLE.c[name] for name in ("id", "title", "url", "script", "text", "anchors", "fixed")]


class _Mark(NamedTuple):
    """A stretch of the text and the fields of the runs within it."""

    start: int
    end: int
    fields: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class _Marks:
    """All that is found in an article, each kind in reading order."""

    kinds: tuple[list[_Mark], ...]

    def within(self, start: int, end: int) -> list[list[_Mark]]:
        """Return the marks that reach into a stretch, kind by kind."""
        return [[mark for mark in kind if mark.start < end and mark.end > start] for kind in self.kinds]


def article_text(session: Session, article_id: str, *, limit: int = 100, cursor: str | None = None) -> ArticleText:
    """Return the blocks of an article in reading order.

    Raises:
        NotFoundError: no article has this id.
        BadCursorError: the cursor is not one of this list.
    """
    row = session.execute(select(*_COLUMNS).where(ARTICLE.c.id == clean(article_id))).one_or_none()
    if row is None:
        raise NotFoundError(f"there is no article {article_id}")
    blocks = [(found.start(), found.end()) for found in _BLOCK.finditer(row.text)]
    window = Window(scope("text", article=row.id), limit, cursor)
    page = page_of(blocks, lambda block: block, window, lambda some: _blocks(session, row, some))
    return ArticleText(
        id=row.id,
        title=row.title,
        url=row.url,
        script=row.script,
        blocks=page.items,
        next=page.next,
        total=len(blocks),
    )


def _blocks(session: Session, row: AnyRow, spans: Sequence[tuple[int, int]]) -> list[TextBlock]:
    if not spans:
        return []
    marks = _marks(session, row.id)
    near = _Marks(tuple(marks.within(spans[0][0], spans[-1][1])))
    levels = {(heading.start, heading.end): heading.level for heading in _rows(session, HEADING, row.id)}
    front = _front(row)
    return [
        TextBlock(
            kind=_kind(row, start, end, front, (start, end) in levels),
            level=levels.get((start, end)),
            line=line_at(row.anchors, start),
            start=start,
            end=end,
            runs=list(_runs(row, start, end, near)),
        )
        for start, end in spans
    ]


def _front(row: AnyRow) -> int:
    """Return where the blocks that the front matter shows end: those at the top that are no running text."""
    reached = 0
    for found in _BLOCK.finditer(row.text):
        if not _fixed(row, found.start(), found.end()):
            break
        reached = found.end()
    return reached


def _fixed(row: AnyRow, start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in row.fixed or ())


def _kind(row: AnyRow, start: int, end: int, front: int, heading: bool) -> str:
    if heading:
        return "heading"
    if end <= front:
        return "front"
    return "fixed" if _fixed(row, start, end) else "text"


def _runs(row: AnyRow, start: int, end: int, marks: _Marks) -> Iterator[Run]:
    """Yield a block cut at every beginning and end of a mark; of marks of one kind that overlap, the first counts."""
    here = marks.within(start, end)
    edges = {start, end}.union(*((max(mark.start, start), min(mark.end, end)) for kind in here for mark in kind))
    cuts = sorted(edges)
    for first, last in pairwise(cuts):
        fields: dict[str, str | None] = {}
        for kind in here:
            covering = next((mark for mark in kind if mark.start <= first and last <= mark.end), None)
            fields |= covering.fields if covering else {}
        line = line_at(row.anchors, first)
        yield Run.model_validate({**fields, "text": row.text[first:last], "line": line, "start": first, "end": last})


def _marks(session: Session, article_id: str) -> _Marks:
    mentions = [row for row in _rows(session, MENTION, article_id) if row.entity_id]
    reached = leading_from([article_id])
    leads = {row.ordinal: row.to_id for row in session.execute(select(reached.c.ordinal, reached.c.to_id))}
    links = [row for row in _rows(session, LINK, article_id) if row.start is not None]
    return _Marks(
        (
            [_Mark(row.start, row.end, {"entity": row.entity_id}) for row in mentions],
            [_Mark(row.start, row.end, {"figure": row.id}) for row in _rows(session, FIGURE, article_id)],
            [_Mark(row.start, row.end, {"claim": row.id}) for row in _rows(session, CLAIM, article_id)],
            [_Mark(row.start, row.end, {"href": row.target, "article": leads.get(row.ordinal)}) for row in links],
        )
    )


def _rows(session: Session, table: Table, article_id: str) -> Sequence[AnyRow]:
    order = (table.c.start, table.c.end, table.c.ordinal)
    return session.execute(select(table).where(table.c.article_id == article_id).order_by(*order)).all()
