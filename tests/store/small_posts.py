"""Posts that are only the names in them, written straight into the tables: for what comes of many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from service.model import Dialect, EntityKind
from service.resolution.groups import normal
from service.resolution.values import Name
from service.store.bulk import insert_rows
from service.store.names.changes import Changes
from service.store.tables import TABLES
from service.store.values import Row

PERSON, COMPANY = EntityKind.PERSON, EntityKind.COMPANY


@dataclass(frozen=True)
class Post:
    """A post: the names in it with their surfaces, the pairs it says are one, and what it is titled as a note."""

    names: Sequence[tuple[Name, str]] = ()
    pairs: Sequence[tuple[EntityKind, str, str]] = ()
    note: tuple[EntityKind, str, tuple[str, ...]] | None = None
    unproven: Sequence[tuple[EntityKind, str]] = ()
    source: str = "blog"
    sure: bool = True  # the names are more than likely


def put(session: Session, article: str, post: Post, changes: Changes) -> None:
    """Store a post in place of what was stored as `article`."""
    with changes.of(article):
        session.execute(delete(TABLES["article"]).where(TABLES["article"].c.id == article))
        _source(session, post.source)
        session.execute(insert(TABLES["article"]), [_article(article, post)])
        made = {
            "mention": _mentions(article, post),
            "gloss": _glosses(article, post),
            "unproven": _unproven(article, post),
        }
        for table, rows in made.items():
            if rows:
                insert_rows(session, TABLES[table], rows)


def drop(session: Session, article: str, changes: Changes) -> None:
    """Remove a post."""
    with changes.of(article):
        session.execute(delete(TABLES["article"]).where(TABLES["article"].c.id == article))


def _source(session: Session, name: str) -> None:
    source = TABLES["source"]
    if session.execute(select(source.c.name).where(source.c.name == name)).first() is None:
        session.execute(insert(source), [{"name": name, "kind": "auto"}])


def _article(article: str, post: Post) -> Row:
    kinds = {PERSON: "人物", COMPANY: "公司"}
    kind, title, aliases = post.note or (PERSON, article, ())
    return {
        "id": article,
        "source": post.source,
        "path": article,
        "content_hash": "",
        "dialect": Dialect.OBSIDIAN.value,
        "title": title,
        "script": "Hant",
        "authors": [],
        "tags": [],
        "categories": [],
        "aliases": list(aliases),
        "draft": False,
        "extra": {"類型": kinds[kind]} if post.note else {},
        "problems": [],
        "text": "",
        "folded": "",
        "anchors": [],
    }


def _mentions(article: str, post: Post) -> list[Row]:
    return [
        {
            "article_id": article,
            "ordinal": number,
            "surface": surface,
            "kind": kind.value,
            "name": name,
            "key": key,
            "role": "mentioned",
            "method": "context",
            "confidence": 0.9 if post.sure else 0.7,
            "line": 1,
            "start": 0,
            "end": len(surface),
            "claim_id": None,
            "entity_id": None,
        }
        for number, ((kind, name, key), surface) in enumerate(post.names)
    ]


def _glosses(article: str, post: Post) -> list[Row]:
    at: Row = {"article_id": article, "line": 1, "start": 0, "end": 1}
    return [
        {**at, "ordinal": number, "kind": kind.value, "name": name, "gloss": gloss}
        for number, (kind, name, gloss) in enumerate(post.pairs)
    ]


def _unproven(article: str, post: Post) -> list[Row]:
    at: Row = {"article_id": article, "line": 1, "start": 0, "end": 1, "claim_id": None}
    return [
        {**at, "ordinal": number, "kind": kind.value, "surface": surface, "form": normal(surface)}
        for number, (kind, surface) in enumerate(post.unproven, len(post.names))
    ]
