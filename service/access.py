"""Access tokens: named, limited to what they are for, ended at will, and kept only as digests.

A token is 256 random bits, so that one round of SHA-256 is enough to keep it by: there is nothing to guess from
(NIST SP 800-63B 5.1.2.2 asks for slow hashes only below 112 bits). It is looked up by its digest at every use; a
change of the table holds from the next request on, in every process.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from service.errors import ConflictError, NotFoundError, WenmaiError
from service.store.engine import writing
from service.store.tables import TABLES

OWNER: Final = "admin"  # whoever holds the token of the settings
PREFIX: Final = "wenmai_"  # so that scanners of repositories and logs know one when they see it
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TOKEN = TABLES["token"]


class Scope(StrEnum):
    """What a token may be used for."""

    INGEST = "ingest"  # push and delete posts, declare sources, follow jobs
    EDIT = "edit"  # decide who is who, and which claims disagree
    ALL = "all"  # both, and the tokens themselves


class Bearer(NamedTuple):
    """Who sends a request: the name of the token, and what it may be used for."""

    name: str
    scopes: frozenset[str]

    def may(self, scope: Scope) -> bool:
        """Tell whether it may be used for `scope`.

        >>> Bearer("ci", frozenset({"ingest"})).may(Scope.EDIT)
        False
        """
        return not self.scopes.isdisjoint((scope, Scope.ALL))


class Token(NamedTuple):
    """A token as it is listed: all but the secret."""

    name: str
    scopes: tuple[str, ...]
    made_at: str
    ends_at: str | None


class TokenError(WenmaiError):
    """A token cannot be made as asked."""


def issue(engine: Engine, name: str, scopes: Iterable[Scope], days: int | None = None) -> str:
    """Make a token and return it: it cannot be shown again.

    Args:
        engine: the database.
        name: who or what it is for; shown where the token's use is recorded.
        scopes: what it may be used for.
        days: after how many days it ends; None: when it is revoked.

    Raises:
        TokenError: the name is none, or nothing is allowed by it.
        ConflictError: there is a token of this name.
    """
    wanted = sorted(set(scopes))
    if not _NAME.fullmatch(name):
        raise TokenError(f"{name!r} is no token's name: use up to 64 letters, digits, dots, dashes and underscores")
    if name == OWNER:
        raise TokenError(f"{OWNER} is the token of the settings: choose another name")
    if not wanted:
        raise TokenError(f"the token {name} is given no scope: name one of {', '.join(Scope)}")
    token = PREFIX + secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    row = {
        "name": name,
        "digest": _digest(token),
        "scopes": wanted,
        "made_at": _written(now),
        "ends_at": _written(now + timedelta(days=days)) if days else None,
    }
    with writing(engine) as session:
        if session.scalar(select(_TOKEN.c.name).where(_TOKEN.c.name == name)) is not None:
            raise ConflictError(f"there is a token named {name}: revoke it first, or choose another name")
        session.execute(insert(_TOKEN), [row])
    return token


def revoke(engine: Engine, name: str) -> None:
    """End a token: from the next request on it opens nothing.

    Raises:
        NotFoundError: no token has this name.
    """
    with writing(engine) as session:
        if not session.connection().execute(delete(_TOKEN).where(_TOKEN.c.name == name)).rowcount:
            raise NotFoundError(f"there is no token named {name}")


def tokens(session: Session) -> list[Token]:
    """Return the tokens by name, those that have ended among them."""
    columns = (_TOKEN.c.name, _TOKEN.c.scopes, _TOKEN.c.made_at, _TOKEN.c.ends_at)
    found = session.execute(select(*columns).order_by(_TOKEN.c.name))
    return [Token(name, tuple(scopes), made, ends) for name, scopes, made, ends in found]


def bearer(session: Session, token: str, configured: str | None) -> Bearer | None:
    """Return whose token this is, or None where it is nobody's or has ended.

    `configured` is the token of the settings, which may do everything. No comparison tells by its time how much of a
    guess was right: that one is compared in constant time, the others by their digests.
    """
    if configured is not None and secrets.compare_digest(token.encode(), configured.encode()):
        return Bearer(OWNER, frozenset({Scope.ALL}))
    if not token.startswith(PREFIX):
        return None
    columns = (_TOKEN.c.name, _TOKEN.c.scopes, _TOKEN.c.ends_at)
    found = session.execute(select(*columns).where(_TOKEN.c.digest == _digest(token))).one_or_none()
    if found is None or (found.ends_at is not None and found.ends_at <= _written(datetime.now(UTC))):
        return None
    return Bearer(found.name, frozenset(found.scopes))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
