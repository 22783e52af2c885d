"""Lines of the file for offsets of the text, told by what is known to stand nearby.

Within a block the text runs along the file, newline for newline, and blocks are separated by blank lines: so a fact
of the same block whose line is known tells the line of every other character of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from service.query.columns import CLAIM, FIGURE, HEADING, LINK, MENTION, TIME

Known = list[tuple[int, int]]  # (offset, line), in order

_TOLD = (CLAIM, FIGURE, HEADING, LINK, MENTION, TIME)
_BETWEEN_BLOCKS = "\n\n"


def known_places(session: Session, articles: Collection[str]) -> dict[str, Known]:
    """Return for each article the offsets whose lines are known, in one statement."""
    if not articles:
        return {}
    each = (
        select(table.c.article_id, table.c.start, table.c.line).where(
            table.c.article_id.in_(articles), table.c.start.is_not(None)
        )
        for table in _TOLD
    )
    places: dict[str, Known] = defaultdict(list)
    for row in session.execute(union(*each)):
        places[row.article_id].append((row.start, row.line))
    return {article: sorted(known) for article, known in places.items()}


def line_at(text: str, offset: int, known: Known) -> int | None:
    """Return the line of the file where `offset` of `text` stands; None where nothing of its block is known.

    >>> line_at("碼頭停擺三天", 4, [(0, 7)])
    7
    """
    after = bisect_right(known, (offset, 2**62))
    for start, line in (*known[max(after - 1, 0) : after], *known[after : after + 1]):
        between = text[min(start, offset) : max(start, offset)]
        if _BETWEEN_BLOCKS not in between:
            newlines = between.count("\n")
            return line + newlines if start <= offset else line - newlines
    return None
