"""Which database a read is asked of: a replica that is near enough, else the primary; writes are the primary's.

Each database is asked once a second where it stands. A replica that does not answer, or that lags too far behind, is
left out until it is right again. As long as the primary is away nothing can be newer than what replicas have: then any
of them answers.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from math import inf
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

from service.errors import StoreError
from service.store.positions import Standing, Trail, parsed, shown, standing

VERSION: Final = "corpus_version"  # in the `info` of a session: the corpus's number when it was begun
_LOOK, _LONGEST_PAUSE = 1.0, 8.0  # seconds between questions, and at most where nobody answers
_TRUSTED: Final = 5.0  # seconds for which an answer tells that a database is there
_WAIT, _STEP = 0.2, 0.02  # seconds that a read waits for a replica to come as far as it must, and between looks
_BEGUN: Final = text(
    "SELECT (SELECT version FROM corpus), (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
    " ELSE pg_current_wal_insert_lsn() END - '0/0'::pg_lsn)::text"
)


class State(NamedTuple):
    """A database as it is right now."""

    name: str
    is_up: bool
    is_used: bool  # reads are asked of it
    behind: float  # seconds


class _Watched:
    """A database that is asked where it stands."""

    def __init__(self, name: str, engine: Engine, *, until: float = 0.0) -> None:
        self.name, self.engine = name, engine
        self.until = until  # when what is known of it is no longer true
        self.standing, self.behind = Standing(0, is_replica=False), 0.0

    @property
    def is_up(self) -> bool:
        """Tell whether it has answered lately."""
        return time.monotonic() < self.until

    def look(self, connection: Connection, trail: Trail, *, is_primary: bool) -> None:
        """Ask where it stands.

        Raises:
            SQLAlchemyError: it does not answer.
        """
        found, now = standing(connection), time.monotonic()
        if is_primary and not found.is_replica:
            trail.note(found.position, now)
        self.standing, self.behind, self.until = found, trail.behind(found.position, now), now + _TRUSTED

    def lost(self) -> None:
        """Note that it does not answer: it is left out until it does."""
        self.until = 0.0


class Databases:
    """The primary and its replicas, of which there may be none.

    Args:
        primary: where writes go.
        replicas: engines of databases that follow it by streaming replication; they need not answer yet.
        most_lag: seconds that a replica may lag behind to be asked.
    """

    def __init__(self, primary: Engine, replicas: Sequence[Engine] = (), most_lag: float = 10.0) -> None:
        begun = time.monotonic() + _TRUSTED if replicas else inf  # for who asks before it could be looked at
        self._primary = _Watched("primary", primary, until=begun)
        self._replicas = [_Watched(f"replica-{n}", one) for n, one in enumerate(replicas, 1)]
        self._most_lag, self._trail, self._turn = most_lag, Trail(), count()
        self._closing = threading.Event()
        watched = [self._primary, *self._replicas] if replicas else []
        self._threads = [threading.Thread(target=self._watch, args=(one,), daemon=True) for one in watched]
        for thread in self._threads:
            thread.start()

    @property
    def primary(self) -> Engine:
        """Where writes go."""
        return self._primary.engine

    @property
    def has_replicas(self) -> bool:
        """Tell whether there is more than the primary."""
        return bool(self._replicas)

    @property
    def is_primary_up(self) -> bool:
        """Tell whether the primary answered when it was asked last; True where nobody watches it."""
        return self._primary.is_up

    def states(self) -> list[State]:
        """Return each database as it is right now; nothing where there is only the primary."""
        used = self._near() or [self._primary]
        found = [self._primary, *self._replicas] if self._replicas else []
        return [State(one.name, one.is_up, one in used, one.behind) for one in found]

    def position(self) -> str | None:
        """Return where the primary stands: whoever brings this reads what was written until now.

        None where there are no replicas, or the primary does not answer.
        """
        if not self._replicas:
            return None
        try:
            with self._primary.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                return shown(standing(connection).position)
        except SQLAlchemyError:
            return None

    def session(self, position: str | None = None, *, newest: bool = False) -> Session:
        """Return a session in which to read.

        Args:
            position: what is read must be at least as new as this position of the primary.
            newest: read from the primary as long as it answers.

        Raises:
            StoreError: no database can be read that is as new as it must be.
        """
        if not self._replicas:
            return Session(self._primary.engine)
        wanted = None if position is None else parsed(position)
        order = self._within(wanted) if position is not None else self._any(newest=newest)
        for database in order:
            session = self._begun(database, wanted)
            if session is not None:
                return session
        raise StoreError("no database answers that can be read right now and has what is asked for; ask again")

    def close(self) -> None:
        """Stop watching, and close the replicas."""
        self._closing.set()
        for thread in self._threads:
            thread.join()
        for replica in self._replicas:
            replica.engine.dispose()

    def _near(self) -> list[_Watched]:
        """Return the replicas that reads are asked of."""
        up = [one for one in self._replicas if one.is_up and one.standing.is_replica]
        near = [one for one in up if one.behind <= self._most_lag]
        return near if self._primary.is_up else (near or up)

    def _any(self, *, newest: bool) -> Iterator[_Watched]:
        near = self._near()
        turn = next(self._turn) % len(near) if near else 0
        near = near[turn:] + near[:turn]
        first = [self._primary] if self._primary.is_up else []
        order = [*first, *near] if newest else [*near, *first]
        yield from order
        yield from (one for one in self._replicas if one.is_up and one not in order)

    def _within(self, wanted: int | None) -> Iterator[_Watched]:
        """Yield a replica that may have come so far, unless that is not known, then the primary."""
        near = self._near() if wanted is not None else []
        yield from sorted(near, key=lambda one: -one.standing.position)[:1]
        if self._primary.is_up:
            yield self._primary

    def _begun(self, database: _Watched, wanted: int | None) -> Session | None:
        """Return a session that has begun, so that the database is known to answer; None where it is not as wanted."""
        session = Session(database.engine)
        try:
            if self._reaches(database, session, wanted):
                return session
        except PoolTimeoutError:  # it has no connection left for this one
            pass
        except SQLAlchemyError:
            database.lost()
        except BaseException:
            session.close()
            raise
        session.close()
        return None

    def _reaches(self, database: _Watched, session: Session, wanted: int | None) -> bool:
        end = time.monotonic() + _WAIT
        while True:
            number, position = session.execute(_BEGUN).one()
            session.info[VERSION] = number or 0
            if database is self._primary or wanted is None or int(position or 0) >= wanted:
                return True
            if time.monotonic() > end:
                return False
            time.sleep(_STEP)

    def _watch(self, database: _Watched) -> None:
        pause = 0.0
        while not self._closing.wait(pause):
            try:
                with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    pause = 0.0
                    while not self._closing.is_set():
                        database.look(connection, self._trail, is_primary=database is self._primary)
                        self._closing.wait(_LOOK)
            except SQLAlchemyError:
                database.lost()
                pause = min(max(2 * pause, _LOOK), _LONGEST_PAUSE)


def names(states: Iterable[State]) -> dict[str, str]:
    """Return in a word how each database is.

    >>> names([State("primary", False, False, 0.0), State("replica-1", True, False, 31.0)])
    {'primary': 'away', 'replica-1': 'behind'}
    """
    return {one.name: _word(one) for one in states}


def _word(state: State) -> str:
    if not state.is_up:
        return "away"
    return "ok" if state.is_used or state.name == "primary" else "behind"
