"""What a post costs on PostgreSQL, and what grows with the corpus: processor time, bytes by table, questions, memory.

Sites of a thousand grown posts (`bench.growing`) are ingested one after the other, each with topics of its own and all
with one vocabulary; what each site took is kept in a file as lines of JSON, so that a large corpus can be made in
pieces. At the sizes of `MARKS` the tables are measured and questions are asked.

    python -m bench.capacity --database URL --log FILE [--posts 10000] [--minutes 6] [--as-made] [--write]

At what one post costs a million is more than a day. With `--as-made` only the first site and those that end at a mark
are mined; the others are stored with what was made with them (`bench.as_made`), which takes hours.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import islice
from math import ceil
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import monotonic, process_time
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from bench.as_made import Ahead, AsMade, site, sources, store
from bench.capacity_report import told, write
from bench.growing import more
from bench.ingestion import bare, clocked
from bench.search import queries, texts
from bench.server_use import ServerUse
from service import mining
from service.ingest import ingest
from service.model import Site, Source
from service.query.columns import ARTICLE, CLAIM
from service.query.lookup import lookup
from service.query.related import related
from service.query.search import search
from service.store import engine as engines

SITE_POSTS = 1000
MARKS = (10_000, 100_000, 500_000, 1_000_000)
_ASKED, _SAMPLE, _SHOWN = 100, 400, 10
_SIZES = """
SELECT relname AS name, greatest(reltuples, 0)::bigint AS rows,
  pg_table_size(oid) AS kept, pg_indexes_size(oid) AS found
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY pg_total_relation_size(oid) DESC
"""


def fill(engine: Engine, posts: int, seconds: float, log: Path, *, made: bool = False) -> None:
    """Ingest sites until there are so many posts or the time is up, and note what each took.

    Those between the first and a mark are stored as they were `made`, where that is wanted.
    """
    end, there = monotonic() + seconds, _held(engine)
    with closing(Ahead(SITE_POSTS)) as ahead:
        while there < posts and monotonic() <= end:
            number = there // SITE_POSTS
            there += SITE_POSTS
            if made and there not in (SITE_POSTS, *MARKS):
                _note(log, {"posts": there, **_stored(engine, ahead.site(number))})
                continue
            _note(log, {"posts": there, **_ingested(engine, site(number), sources([*more(SITE_POSTS, number)]))})
            if there in MARKS:
                _note(log, {"posts": there, "mark": measured(engine)})


def _stored(engine: Engine, made: AsMade) -> dict[str, Any]:
    begun = monotonic()
    report = store(engine, made)
    return {"made": report.added, "elapsed": monotonic() - begun, **_memory(ServerUse(engine))}


def _ingested(engine: Engine, site: Site, found: list[Source]) -> dict[str, Any]:
    server, own, begun = ServerUse(engine), process_time(), monotonic()
    with clocked() as steps, patch.object(mining, "processes", lambda: 0):  # to start others is no part of the cost
        report = ingest(engine, site, found)
    return {
        "mined": report.added,
        "own": process_time() - own,
        "server": server.seconds(),
        "steps": steps,
        "bare": bare([post.text for post in found]),
        "elapsed": monotonic() - begun,
        "failed": report.failed,
        **_memory(server),
    }


def _memory(server: ServerUse) -> dict[str, float]:
    return {"memory": getrusage(RUSAGE_SELF).ru_maxrss / 1024, "server_memory": server.memory()}


def measured(engine: Engine) -> dict[str, Any]:
    """Return the bytes of every table and of its indexes, and what questions cost, in milliseconds."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")  # as its own daemon does sooner or later
        tables = {row.name: [row.rows, row.kept, row.found] for row in connection.execute(text(_SIZES))}
    with Session(engine) as session:
        text_bytes = session.scalar(select(func.sum(func.octet_length(ARTICLE.c.text))))
    return {"tables": tables, "text": int(text_bytes or 0), "questions": _questions(engine)}


def _questions(engine: Engine) -> dict[str, list[float]]:
    chance = Random(4)
    with Session(engine) as session:
        ids = session.execute(select(ARTICLE.c.id).order_by(ARTICLE.c.id)).scalars().all()
        most = select(CLAIM.c.text).order_by(CLAIM.c.number).limit(20 * _ASKED)
        claims = session.execute(most).scalars().all()
    asked = queries([body for _, body in islice(texts(engine), _SAMPLE)])
    ways: dict[str, tuple[Iterable[str], Callable[[Session, str], object]]] = {
        "related": (chance.choices(ids, k=_ASKED), lambda session, one: related(session, one, limit=_SHOWN)),
        "search, frequent words": (asked.frequent, _search),
        "search, any two characters": (asked.any_two, _search),
        "search, four characters": (asked.four, _search),
        "claim lookup": (
            chance.sample(claims, min(_ASKED, len(claims))),
            lambda session, one: lookup(session, one, limit=_SHOWN),
        ),
    }
    return {name: _times(engine, list(some), answer) for name, (some, answer) in ways.items()}


def _search(session: Session, query: str) -> object:
    return search(session, query, kind="article", limit=_SHOWN)


def _times(engine: Engine, asked: list[str], answer: Callable[[Session, str], object]) -> list[float]:
    """Return the service's p50 and p99, the server's mean (processor time), and p50 and p99 by the clock."""
    own, clock = [], []
    with Session(engine) as session:  # what is set up at first use is no part of it
        answer(session, asked[0])
    server = ServerUse(engine)
    for one in asked:
        began, start = process_time(), monotonic()
        with Session(engine) as session:
            answer(session, one)
        own.append((process_time() - began) * 1000)
        clock.append((monotonic() - start) * 1000)
    return [*_quantiles(own), server.seconds() * 1000 / len(asked), *_quantiles(clock)]


def _quantiles(times: list[float]) -> list[float]:
    ordered = sorted(times)
    return [ordered[len(ordered) // 2], ordered[ceil(len(ordered) * 0.99) - 1]]


def _held(engine: Engine) -> int:
    with Session(engine) as session:
        return session.execute(select(func.count()).select_from(ARTICLE)).scalar_one()


def _note(log: Path, told: dict[str, Any]) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(told) + "\n")


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.capacity", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--database", required=True, help="the URL of a PostgreSQL database on this machine")
    parser.add_argument(
        "--log", type=Path, required=True, help="the file that figures are kept in, from piece to piece"
    )
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=6, help="after so many no further site is begun")
    parser.add_argument("--as-made", action="store_true", help="mine the sites that are measured alone")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/CAPACITY.md")
    given = parser.parse_args()
    engine = engines.create(given.database)
    engines.migrate(engine)
    fill(engine, given.posts, given.minutes * 60, given.log, made=given.as_made)
    engine.dispose()
    print(told(given.log))
    if given.write:
        write(given.log)


if __name__ == "__main__":
    main()
