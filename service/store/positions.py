"""How far a database has come, as positions in PostgreSQL's write-ahead log.

A position is written ``0/16B3748``: the upper and the lower half of a number of bytes, in hexadecimal
(https://www.postgresql.org/docs/current/datatype-pg-lsn.html).
"""

from __future__ import annotations

import re
from collections import deque
from threading import Lock
from typing import Final, NamedTuple

from sqlalchemy import Connection, text

_WRITTEN: Final = re.compile(r"([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})")
_KEPT: Final = 600  # positions of the primary that are remembered: ten minutes of them
# Where it stands, and whether it only follows another. What has been inserted is told rather than what is on the disk:
# with `synchronous_commit` off a transaction is answered before it is there.
_STATE: Final = text(
    "SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END"
    " - '0/0'::pg_lsn)::text, pg_is_in_recovery()"
)


class Standing(NamedTuple):
    """Where a database stands: a replica by what it has replayed, any other by what was written to it."""

    position: int
    is_replica: bool


def parsed(position: str) -> int | None:
    """Return a position as a number of bytes; None for what is none.

    >>> parsed("0/16B3748"), parsed("yesterday")
    (23803720, None)
    """
    found = _WRITTEN.fullmatch(position)
    return (int(found[1], 16) << 32) + int(found[2], 16) if found else None


def shown(position: int) -> str:
    """Return a position as PostgreSQL writes it.

    >>> shown(23803720)
    '0/16B3748'
    """
    return f"{position >> 32:X}/{position & 0xFFFFFFFF:X}"


def standing(connection: Connection) -> Standing:
    """Ask a PostgreSQL database where it stands.

    Raises:
        SQLAlchemyError: it does not answer.
    """
    position, is_replica = connection.execute(_STATE).one()
    return Standing(int(position or 0), bool(is_replica))


class Trail:
    """Where the primary stood, and when: how long a replica lags behind is told by it alone.

    A replica's own clock tells nothing: where nobody writes, the last transaction it replayed grows old, and where it
    lost the primary it has replayed all it knows of.
    """

    def __init__(self) -> None:
        self._noted: deque[tuple[float, int]] = deque(maxlen=_KEPT)
        self._lock = Lock()

    def note(self, position: int, now: float) -> None:
        """Note where the primary stands; a position that falls is that of another primary."""
        with self._lock:
            if self._noted and position < self._noted[-1][1]:
                self._noted.clear()
            if not self._noted or position > self._noted[-1][1]:
                self._noted.append((now, position))

    def behind(self, position: int, now: float) -> float:
        """Return for how many seconds the primary has been past `position`, as far as is known.

        >>> trail = Trail()
        >>> trail.note(100, now=5.0)
        >>> trail.behind(100, now=9.0), trail.behind(99, now=9.0)
        (0.0, 4.0)
        """
        with self._lock:
            return next((now - then for then, there in self._noted if there > position), 0.0)
