"""Posts to run the whole service on: those of `content/`, and real ones where they are at hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path

import opencc
import pytest
from sqlalchemy import Engine

from service.content import find, find_sources
from service.ingest import ingest
from service.model import Site, Source
from service.store import engine as engines
from tests.templates import copy_sqlite, in_memory, made_once

_ROOT = Path(__file__).parent.parent
CONTENT = _ROOT / "content"
_POSTS = Path(os.environ.get("ACCEPTANCE_POSTS", _ROOT.parent / "shared" / "acceptance" / "posts"))
CONFIGS = ("t2s", "s2t", "s2tw", "tw2s")


def has_real_posts() -> bool:
    """Tell whether the real posts are here."""
    return _POSTS.is_dir()


def posts_folder() -> Path:
    """Return the folder of the real posts; skip the test where they are not here."""
    if not has_real_posts():
        pytest.skip(f"the real posts are not here: set ACCEPTANCE_POSTS to their folder, not {_POSTS}")
    return _POSTS


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


def converted(text: str, config: str) -> str:
    """Return `text` turned to another script by OpenCC itself."""
    turned: str = _converter(config).convert(text)
    return turned


def posts(*folders: Path) -> Iterator[tuple[Site, list[Source]]]:
    """Yield the sites below `folders`, each with its posts."""
    for folder in folders:
        for site, top in find_sources(folder):
            found = find(top, max_files=1000, max_bytes=1_000_000)
            yield site, [source for source in found if isinstance(source, Source)]


def corpus(*folders: Path, change: Callable[[str], str] | None = None) -> Engine:
    """Return a database in memory with the posts below `folders`, the text of each changed first."""
    if change is not None:
        return _filled(in_memory(), *folders, change=change)
    name = blake2b(repr(folders).encode(), digest_size=8).hexdigest()
    return in_memory(made_once(f"corpus-{name}.db", partial(_written, folders)))


def _written(folders: tuple[Path, ...], file: Path) -> None:
    engine = engines.create(f"sqlite:///{copy_sqlite(file)}")
    _filled(engine, *folders).dispose()


def _filled(engine: Engine, *folders: Path, change: Callable[[str], str] = str) -> Engine:
    for site, sources in posts(*folders):
        ingest(engine, site, [Source(source.path, change(source.text)) for source in sources])
    return engine
