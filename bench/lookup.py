"""How much a claim lookup costs in a large corpus, and how large its index is.

The claims are made up: words of two characters (some of one or three) whose frequencies fall by Zipf's law, as those of
a language do and as those of the characters they are made of do, alone and in phrases, with words of grammar between,
names that a tenth of the claims share among them, and figures with units; half of the articles are in either script.
Sentences are looked up that are a claim's own, that reword one in the other script, that name somebody with a figure,
that are made of the commonest words alone, and that no claim is about. Times are processor time.

Beside it some sentences are looked up exhaustively: every list is read to its end, and a thousand claims are judged.
What the ten best of that are is what a lookup that leaves nothing out would show; how many of them ours shows is told.

    python -m bench.lookup [--claims N] [--database URL] [--write]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final, NamedTuple

from sqlalchemy import Engine, text
from sqlmodel import Session

from bench.report import conditions, table, write_section
from service.query.lookup import candidates, lookup, retrieval
from service.query.lookup.candidates import LOOKED
from service.query.lookup.holders import Holders
from service.query.lookup.question import understand
from service.query.lookup.retrieval import nearest, sought_terms, weights
from service.script import fold, render
from service.store.bulk import insert_rows
from service.store.claim_index import reindex_claims
from service.store.engine import create, migrate, writing
from service.store.ids import claim_number
from service.store.tables import TABLES
from service.store.values import Row

TITLE = "Looking claims up"
SMALL, LARGE = 20_000, 500_000
_OF_ARTICLE: Final = 25  # claims
_AT_ONCE: Final = 40  # articles
_WORDS: Final = 60_000
_PHRASES: Final = 40_000
_IN_PHRASE: Final = 0.6  # of the words
_JOINED: Final = 0.7
_JOINING: Final = ("的", "的", "的", "了", "由", "于", "与", "把", "被", "很", "是", "在", "和")
_NAMES: Final = 2_000
_QUERIES: Final = 100  # of each kind
_EXHAUSTIVELY: Final = 8  # of these
_SHOWN: Final = 10
_WITHOUT_END: Final = 1 << 40
_SEED: Final = 7
_UNITS: Final = (("W", "GW", 1e9), ("USD", "億美元", 1e8), ("count", "台", 1.0), ("%", "%", 1.0), ("m", "公里", 1e3))
_NOTE = """\
{claims:,} made-up claims of {length:.0f} characters in {articles:,} articles, {database}. "finding" reads the index
(`weights`, `nearest`); "lookup" is all of it: the sentence understood, its candidates judged and the answer filled.
"of the best" is how many of the {shown} claims an exhaustive lookup shows first ours shows, over {asked} sentences."""


class _Speech:
    """Makes up words, names and sentences, the same for the same seed."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        characters = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
        chance.shuffle(characters)
        worth = list(accumulate(1 / (rank + 60) for rank in range(len(characters))))
        lengths = chance.choices((1, 2, 3), (8, 80, 12), k=_WORDS)
        made = ("".join(chance.choices(characters, cum_weights=worth, k=length)) for length in lengths)
        self.words = list(dict.fromkeys(made))
        self._worth = list(accumulate(1 / (rank + 20) for rank in range(_WORDS)))
        pairs = zip(*(self._drawn(self.words, _PHRASES) for _ in range(2)), strict=True)
        self._phrases = list(dict.fromkeys(map("".join, pairs)))  # words that often stand together
        self.names = ["".join(chance.choices(characters, cum_weights=worth, k=4)) + "公司" for _ in range(_NAMES)]
        self._named = list(accumulate(1 / (rank + 1) for rank in range(_NAMES)))
        both = [*self.words, *self._phrases, *self.names]
        self._traditional = dict(zip(both, render("\n".join(both), "zh-Hant").split("\n"), strict=True))

    def _drawn(self, some: Sequence[str], number: int) -> list[str]:
        return self.chance.choices(some, cum_weights=self._worth[: len(some)], k=number)

    def said(self, number: int) -> list[str]:
        """Return some words, the common ones more often: by themselves, in phrases, and with what joins them."""
        found = []
        for word, phrase in zip(self._drawn(self.words, number), self._drawn(self._phrases, number), strict=True):
            found.append(phrase if self.chance.random() < _IN_PHRASE else word)
            if self.chance.random() < _JOINED:
                found.append(self.chance.choice(_JOINING))
        return found

    def in_script(self, words: Sequence[str], *, traditional: bool) -> str:
        """Return words and names as a text."""
        return "".join(self._traditional.get(word, word) if traditional else word for word in words)

    def name(self) -> str:
        """Return a name, some being named far more often."""
        return self.chance.choices(self.names, cum_weights=self._named)[0]

    def figure(self) -> tuple[str, str, float]:
        """Return a figure as it is written, its unit and its value."""
        unit, written, factor = self.chance.choice(_UNITS)
        value = self.chance.choice((1, 2, 3, 5, 8, 12, 30, 45, 110, 330, 1200))
        return f"{value} {written}", unit, value * factor


