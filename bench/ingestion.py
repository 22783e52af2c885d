"""What ingestion costs, in multiples of the bare parse of its texts: every step, two processes, growth and memory.

Bare is ``MarkdownIt().parse`` of the files' texts in the same run. Posts are real ones of a folder, in an order that is
always the same, or grown ones (`bench.growing`). They are written to a folder and found there, as those of a site are.

    python -m bench.ingestion [--posts 10000] [--from FOLDER] [--write]

It ingests a tenth of the posts, then all of them, then all again unchanged, then all in two processes: once where these
have to be started first, and once more, where what they are forked from is there.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from itertools import islice
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter, process_time
from typing import Any, NamedTuple
from unittest.mock import patch

from markdown_it import MarkdownIt

from bench.growing import grown
from bench.report import conditions, table, write_section
from service import ingest as ingestion
from service import mining
from service.content import find, find_sources
from service.ingest import Report, ingest
from service.model import Dialect, Site, Source
from service.store import engine as engines
from service.workers import pool, started

TITLE = "Ingestion"
_SITE = Site("bench", Dialect.HUGO, base_url="https://bench.example/")
_MOST_FILES, _MOST_BYTES = 1_000_000, 50_000_000
_STEPS = {
    "hash": "content_hash",
    "reading": "read",
    "extraction": "extract",
    "making rows": "entry",
    "writing rows": "save",
    "indexes": "settle",
    "resolving": "resolve_corpus",
    "pairing": "pair_on",
}
_NOTE = """\
Processor time of one process on SQLite, in multiples of `MarkdownIt().parse` of the same texts ({bare:.2f} ms a post).
The last line is the whole of an ingestion, files found and all. Two processes mine, and judge pairs, while a third
writes: the work that is left to the one that writes bounds what they gain, whatever else the machine does meanwhile.
What they are forked from loads the lexicons once, which takes seconds however few posts there are."""


class Run(NamedTuple):
    """One ingestion: seconds of processor time of this process and of those it started, seconds by the clock."""

    report: Report
    own: float
    others: float
    elapsed: float
    steps: dict[str, float]

    @property
    def spent(self) -> float:
        """Seconds of processor time of all processes."""
        return self.own + self.others


def texts(folder: Path | None, number: int, seed: int = 1) -> Iterator[str]:
    """Yield the texts of so many posts: those in a folder, or of as many as it holds, else grown ones."""
    if folder is None:
        yield from (post.markdown for post in grown(number, seed))
        return
    found = [
        post.text
        for _, top in find_sources(folder)
        for post in find(top, max_files=_MOST_FILES, max_bytes=_MOST_BYTES)
        if isinstance(post, Source)
    ]
    found.sort()
    Random(seed).shuffle(found)
    yield from islice(found, number)


def bare(posts: Sequence[str]) -> float:
    """Return the seconds of a bare parse of all texts."""
    parser = MarkdownIt()
    start = process_time()
    for post in posts:
        parser.parse(post)
    return process_time() - start


@contextmanager
def clocked() -> Iterator[dict[str, float]]:
    """Count the seconds of each step while it lasts."""
    steps = dict.fromkeys(_STEPS, 0.0)

    def clock(step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def counted(*given: Any, **named: Any) -> Any:
            start = process_time()
            try:
                return function(*given, **named)
            finally:
                steps[step] += process_time() - start

        return counted

    with ExitStack() as patched:
        for step, name in _STEPS.items():
            patched.enter_context(patch.object(ingestion, name, clock(step, getattr(ingestion, name))))
        yield steps


def run(posts: Path, database: Path, processes: int = 0) -> Run:
    """Ingest the posts of a folder into a database, and return what that took."""
    engine = engines.create(f"sqlite:///{database}")
    engines.migrate(engine)
    own, others, begun = process_time(), _of_others(), perf_counter()
    with clocked() as steps, patch.object(mining, "processes", lambda: processes):
        report = ingest(engine, _SITE, find(posts, max_files=_MOST_FILES, max_bytes=_MOST_BYTES, site=_SITE))
    done = Run(report, process_time() - own, _of_others() - others, perf_counter() - begun, steps)
    engine.dispose()
    return done


def _of_others() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime + (_of_forked() if started() else 0.0)


def _of_forked() -> float:
    """Return what the process has used that others are forked from, with those: it is here until this one ends."""
    with pool(1) as working:
        of = Path(f"/proc/{working.submit(os.getppid).result()}/stat")
    if not of.exists():  # who keeps no such files does not tell
        return 0.0
    return sum(map(int, of.read_text().rpartition(")")[2].split()[11:15])) / os.sysconf("SC_CLK_TCK")


def _write(posts: Sequence[str], folder: Path) -> Path:
    for number, post in enumerate(posts):
        file = folder / "content" / "posts" / f"{number // 1000:03}" / f"{number:06}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(post, "utf-8", errors="replace", newline="")
    return folder


def measure(number: int, folder: Path | None = None) -> str:
    """Return the figures of an ingestion of so many posts, as Markdown."""
    posts = list(texts(folder, number))
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        run(_write(posts[:20], top / "warm"), top / "warm.db")  # what is set up at first use is no part of it
        few = posts[: max(len(posts) // 10, 1)]
        small = run(_write(few, top / "few"), top / "few.db").spent / bare(few)
        everything = _write(posts, top / "all")
        first = run(everything, top / "one.db")
        again = run(everything, top / "one.db")
        used = getrusage(RUSAGE_SELF).ru_maxrss
        two = [run(everything, top / f"two-{time}.db", processes=2) for time in range(2)]
    return _told(posts, bare(posts), small, first, again, two, used)


def _told(
    posts: Sequence[str], alone: float, small: float, first: Run, again: Run, two: Sequence[Run], used: int
) -> str:
    number, whole = len(posts), first.spent / alone
    steps = [[step, f"{spent / alone:.2f}", f"{1000 * spent / number:.1f}"] for step, spent in first.steps.items()]
    steps.append(["**everything**", f"**{whole:.2f}**", f"{1000 * first.spent / number:.1f}"])
    sizes = f"{number:,} posts beside {max(number // 10, 1):,}"
    others = [
        ["posts of which something failed", f"{first.report.failed}"],
        [f"{sizes}: time a post, in multiples of bare", f"{whole / small:.2f} x"],
        ["posts a second, two processes beside one", _each(f"{first.elapsed / one.elapsed:.2f} x" for one in two)],
        ["what two cores of their own would bring at most", _each(f"{_bound(first, one):.2f} x" for one in two)],
        ["share of the work that the process that writes does", _each(f"{one.own / one.spent:.0%}" for one in two)],
        ["all again, unchanged", f"1/{first.spent / again.spent:.0f} of the first time"],
        ["memory at its most, one process", f"{used / 1024:.0f} MB"],
    ]
    size = sum(len(post.encode("utf-8", "replace")) for post in posts) / 1e6
    head = f"### {number:,} posts, {size:.0f} MB\n\n{_NOTE.format(bare=1000 * alone / number)}"
    steps_told = table(["step", "x bare", "ms a post"], steps)
    return "\n\n".join(
        [head, steps_told, table(["", "measured"], others), conditions(["markdown-it-py", "SQLAlchemy"])]
    )


def _bound(first: Run, two: Run) -> float:
    return min(first.spent / max(two.own, two.spent / 2), 2.0)


def _each(figures: Iterator[str]) -> str:
    """Tell what was measured with two processes the first time, and once more."""
    started_first, there = figures
    return f"{started_first}, {there} once they are there"


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.ingestion", description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--from", dest="folder", type=Path, help="a folder of sites with real posts")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    report = measure(given.posts, given.folder)
    print(report)
    if given.write:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
