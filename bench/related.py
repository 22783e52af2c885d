"""Related articles: how good, by judged posts, and how fast at a hundred thousand posts, with search beside them.

python -m bench.related [--size 100000] [--database URL] [--write]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable
from itertools import islice
from math import ceil
from random import Random
from time import process_time

from markdown_it import MarkdownIt
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bench.growing import grown
from bench.judged import qualities, store
from bench.multiplied import BASE, fill, multiply
from bench.report import conditions, table, write_section
from bench.search import queries, texts
from service.query.columns import ARTICLE
from service.query.related import related
from service.query.search import search
from service.store import engine as engines

TITLE = "Related articles, and search at a hundred thousand posts"
_ASKED, _SAMPLE, _SHOWN = 200, 400, 10
_PARSED = 200  # posts that are parsed to know how fast the machine is at this moment
_NOTE = """\
Quality is nDCG@5 over the posts of `content/`, each judged against each other one by hand (`bench/judged_related.toml`,
grades 0 to 3). Times are milliseconds of processor time for whole answers of ten, with reasons or highlights. The
corpus is that of `bench/multiplied.py`. As other programs may be at work on the machine, the same is given in bare
`MarkdownIt().parse` of one of these posts, measured in the same run."""


def run(size: int, database: str | None = None) -> str:
    """Return the report as Markdown."""
    parts = [_NOTE, _quality()]
    with tempfile.TemporaryDirectory() as scratch:
        engine = engines.create(database or f"sqlite:///{scratch}/many.db")
        engines.migrate(engine)
        fill(engine, min(BASE, size))
        multiply(engine, size)
        parts += [f"### {size:,} posts, {engine.dialect.name}", _speed(engine)]
        engine.dispose()
    return "\n\n".join([*parts, conditions(("SQLAlchemy", "markdown-it-py"))])


def _quality() -> str:
    with tempfile.TemporaryDirectory() as scratch:
        engine = engines.create(f"sqlite:///{scratch}/judged.db")
        engines.migrate(engine)
        store(engine)
        found = qualities(engine)
        engine.dispose()
    return table(["", "nDCG@5"], [[name, f"{value:.3f}"] for name, value in found.items()])


def _speed(engine: Engine) -> str:
    with Session(engine) as session:
        ids = session.execute(select(ARTICLE.c.id).order_by(ARTICLE.c.id)).scalars().all()
    asked = queries([body for _, body in islice(texts(engine), _SAMPLE)])
    ways: dict[str, tuple[Iterable[str], Callable[[Session, str], object]]] = {
        "related": (Random(4).choices(ids, k=_ASKED), lambda session, one: related(session, one, limit=_SHOWN)),
        "search, frequent words of two characters": (asked.frequent, _search),
        "search, any two characters": (asked.any_two, _search),
        "search, four characters": (asked.four, _search),
    }
    bare = _bare()
    rows = [_row(name, _times(engine, some, answer), bare) for name, (some, answer) in ways.items()]
    return table(["", "p50 ms", "p99 ms", "p50 in parses", "p99 in parses"], rows)


def _search(session: Session, query: str) -> object:
    return search(session, query, kind="article", limit=_SHOWN)


def _times(engine: Engine, asked: Iterable[str], answer: Callable[[Session, str], object]) -> list[float]:
    times = []
    for number, one in enumerate([*islice(asked, 1), *asked]):
        start = process_time()
        with Session(engine) as session:
            answer(session, one)
        if number:  # what is set up at first use is no part of it
            times.append((process_time() - start) * 1000)
    return sorted(times)


def _row(name: str, times: list[float], bare: float) -> list[str]:
    middle, late = times[len(times) // 2], times[ceil(len(times) * 0.99) - 1]
    return [name, f"{middle:.1f}", f"{late:.1f}", f"{middle / bare:.1f}", f"{late / bare:.1f}"]


def _bare() -> float:
    """Return the milliseconds that parsing one post takes now."""
    posts = [post.markdown for post in grown(_PARSED)]
    parser = MarkdownIt()
    start = process_time()
    for post in posts:
        parser.parse(post)
    return (process_time() - start) / len(posts) * 1000


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.related", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--database", help="the URL of an empty database")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    report = run(given.size, given.database)
    print(report)
    if given.write:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
