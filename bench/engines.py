"""How fast posts are mined on two Ray nodes, beside two processes of one pool on the same cores, after start-up.

Mining alone, without a database: reading, extraction and the making of rows, their way there and back included. Rounds
take turns, so that what else the machine does meets both alike. Each node has one processor.

    python -m bench.engines [--posts 600] [--rounds 3] [--from FOLDER] [--write]
    python -m bench.engines --same [--posts 600] [--from FOLDER]

The second ingests the posts with each engine into a database of its own, and tells whether the exports are the same.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlmodel import Session

from bench.ingestion import texts
from bench.report import conditions, table, write_section
from service.ingest import ingest
from service.mining import FEW, Engine, mine
from service.mining.local import Processes
from service.mining.on_ray import Cluster
from service.model import Dialect, Site, Source
from service.query.posts import posts as stored
from service.store import engine as engines
from tests.mining.clusters import cluster

TITLE = "Engines"
_SITE = Site("bench", Dialect.HUGO, base_url="https://bench.example/")
_NODES = 2
_NOTE = """\
Posts a second that are mined, {posts:,} posts, by {nodes} processes of a pool, and by {nodes} Ray nodes with one
processor each, on the same machine; the median of {rounds} rounds that took turns, start-up left out."""


def found(number: int, folder: Path | None) -> list[Source]:
    """Return so many posts: of a folder, or else grown ones."""
    return [Source(f"posts/{n:06}.md", text) for n, text in enumerate(texts(folder, number))]


def rate(engine: Engine, posts: Sequence[Source]) -> float:
    """Return how many posts a second an engine mines."""
    begun = perf_counter()
    mined = sum(one is not None for _, one in mine(_SITE, posts, lambda _: "hash", engine=engine))
    assert mined == len(posts)
    return mined / (perf_counter() - begun)


def rates(posts: Sequence[Source], rounds: int) -> dict[str, list[float]]:
    """Return the rate of each engine in each round, once all of its processes have loaded what they need."""
    with ExitStack() as opened:
        started = opened.enter_context(cluster(_NODES))
        both: dict[str, Engine] = {
            "process pool": opened.enter_context(closing(Processes(_NODES))),
            "Ray": opened.enter_context(closing(Cluster(started.address))),
        }
        for engine in both.values():
            rate(engine, [*posts, *posts][: FEW + 100])
        measured: dict[str, list[float]] = {name: [] for name in both}
        for _ in range(rounds):
            for name, engine in both.items():
                measured[name].append(rate(engine, posts))
    return measured


def export(posts: Sequence[Source], engine: Engine | None) -> str:
    """Return a digest of the export of posts that were ingested with an engine."""
    with tempfile.TemporaryDirectory() as folder:
        database = engines.create(f"sqlite:///{folder}/bench.db")
        engines.migrate(database)
        ingest(database, _SITE, posts, miners=engine)
        total = sha256()
        with Session(database) as session:
            for post in stored(session):
                total.update(post.model_dump_json().encode("utf-8", "surrogatepass"))
        database.dispose()
    return total.hexdigest()


def measure(posts: Sequence[Source], rounds: int) -> str:
    """Return the rates as Markdown."""
    measured = rates(posts, rounds)
    rows = [[name, f"{median(each):.1f}", f"{min(each):.1f}-{max(each):.1f}"] for name, each in measured.items()]
    share = median(there / here for here, there in zip(*measured.values(), strict=True))
    rows.append(["**Ray, of the pool's**", f"**{share:.2f}**", ""])
    note = _NOTE.format(posts=len(posts), nodes=_NODES, rounds=rounds)
    return "\n\n".join([note, table(["engine", "posts a second", "lowest-highest"], rows), conditions(["ray"])])


def same(posts: Sequence[Source]) -> str:
    """Tell whether what two nodes mined is exported as what was mined here."""
    here = export(posts, None)
    with cluster(_NODES) as started, closing(Cluster(started.address)) as engine:
        there = export(posts, engine)
    return f"{len(posts):,} posts: {'the same bytes' if here == there else 'OTHER BYTES'}, {here[:16]} and {there[:16]}"


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.engines", description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("--posts", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--from", dest="folder", type=Path, help="a folder of sites with real posts")
    parser.add_argument("--same", action="store_true", help="compare exports instead")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    posts = found(given.posts, given.folder)
    report = same(posts) if given.same else measure(posts, given.rounds)
    print(report)
    if given.write and not given.same:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