def _article(speech: _Speech, number: int) -> dict[str, list[Row]]:
    """Return the rows of an article of made-up claims, every other one in Traditional characters."""
    identifier, at, parts = f"{number:016x}", 0, list[str]()
    rows: dict[str, list[Row]] = {"claim": [], "figure": []}
    for ordinal in range(_OF_ARTICLE):
        words = speech.said(speech.chance.randint(6, 14))
        if speech.chance.random() < 0.1:
            words.insert(0, speech.name())
        claim, said = f"{number:08x}{ordinal:08x}", speech.in_script(words, traditional=number % 2 == 1)
        if speech.chance.random() < 0.3:
            written, unit, value = speech.figure()
            rows["figure"].append(_figure(identifier, claim, ordinal, written, at + len(said), unit, value))
            said += written
        rows["claim"].append(_claim(identifier, claim, ordinal, said + "。", at))
        parts.append(said + "。")
        at += len(said) + 1
    body = "".join(parts)
    rows["article"] = [_head(identifier, speech.in_script(speech.said(4), traditional=number % 2 == 1), body)]
    return rows


def _head(identifier: str, title: str, body: str) -> Row:
    values: Row = {column.name: None for column in TABLES["article"].columns}
    given = {
        "id": identifier,
        "source": "made-up",
        "path": f"{identifier}.md",
        "content_hash": "",
        "dialect": "markdown",
    }
    lists: Row = {key: [] for key in ("tags", "categories", "authors", "aliases", "problems", "anchors", "fixed")}
    told = {"title": title, "text": body, "folded": fold(body), "script": "Hans", "draft": False, "extra": {}}
    return values | lists | given | told


def _claim(article: str, identifier: str, ordinal: int, said: str, start: int) -> Row:
    values: Row = {column.name: None for column in TABLES["claim"].columns}
    place = {"line": ordinal, "start": start, "end": start + len(said), "ordinal": ordinal, "kind": "statement"}
    told = {"text": said, "folded": fold(said), "quote": False, "negated": False, "number": claim_number(identifier)}
    return values | {"id": identifier, "article_id": article} | place | told


def _figure(article: str, claim: str, ordinal: int, written: str, start: int, unit: str, value: float) -> Row:
    values: Row = {column.name: None for column in TABLES["figure"].columns}
    place = {"line": ordinal, "start": start, "end": start + len(written), "ordinal": ordinal, "text": written}
    told = {"low": value, "high": value, "low_exact": f"{value:g}", "high_exact": f"{value:g}", "unit": unit}
    return values | {"id": f"{claim}f", "article_id": article, "claim_id": claim, "approx": "exact"} | place | told


def fill(engine: Engine, speech: _Speech, claims: int) -> None:
    """Store as many made-up claims, without their index."""
    with writing(engine) as session:
        session.execute(TABLES["source"].insert(), {"name": "made-up", "kind": "markdown"})
        for first in range(0, claims // _OF_ARTICLE, _AT_ONCE):
            made = [_article(speech, number) for number in range(first, min(first + _AT_ONCE, claims // _OF_ARTICLE))]
            for name in ("article", "claim", "figure"):
                insert_rows(session, TABLES[name], [row for rows in made for row in rows[name]])


def sentences(speech: _Speech, engine: Engine) -> Iterator[tuple[str, list[str]]]:
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


def _reworded(speech: _Speech, said: str) -> str:
    half = len(said) // 2
    words = said[half:].rstrip("。") + "".join(speech.said(3)) + said[: half - 2]
    return render(words, "zh-Hant") if fold(said) == said else fold(words)


def _at(spent: Sequence[float], share: float) -> str:
    return f"{spent[min(int(len(spent) * share), len(spent) - 1)]:.1f}"


def measure(engine: Engine, claims: int) -> str:
    """Return the report over as many claims, which are made up where the database has none."""
    migrate(engine)
    speech = _Speech(Random(_SEED))
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
        articles=claims // _OF_ARTICLE,
        database=_DATABASES[engine.dialect.name],
        shown=_SHOWN,
        asked=_EXHAUSTIVELY,
    )
    head = ["ms of processor time", *times]
    index = f"The index is {size:.0f} bytes a claim."
    if took:
        index += f" Building it anew took {took / claims * 1e6:.0f} µs a claim."
    return f"{note}\n\n{table(head, rows)}\n\n{index}\n\n{conditions(('SQLAlchemy',))}"


def _indexed(engine: Engine) -> float:
    """Build the index where there is none, and return the seconds that took."""
    with Session(engine) as session:
        if session.execute(text("SELECT count(*) FROM (SELECT 1 FROM claim_posting LIMIT 1) AS one")).scalar_one():
            return 0.0
    start = process_time()
    with writing(engine) as session:
        reindex_claims(session)
    return process_time() - start


def _rows(session: Session, speech: _Speech, engine: Engine) -> list[list[str]]:
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
    limits += [(candidates, name, 1000) for name in ("LOOKED", "MOST", "JUDGED")]
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
    return _measured(None, SMALL)


def _measured(database: str | None, claims: int) -> str:
    with TemporaryDirectory() as folder:
        engine = create(database or f"sqlite:///{folder}/claims.db")
        try:
            return measure(engine, claims)
        finally:
            engine.dispose()


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.lookup", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--claims", type=int, default=SMALL, help=f"the figures of record are of {LARGE}")
    parser.add_argument("--database", help="URL of an empty database, or one that was filled so; default: a new one")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    report = _measured(given.database, given.claims)
    print(report)
    if given.write:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
