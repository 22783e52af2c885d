"""How fast texts are folded, told apart and rendered, beside what OpenCC alone takes on the same texts.

All run in one process on one core, text by text; times are processor time, the best of the rounds. What is set up at
first use is no part of it.

    python -m bench.folding [--rounds N] [--write] [FOLDER …]

A folder is a site, a vault, or holds several; without one, those of `bench.reading` are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from time import process_time

import opencc

from bench.reading import folders
from bench.report import command, conditions, table
from service.content import find, find_sources
from service.model import Script, Source
from service.script import VARIANTS, Renderer, detect, fold

TITLE = "Two scripts"
_MOST_FILES, _MOST_BYTES = 1_000_000, 50_000_000
_MOST_TEXT = 1_000_000  # characters of each script
_MEGABYTE = 1e6
_NOTE = "MB/s of UTF-8 on one core, processor time, the best of {rounds} rounds."


def texts(places: Iterable[Path]) -> dict[Script, list[str]]:
    """Return the posts in `places` by their script, as many as are needed."""
    found: dict[Script, list[str]] = {Script.HANT: [], Script.HANS: []}
    for place in places:
        for _, top in find_sources(place):
            for post in find(top, max_files=_MOST_FILES, max_bytes=_MOST_BYTES):
                if isinstance(post, Source) and (kept := found.get(detect(post.text))) is not None:
                    kept.append(post.text)
    return {script: _first(posts) for script, posts in found.items()}


def _first(posts: list[str]) -> list[str]:
    kept, length = [], 0
    for post in posts:
        if length < _MOST_TEXT:
            kept.append(post)
            length += len(post)
    return kept


def ways() -> Mapping[str, Callable[[str], object]]:
    """Return what is measured, by name."""
    bare = {f"opencc {config}": opencc.OpenCC(config).convert for config in ("t2s", "s2tw", "s2twp", "tw2sp")}
    render = {f"render {lang}": partial(_render, Renderer.of(lang, {})) for lang in VARIANTS}
    return {"fold": fold, "detect": detect, **render, **bare}


def _render(renderer: Renderer, text: str) -> str:
    return renderer.render(text)


def speed(way: Callable[[str], object], posts: list[str], rounds: int) -> float:
    """Return how many megabytes of `posts` a second goes through `way`."""
    spent = []
    for text in posts[:3]:
        way(text)
    for _ in range(rounds):
        start = process_time()
        for text in posts:
            way(text)
        spent.append(process_time() - start)
    return sum(len(text.encode()) for text in posts) / _MEGABYTE / max(min(spent), 1e-9)


def run(places: Iterable[Path], rounds: int) -> str:
    """Return the report over the posts in `places` as Markdown."""
    found = texts(places)
    rows = [
        [name, *(f"{speed(way, posts, rounds):,.1f}" if posts else "-" for posts in found.values())]
        for name, way in ways().items()
    ]
    head = ["", *(f"{script.value}, {sum(map(len, posts)):,} characters" for script, posts in found.items())]
    return f"{_NOTE.format(rounds=rounds)}\n\n{table(head, rows)}\n\n{conditions(('opencc', 'rjieba'))}"


def main() -> None:
    """Run it from the command line."""
    command("bench.folding", __doc__ or "", TITLE, lambda given, rounds: run(given or folders(), rounds))


if __name__ == "__main__":
    main()
