"""Related articles: what a reader wants next, and why.

Articles are ranked by the weighty terms they share (see `service.store.related_terms`), exactly; a link from one to
the other counts a little more. Copies of the article are marked and do not crowd the list, nor do copies of what stands
there already; drafts are never listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final, Literal, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, bindparam, false, literal, select, union_all
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import rows
from service.query.answers import Related
from service.query.columns import ADDRESS, ARTICLE, LINK, LINK_KEY, RELATED_ARTICLE, SUMMARY
from service.query.filters import published_between
from service.query.links import leading_from, leading_to
from service.query.matching import clean
from service.query.related_ranking import Own, own
from service.query.related_reasons import Reason, reasons
from service.query.related_sums import Ranking, Row
from service.store.prepared import Prepared
from service.store.related_sketch import copied, hashes, may_be_copied, opened

Kind = Literal["related", "duplicate", "translation"]

_LINKED: Final = 0.03  # of the whole: what a link adds
_SPARE: Final = 1  # articles beyond those asked for, at first: more are looked at where copies are left out
_MOST: Final = 400  # articles looked at for one answer
_LOOKED_AT: Final = 200  # at first, where conditions are to be fulfilled
_GRAPHIC = frozenset({"Hant", "Hans"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles may be listed: of one source, published since a day, newer than the one asked about, or not."""

    source: str | None = None
    since: str | None = None
    exclude: Collection[str] = ()
    newer: bool = False

    def conditions(self, asked: Own) -> list[ColumnElement[bool]]:
        """Return the conditions on articles; none where all may be listed."""
        found = published_between(self.since, None)
        if self.source is not None:
            found.append(ARTICLE.c.source == clean(self.source))
        if self.exclude:
            found.append(ARTICLE.c.id.not_in(sorted(map(clean, self.exclude))))
        if self.newer:
            found.append(ARTICLE.c.published > asked.published if asked.published else false())
        return found


class _Near(NamedTuple):
    """An article that may be listed."""

    score: float
    shared: int
    number: int
    article_id: str
    terms: bytes
    sketch: bytes


def related(session: Session, article_id: str, limit: int = 10, wanted: Wanted | None = None) -> list[Related]:
    """Return the articles nearest to one, best first, each with the reasons why, the weightiest first.

    Raises:
        NotFoundError: no article has this id.
    """
    connection = session.connection()
    asked = own(connection, clean(article_id))
    if asked is None:
        raise NotFoundError(f"there is no article {article_id}")
    conditions = (wanted or Wanted()).conditions(asked)
    links = _links(connection, asked.id)
    chosen = _chosen(connection, asked, conditions, links, limit)
    why = reasons(session, asked, {one.article_id: one.terms for one, _ in chosen}, links)
    articles = _summaries(connection, [*why])
    return _ANSWER.validate_python(
        [
            {"article": articles[key], "kind": kind, "score": one.score, "reasons": why[key]}
            for one, kind in chosen
            for key in [one.article_id]
        ]
    )


def _summaries(connection: Connection, articles: Sequence[str]) -> dict[str, dict[str, Any]]:
    found = (dict(zip(_SUMMARY, row, strict=True)) for row in _SUMMARIES.tuples(connection, articles=articles))
    return {fields["id"]: rows.completed(fields) for fields in found}


def _chosen(
    connection: Connection,
    asked: Own,
    conditions: Sequence[ColumnElement[bool]],
    links: Mapping[str, Sequence[Reason]],
    limit: int,
) -> list[tuple[_Near, Kind]]:
    """Return what is listed: more is looked at where copies leave the list short."""
    number, ranking = limit + _SPARE, Ranking(connection, asked)
    while True:
        found = _ranked(connection, ranking, number, conditions)
        near = _near(connection, asked, ranking, dict(found), links, conditions)
        whole = len(found) < number or number >= _MOST
        chosen = [*_without_copies(connection, asked, near if whole else _sure(asked, near, found[-1]), limit)]
        if whole or len(chosen) >= limit:
            return chosen
        number = min(4 * number, _MOST)


def _sure(asked: Own, near: Iterable[_Near], last: tuple[int, int]) -> list[_Near]:
    """Return those that no article comes before that was not looked at, given the last one that was and its share."""
    number, shared = last
    place = -_score(asked, shared), -shared, number
    return list(takewhile(lambda one: _place(one) <= place, near))


def _place(one: _Near) -> tuple[float, int, int]:
    return -one.score, -one.shared, one.number


def _score(asked: Own, shared: int, more: float = 0.0) -> float:
    return round(min(asked.share(shared) + more, 1.0), 4)


def _ranked(
    connection: Connection, ranking: Ranking, number: int, conditions: Sequence[ColumnElement[bool]]
) -> list[tuple[int, int]]:
    """Return the numbers of the articles that share most, with what they share: of those that fulfil conditions."""
    if not conditions:
        return ranking.best(number)
    found: list[tuple[int, int]] = []
    some, left = _LOOKED_AT, ranking.all()
    while left and len(found) < number:
        fit = _FITTING.where(RELATED_ARTICLE.c.number.in_([article for article, _ in left[:some]]), *conditions)
        fitting = {*connection.execute(fit).scalars()}
        found += [one for one in left[:some] if one[0] in fitting]
        some, left = 2 * some, left[some:]
    return found[:number]


