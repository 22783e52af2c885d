"""The rules by which names were resolved last: other code or another lexicon decides all of them anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from service.extraction import VERSION
from service.extraction.version import digest
from service.store.tables import TABLES

_CORPUS = TABLES["corpus"]
_FOLDERS = ("resolution", "store/names")
_MODULES = ("store/notes.py", "store/entities.py")


@cache
def rules() -> str:
    """Return a digest of the code and the lexicon that decide who is who."""
    return digest(_sources())


def are_current(session: Session) -> bool:
    """Tell whether the corpus was resolved by today's rules."""
    return session.execute(select(_CORPUS.c.resolved)).scalar_one_or_none() == rules()


def mark(session: Session) -> None:
    """Store that the corpus is resolved by today's rules."""
    if are_current(session):
        return
    marked = session.connection().execute(update(_CORPUS).values(resolved=rules()))
    if not marked.rowcount:
        session.execute(insert(_CORPUS), [{"id": 1, "version": 0, "resolved": rules()}])


def _sources() -> Iterator[tuple[str, bytes]]:
    root = files("service")
    yield "facts", VERSION.encode()  # the lexicon is part of it
    yield "pypinyin", version("pypinyin").encode()
    yield from ((name, root.joinpath(name).read_bytes()) for name in _MODULES)
    for folder in _FOLDERS:
        for file in root.joinpath(folder).iterdir():
            if file.name.endswith(".py"):
                yield f"{folder}/{file.name}", file.read_bytes()
