"""What one more post costs where many are stored: all of its ingestion, and resolving who is who by itself.

The stored posts are generated: the lexicon's names and as many that no list knows, drawn by Zipf's law, a tenth of the
unlisted ones glossed somewhere. They go straight into the tables, are resolved once, and then posts of running text,
which name some of the same people and companies and some new ones, come one at a time. Times are processor time.

    python -m bench.resolution [--posts N] [--url URL] [--write]

Without a URL the database is an SQLite file that is removed afterwards. 100,000 posts take some minutes to set up, so
`make bench` leaves this out.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, NamedTuple

from sqlalchemy import Engine, insert

from bench.report import conditions, table, write_section
from service import ingest as ingesting
from service.lexicon.names import cues, entries
from service.model import EntityKind, Site, Source
from service.store import engine as engines
from service.store.bulk import insert_rows
from service.store.entities import resolve_corpus
from service.store.ids import article_id
from service.store.tables import TABLES
from service.store.values import Row

TITLE = "Resolving one more post"
_SITE = Site("stored")
_UNLISTED = 60_000  # names, at 100,000 posts; fewer posts name fewer
_BATCH = 2_000  # posts written at once
_NEW_POSTS = 24
_SEED = 1
_RESOLVING = "resolve_corpus"  # as the conductor calls it
_FIRMS = ("科技", "能源", "資本", "生技", "銀行")
_GIVEN = "志文俊明建國怡君淑芬宗翰雅婷家豪子涵欣怡柏翰佳穎承恩宜庭品妤冠宇詩涵哲瑋思妤"
_FIRST = ("Ada", "Bea", "Cleo", "Dora", "Enid", "Faye", "Gwen", "Hope", "Iris", "June", "Lena", "Mina", "Nora", "Petra")
_LAST = ("Abbot", "Bloom", "Crane", "Drake", "Ellis", "Frost", "Grove", "Hurst", "Inman", "Jarvis", "Kemp", "Lowell")
_TEXT = """\
---
title: 第 {number} 次訪談
---

記者{name}報導，{firm}（{latin} Energy）去年的產量比前年高 {number}%。

{listed}執行長表示，新廠要花 {number} 億美元，{other}也會參與。

