"""How fast posts are read, beside the bare speed of the two libraries underneath on the same texts.

Bare is what any reader of such files pays: ``frontmatter.loads``, then ``MarkdownIt().parse`` (the preset `commonmark`,
which is the library's default, with tables). Both run in one process and take turns post by post, so that a busy
machine slows both; times are processor time. A post that ``frontmatter.loads`` cannot load is left out on both sides.

    python -m bench.reading [--rounds N] [--write] [FOLDER …]

A folder is a site, a vault, or holds several; without one, `content` is read, and what BENCH_POSTS names.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

import frontmatter
import yaml
from markdown_it import MarkdownIt

from bench.report import command, conditions, table
from service.content import find, find_sources
from service.model import Site, Source
from service.reading import read

TITLE = "Reading posts"
_ROOT = Path(__file__).parent.parent
_SHARED = _ROOT.parent / "shared"
_MOST_FILES, _MOST_BYTES = 1_000_000, 50_000_000
_MEGABYTE = 1e6
_PACKAGES = ("markdown-it-py", "python-frontmatter", "PyYAML")
_NOTE = """\
Bare is `frontmatter.loads` and `MarkdownIt().enable("table").parse` (preset `commonmark`) on the same texts in the same
run; read is `service.reading.read`. Both take turns post by post; times are processor time, the best of {rounds} rounds
(for the last column the median). "left out" are posts that `frontmatter.loads` cannot load, on both sides."""


class Tree(NamedTuple):
    """The posts of one site or vault, and how many the bare libraries cannot load."""

    name: str
    site: Site
    posts: list[Source]
    left_out: int

    @property
    def megabytes(self) -> float:
        """How much text there is, in UTF-8."""
        return sum(len(post.text.encode()) for post in self.posts) / _MEGABYTE


class Times(NamedTuple):
    """Seconds of a round over a tree."""

    bare: float
    read: float


def folders() -> list[Path]:
    """Return the folders to read where none are given: our own posts and whatever else is at hand."""
    named = [Path(name) for name in os.environ.get("BENCH_POSTS", "").split(os.pathsep) if name]
    near = [_SHARED / "corpora", _SHARED / "acceptance" / "posts"]
    return [_ROOT / "content", *(named or [folder for folder in near if folder.is_dir()])]


def trees(folder: Path) -> Iterable[Tree]:
    """Yield the sites and vaults in `folder` with the posts of each."""
    for site, top in find_sources(folder):
        found = [post for post in find(top, max_files=_MOST_FILES, max_bytes=_MOST_BYTES) if isinstance(post, Source)]
        posts = [post for post in found if _loads(post.text)]
        yield Tree(site.name, site, posts, len(found) - len(posts))


def _loads(text: str) -> bool:
    try:
        frontmatter.loads(text)
    except (yaml.YAMLError, ValueError, TypeError, AttributeError):
        return False
    return True


def measure(tree: Tree, rounds: int) -> list[Times]:
    """Return the times of each round; who goes first changes from post to post."""
    bare = _bare()

    def ours(post: Source) -> object:
        return read(post, tree.site)

    for post in tree.posts[:20]:
        bare(post), ours(post)  # what is set up at first use is no part of it
    return [_round(tree, bare, ours) for _ in range(rounds)]


def _bare() -> Callable[[Source], object]:
    parser = MarkdownIt().enable("table")
    return lambda post: parser.parse(frontmatter.loads(post.text).content)


def _round(tree: Tree, bare: Callable[[Source], object], ours: Callable[[Source], object]) -> Times:
    gc.collect()
    spent = {bare: 0.0, ours: 0.0}
    for index, post in enumerate(tree.posts):
        for run in (bare, ours) if index % 2 else (ours, bare):
            start = process_time()
            run(post)
            spent[run] += process_time() - start
    return Times(spent[bare], spent[ours])


def _row(name: str, found: list[Tree], rounds: list[list[Times]]) -> list[str]:
    """Return the row of the trees `found` as one; `rounds` are the times of each of them."""
    bare, own = (sum(min(times[side] for times in each) for each in rounds) for side in (0, 1))
    middle = [sum(median(times[side] for times in each) for each in rounds) for side in (0, 1)]
    megabytes, posts = sum(tree.megabytes for tree in found), sum(len(tree.posts) for tree in found)
    return [
        name,
        f"{posts:,}",
        f"{sum(tree.left_out for tree in found)}",
        f"{megabytes:.2f}",
        f"{megabytes / bare:.2f}",
        f"{megabytes / own:.2f}",
        f"{posts / own:,.0f}",
        f"{bare / own:.0%}",
        f"{middle[0] / middle[1]:.0%}",
    ]


def run(places: Iterable[Path], rounds: int) -> str:
    """Return the report over the posts in `places` as Markdown."""
    found = [tree for place in places for tree in trees(place) if tree.posts]
    times = [measure(tree, rounds) for tree in found]
    rows = [_row(tree.name, [tree], [each]) for tree, each in zip(found, times, strict=True)]
    head = ["tree", "posts", "left out", "MB", "bare MB/s", "read MB/s", "read posts/s", "of bare speed", "median"]
    figures = table(head, [*rows, _row("**all**", found, times)])
    return f"{_NOTE.format(rounds=rounds)}\n\n{figures}\n\n{conditions(_PACKAGES)}"


def main() -> None:
    """Run it from the command line."""
    command("bench.reading", __doc__ or "", TITLE, lambda given, rounds: run(given or folders(), rounds))


if __name__ == "__main__":
    main()
