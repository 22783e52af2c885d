"""Whether a table partitioned by source would pay: the same rows in one table and in sixteen, asked and changed alike.

The rows are as `claim` has them: an id by which all others refer to it, the article and source it belongs to, a text. A
key of a partitioned table must hold the column it is divided by
(https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS), so what is
asked by id alone is looked for in every part.

    python -m bench.partitions --database URL [--rows 1000000]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from hashlib import md5
from random import Random
from time import process_time
from typing import Any

from sqlalchemy import Connection, Engine, text

from bench.report import conditions, table
from bench.server_use import ServerUse
from service.store import engine as engines

_PARTS, _SOURCES, _OF_ARTICLE, _AT_ONCE = 16, 200, 30, 50
_ASKED = 300
_TABLES = ("claims_in_one", "claims_in_parts")
Way = Callable[[Connection, str, Random, int], Any]
_COLUMNS = "(id text NOT NULL, article_id text NOT NULL, ordinal int NOT NULL, source text NOT NULL, text text NOT NULL"
_ROWS = """
INSERT INTO {table} SELECT md5(n::text), 'a' || n / {of_article}, n % {of_article}, 's' || n / {of_article} % {sources},
  repeat(md5((n + 1)::text), 6) FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS n
"""


def make(engine: Engine, rows: int) -> None:
    """Make both tables with the same rows."""
    with engine.begin() as connection:
        for name in _TABLES:
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
        connection.execute(text(f"CREATE TABLE {_TABLES[0]} {_COLUMNS}, PRIMARY KEY (id))"))
        keyed = f"CREATE TABLE {_TABLES[1]} {_COLUMNS}, PRIMARY KEY (id, source)) PARTITION BY HASH (source)"
        connection.execute(text(keyed))
        for part in range(_PARTS):
            bounds = f"FOR VALUES WITH (MODULUS {_PARTS}, REMAINDER {part})"
            connection.execute(text(f"CREATE TABLE claims_part_{part} PARTITION OF {_TABLES[1]} {bounds}"))
        for name in _TABLES:
            connection.execute(text(f"CREATE INDEX ON {name} (article_id, ordinal)"))
            connection.execute(text(_insert(name)), {"first": 0, "last": rows - 1})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in _TABLES:
            connection.execute(text(f"VACUUM ANALYZE {name}"))


def _insert(name: str) -> str:
    return _ROWS.format(table=name, of_article=_OF_ARTICLE, sources=_SOURCES)


def measure(engine: Engine, rows: int) -> str:
    """Return what each way of asking and changing costs, in milliseconds of both processes' processor time."""
    ways: dict[str, tuple[int, Way]] = {
        f"{_AT_ONCE} rows by id, as a lookup reads its candidates": (_ASKED, _by_ids),
        "an article's rows, by its id": (_ASKED, partial(_of_article, within="")),
        "an article's rows, its source known": (_ASKED, partial(_of_article, within=" AND source = :source")),
        "20,000 new rows": (1, _more),
        "a source removed, by its articles": (1, _less),
    }
    found = []
    for name, (times, way) in ways.items():
        spent = [_spent(engine, table_name, times, way, rows) for table_name in _TABLES]
        found.append([name, *(f"{one:.2f}" for one in spent), f"{spent[1] / spent[0]:.1f}"])
    return "\n\n".join([table(["ms", "one table", f"{_PARTS} parts", "ratio"], found), conditions(["psycopg"])])


def _spent(engine: Engine, name: str, times: int, way: Way, rows: int) -> float:
    random = Random(3)
    with engine.connect() as connection:
        way(connection, name, random, rows)  # what is set up at first use is no part of it
        connection.rollback()
    server, own = ServerUse(engine), process_time()
    with engine.connect() as connection:
        for _ in range(times):
            way(connection, name, random, rows)
        connection.rollback()
    return (process_time() - own + server.seconds()) / times * 1000


def _by_ids(connection: Connection, name: str, random: Random, rows: int) -> Any:
    ids = [md5(str(random.randrange(rows)).encode()).hexdigest() for _ in range(_AT_ONCE)]
    return connection.execute(text(f"SELECT * FROM {name} WHERE id = ANY(CAST(:ids AS text[]))"), {"ids": ids}).all()


def _of_article(connection: Connection, name: str, random: Random, rows: int, within: str) -> Any:
    number = random.randrange(rows // _OF_ARTICLE)
    asked = text(f"SELECT * FROM {name} WHERE article_id = :article{within} ORDER BY ordinal")
    given = {"article": f"a{number}"} | ({"source": f"s{number % _SOURCES}"} if within else {})
    return connection.execute(asked, given).all()


def _more(connection: Connection, name: str, _random: Random, rows: int) -> Any:
    return connection.execute(text(_insert(name)), {"first": rows, "last": rows + 19_999})


def _less(connection: Connection, name: str, _random: Random, rows: int) -> Any:
    articles = [f"a{number}" for number in range(7, rows // _OF_ARTICLE, _SOURCES)]
    removed = text(f"DELETE FROM {name} WHERE article_id = ANY(CAST(:articles AS text[])) AND source = 's7'")
    return connection.execute(removed, {"articles": articles})


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.partitions", description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("--database", required=True, help="the URL of a PostgreSQL database on this machine")
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    engine = engines.create(given.database)
    make(engine, given.rows)
    print(measure(engine, given.rows))
    with engine.begin() as connection:
        for name in _TABLES:
            connection.execute(text(f"DROP TABLE {name}"))
    engine.dispose()


if __name__ == "__main__":
    main()