「我們會在明年底前完成，」{firm}董事長{name}說。
"""


class Name(NamedTuple):
    """A name to draw."""

    kind: str
    name: str
    key: str | None
    gloss: str | None = None


def names(posts: int, chance: random.Random) -> list[Name]:
    """Return the names the stored posts draw from, in no order."""
    listed = [
        Name(entry.kind.value, form, entry.id) for entry in entries().values() for form in (*entry.en, *entry.hant)
    ]
    unlisted = [_unlisted(number, chance) for number in range(_UNLISTED * posts // 100_000)]
    drawn = [*listed, *unlisted]
    chance.shuffle(drawn)
    return drawn


def _unlisted(number: int, chance: random.Random) -> Name:
    latin = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}"
    gloss = latin if chance.random() < 0.1 else None
    given = "".join(chance.choices(_GIVEN, k=2))
    if number % 3 == 0:
        return Name(EntityKind.COMPANY.value, f"{given}{chance.choice(_GIVEN)}{chance.choice(_FIRMS)}", None, gloss)
    if number % 3 == 1:
        return Name(EntityKind.PERSON.value, latin, None)
    return Name(EntityKind.PERSON.value, chance.choice(cues("surnames")) + given, None, gloss)


def store(engine: Engine, posts: int) -> None:
    """Store generated posts, and resolve them."""
    chance = random.Random(_SEED)
    drawn = names(posts, chance)
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(drawn))))
    with engines.writing(engine) as session:
        session.execute(insert(TABLES["source"]), [{"name": _SITE.name, "kind": "auto"}])
        for start in range(0, posts, _BATCH):
            rows: dict[str, list[Row]] = {"article": [], "mention": [], "gloss": []}
            for number in range(start, min(start + _BATCH, posts)):
                _post(number, chance.choices(drawn, cum_weights=weights, k=chance.randrange(4, 20)), rows)
            session.execute(insert(TABLES["article"]), rows.pop("article"))
            for name, of in rows.items():
                insert_rows(session, TABLES[name], of)
    with engines.writing(engine) as session:
        resolve_corpus(session)


def _post(number: int, said: Sequence[Name], rows: dict[str, list[Row]]) -> None:
    ident = article_id(_SITE.name, str(number))
    empty: Row = {name: [] for name in ("authors", "tags", "categories", "aliases", "problems", "anchors")}
    rows["article"].append(
        {"id": ident, "source": _SITE.name, "path": str(number), "content_hash": "", "dialect": "hugo", "title": "",
         "script": "Hant", "text": "", "folded": "", "draft": False, "extra": {}, **empty}
    )  # fmt: skip
    at: Row = {"article_id": ident, "line": 1, "start": 0, "end": 1}
    for ordinal, (kind, name, key, gloss) in enumerate(said):
        rows["mention"].append(
            {**at, "ordinal": ordinal, "surface": name, "kind": kind, "name": name, "key": key, "role": "mentioned",
             "method": "context", "confidence": 0.8, "claim_id": None, "entity_id": None}
        )  # fmt: skip
        if gloss and number % 5 == 0:
            rows["gloss"].append({**at, "ordinal": ordinal, "kind": kind, "name": name, "gloss": gloss})


def new_posts(posts: int) -> Iterator[Source]:
    """Yield posts of running text with names that are stored and names that are not."""
    chance = random.Random(_SEED)
    drawn = names(posts, chance)
    people = [one.name for one in drawn if one.kind == "person" and one.key is None]
    listed = [entry.hant[0] for entry in entries().values() if entry.kind is EntityKind.COMPANY and entry.hant]
    for number in range(_NEW_POSTS):
        firm = f"{''.join(chance.choices(_GIVEN, k=2))}{chance.choice(_FIRMS)}"
        others = {"listed": chance.choice(listed[:40]), "other": chance.choice(listed), "firm": firm}
        text = _TEXT.format(number=number + 2, name=chance.choice(people), latin=chance.choice(_FIRST), **others)
        yield Source(f"new/{number}.md", text)


def measure(engine: Engine, posts: int) -> tuple[list[float], list[float]]:
    """Return the seconds of each new post: of its ingestion, and of resolving alone; the first is to warm up."""
    whole, alone = list[float](), list[float]()
    resolve: Callable[..., object] = resolve_corpus

    def timed(*given: Any) -> object:
        start = process_time()
        done = resolve(*given)
        alone.append(process_time() - start)
        return done

    setattr(ingesting, _RESOLVING, timed)
    try:
        for post in new_posts(posts):
            start = process_time()
            ingesting.ingest(engine, _SITE, [post])
            whole.append(process_time() - start)
    finally:
        setattr(ingesting, _RESOLVING, resolve)
    return whole[1:], alone[1:]


def run(posts: int, url: str) -> str:
    """Return the report as Markdown."""
    engine = engines.create(url)
    engines.migrate(engine)
    start = process_time()
    store(engine, posts)
    setup = process_time() - start
    rows = [
        [what, *(f"{1000 * each:.1f}" for each in (min(of), median(of), max(of)))]
        for what, of in zip(("ingesting", "of it resolving"), measure(engine, posts), strict=True)
    ]
    engine.dispose()
    figures = table([f"one more post than {posts:,}", "best ms", "median ms", "worst ms"], rows)
    about = f"{engine.dialect.name}; storing and resolving the generated posts took {setup:.0f} s."
    return f"{figures}\n\n{about}\n\n{conditions(('SQLAlchemy',))}"


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.resolution", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--url", help="an empty database")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = run(given.posts, given.url or f"sqlite:///{Path(folder) / 'bench.db'}")
    print(report)
    if given.write:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
