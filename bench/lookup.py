"""How much a claim lookup costs in a large corpus, and how large its index is.

The claims are made up: words of two characters (some of one or three) whose frequencies fall by Zipf's law, as those of
a language do, names that a tenth of the claims share among them, and figures with units. Sentences are looked up that
reword a claim in the other script, that name somebody with a figure, that are made of the commonest words alone, and
that no claim is about. Times are processor time.

    python -m bench.lookup [--claims N] [--write]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final

from sqlalchemy import Engine, text
from sqlmodel import Session

from bench.report import conditions, table, write_section
from service.query.lookup import lookup
from service.query.lookup.candidates import MOST
from service.query.lookup.question import understand
from service.query.lookup.retrieval import nearest, weights
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
_WORDS: Final = 60_000
_NAMES: Final = 2_000
_QUERIES: Final = 100  # of each kind
_SEED: Final = 7
_UNITS: Final = (("W", "GW", 1e9), ("USD", "億美元", 1e8), ("count", "台", 1.0), ("%", "%", 1.0), ("m", "公里", 1e3))
_NOTE = """\
{claims:,} made-up claims of {length:.0f} characters in {articles:,} articles, SQLite. "finding" reads the index
(`weights`, `nearest`); "lookup" is all of it: the sentence understood, its candidates judged and the answer filled."""


class _Speech:
    """Makes up words, names and sentences, the same for the same seed."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._characters = [
            bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)
        ]
        lengths = chance.choices((1, 2, 3), (8, 80, 12), k=_WORDS)
        self.words = list(dict.fromkeys("".join(chance.choices(self._characters, k=length)) for length in lengths))
        self._worth = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.names = ["".join(chance.choices(self._characters, k=4)) + "公司" for _ in range(_NAMES)]
        self._named = list(accumulate(1 / (rank + 1) for rank in range(_NAMES)))

    def said(self, number: int) -> list[str]:
        """Return some words, the common ones more often."""
        return self.chance.choices(self.words, cum_weights=self._worth, k=number)

    def name(self) -> str:
        """Return a name, some being named far more often."""
        return self.chance.choices(self.names, cum_weights=self._named)[0]

    def figure(self) -> tuple[str, str, float]:
        """Return a figure as it is written, its unit and its value."""
        unit, written, factor = self.chance.choice(_UNITS)
        value = self.chance.choice((1, 2, 3, 5, 8, 12, 30, 45, 110, 330, 1200))
        return f"{value} {written}", unit, value * factor


def _article(speech: _Speech, number: int) -> dict[str, list[Row]]:
    """Return the rows of an article of made-up claims."""
    identifier, at, parts = f"{number:016x}", 0, list[str]()
    rows: dict[str, list[Row]] = {"claim": [], "figure": []}
    for ordinal in range(_OF_ARTICLE):
        words = speech.said(speech.chance.randint(12, 24))
        if speech.chance.random() < 0.1:
            words.insert(0, speech.name())
        claim = f"{number:08x}{ordinal:08x}"
        if speech.chance.random() < 0.3:
            written, unit, value = speech.figure()
            start = at + len("".join(words))
            words.append(written)
            rows["figure"].append(_figure(identifier, claim, ordinal, written, start, unit, value))
        said = "".join(words) + "。"
        rows["claim"].append(_claim(identifier, claim, ordinal, said, at))
        parts.append(said)
        at += len(said)
    body = "".join(parts)
    rows["article"] = [_head(identifier, speech.said(4), body)]
    return rows


