"""What somebody may have meant: names near to the one that was typed, and names to complete what is being typed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sqlalchemy import make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from service.errors import NotFoundError, WenmaiError
from service.query.answers import EntitySummary
from service.query.columns import SOURCE
from service.query.entities import entities
from service.script import fold
from service.settings import Settings
from service.store import engine as store

_MOST: Final = 3  # told
_MOST_LETTERS: Final = 8  # of a name, by which others are looked for
_ALIKE: Final = 0.5  # share of two names that is the same (difflib's ratio)
_COMPLETED: Final = 20


def close(wanted: str, known: Iterable[str]) -> list[str]:
    """Return the names nearest to one, best first, compared in one script and case.

    >>> close("island-teck", ["island-tech", "notes"]), close("黄仁勛", ["黃仁勳", "林若川"])
    (['island-tech'], ['黃仁勳'])
    """
    by_form = {fold(name).casefold(): name for name in known}
    near = difflib.get_close_matches(fold(wanted).casefold(), by_form, n=_MOST, cutoff=_ALIKE)
    return [by_form[form] for form in near]


def meant(names: Iterable[str]) -> str:
    """Return the question that ends an error, or nothing.

    >>> meant(["TSMC", "ASML"]), meant([])
    (' Did you mean TSMC or ASML?', '')
    """
    listed = list(names)
    return f" Did you mean {' or '.join(listed)}?" if listed else ""


def named(session: Session, name: str) -> EntitySummary:
    """Return who bears a name, in either script.

    Raises:
        NotFoundError: nobody does; it asks whether somebody of a like name was meant.
    """
    if found := entities(session, q=name, match="exact", limit=1).items:
        return found[0]
    begun = [one.name for one in entities(session, q=name, match="contains", limit=_MOST).items] if name.strip() else []
    raise NotFoundError(f"nobody and nothing here is named {name}.{meant(begun or _alike(session, name))}")


def _alike(session: Session, name: str) -> list[str]:
    """Return names near to one, each of somebody else."""
    letters = dict.fromkeys(letter for letter in fold(name) if letter.isalnum())
    found = [one for letter in list(letters)[:_MOST_LETTERS] for one in entities(session, q=letter, limit=50).items]
    bearers = {form: one.id for one in found for form in _forms(one)}
    nearest = {bearers[form]: form for form in reversed(close(name, bearers))}
    return list(reversed(nearest.values()))


def _forms(one: EntitySummary) -> list[str]:
    return [form for form in (one.name, one.names.hant, one.names.hans, one.names.en, *one.aliases) if form]


def of_a_source(session: Session, name: str | None) -> str | None:
    """Return the name of a source that is stored; None for all.

    Raises:
        NotFoundError: there is no such source; it asks whether one of a like name was meant.
    """
    known = list(session.execute(select(SOURCE.c.name).order_by(SOURCE.c.name)).scalars())
    if name is None or name in known:
        return name
    raise NotFoundError(f"there is no source {name}.{meant(close(name, known))}")


def complete_name(incomplete: str) -> list[str]:
    """Return the names of people and companies that begin so: for the shell, which waits for it and wants no errors."""
    if (session := _at_hand()) is None or not incomplete.strip():
        return []
    with session:
        found = entities(session, q=incomplete, match="prefix", limit=_COMPLETED).items
        begun = fold(incomplete).casefold()
        forms = dict.fromkeys(form for one in found for form in _forms(one))
        fitting = [form for form in forms if fold(form).casefold().startswith(begun)]
        return [form for form in fitting if form.startswith(incomplete)] or fitting


def complete_source(incomplete: str) -> list[str]:
    """Return the names of the sources that begin so."""
    if (session := _at_hand()) is None:
        return []
    with session:
        known = session.execute(select(SOURCE.c.name).order_by(SOURCE.c.name)).scalars()
        return [name for name in known if name.startswith(incomplete)]


def _at_hand() -> Session | None:
    """Return a session of a database that is there and up to date already."""
    try:
        url = make_url(Settings().database_url)
        if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file()):
            return None
        engine = store.create(Settings().database_url)
        return Session(engine) if store.ready(engine) else None
    except (ValueError, SQLAlchemyError, WenmaiError):
        return None