def _near(
    connection: Connection,
    asked: Own,
    ranking: Ranking,
    shared: dict[int, int],
    links: Mapping[str, Sequence[Reason]],
    conditions: Sequence[ColumnElement[bool]],
) -> list[_Near]:
    """Return the articles that share most and those that are linked, in order of their scores."""
    found = ranking.rows(shared)
    linked = links.keys() - {article for _, article, _, _ in found} if links else links.keys()
    if linked:
        more = _INDEXED.where(RELATED_ARTICLE.c.article_id.in_(sorted(linked)), RELATED_ARTICLE.c.listed, *conditions)
        others: list[Row] = [(*row,) for row in connection.execute(more)]
        shared |= zip((one[0] for one in others), ranking.shared([one[2] for one in others]), strict=True)
        found += others
    near = []
    for number, article, terms, sketch in found:
        score = _score(asked, shared[number], _LINKED if article in links else 0.0)
        near.append(_Near(score, shared[number], number, article, terms, sketch))
    return sorted(near, key=_place)


_INDEXED = select(*(RELATED_ARTICLE.c[name] for name in ("number", "article_id", "terms", "sketch"))).join(
    ARTICLE, ARTICLE.c.id == RELATED_ARTICLE.c.article_id
)
_SUMMARY: Final = [column.name for column in SUMMARY]
_SUMMARIES = Prepared(lambda among: select(*SUMMARY).where(among(ARTICLE.c.id, "articles")))
_SCRIPT = Prepared(lambda _: select(ARTICLE.c.script).where(ARTICLE.c.id == bindparam("article")))
_ANSWER: Final = TypeAdapter(list[Related])
_FITTING = select(RELATED_ARTICLE.c.number).join(ARTICLE, ARTICLE.c.id == RELATED_ARTICLE.c.article_id)


def _without_copies(
    connection: Connection, asked: Own, near: Sequence[_Near], limit: int
) -> Iterator[tuple[_Near, Kind]]:
    """Yield the first articles, but one copy and one translation of that asked about, and none of each other."""
    mine = opened(asked.sketch)
    listed: list[bytes] = []
    held: set[int] = set()  # by any of these
    copies: set[Kind] = set()
    for one in near:
        kind: Kind = "related"
        theirs = hashes(one.sketch)
        if copied(mine, theirs):
            script = _SCRIPT.tuples(connection, article=one.article_id)[0][0]
            kind = "translation" if {asked.script, script} == _GRAPHIC else "duplicate"
        elif may_be_copied(theirs, held) and any(copied(opened(other), theirs) for other in listed):
            continue
        if kind in copies:
            continue
        if kind != "related":
            copies.add(kind)
        listed.append(one.sketch)
        held.update(theirs)
        yield one, kind
        if len(listed) >= limit:
            return


def _links(connection: Connection, article_id: str) -> dict[str, list[Reason]]:
    """Return the articles that this one links to and those that link here, with what the links say."""
    found: dict[str, list[Reason]] = defaultdict(list)
    for (direction,) in _LINKED_AT_ALL.tuples(connection, article=article_id):
        for row in _LEADING[direction].rows(connection, article=article_id):
            reason = {"direction": direction, "relation": row.relation, "note": row.note, "weight": _LINKED}
            found[row.other].append({"kind": "link", **reason})
    return found


# What few articles have is asked first: whether any key of a link is an address at all.
def _is_linked(direction: str, near: FromClause, far: FromClause) -> Select[Any]:
    joined = near.join(far, near.c.key == far.c.key)
    held = near.c.article_id == bindparam("article")
    return select(literal(direction).label("direction")).where(
        select(near.c.key).select_from(joined).where(held, far.c.article_id != near.c.article_id).exists()
    )


_EITHER = union_all(_is_linked("out", LINK_KEY, ADDRESS), _is_linked("in", ADDRESS, LINK_KEY)).subquery()
_LINKED_AT_ALL = Prepared(lambda _: select(_EITHER.c.direction))


def _leading(direction: str) -> Select[Any]:
    """Return the statement of the links from an article or to it."""
    article: Any = [bindparam("article", "")]
    found = leading_from(article) if direction == "out" else leading_to(article)
    same = and_(LINK.c.article_id == found.c.article_id, LINK.c.ordinal == found.c.ordinal)
    other = found.c.to_id if direction == "out" else found.c.article_id
    statement = select(other.label("other"), LINK.c.relation, LINK.c.note).join(found, same)
    return statement.order_by(other, LINK.c.ordinal)


_LEADING: Final = {"out": Prepared(lambda _: _leading("out")), "in": Prepared(lambda _: _leading("in"))}
