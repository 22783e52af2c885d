"""Entity notes as they stand, and what a changed note changes: whether other notes' names still tie anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from service.model import EntityKind
from service.resolution import GlossSeen
from service.resolution.groups import node_of
from service.store.names.changes import Pair, Said, Writing
from service.store.names.rows import all_rows, chunks, rows_with, sync
from service.store.notes import EntityNote, entity_notes, shared_names
from service.store.tables import TABLES
from service.store.values import Row

_NOTE, _NAME = TABLES["entity_note"], TABLES["note_name"]


class NotesChanged(NamedTuple):
    """What other notes make of the names, and of whom they speak."""

    said: Said
    nodes: frozenset[str]


def note_anew(session: Session) -> tuple[Said, int]:
    """Store all entity notes there are; return what they say and how many rows that changes."""
    notes = entity_notes(session)
    changed = sync(session, _NOTE, map(_note_row, notes), all_rows(session, _NOTE))
    changed += sync(session, _NAME, _name_rows(notes), all_rows(session, _NAME))
    return _said(notes, notes, shared_names(notes)), changed


def note_on(session: Session, articles: Collection[str]) -> NotesChanged:
    """Store what became of the entity notes among `articles`, and return what that changes."""
    old = stored_notes(rows_with(session, _NOTE, articles, _NOTE.c.article_id))
    new = [note for chunk in chunks(sorted(articles)) for note in entity_notes(session, articles=chunk)]
    change = Said()
    if old or new:
        near = {note.article: note for note in (*old, *_called(session, _names((*old, *new))))}
        others = _called(session, _names((*near.values(), *new)))
        kept = [note for note in others if note.article not in articles]
        stay = [note for article, note in near.items() if article not in articles]
        change.add(_said([*new, *stay], new, shared_names([*kept, *new])))
        change.add(_said(near.values(), old, shared_names([*others, *old])), -1)
        sync(session, _NOTE, map(_note_row, new), map(_note_row, old))
        sync(session, _NAME, _name_rows(new), _name_rows(old))
    return NotesChanged(change, frozenset(_node(note) for note in (*old, *new)))


def stored_notes(rows: Iterable[Row]) -> list[EntityNote]:
    """Return the entity notes that `rows` of their table hold."""
    return [_note(row) for row in rows]


def _note(row: Any) -> EntityNote:
    return EntityNote(row["article_id"], EntityKind(row["kind"]), row["title"], tuple(row["names"]), row["source"])


def _called(session: Session, names: Iterable[str]) -> list[EntityNote]:
    """Return the stored notes that have one of `names`."""
    articles = {str(row["article_id"]) for row in rows_with(session, _NAME, names, _NAME.c.folded)}
    return stored_notes(rows_with(session, _NOTE, articles, _NOTE.c.article_id))


def _names(notes: Iterable[EntityNote]) -> set[str]:
    return {name for note in notes for name in note.called()}


def _said(tying: Iterable[EntityNote], titled: Iterable[EntityNote], shared: frozenset[str]) -> Said:
    """Return the pairs of the notes `tying`, without the `shared` names, and the titles of the notes `titled`."""
    said = Said()
    said.pairs.update(_pair(gloss) for note in tying for gloss in note.glosses(shared))
    for note in titled:
        seen = note.seen()
        writing = Writing(seen.kind.value, seen.name, seen.key, "", note.source)
        for counter in (said.times, said.articles, said.sure):
            counter[writing] += 1
    return said


def _pair(gloss: GlossSeen) -> Pair:
    return Pair(gloss.kind.value, gloss.name, gloss.gloss)


def _node(note: EntityNote) -> str:
    return node_of(*note.seen().named).code


def _note_row(note: EntityNote) -> Row:
    return {
        "article_id": note.article,
        "source": note.source,
        "kind": note.kind.value,
        "title": note.title,
        "names": list(note.names),
        "node": _node(note),
    }


def _name_rows(notes: Iterable[EntityNote]) -> Iterator[Row]:
    for note in notes:
        for name in sorted(note.called()):
            yield {"article_id": note.article, "folded": name}
