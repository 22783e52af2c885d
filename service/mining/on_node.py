"""What a node of a cluster does with posts, and whether it runs what decides their rows as whoever asks does."""

from __future__ import annotations

import pickle
import platform
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from service import store
from service.extraction import VERSION
from service.extraction.version import digest
from service.mining.task import Mined, Task, mine_each
from service.model import Site


class Code(NamedTuple):
    """What decides the rows of a post: those of a corpus are of one code."""

    extractor: str
    rows: str
    python: str  # without the patch level: Ray has its own say about that


class _Last:
    """The site that came last. With the names it lists it may be large, and comes to each process once."""

    key = ""
    site: Site | None = None


@cache
def code() -> Code:
    """Return what this process runs."""
    top = Path(str(store.__file__)).parent
    rows = digest((file.relative_to(top).as_posix(), file.read_bytes()) for file in top.rglob("*.py"))
    return Code(VERSION, rows, ".".join(platform.python_version_tuple()[:2]))


def unlike(asked: Sequence[str]) -> str:
    """Return what this process runs that is not as `asked`, in words; empty: it is the same.

    >>> unlike(code()._replace(python="2.7")).endswith(" instead of python 2.7")
    True
    """
    pairs = zip(Code._fields, code(), asked, strict=True)
    return ", ".join(f"{name} {here} instead of {name} {there}" for name, here, there in pairs if here != there)


def packed(tasks: Sequence[Task]) -> bytes:
    """Return posts as they are sent: in one piece, which costs an engine less than many small objects do."""
    return pickle.dumps([*tasks], pickle.HIGHEST_PROTOCOL)


def mine_packed(key: str, site: Callable[[], Site], tasks: bytes) -> bytes:
    """Return, packed, what is to be stored of posts; `site` is called where its `key` is not the last one."""
    if _Last.site is None or _Last.key != key:
        _Last.key, _Last.site = key, site()
    return pickle.dumps(mine_each(_Last.site, pickle.loads(tasks)), pickle.HIGHEST_PROTOCOL)  # noqa: S301


def unpacked(mined: bytes) -> list[Mined | None]:
    """Return what `mine_packed` found. A cluster is trusted with this: it may run any code of ours anyway."""
    found: list[Mined | None] = pickle.loads(mined)  # noqa: S301
    return found
