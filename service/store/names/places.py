"""Where names stand, as far as editors' decisions tell places apart: by surface, source, and the articles named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.model import Decision, EntityKind
from service.resolution import NameSeen, Place
from service.resolution.decided import limits_of, names_of
from service.store.names.changes import LEARNT, Writing, writing_of
from service.store.names.rows import chunks
from service.store.notes import EntityNote
from service.store.tables import TABLES
from service.store.values import Row

_MENTION, _ARTICLE, _DECISION = TABLES["mention"], TABLES["article"], TABLES["decision"]


def decisions_made(session: Session) -> list[Decision]:
    """Return the editors' decisions, the oldest first."""
    query = select(_DECISION.c.kind, _DECISION.c.entity_id, _DECISION.c.value).order_by(_DECISION.c.id)
    return [Decision(*row) for row in session.execute(query)]


def speaking_of(decisions: Iterable[Decision], forms: Collection[str]) -> list[Decision]:
    """Return the decisions that speak of one of the names `forms`, or of whatever stands in some articles."""
    return [
        one
        for one in decisions
        if (any(name in forms for name in names) if (names := names_of(one)) else limits_of(one) is not None)
    ]


def articles_of(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the articles that decisions are limited to."""
    return frozenset(article for one in decisions if (limits := limits_of(one)) for article in limits.articles)


def places_of(
    session: Session, rows: Iterable[Row], notes: Iterable[EntityNote], articles: Collection[str]
) -> list[NameSeen]:
    """Return the names that `rows` of seen names hold, apart for each of `articles`; `notes` are those titled so."""
    parts = _within(session, notes, articles)
    return [seen for row in rows for seen in _places(row, parts)]


def note_place(note: EntityNote, articles: Collection[str]) -> Place:
    """Return where the title of a note stands, `articles` being apart."""
    place = note.seen().place
    return place if note.article in articles else place._replace(article="")


def mention_place(mention: Mapping[str, Any], source: str, articles: Collection[str]) -> Place:
    """Return where a stored mention stands, `articles` being apart."""
    writing, article = writing_of(mention, source), mention["article_id"]
    return _seen(writing, article if article in articles else "", 0).place


def writing_in(row: Mapping[str, Any]) -> Writing:
    """Return how the row of a seen name writes it."""
    return Writing(row["kind"], row["name"], row["key"], row["surface"], row["source"])


def _places(row: Row, parts: Mapping[Writing, Counter[str]]) -> Iterator[NameSeen]:
    writing = writing_in(row)
    apart = parts.get(writing, Counter[str]())
    rest = int(str(row["times"])) - apart.total()
    yield from (_seen(writing, article, times) for article, times in apart.items())
    if rest:
        yield _seen(writing, "", rest)


def _seen(writing: Writing, article: str, times: int) -> NameSeen:
    kind, name, key, surface, source = writing
    return NameSeen(EntityKind(kind), name, key, article, times, surface, source)


def _within(session: Session, notes: Iterable[EntityNote], articles: Collection[str]) -> dict[Writing, Counter[str]]:
    """Return how often names are written in each of `articles`."""
    parts: defaultdict[Writing, Counter[str]] = defaultdict(Counter)
    for chunk in chunks(sorted(articles)):
        columns = (_MENTION.c.kind, _MENTION.c.name, _MENTION.c.key, _MENTION.c.surface)
        here = (_ARTICLE.c.source, _MENTION.c.article_id)
        query = select(*columns, *here, func.count().label("times")).join(_ARTICLE).group_by(*columns, *here)
        found = session.execute(query.where(_MENTION.c.article_id.in_(chunk), _MENTION.c.method != LEARNT))
        for row in map(dict, found.mappings()):
            parts[writing_of(row, row["source"])][row["article_id"]] += row["times"]
    for note in notes:
        if note.article in articles:
            seen = note.seen()
            parts[Writing(seen.kind.value, seen.name, seen.key, "", note.source)][note.article] += 1
    return parts
