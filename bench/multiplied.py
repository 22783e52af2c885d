"""A corpus of a hundred thousand posts within minutes: those of a grown one, many times over, written as rows.

A copy shares three quarters of its post's weighty terms and takes others from another post of that size; every fourth
term is its own. Words are searched in the text it was copied from, with levels a step higher or lower. How many
articles hold a term grows with the corpus, as in a blog that goes on about its topics. Nothing is read or mined.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, delete, insert, select, text
from sqlalchemy.orm import Session

from bench.growing import grown
from service.model import Dialect, Site
from service.store.bulk import insert_rows
from service.store.engine import writing
from service.store.ids import article_number
from service.store.related_index import list_related
from service.store.related_terms import Term, packed, unpacked
from service.store.search_index import settle, tie, tie_planes
from service.store.search_merging import Written
from service.store.search_postings import decoded, encode, entry
from service.store.tables import TABLES
from service.store.writer import save

BASE = 2000  # posts that are read and written as posts are
_SITE = Site("grown", Dialect.HUGO, base_url="https://grown.example/")
_SLOTS = 1 << 16
_KEPT, _TAKEN, _OWN = 0.75, 0.25, 0.25  # shares of terms
_LEVELS = range(1, 16)
_AT_ONCE, _LISTED_AT_ONCE = 5000, 20_000
_SKETCH = 256  # bytes
_Told = tuple[int, int, int, list[Any]]  # number, weight, kinds of a term, and how it is shown
_ENTITIES = (  # names are their own entities: nothing is resolved
    "INSERT INTO entity (id, kind, name, aliases) "
    "SELECT 'e-' || name, kind, name, '[]' FROM (SELECT DISTINCT kind, name FROM mention) AS named",
    "UPDATE mention SET entity_id = 'e-' || name",
    "INSERT INTO entity_name (entity_id, folded) SELECT id, lower(name) FROM entity",
    "INSERT INTO corpus (id, version) VALUES (1, 1)",
)


def fill(engine: Engine, posts: int, folder: Path | None = None) -> None:
    """Store a grown corpus: what would be found in its posts is made with them, nothing is read or mined."""
    with writing(engine) as session:
        session.execute(insert(TABLES["source"]), [{"name": _SITE.name, "kind": "hugo"}])
        for post in grown(posts, folder=folder):
            save(session, _SITE, post.document, post.extraction, "grown")
        settle(session)
        for statement in _ENTITIES:
            session.execute(text(statement))


def multiply(engine: Engine, size: int, seed: int = 5) -> None:
    """Make a filled corpus one of `size` articles; it may be made larger again."""
    random = Random(seed)
    with writing(engine) as session:
        base = session.execute(select(TABLES["article"]).order_by(TABLES["article"].c.id)).mappings().all()
        copies = [(f"copy{number:06}", random.randrange(len(base))) for number in range(len(base), size)]
        for at in range(0, len(copies), _AT_ONCE):
            some = copies[at : at + _AT_ONCE]
            rows = [{**base[n], "id": one, "path": f"copies/{one}.md", "url": None} for one, n in some]
            insert_rows(session, TABLES["article"], rows)
        _relate(session, random, [(one, base[n]["id"]) for one, n in copies])
        _index(session, random, [*((row["id"], n) for n, row in enumerate(base)), *copies], base)


def _relate(session: Session, random: Random, copies: Sequence[tuple[str, str]]) -> None:
    kept = TABLES["related_article"]
    stored = {row.article_id: (unpacked(row.terms), json.loads(row.shown)) for row in session.execute(select(kept))}
    terms = {one: list(zip(*told, shown, strict=True)) for one, (told, shown) in stored.items()}
    others = list(terms.values())
    for at in range(0, len(copies), _LISTED_AT_ONCE):
        rows = []
        for one, original in copies[at : at + _LISTED_AT_ONCE]:
            mixed = _mixed(random, terms[original], random.choice(others))
            row = {"number": article_number(one), "article_id": one, "listed": True, "terms": packed(mixed)}
            shown = json.dumps([[term.shown, None] for term in mixed], ensure_ascii=False, separators=(",", ":"))
            rows.append(row | {"sketch": random.randbytes(_SKETCH), "shown": shown})
        insert_rows(session, kept, rows)
        list_related(session, rows)


def _mixed(random: Random, terms: Sequence[_Told], others: Sequence[_Told]) -> list[Term]:
    mixed = [term for term in terms if random.random() < _KEPT] + [one for one in others if random.random() < _TAKEN]
    found: dict[int, Term] = {}
    for number, weight, kinds, (shown, _) in mixed:
        own = random.random() < _OWN
        found.setdefault(
            random.randrange(-(2**31) + 1, 2**31) if own else number, Term(number, weight, kinds, shown, None)
        )
    return [term._replace(number=number) for number, term in found.items()]


def _index(session: Session, random: Random, articles: list[tuple[str, int]], base: Sequence[Any]) -> None:
    """Write the search index anew, in segments as large as they become."""
    levels = _levels(session, {row["id"]: n for n, row in enumerate(base)})
    for name in ("search_posting", "search_document", "search_dead", "search_fresh", "search_segment"):
        session.execute(delete(TABLES[name]))
    random.shuffle(articles)
    for number, at in enumerate(range(0, len(articles), _SLOTS), 1):
        _segment(session, random, number, articles[at : at + _SLOTS], base, levels)


def _levels(session: Session, numbers: dict[str, int]) -> list[dict[str, int]]:
    """Return the terms of each article of the filled corpus, with their levels."""
    found: list[dict[str, int]] = [{} for _ in numbers]
    document, posting, segment = (TABLES[f"search_{name}"] for name in ("document", "posting", "segment"))
    places = {(row.segment, row.slot): numbers[row.article_id] for row in session.execute(select(document))}
    slots = {row.id: row.slots for row in session.execute(select(segment.c.id, segment.c.slots))}
    for row in session.execute(select(posting)):
        for slot, level in decoded(row.data, slots[row.segment]):
            found[places[row.segment, slot]][row.term] = level
    return found


def _segment(
    session: Session,
    random: Random,
    number: int,
    articles: Sequence[tuple[str, int]],
    base: Sequence[Any],
    levels: Sequence[dict[str, int]],
) -> None:
    slots = -(-len(articles) // 8) * 8
    live = ((1 << len(articles)) - 1).to_bytes(slots // 8, "little")
    ties = tie_planes([tie(one, base[n]["published"]) for one, n in articles], slots)
    session.execute(insert(TABLES["search_segment"]), [{"id": number, "slots": slots, "live": live, "ties": ties}])
    numbered = [{"article_id": one, "segment": number, "slot": slot} for slot, (one, _) in enumerate(articles)]
    insert_rows(session, TABLES["search_document"], numbered)
    copies: dict[int, list[int]] = {}
    for slot, (_, n) in enumerate(articles):
        copies.setdefault(n, []).append(slot)
    entries: dict[str, bytearray] = {}
    for n, places in sorted(copies.items()):
        blocks = {level: b"".join(_entries(random, places, level)) for level in _LEVELS}
        for term, level in levels[n].items():
            entries.setdefault(term, bytearray()).extend(blocks[level])
    with Written(session, number) as postings:
        for term in sorted(entries):
            postings.add(term, encode(entries[term], slots))


def _entries(random: Random, slots: Sequence[int], level: int) -> Iterator[bytes]:
    for slot in slots:
        yield entry(slot, min(max(level + random.choice((-1, 0, 1)), 1), 15))
