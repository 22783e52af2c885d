"""Search and related articles over grown corpora, beside what a site would use otherwise, in the same run.

Peers are FTS5 of SQLite (trigrams, and pairs of characters), tantivy, Pagefind and Hugo's related content, which are
installed outside of this project at the first run (`bench.peers`); where they cannot be, that is told.

    python -m bench.search [--sizes 10000 100000] [--from FOLDER] [--database URL] [--sites 2000] [--write]
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import ceil
from pathlib import Path
from random import Random
from time import process_time
from typing import NamedTuple

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from bench.growing import grown
from bench.multiplied import fill
from bench.peers import MissingPeerError, with_searchers
from bench.report import conditions, table, write_section
from bench.search_peers import PEERS, Finder
from bench.sites import hugo_related, pagefind_index
from service.api.startup import settle
from service.query.columns import ARTICLE
from service.query.related import related
from service.query.search import search
from service.store import engine as engines
from service.store.engine import writing
from service.store.search_index import reindex

TITLE = "Search and related articles"
_RUN = re.compile("[\u4e00-\u9fff]+")
_SAMPLE, _QUERIES, _SHOWN = 400, 100, 10
_HEAD = ["", "index s/1,000 posts", "of the text", "frequent p50", "p99", "any two p50", "p99", "four p50", "p99"]
_NOTE = """\
Milliseconds of processor time for the ten best of a query, one after the other in one process: words of two characters,
the 100 most frequent of all and 100 that stand anywhere, and runs of four characters. Wenmai's answers are whole:
summaries, highlights and the number of hits; peers give ids. "found" is the share of 200 queries of both kinds of two
characters that give all articles that hold the word (wenmai gives those that say it in other words too). The index is
measured against the text in UTF-8."""


class Queries(NamedTuple):
    """What is asked: words of two characters that are frequent, others, and runs of four."""

    frequent: list[str]
    any_two: list[str]
    four: list[str]


def texts(engine: Engine) -> Iterator[tuple[str, str]]:
    """Yield the articles and their folded texts."""
    with Session(engine) as session:
        last = ""
        statement = select(ARTICLE.c.id, ARTICLE.c.folded).order_by(ARTICLE.c.id).limit(1000)
        while rows := session.execute(statement.where(ARTICLE.c.id > last)).all():
            yield from ((row.id, row.folded) for row in rows)
            last = rows[-1].id


def queries(sample: Sequence[str], seed: int = 3) -> Queries:
    """Return what is asked, taken from some of the texts."""
    random = Random(seed)
    runs = [run for body in sample for run in _RUN.findall(body) if len(run) > 4]
    pairs = Counter(run[at : at + 2] for run in runs for at in range(len(run) - 1))

    def some(length: int) -> list[str]:
        chosen = random.choices(runs, k=_QUERIES)
        return [run[at : at + length] for run in chosen for at in [random.randrange(len(run) - length + 1)]]

    return Queries([pair for pair, _ in pairs.most_common(_QUERIES)], some(2), some(4))


def spent(asked: Iterable[str], answer: Callable[[str], object]) -> list[float]:
    """Return the milliseconds that each answer took, in order of size."""
    times = []
    for query in asked:
        start = process_time()
        answer(query)
        times.append((process_time() - start) * 1000)
    return sorted(times)


def _quantiles(times: Sequence[float]) -> list[str]:
    return [f"{times[len(times) // 2]:.1f}", f"{times[ceil(len(times) * 0.99) - 1]:.1f}"]


def measure(engine: Engine) -> tuple[list[list[str]], int, int]:
    """Return a row for wenmai and each peer, the number of posts, and the bytes of their text."""
    sample = [body for _, body in islice(texts(engine), _SAMPLE)]
    asked = queries(sample)
    with Session(engine) as session:
        number, size = session.execute(select(func.count(), func.sum(func.length(ARTICLE.c.folded)))).one()
    held = _held(engine, [*asked.frequent, *asked.any_two])
    size = sum(len(body.encode()) for _, body in texts(engine))
    rows = [_own(engine, asked, held, number, size)]
    for name, made in PEERS.items():
        start = process_time()
        peer = made(texts(engine))
        if peer is None:
            rows.append([f"{name}: not installed", *["–"] * len(_HEAD)])
        else:
            built = (process_time() - start) / number * 1000
            rows.append(_row(name, peer, asked, held, built, peer.bytes / size))
    return rows, number, size


def _held(engine: Engine, words: Sequence[str]) -> dict[str, int]:
    held = Counter[str]()
    for _, body in texts(engine):
        held.update(word for word in {*words} if word in body)
    return held


def _own(engine: Engine, asked: Queries, held: dict[str, int], number: int, size: int) -> list[str]:
    start = process_time()
    with writing(engine) as session:
        reindex(session)
    built = (process_time() - start) / number * 1000

    def best(query: str) -> int:
        with Session(engine) as session:
            return search(session, query, kind="article", limit=_SHOWN).total or 0

    return _row("wenmai", Finder(best, _index_bytes(engine)), asked, held, built, _index_bytes(engine) / size)


def _index_bytes(engine: Engine) -> int:
    """Return the bytes that the index takes: pages of SQLite, or relations of PostgreSQL."""
    counted = {
        "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%search\\_%' ESCAPE '\\'",
        "postgresql": "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname LIKE 'search\\_%' "
        "AND relkind = 'r'",
    }
    with Session(engine) as session:
        return int(session.execute(text(counted[engine.dialect.name])).scalar_one() or 0)


def _row(name: str, finder: Finder, asked: Queries, held: dict[str, int], built: float, share: float) -> list[str]:
    finder.best(asked.frequent[0])  # what is set up at first use is no part of it
    times = [_quantiles(spent(some, finder.best)) for some in asked]
    right = sum(finder.best(word) >= held[word] for word in (*asked.frequent, *asked.any_two))
    found = right / (len(asked.frequent) + len(asked.any_two))
    return [name, f"{built:.2f}", f"{share:.2f}", *(cell for pair in times for cell in pair), f"{found:.0%}"]


def measure_related(engine: Engine) -> list[str]:
    """Return the milliseconds that the related articles of a post take: half of the posts less, and all but 1 %."""
    with Session(engine) as session:
        ids = Random(4).choices(session.execute(select(ARTICLE.c.id).order_by(ARTICLE.c.id)).scalars().all(), k=100)

    def near(article: str) -> None:
        with Session(engine) as session:
            related(session, article, limit=_SHOWN)

    near(ids[0])
    return _quantiles(spent(ids, near))


def run(sizes: Sequence[int], folder: Path | None = None, database: str | None = None, site_size: int = 1000) -> str:
    """Return the report as Markdown: a table for each size, and for the corpus in `database`."""
    settle()  # garbage is left alone as a service leaves it
    parts, peers = [_NOTE], _peers()
    for size in [*sizes, *([0] if database else [])]:
        with tempfile.TemporaryDirectory() as scratch:
            engine = engines.create((not size and database) or f"sqlite:///{scratch}/grown.db")
            engines.migrate(engine)
            if size:
                fill(engine, size, folder)
            rows, number, characters = measure(engine)
            near = measure_related(engine)
            told = f"{number:,} {'generated' if size else 'stored'} posts, {characters / 1e6:.0f} MB"
            parts.append(f"### {told}, {engine.dialect.name}")
            parts.append(table([*_HEAD, "found"], rows))
            parts.append(f"Related articles of a post, whole answers: p50 {near[0]} ms, p99 {near[1]} ms.")
            engine.dispose()
    if site_size:
        posts = list(grown(site_size, folder=folder))
        parts.append(hugo_related(posts) or "Hugo's related content: Hugo is not installed.")
        parts.append(pagefind_index(posts) or "Pagefind is not installed.")
    return "\n\n".join([*parts, f"{conditions(('SQLAlchemy',))} {peers}."])


def _peers() -> str:
    try:
        return with_searchers()
    except MissingPeerError as error:
        return str(error)


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", nargs="*", type=int, default=[10_000])
    parser.add_argument("--from", dest="folder", type=Path, help="a folder of real posts to take the words of")
    parser.add_argument("--database", help="the URL of a corpus to measure as well; its index is built anew")
    parser.add_argument("--sites", type=int, default=1000, help="posts for Hugo and Pagefind; 0: without them")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    report = run(given.sizes, given.folder, given.database, given.sites)
    print(report)
    if given.write:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
