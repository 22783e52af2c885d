"""How often Python looks for objects that only hold each other, while many posts are read and stored."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

# New objects before those are looked through, and how many times that until older ones are: by default 700, 10 and 10.
# Nearly all that a post becomes goes as soon as nothing refers to it; to look through what stays, lexicons and caches,
# costs a tenth of all that ingestion does, and drives out of the processor's cache what it works on.
_SELDOM: Final = (50_000, 20, 50)
_LOCK: Final = Lock()


class _Batches:
    """How many batches are under way in this process, and what was set before the first."""

    running = 0
    before: tuple[int, ...] = ()


def collect_seldom() -> None:
    """Look for garbage seldom from now on, in a process that does nothing but work on posts."""
    gc.set_threshold(*_SELDOM)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom as long as this lasts, in any thread.

    >>> with seldom_collected():
    ...     gc.get_threshold() == _SELDOM
    True
    """
    with _LOCK:
        if not _Batches.running:
            _Batches.before = gc.get_threshold()
            collect_seldom()
        _Batches.running += 1
    try:
        yield
    finally:
        with _LOCK:
            _Batches.running -= 1
            if not _Batches.running:
                gc.set_threshold(*_Batches.before)
