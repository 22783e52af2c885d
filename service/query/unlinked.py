"""Names of articles in running text that are no links: of one article elsewhere, and of others in one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import LinkSuggestion, Page, UnlinkedMention
from service.query.columns import ARTICLE, LINK, MENTION, AnyRow
from service.query.cursors import decode, encode, scope
from service.query.matching import contains_any
from service.query.paging import Window, page_of
from service.query.places import line_at
from service.query.search_matching import may_hold
from service.query.search_reader import SearchIndex
from service.query.sliced import present
from service.query.titles import Occurrence, Titles, titles
from service.store.search_terms import field_term

_AROUND = 40  # characters shown on either side
_AT_ONCE = 50  # articles read at a time
_MOST_READ = 500  # articles read for one answer
_BEHIND_ALL = 2**53  # no text is so long
_COLUMNS = [ARTICLE.c[name] for name in ("id", "source", "path", "title", "url", "text", "folded", "anchors", "fixed")]


class _Spot(NamedTuple):
    """A place of an article, and the article whose name stands there."""

    row: AnyRow
    start: int
    end: int
    meant: str


def mentions_of(
    session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None
) -> Page[UnlinkedMention]:
    """Return the places in other articles of the same source where this one is named and not linked.

    Articles come by id, places in reading order. A page may be short, even empty, while there is a next one: what one
    answer reads is bounded.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    here = scope("unlinked", article=article_id)
    after = decode(here, cursor, [str, int]) if cursor is not None else ("", -1)
    own = _rows(session, [article_id])[0]
    known = titles(session, own.source)
    found: list[_Spot] = []
    read: list[str] = []
    for ids in _holders(session, own, known.names.get(article_id, ()), str(after[0])):
        spots = _spots(session, ids, known)
        found += [spot for spot in spots if spot.meant == article_id and (spot.row.id, spot.start) > after]
        read += ids
        if len(found) > limit or len(read) >= _MOST_READ:
            break
    else:
        read = []  # nothing is left to read
    last: list[str | int] = [read[-1], _BEHIND_ALL] if read else []
    if len(found) > limit:
        last = [found[limit - 1].row.id, found[limit - 1].start]
    items = [UnlinkedMention(article=rows.ref(spot.row), **_shown(spot)) for spot in found[:limit]]
    return Page[UnlinkedMention](items=items, next=encode(here, last) if last else None)


def suggestions_for(
    session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None
) -> Page[LinkSuggestion]:
    """Return the places of an article where others of its source are named and not linked, in reading order.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    own = _rows(session, [article_id])
    spots = [s for s in _spots(session, [article_id], titles(session, own[0].source)) if s.meant != article_id]
    window = Window(scope("suggestions", article=article_id), limit, cursor)
    return page_of(spots, lambda spot: (spot.start,), window, lambda shown: _suggestions(session, shown))


def _suggestions(session: Session, spots: Sequence[_Spot]) -> list[LinkSuggestion]:
    refs = rows.refs_by_id(session, [spot.meant for spot in spots])
    return [LinkSuggestion(article=refs[spot.meant], **_shown(spot)) for spot in spots]


def _rows(session: Session, ids: Collection[str]) -> list[AnyRow]:
    return list(session.execute(select(*_COLUMNS).where(ARTICLE.c.id.in_(ids)).order_by(ARTICLE.c.id)))


def _holders(session: Session, own: AnyRow, names: tuple[str, ...], first: str) -> Iterator[list[str]]:
    """Yield the other articles of the source, from `first` on, whose texts hold one of `names`, some at a time.

    The index tells which may hold one; only their texts are looked through.
    """
    if not names:
        return
    index = SearchIndex(session)
    term = field_term("source", own.source)
    near = index.articles(may_hold(index, names) & present(index.levels([term]).get(term, ())))
    ids = sorted(one.id for one in near if one.id >= first and one.id != own.id)
    others = select(ARTICLE.c.id).where(ARTICLE.c.source == own.source, contains_any(ARTICLE.c.folded, names))
    for at in range(0, len(ids), _AT_ONCE):
        some = others.where(ARTICLE.c.id.in_(ids[at : at + _AT_ONCE])).order_by(ARTICLE.c.id)
        if found := list(session.execute(some).scalars()):
            yield found


def _spots(session: Session, ids: Sequence[str], known: Titles) -> Iterator[_Spot]:
    """Yield the names of articles in the texts of others that are no links, in order."""
    links, mentions = _spans(session, LINK, ids), _spans(session, MENTION, ids)
    for row in _rows(session, ids):
        taken = _Taken([*links[row.id], *((start, end) for start, end in row.fixed or ())])
        chosen = []
        for place in known.found(row.text, row.folded):
            if taken.take(place.start, place.end) and not _within(place, mentions[row.id]):
                meant = known.meant(place, row.text[place.start : place.end], row.source, row.path)
                if meant and meant != row.id:
                    chosen.append(_Spot(row, place.start, place.end, meant))
        yield from sorted(chosen, key=lambda spot: spot.start)


def _spans(session: Session, table: Any, ids: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    columns = (table.c.article_id, table.c.start, table.c.end)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for article_id, start, end in session.execute(select(*columns).where(table.c.article_id.in_(ids))):
        if start is not None:
            found[article_id].append((start, end))
    return found


def _within(place: Occurrence, mentions: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a name is but a part of a longer one: 陽明 in 陽明海運."""
    return any(
        start <= place.start and place.end <= end and end - start > place.end - place.start for start, end in mentions
    )


class _Taken:
    """Stretches of a text that nothing else may touch."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def take(self, start: int, end: int) -> bool:
        """Take a stretch and return True, or return False where something of it is taken."""
        at = bisect_left(self._starts, end)
        if at and self._ends[at - 1] > start:
            return False
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        return True


def _shown(spot: _Spot) -> dict[str, Any]:
    """Return the fields of an answer that say where a place is."""
    text, start, end = spot.row.text, spot.start, spot.end
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = text.find("\n", end, end + _AROUND)
    line = text[left : stop if stop >= 0 else end + _AROUND]
    where = {"line": line_at(spot.row.anchors, start), "start": start, "end": end}
    return where | {"surface": text[start:end], "context": line.strip()}
