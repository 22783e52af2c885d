"""How much a claim lookup costs in a large corpus, and how large its index is.

The claims are those of `made_up_claims`. Sentences are looked up that are a claim's own, that reword one in the other
script, that name somebody with a figure, that are made of the commonest words alone, and that no claim is about. Times
are processor time.

Beside it some sentences are looked up exhaustively: every list is read to its end, and a thousand claims are judged.
What the ten best of that are is what a lookup that leaves nothing out would show; how many of them ours shows is told.

The same is measured on a PostgreSQL of its own, in a smaller corpus: there the time is that of the service alone, and
most of it goes into asking and being answered. Garbage is left alone as a service leaves it (`service.api.startup`).

    python -m bench.lookup [--claims N] [--postgresql N] [--database URL] [--write]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final, NamedTuple

from sqlalchemy import Engine, text
from sqlmodel import Session

from bench.made_up_claims import OF_ARTICLE, Speech, fill
from bench.report import conditions, table, write_section
from service.api.startup import settle
from service.query.lookup import candidates, lookup, retrieval
from service.query.lookup.candidates import LOOKED
from service.query.lookup.holders import Holders
from service.query.lookup.question import understand
from service.query.lookup.retrieval import nearest, sought_terms, weights
from service.script import fold, render
from service.store.claim_index import reindex_claims
from service.store.engine import create, migrate, writing
from tests.postgres import NoPostgresError, running

TITLE = "Looking claims up"
SMALL, LARGE = 20_000, 500_000
_QUERIES: Final = 100  # of each kind
_EXHAUSTIVELY: Final = 8  # of these
_SHOWN: Final = 10
_WITHOUT_END: Final = 1 << 40
_SEED: Final = 7
_NOTE = """\
{claims:,} made-up claims of {length:.0f} characters in {articles:,} articles, {database}. "finding" reads the index
(`weights`, `nearest`); "lookup" is all of it: the sentence understood, its candidates judged and the answer filled.
"of the best" is how many of the {shown} claims an exhaustive lookup shows first ours shows, over {asked} sentences."""


def sentences(speech: Speech, engine: Engine) -> Iterator[tuple[str, list[str]]]:
    """Yield the kinds of sentences that are looked up."""
    with Session(engine) as session:
        statement = text("SELECT text FROM claim ORDER BY number LIMIT :most")
        some = list(session.execute(statement, {"most": 2 * _QUERIES}).scalars())
    yield "a claim's own", some[_QUERIES:]
    yield "reworded, in the other script", [_reworded(speech, one) for one in some[:_QUERIES]]
    yield (
        "a name and a figure",
        [f"{speech.name()}{''.join(speech.said(4))}{speech.figure()[0]}" for _ in range(_QUERIES)],
    )
    yield "common words only", ["".join(speech.chance.sample(speech.words[:200], 6)) for _ in range(_QUERIES)]
    yield "about nothing", ["".join(speech.chance.sample(speech.words[-9000:], 5)) for _ in range(_QUERIES)]


def _reworded(speech: Speech, said: str) -> str:
    half = len(said) // 2
    words = said[half:].rstrip("。") + "".join(speech.said(3)) + said[: half - 2]
    return render(words, "zh-Hant") if fold(said) == said else fold(words)


def _at(spent: Sequence[float], share: float) -> str:
    return f"{spent[min(int(len(spent) * share), len(spent) - 1)]:.1f}"


def measure(engine: Engine, claims: int) -> str:
    """Return the report over as many claims, which are made up where the database has none."""
    migrate(engine)
    settle()
    speech = Speech(Random(_SEED))
    with Session(engine) as session:
        there = session.execute(text("SELECT count(*) FROM (SELECT 1 FROM claim LIMIT 1) AS one")).scalar_one()
    if not there:
        fill(engine, speech, claims)
    took = _indexed(engine)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")  # as its own daemon does sooner or later
    with Session(engine) as session:
        length = session.execute(text("SELECT avg(length(text)) FROM claim")).scalar_one()
        rows = _rows(session, speech, engine)
        size = _size(session) / claims
    times = ("finding p50", "finding p99", "lookup p50", "lookup p99", "exhaustively p50", "of the best")
    note = _NOTE.format(
        claims=claims,
        length=length,
        articles=claims // OF_ARTICLE,
        database=_DATABASES[engine.dialect.name],
        shown=_SHOWN,
        asked=_EXHAUSTIVELY,
    )
    head = ["ms of processor time", *times]
    index = f"The index is {size:.0f} bytes a claim."
    if took:
        index += f" Building it anew took {took / claims * 1e6:.0f} µs a claim."
    return f"{note}\n\n{table(head, rows)}\n\n{index}"


def _indexed(engine: Engine) -> float:
    """Build the index where there is none, and return the seconds that took."""
    with Session(engine) as session:
        if session.execute(text("SELECT count(*) FROM (SELECT 1 FROM claim_posting LIMIT 1) AS one")).scalar_one():
            return 0.0
    start = process_time()
    with writing(engine) as session:
        reindex_claims(session)
    return process_time() - start


def _rows(session: Session, speech: Speech, engine: Engine) -> list[list[str]]:
    rows, everything = [], list[list[list[float]]]()
    for name, asked in sentences(speech, engine):
        lookup(session, asked[0])  # what is set up at first use is no part of it
        spent = [sorted(_spent(run, session, one) for one in asked) for run in (_found, _looked_up)]
        everything.append(spent)
        compared = [_exhaustively(session, one) for one in asked[:_EXHAUSTIVELY]]
        best, kept = sum(one.best for one in compared), sum(one.kept for one in compared)
        rows.append([name, *_quantiles(spent), _at(sorted(one.spent for one in compared), 0.5), f"{kept} of {best}"])
    sides = [sorted(value for spent in everything for value in spent[side]) for side in (0, 1)]
    return [*rows, ["**all**", *_quantiles(sides), "", ""]]


def _quantiles(sides: Sequence[Sequence[float]]) -> list[str]:
    return [_at(side, share) for side in sides for share in (0.5, 0.99)]


class _Compared(NamedTuple):
    """An exhaustive lookup: milliseconds, how many claims it shows first, and how many of these ours shows."""

    spent: float
    best: int
    kept: int


def _exhaustively(session: Session, asked: str) -> _Compared:
    ours = {match.claim.id for match in lookup(session, asked, _SHOWN).matches}
    with _without_limits():
        start = process_time()
        best = {match.claim.id for match in lookup(session, asked, _SHOWN).matches}
        spent = 1000 * (process_time() - start)
    return _Compared(spent, len(best), len(best & ours))


@contextmanager
def _without_limits() -> Iterator[None]:
    """Let a lookup read every list to its end, and judge a thousand claims."""
    limits = [(retrieval, name, _WITHOUT_END) for name in ("_READ", "_KNOWN")]
    limits += [(candidates, name, 1000) for name in ("LOOKED", "MOST", "_JUDGED", "JUDGED")]
    before = [(module, name, getattr(module, name)) for module, name, _ in limits]
    for module, name, limit in limits:
        setattr(module, name, limit)
    try:
        yield
    finally:
        for module, name, limit in before:
            setattr(module, name, limit)


def _spent(run: Callable[[Session, str], float], session: Session, asked: str) -> float:
    """Return the milliseconds of the best of three runs: what else the machine does is no part of it."""
    return 1000 * min(run(session, asked) for _ in range(3))


def _found(session: Session, asked: str) -> float:
    """Return the seconds that finding candidates takes; understanding the sentence is not counted."""
    question = understand(session, asked)
    start = process_time()
    holders = Holders(session, sought_terms(question.concepts, question.amounts, question.clauses.folded))
    nearest(holders, weights(holders, question.concepts), question.amounts, question.clauses.folded, LOOKED)
    return process_time() - start


def _looked_up(session: Session, asked: str) -> float:
    start = process_time()
    lookup(session, asked)
    return process_time() - start


_DATABASES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL (the time is the service's own)"}


def _size(session: Session) -> int:
    """Return the bytes of the index: its entries, and the numbers of the claims by which they are found."""
    if session.connection().dialect.name == "postgresql":
        statement = "SELECT pg_total_relation_size('claim_posting') + pg_relation_size('ix_claim_number')"
    else:
        statement = "SELECT sum(pgsize) FROM dbstat WHERE name IN ('claim_posting', 'ix_claim_number')"
    return int(session.execute(text(statement)).scalar_one())


def run(_folders: Sequence[Path], rounds: int) -> str:
    """Return the report over a small corpus (`rounds` is not used: each sentence is another)."""
    del rounds
    return _under_conditions(_measured(None, SMALL))


def _measured(database: str | None, claims: int) -> str:
    with TemporaryDirectory() as folder:
        engine = create(database or f"sqlite:///{folder}/claims.db")
        try:
            return measure(engine, claims)
        finally:
            engine.dispose()


def _on_postgresql(claims: int) -> str:
    """Return the report over as many claims in a PostgreSQL that is started for it."""
    try:
        with running() as server:
            return _measured(server.url("postgres"), claims)
    except NoPostgresError as error:
        return f"PostgreSQL was not measured: {error}"


def _under_conditions(report: str) -> str:
    return f"{report}\n\n{conditions(('SQLAlchemy',))}"


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.lookup", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--claims", type=int, default=SMALL, help=f"the figures of record are of {LARGE}")
    parser.add_argument("--postgresql", type=int, default=SMALL, help="claims of the second report; 0 leaves it out")
    parser.add_argument("--database", help="URL of an empty database, or one that was filled so; default: a new one")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    report = _measured(given.database, given.claims)
    if given.postgresql:
        report += f"\n\n### PostgreSQL\n\n{_on_postgresql(given.postgresql)}"
    report = _under_conditions(report)
    print(report)
    if given.write:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
