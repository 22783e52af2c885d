"""What posts that come, change or go say more and less: names, how often each, and which they say are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import BindParameter, Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from service.model import Decision, EntityKind
from service.resolution.groups import Node, node_of
from service.store.bulk import Values, values_of
from service.store.tables import TABLES

LEARNT: Final = "learnt"  # how a mention was found that only other posts prove: it proves nothing itself
_SURE: Final = 0.85  # confidence from which a post says itself that it is a name: a gloss, front matter
_LONGEST: Final = 200  # characters of a surface that count: it is indexed
_Key = TypeVar("_Key")
_MENTION, _GLOSS, _ARTICLE = TABLES["mention"], TABLES["gloss"], TABLES["article"]

_OF_MENTION = values_of(_MENTION, "kind", "name", "key", "surface", "method", "confidence")
_OF_GLOSS = values_of(_GLOSS, "kind", "name", "gloss")


class Writing(NamedTuple):
    """A name as the posts of a source write it."""

    kind: str
    name: str
    key: str | None
    surface: str  # empty: an entity note is titled so
    source: str

    @property
    def node(self) -> Node:
        """Return whom the name stands for, as far as it tells."""
        return node_of(EntityKind(self.kind), self.name, self.key)


class Pair(NamedTuple):
    """Two names that are said to be one."""

    kind: str
    name: str
    gloss: str

    @property
    def nodes(self) -> tuple[Node, Node]:
        """Return whom the two stand for."""
        kind = EntityKind(self.kind)
        return node_of(kind, self.name, None), node_of(kind, self.gloss, None)


@dataclass
class Said:
    """How often names and pairs are written: by one post, by all, or (below zero too) by what changed."""

    times: Counter[Writing] = field(default_factory=Counter)
    articles: Counter[Writing] = field(default_factory=Counter)
    sure: Counter[Writing] = field(default_factory=Counter)
    pairs: Counter[Pair] = field(default_factory=Counter)

    def add(self, other: Said, sign: int = 1) -> None:
        """Count what `other` says too, or (`sign` -1) no more; what comes to nothing stays as a zero."""
        _count(self.times, other.times, sign)
        _count(self.articles, other.articles, sign)
        _count(self.sure, other.sure, sign)
        _count(self.pairs, other.pairs, sign)


def _count(counter: Counter[_Key], others: Mapping[_Key, int], sign: int) -> None:
    for key, number in others.items():
        counter[key] += sign * number


@dataclass
class Changes:
    """What happened to posts since the corpus was resolved."""

    session: Session
    articles: set[str] = field(default_factory=set)
    said: Said = field(default_factory=Said)
    former: Sequence[Decision] | None = None  # the editors' decisions as they were, where these change

    def add(self, other: Changes) -> None:
        """Take over what `other` gathered."""
        self.articles |= other.articles
        self.said.add(other.said)

    def note(self, article: str, now: Said, *, stored: bool) -> None:
        """Take an article that is about to be written: what it says `now`, and no more what is `stored` of it."""
        self.articles.add(article)
        self.said.add(now)
        if stored:
            self.said.add(said(self.session, article), -1)

    @contextmanager
    def of(self, article: str) -> Iterator[None]:
        """Gather what becomes of an article meanwhile; nothing where that fails."""
        before = said(self.session, article)
        yield
        after = said(self.session, article)
        self.articles.add(article)
        self.said.add(after)
        self.said.add(before, -1)


def said_by(rows: Mapping[str, Sequence[Values]], source: str) -> Said:
    """Return what an article says, given its rows as they are written: as `said` gives it, once they are."""
    found = Said()
    for kind, name, key, surface, method, confidence in map(_OF_MENTION, rows.get("mention", ())):
        if method != LEARNT:
            writing = Writing(kind, name, key, surface[:_LONGEST], source)
            found.times[writing] += 1
            found.articles[writing] = 1
            found.sure[writing] += confidence >= _SURE
    found.pairs.update(map(Pair._make, map(_OF_GLOSS, rows.get("gloss", ()))))
    return found


def said(session: Session, article: str | None = None) -> Said:
    """Return what the posts say (one article, where given), without what only other posts prove."""
    found = Said()
    names, pairs = _queries(one=article is not None)
    where = {} if article is None else {"article": article}
    for *writing, times, articles, sure in session.connection().execute(names, where):
        key = Writing(*writing)
        found.times[key], found.articles[key], found.sure[key] = times, articles, sure
    for *pair, times in session.connection().execute(pairs, where):
        found.pairs[Pair(*pair)] = times
    return found


@cache
def _queries(*, one: bool) -> tuple[Select[Any], Select[Any]]:
    """Return the queries for names and for pairs, of one article or of all."""
    article: BindParameter[str] = bindparam("article")
    pair = (_GLOSS.c.kind, _GLOSS.c.name, _GLOSS.c.gloss)
    names, pairs = _counted(), select(*pair, func.count()).group_by(*pair)
    if not one:
        return names, pairs
    return names.where(_MENTION.c.article_id == article), pairs.where(_GLOSS.c.article_id == article)


def _counted() -> Select[Any]:
    surface = func.substr(_MENTION.c.surface, 1, _LONGEST).label("written")
    writing = (_MENTION.c.kind, _MENTION.c.name, _MENTION.c.key, surface, _ARTICLE.c.source)
    numbers = (
        func.count(),
        func.count(func.distinct(_MENTION.c.article_id)),
        func.sum(case((_MENTION.c.confidence >= _SURE, 1), else_=0)),
    )
    query = select(*writing, *numbers).join(_ARTICLE, _ARTICLE.c.id == _MENTION.c.article_id)
    return query.where(_MENTION.c.method != LEARNT).group_by(*writing)


def writing_of(mention: Mapping[str, Any], source: str) -> Writing:
    """Return how a stored mention writes its name."""
    return Writing(mention["kind"], mention["name"], mention["key"], mention["surface"][:_LONGEST], source)
