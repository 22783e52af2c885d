"""Replies that are kept: a text is put to a model once, whatever becomes of the posts that hold it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final

from pydantic import ValidationError
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from service.proposing.replies import Reply
from service.store.engine import writing
from service.store.tables import TABLES

_REPLY: Final = TABLES["model_reply"]
_AT_ONCE: Final = 500


def reply_key(text: str, prompt: str, model: str) -> str:
    """Return what a reply is kept by.

    >>> reply_key("茶", "1", "small") == reply_key("茶", "2", "small")
    False
    """
    told = blake2b(digest_size=16)
    for part in (model, prompt, text):
        encoded = part.encode("utf-8", "surrogatepass")
        told.update(f"{len(encoded)}\0".encode())
        told.update(encoded)
    return told.hexdigest()


def kept(engine: Engine, keys: Iterable[str]) -> dict[str, Reply]:
    """Return the replies that are kept under `keys`."""
    wanted, found = sorted(set(keys)), {}
    with Session(engine) as session:
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            for row in session.execute(select(_REPLY.c.key, _REPLY.c.reply).where(_REPLY.c.key.in_(some))):
                try:
                    found[row.key] = Reply.model_validate(row.reply)
                except ValidationError:
                    continue  # of another version: it is asked for again
    return found


def keep(engine: Engine, key: str, reply: Reply, *, model: str, prompt: str) -> None:
    """Keep a reply, in a transaction of its own: what was paid for outlives whatever comes next."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    row = {"key": key, "model": model, "prompt": prompt, "reply": reply.model_dump(mode="json"), "made_at": made}
    with writing(engine) as session:
        session.execute(delete(_REPLY).where(_REPLY.c.key == key))
        session.execute(insert(_REPLY), [row])
