"""What a PostgreSQL server on this machine uses, all of its processes together."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sqlalchemy import Engine, text

_TICKS = os.sysconf("SC_CLK_TCK")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


class ServerUse:
    """Counts from when it is made; processes that ended meanwhile are counted as well."""

    def __init__(self, engine: Engine) -> None:
        with engine.connect() as connection:
            backend = connection.scalar(text("SELECT pg_backend_pid()"))
        self._server = int(_fields(backend)[1])  # all of its processes are children of one
        self._begun = self._spent()

    def seconds(self) -> float:
        """Return the seconds of processor time since then."""
        return self._spent() - self._begun

    def memory(self) -> float:
        """Return the megabytes of its largest process at its largest, the shared buffers it touched among them."""
        return max(self._peak(process) for process in (self._server, *self._children())) / 1024

    def _spent(self) -> float:
        ended = sum(map(int, _fields(self._server)[11:15]))  # its own, and of children that have ended
        return (ended + sum(sum(map(int, _fields(one)[11:13])) for one in self._children())) / _TICKS

    def _children(self) -> list[int]:
        listed = Path(f"/proc/{self._server}/task/{self._server}/children").read_text(encoding="ascii")
        return [int(one) for one in listed.split() if Path(f"/proc/{one}").exists()]

    def _peak(self, process: int) -> int:
        try:
            found = _PEAK.search(Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace"))
        except OSError:  # it ended
            return 0
        return int(found[1]) if found else 0


def _fields(process: object) -> list[str]:
    """Return what /proc tells of a process from its state on: the name before that may hold anything (proc(5))."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:  # it ended
        return ["0"] * 15
    return told.rpartition(")")[2].split()
