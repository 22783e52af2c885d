"""What posts cost as the corpus grows: pieces of as many posts, each on top of a larger corpus, step by step.

    python -m bench.growth [--on 0 1000 10000 99000] [--posts 1000] [--from FOLDER] [--database URL] [--write]

Posts are grown ones (`bench.growing`), all from one run, so that topics and names come again in every piece. Those that
lie between two pieces are stored with what was made with them: nothing is read or mined, so that a hundred thousand
take minutes and not hours. Their names are resolved, as those of all, before a piece is measured. With ``--from`` they
are the real posts in a folder, in an order that is always the same, and all are read and mined. With ``--database`` the
pieces come on top of what is there: a run may be made in several goes, and a corpus of another kind added to.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import NamedTuple
from unittest.mock import patch

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bench.as_made import made_of, sources, store
from bench.growing import Grown, grown
from bench.ingestion import bare, clocked, texts
from bench.plot import draw
from bench.report import RESULTS, conditions, table, write_section
from service import mining
from service.ingest import ingest
from service.model import Dialect, Site, Source
from service.query.columns import ARTICLE
from service.store import engine as engines

TITLE = "Ingestion as the corpus grows"
PICTURE = RESULTS.with_name("growth_ingestion.svg")
_MOST = 100_000  # posts of the run that pieces are cut from: as many topics come in it
ON = (0, 1_000, 10_000, 99_000)  # posts that there are before a piece
_FEW = 10  # posts that warm up, or settle what was stored before a piece
_STORED_AT_ONCE = 1_000
_REAL = (0, 1_000, 6_500)  # of real posts
_NOTE = """\
Processor time of one process on SQLite for pieces of {posts:,} new posts each, one ingestion a piece, in multiples of
`MarkdownIt().parse` of the same texts, which is measured with each piece: {bare:.2f} ms a post. {between}"""
_MADE = "The posts are\ngenerated; those between the pieces are stored with what was made with them, not mined."
_MINED = "The posts\nare real ones of several sites, shuffled; all are mined."


class Piece(NamedTuple):
    """One piece: how many posts there were before, and the time of each step in multiples of the bare parse."""

    before: int
    steps: dict[str, float]
    whole: float
    bare: float  # milliseconds a post


def measure(engine: Engine, on: Sequence[int], posts: int, folder: Path | None = None) -> list[Piece]:
    """Take a piece of so many posts in on top of each of these numbers of posts, and return what each cost.

    Where more are there already, a piece comes on top of these.
    """
    stored = _stored(engine, _site().name)
    real = islice(_real(folder), stored, None) if folder else iter(())
    made = islice(grown(_MOST), stored, None)
    found = []
    for number in on:
        missing = number - _stored(engine)
        if missing > _FEW and folder:
            ingest(engine, _site(), [*islice(real, missing)])
        elif missing > _FEW:
            _store(engine, islice(made, missing - _FEW))
            ingest(engine, _site(), sources([*islice(made, _FEW)]))  # pairs what was stored, where nothing was before
        found.append(_piece(engine, [*islice(real, posts)] if folder else sources([*islice(made, posts)])))
    return found


def _real(folder: Path) -> Iterator[Source]:
    for number, text in enumerate(texts(folder, _MOST)):
        yield Source(f"real/{number:06}.md", text)


def _store(engine: Engine, posts: Iterator[Grown]) -> None:
    """Store posts with what was made with them."""
    while some := [*islice(posts, _STORED_AT_ONCE)]:
        store(engine, made_of(_site(), some))


def _piece(engine: Engine, posts: Sequence[Source]) -> Piece:
    before, alone = _stored(engine), bare([post.text for post in posts])
    with clocked() as steps, patch.object(mining, "processes", lambda: 0):
        start = process_time()
        report = ingest(engine, _site(), posts)
        spent = process_time() - start
    if report.added != len(posts):
        raise RuntimeError(f"{report.added} of {len(posts)} posts went in: {report.errors[:3]}")
    return Piece(before, {step: took / alone for step, took in steps.items()}, spent / alone, 1000 * alone / len(posts))


def _site() -> Site:
    return Site("growth", Dialect.HUGO, base_url="https://growth.example/")


def _stored(engine: Engine, source: str | None = None) -> int:
    statement = select(func.count()).select_from(ARTICLE)
    if source is not None:
        statement = statement.where(ARTICLE.c.source == source)
    with Session(engine) as session:
        return session.execute(statement).scalar_one()


def told(found: Sequence[Piece], posts: int, between: str = _MADE) -> str:
    """Return the pieces as Markdown, with how much more the last one cost than the first."""
    head = ["step", *(f"on {piece.before:,}" for piece in found), "last beside first"]
    rows = [_row(step, [piece.steps[step] for piece in found]) for step in found[0].steps]
    rows.append(_row("**everything**", [piece.whole for piece in found]))
    note = _NOTE.format(posts=posts, bare=sum(piece.bare for piece in found) / len(found), between=between)
    return "\n\n".join([note, table(head, rows)])


def _row(step: str, values: Sequence[float]) -> list[str]:
    ratio = f"{values[-1] / values[0]:.2f} x" if values[0] else "–"
    return [step, *(f"{value:.2f}" for value in values), ratio]


def run(
    on: Sequence[int],
    posts: int,
    database: str | None = None,
    picture: Path | None = None,
    folder: Path | None = None,
) -> str:
    """Return the report as Markdown, and draw how each step's time grows where a picture is asked for."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = engines.create(database or f"sqlite:///{scratch}/growth.db")
        engines.migrate(engine)
        _warm(Path(scratch))
        found = measure(engine, on, posts, folder)
        engine.dispose()
    used = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    parts = [told(found, posts, _MINED if folder else _MADE), f"Memory at its most: {used:.0f} MB."]
    if picture and len(found) > 1:
        _draw(picture, found, posts)
        parts.append(f"![time by the number of posts]({picture.name})")
    return "\n\n".join([*parts, conditions(("markdown-it-py", "SQLAlchemy"))])


def _warm(scratch: Path) -> None:
    """Take a few posts in elsewhere: what is set up at first use is no part of the first piece."""
    engine = engines.create(f"sqlite:///{scratch}/warm.db")
    engines.migrate(engine)
    ingest(engine, _site(), sources([*grown(_FEW, seed=2)]))
    engine.dispose()


def _draw(picture: Path, found: Sequence[Piece], posts: int) -> None:
    lines = {"everything": [(piece.before + posts, piece.whole) for piece in found]}
    for step in found[0].steps:
        points = [(piece.before + posts, piece.steps[step]) for piece in found]
        if min(value for _, value in points) > 0.05:  # of a bare parse: what is less is no line to see
            lines[step] = points
    draw(picture, "Time of a post in bare parses, by the number of posts", lines)


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--on", nargs="*", type=int, help="how many posts there are before a piece")
    parser.add_argument("--posts", type=int, help="of a piece")
    parser.add_argument("--from", dest="folder", type=Path, help="a folder of sites with real posts")
    parser.add_argument("--database", help="the URL of a database, empty or with a corpus")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    on, posts = given.on or (_REAL if given.folder else ON), given.posts or (500 if given.folder else 1000)
    picture = PICTURE if given.write and not given.folder else None
    report = run(on, posts, given.database, picture, given.folder)
    print(report)
    if given.write:
        write_section(f"{TITLE}, real posts" if given.folder else TITLE, report)


if __name__ == "__main__":
    main()
