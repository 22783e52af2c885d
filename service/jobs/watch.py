"""Who died: a process that shows no sign of life leaves its jobs to others.

Signs of life are counted, not dated: a clock that is set back or ahead kills nobody.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterable
from typing import Final

from service.store.tables import JobRow

LEASE: Final = 20.0  # seconds without a sign of life, as measured here, after which a process counts as dead


def owner_name() -> str:
    """Return a name for this process that no other has: host, process id, and a number drawn now."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


class Watch:
    """What one process knows of the others' signs of life."""

    def __init__(self, owner: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._owner, self._clock = owner, clock
        self._seen: dict[str, tuple[int, float]] = {}  # by job: its last sign of life, and when that was noticed

    def gone(self, waiting: Iterable[JobRow]) -> list[JobRow]:
        """Return the jobs among those `waiting` or running whose owner is dead."""
        owned = [row for row in waiting if row.owner is not None and row.owner != self._owner]
        moment = self._clock()
        seen = {row.id: self._seen.get(row.id, (row.beat, moment)) for row in owned}
        self._seen = {row.id: seen[row.id] if seen[row.id][0] == row.beat else (row.beat, moment) for row in owned}
        return [row for row in owned if moment - self._seen[row.id][1] >= LEASE or self._surely_dead(row.owner or "")]

    def _surely_dead(self, owner: str) -> bool:
        """Tell whether the owner was a process of this machine that is no more: no need to wait for that one."""
        host, number, _ = owner.split(":")
        if host != socket.gethostname():
            return False
        if int(number) == os.getpid():  # a process before this one had its number: the first of a container always does
            return owner not in _living
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except PermissionError:  # it lives, and is somebody else's
            pass
        return False


_living: set[str] = set()  # the owners within this process: it may serve several corpora


def alive(owner: str) -> None:
    """Note that `owner` is of this process and works."""
    _living.add(owner)


def ended(owner: str) -> None:
    """Note that `owner` works no more."""
    _living.discard(owner)
