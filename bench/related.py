"""Related articles: how good, by judged posts, and how fast at a hundred thousand posts, with search beside them.

    python -m bench.related [--sizes 10000 100000] [--database URL] [--and URL] [--postgresql 10000] [--write]

A database that is given and holds a corpus is measured as it is; else it is filled, and grown from size to size. That
of ``--and``, which holds a larger corpus, is measured as well, in the same run, and a PostgreSQL of its own with as
many posts as are asked for: there the time is that of the service, and what the server takes is told beside it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from math import ceil
from pathlib import Path
from random import Random
from time import process_time

from markdown_it import MarkdownIt
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bench.growing import grown
from bench.judged import qualities, store
from bench.multiplied import BASE, fill, multiply
from bench.plot import draw
from bench.report import RESULTS, conditions, table, write_section
from bench.search import queries, texts
from bench.server_use import ServerUse
from service.api.startup import settle
from service.query.columns import ARTICLE
from service.query.related import related
from service.query.search import search
from service.store import engine as engines
from tests.postgres import NoPostgresError, running

TITLE = "Related articles, and search at a hundred thousand posts"
SIZES, PICTURE = (10_000, 100_000), RESULTS.with_name("growth.svg")
_ASKED, _SAMPLE, _SHOWN = 200, 400, 10
Times = dict[str, list[float]]  # of each way of asking, in order of size
_PARSED = 200  # posts that are parsed to know how fast the machine is at this moment
_NOTE = """\
Quality is nDCG@5 over the posts of `content/`, each judged against each other one by hand (`bench/judged_related.toml`,
grades 0 to 3). Times are milliseconds of processor time for whole answers of ten, with reasons or highlights. The
corpus is that of `bench/multiplied.py`. As other programs may be at work on the machine, the same is given in bare
`MarkdownIt().parse` of one of these posts, measured in the same run.
Garbage is left alone as a service leaves it (`service.api.startup`)."""


def run(
    sizes: Sequence[int],
    database: str | None = None,
    picture: Path | None = None,
    larger: str | None = None,
    postgresql: int = 0,
) -> str:
    """Return the report as Markdown, and draw how times grow where there are several sizes."""
    parts, measured = [_NOTE, _quality()], dict[int, Times]()
    with tempfile.TemporaryDirectory() as scratch:
        engine = engines.create(database or f"sqlite:///{scratch}/many.db")
        engines.migrate(engine)
        held = _held(engine)
        if not held:
            fill(engine, min(BASE, *sizes))
        for size in [held] if held else sorted(sizes):
            if not held:
                multiply(engine, size)
            measured[size], told = _measured(engine, size)
            parts.append(told)
        engine.dispose()
    if larger:
        engine = engines.create(larger)
        size = _held(engine)
        measured[size], told = _measured(engine, size)
        parts.append(told)
        engine.dispose()
    if postgresql:
        parts.append(_on_postgresql(postgresql))
    if picture and len(measured) > 1:
        _draw(picture, measured)
        parts.append(f"![time by the number of posts]({picture.name})")
    return "\n\n".join([*parts, conditions(("SQLAlchemy", "markdown-it-py"))])


def _on_postgresql(size: int) -> str:
    """Return what is told of a PostgreSQL that is started and filled for it."""
    try:
        with running() as server:
            engine = engines.create(server.url("postgres"))
            engines.migrate(engine)
            fill(engine, min(BASE, size))
            multiply(engine, size)
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")  # as its own daemon does sooner or later
            told = _measured(engine, size)[1]
            engine.dispose()
            return told
    except NoPostgresError as error:
        return f"PostgreSQL was not measured: {error}"


def _measured(engine: Engine, size: int) -> tuple[Times, str]:
    """Return what is drawn, in bare parses, and what is told of a corpus of this size."""
    server = ServerUse(engine) if engine.dialect.name == "postgresql" else None
    times, bare = _speed(engine), _bare()
    told = f"### {size:,} posts, {engine.dialect.name}\n\n{_table(times, bare)}"
    if server is not None:
        mean = server.seconds() * 1000 / sum(len(some) + 1 for some in times.values())
        told += f"\n\nThe server takes {mean:.1f} ms of processor time an answer besides, on average over all of these."
    return {name: [one / bare for one in some] for name, some in times.items()}, told


def _held(engine: Engine) -> int:
    with Session(engine) as session:
        return session.execute(select(func.count()).select_from(ARTICLE)).scalar_one()


def _draw(picture: Path, measured: Mapping[int, Times]) -> None:
    first = next(iter(measured.values()))
    draw(
        picture,
        "Processor time in bare parses of a post (p50), by posts",
        {name: [(size, _middle(times[name])) for size, times in measured.items()] for name in first},
    )


def _quality() -> str:
    with tempfile.TemporaryDirectory() as scratch:
        engine = engines.create(f"sqlite:///{scratch}/judged.db")
        engines.migrate(engine)
        store(engine)
        found = qualities(engine)
        engine.dispose()
    return table(["", "nDCG@5"], [[name, f"{value:.3f}"] for name, value in found.items()])


def _speed(engine: Engine) -> Times:
    settle()
    with Session(engine) as session:
        ids = session.execute(select(ARTICLE.c.id).order_by(ARTICLE.c.id)).scalars().all()
    asked = queries([body for _, body in islice(texts(engine), _SAMPLE)])
    ways: dict[str, tuple[Iterable[str], Callable[[Session, str], object]]] = {
        "related": (Random(4).choices(ids, k=_ASKED), lambda session, one: related(session, one, limit=_SHOWN)),
        "search, frequent words of two characters": (asked.frequent, _search),
        "search, any two characters": (asked.any_two, _search),
        "search, four characters": (asked.four, _search),
    }
    return {name: _times(engine, some, answer) for name, (some, answer) in ways.items()}


def _table(measured: Times, bare: float) -> str:
    rows = [_row(name, times, bare) for name, times in measured.items()]
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
    middle, late = _middle(times), times[ceil(len(times) * 0.99) - 1]
    return [name, f"{middle:.1f}", f"{late:.1f}", f"{middle / bare:.1f}", f"{late / bare:.1f}"]


def _middle(times: Sequence[float]) -> float:
    return times[len(times) // 2]


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
    parser.add_argument("--sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--database", help="the URL of a database, empty or with a corpus")
    parser.add_argument("--and", dest="larger", help="the URL of another database, which holds a larger corpus")
    parser.add_argument("--postgresql", type=int, default=0, help="posts of a PostgreSQL that is measured as well")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    report = run(given.sizes, given.database, PICTURE if given.write else None, given.larger, given.postgresql)
    print(report)
    if given.write:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
