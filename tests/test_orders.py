"""However posts come, change and go, the same posts are the same corpus in the end."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import Session as Reading

from service.content import find, find_sources
from service.extraction import extract
from service.ingest import ingest
from service.model import Site, Source
from service.query.posts import posts
from service.reading import read
from service.store.article_rows import article_rows
from service.store.bulk import insert_rows
from service.store.engine import writing
from service.store.entities import resolve_corpus
from service.store.fact_rows import fact_rows
from service.store.ids import article_id
from service.store.names.changes import Changes
from service.store.tables import TABLES
from service.store.values import Row
from tests.thorough import few

CONTENT = Path(__file__).parent.parent / "content"
ORDERS, EXPORTED = few(200), 3
NAMES = ("article", "mention", "gloss", "unproven")  # what names are resolved from
DECIDED = ("entity", "entity_name", "mention", "seen_name", "tie", "bearer", "entity_note", "note_name")
Stored = Mapping[str, list[Row]]


@cache
def content() -> tuple[tuple[Site, Source], ...]:
    """Return the sample posts with the sites they are of."""
    found = [(site, post) for site, top in find_sources(CONTENT) for post in find(top, max_files=999, max_bytes=10**6)]
    return tuple((site, post) for site, post in found if isinstance(post, Source))


def before(post: Source) -> Source:
    """Return the post as it was before its second half was written."""
    lines = post.text.split("\n")
    return Source(post.path, "\n".join(lines[: len(lines) // 2]))


@cache
def rows(number: int, *, whole: bool) -> Stored:
    """Return the rows of a sample post, or of what it was before."""
    site, post = content()[number]
    document = read(post if whole else before(post), site)
    ident = article_id(site.name, post.path)
    made = article_rows(ident, site, document, "") | fact_rows(ident, extract(document))
    return {
        name: [{**row, "claim_id": None} if "claim_id" in row else row for row in made.get(name, ())] for name in NAMES
    }


def steps(chance: random.Random) -> Iterator[list[tuple[int, bool | None]]]:
    """Yield batches of (post, whether it is whole; None: it goes) that end with every post whole."""
    waiting = list(range(len(content())))
    detours = [(number, chance.choice((False, True, None))) for number in chance.sample(waiting, 6)]
    chance.shuffle(waiting)
    todo = [*detours, *((number, True) for number in waiting)]
    while todo:
        size = chance.choice((2, 5, 9))
        batch, todo = todo[:size], todo[size:]
        yield list(dict(batch).items())


def store(session: Session, number: int, whole: bool | None) -> Changes:
    changes = Changes(session)
    site, post = content()[number]
    ident, article = article_id(site.name, post.path), TABLES["article"]
    with changes.of(ident):
        session.execute(delete(article).where(article.c.id == ident))
        for name, of in rows(number, whole=whole).items() if whole is not None else ():
            if of:
                insert_rows(session, TABLES[name], of)
    return changes


def stored(session: Session, batch: Iterable[tuple[int, bool | None]]) -> Changes:
    total = Changes(session)
    for number, whole in batch:
        total.add(store(session, number, whole))
    return total


def decided(session: Session) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(map(tuple, session.execute(select(TABLES[name]))), key=repr) for name in DECIDED}


def test_orders_end_in_the_same_entities(sqlite_engine: Engine) -> None:
    chance, ends = random.Random(7), set[str]()
    with writing(sqlite_engine) as session:
        sources = sorted({site.name for site, _ in content()})
        session.execute(insert(TABLES["source"]), [{"name": name, "kind": "auto"} for name in sources])
        resolve_corpus(session)
        for _ in range(ORDERS):
            with session.begin_nested() as order:
                for batch in steps(chance):
                    resolve_corpus(session, stored(session, batch))
                ends.add(repr(decided(session)))
                order.rollback()
    assert len(ends) == 1


def test_orders_end_in_the_same_export(sqlite_engine: Engine) -> None:
    ends = set[str]()
    for seed in range(EXPORTED):
        chance = random.Random(seed)
        for batch in steps(chance):
            for number, whole in batch:
                site, post = content()[number]
                given = [] if whole is None else [post if whole else before(post)]
                ingest(sqlite_engine, site, given, delete=[post.path] if whole is None else ())
        with Reading(sqlite_engine) as session:
            ends.add("".join(post.model_dump_json() for post in posts(session)))
    assert len(ends) == 1
