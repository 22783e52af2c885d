"""Hears from PostgreSQL of every change of the corpus, so that nobody need ask for its number again and again.

A trigger tells the number within the transaction that raises it, and PostgreSQL passes it on when that is committed
(https://www.postgresql.org/docs/current/sql-notify.html). To listen takes a session of its own: a pooler that hands
sessions on cannot stand between, nor can a replica, which takes no `LISTEN`.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any, Final

from sqlalchemy import Engine, make_url

from service.store.engine import is_pooled, unreached

CHANNEL: Final = "wenmai_corpus"
_ASKED: Final = "SELECT version FROM corpus"
_PULSE: Final = 2.0  # seconds without news after which the number is asked for, so that a dead line is noticed
_TURN: Final = 0.5  # seconds that are listened at a stretch
_TRUSTED: Final = 3 * _PULSE  # seconds for which what was heard holds
_LONGEST: Final = 19  # digits
_LONGEST_PAUSE: Final = 8.0  # seconds between tries to listen again
_LINE: Final = {"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 3, "tcp_user_timeout": 4000}

logger = logging.getLogger(__name__)


class Notices:
    """Listens in a thread of its own, and begins again whenever the line breaks.

    `number` is None as long as nothing can be heard: then whoever wants to know must ask.
    """

    def __init__(self, url: str) -> None:
        self._engine: Engine = unreached(url)
        self._heard: tuple[int, float] | None = None  # the number, and when it was known last
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def number(self) -> int | None:
        """The corpus's number, as of a moment ago; 0 before the first."""
        heard = self._heard
        return heard[0] if heard is not None and time.monotonic() - heard[1] < _TRUSTED else None

    def close(self) -> None:
        """Stop listening."""
        self._closing.set()
        self._thread.join()

    def _listen(self) -> None:
        pause = 0.0
        while not self._closing.wait(pause):
            try:
                pause = 0.0
                with self._connected() as connection:
                    self._hear(connection)
            except self._engine.dialect.loaded_dbapi.Error as error:
                logger.warning("changes of the corpus cannot be heard: %s", " ".join(str(error).split()))
                pause = 1.0 if self._heard else min(max(2 * pause, 1.0), _LONGEST_PAUSE)
            self._heard = None

    def _connected(self) -> Any:
        places, options = self._engine.dialect.create_connect_args(self._engine.url)
        own = {"connect_timeout": 5, "autocommit": True, "prepare_threshold": None}
        return self._engine.dialect.loaded_dbapi.connect(*places, **(_LINE | own | dict(options)))

    def _hear(self, connection: Any) -> None:
        connection.execute(f"LISTEN {CHANNEL}")  # before asking: nothing is missed in between
        asked = float("-inf")
        while not self._closing.is_set():
            if time.monotonic() - asked >= _PULSE:
                row = connection.execute(_ASKED).fetchone()
                asked = time.monotonic()
                self._heard = (row[0] if row else 0), asked
            for notice in connection.notifies(timeout=_TURN):
                self._heard = _number(notice.payload), time.monotonic()


def _number(payload: str) -> int:
    """Return what a notice says; whoever may use the database may say anything there."""
    return int(payload) if payload.isascii() and payload.isdigit() and len(payload) < _LONGEST else -1


def listen_url(database_url: str, given: str | None) -> str | None:
    """Return where to listen: where it is `given`, else at the database itself, unless a pooler stands before it.

    >>> listen_url("postgresql+psycopg://pooler/wenmai?pooled=true", None) is None
    True
    """
    if given is not None:
        return given
    return None if is_pooled(make_url(database_url)) else database_url