def _head(identifier: str, title: Sequence[str], body: str) -> Row:
    values: Row = {column.name: None for column in TABLES["article"].columns}
    given = {
        "id": identifier,
        "source": "made-up",
        "path": f"{identifier}.md",
        "content_hash": "",
        "dialect": "markdown",
    }
    lists: Row = {key: [] for key in ("tags", "categories", "authors", "aliases", "problems", "anchors", "fixed")}
    told = {"title": "".join(title), "text": body, "folded": body, "script": "Hans", "draft": False, "extra": {}}
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
        for number in range(claims // _OF_ARTICLE):
            rows = _article(speech, number)
            for name in ("article", "claim", "figure"):
                if rows[name]:
                    insert_rows(session, TABLES[name], rows[name])


def sentences(speech: _Speech, engine: Engine) -> Iterator[tuple[str, list[str]]]:
    """Yield the kinds of sentences that are looked up."""
    with Session(engine) as session:
        some = session.execute(text("SELECT text FROM claim ORDER BY number LIMIT :most"), {"most": _QUERIES}).scalars()
        yield "reworded, in the other script", [render(_reworded(speech, one), "zh-Hant") for one in some]
    yield (
        "a name and a figure",
        [f"{speech.name()}{''.join(speech.said(4))}{speech.figure()[0]}" for _ in range(_QUERIES)],
    )
    yield "common words only", ["".join(speech.chance.sample(speech.words[:200], 6)) for _ in range(_QUERIES)]
    yield "about nothing", ["".join(speech.chance.sample(speech.words[-9000:], 5)) for _ in range(_QUERIES)]


def _reworded(speech: _Speech, said: str) -> str:
    half = len(said) // 2
    return said[half:].rstrip("。") + "".join(speech.said(3)) + said[: half - 2]


def _at(spent: Sequence[float], share: float) -> str:
    return f"{spent[min(int(len(spent) * share), len(spent) - 1)]:.1f}"


def measure(claims: int, folder: Path) -> str:
    """Return the report over as many claims, kept in `folder` while it runs."""
    engine = create(f"sqlite:///{folder}/claims.db")
    migrate(engine)
    speech = _Speech(Random(_SEED))
    fill(engine, speech, claims)
    before = _pages(engine)
    start = process_time()
    with writing(engine) as session:
        reindex_claims(session)
    took = process_time() - start
    size = (_pages(engine) - before) / claims
    rows, everything = [], list[list[list[float]]]()
    with Session(engine) as session:
        length = session.execute(text("SELECT avg(length(text)) FROM claim")).scalar_one()
        for name, asked in sentences(speech, engine):
            lookup(session, asked[0])  # what is set up at first use is no part of it
            spent = [sorted(run(session, one) * 1000 for one in asked) for run in (_found, _looked_up)]
            everything.append(spent)
            rows.append([name, *(_at(side, share) for side in spent for share in (0.5, 0.99))])
    sides = [sorted(value for spent in everything for value in spent[side]) for side in (0, 1)]
    rows.append(["**all**", *(_at(side, share) for side in sides for share in (0.5, 0.99))])
    engine.dispose()
    head = ["ms of processor time", "finding p50", "finding p99", "lookup p50", "lookup p99"]
    note = _NOTE.format(claims=claims, length=length, articles=claims // _OF_ARTICLE)
    index = f"The index is {size:.0f} bytes a claim; building it anew took {took / claims * 1e6:.0f} µs a claim."
    return f"{note}\n\n{table(head, rows)}\n\n{index}\n\n{conditions(('SQLAlchemy',))}"


def _found(session: Session, asked: str) -> float:
    """Return the seconds that finding candidates takes; understanding the sentence is not counted."""
    question = understand(session, asked)
    start = process_time()
    nearest(session, weights(session, question.concepts), question.amounts, MOST)
    return process_time() - start


def _looked_up(session: Session, asked: str) -> float:
    start = process_time()
    lookup(session, asked)
    return process_time() - start


def _pages(engine: Engine) -> int:
    """Return the bytes of the pages in use."""
    with engine.connect() as connection:
        used = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "freelist_count")]
        return int((used[0] - used[1]) * connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def run(_folders: Sequence[Path], rounds: int) -> str:
    """Return the report over a small corpus (`rounds` is not used: each sentence is another)."""
    del rounds
    with TemporaryDirectory() as folder:
        return measure(SMALL, Path(folder))


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.lookup", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--claims", type=int, default=SMALL, help=f"the figures of record are of {LARGE}")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        report = measure(given.claims, Path(folder))
    print(report)
    if given.write:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
