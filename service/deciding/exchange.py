"""Decisions as TOML: what a site keeps beside its lexicon, reviews like code, and gives to another database."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from sqlalchemy import Engine, select
from sqlmodel import Session

from service.deciding.standing import ContradictionError, DecisionError, check, standing
from service.deciding.words import Word
from service.editing import changing
from service.model import Decision, EntityKind
from service.store.names.changes import Changes
from service.store.names.places import decisions_made
from service.store.tables import TABLES, DecisionRow
from service.store.values import storable

MOST: Final = 10_000  # decisions of one file
_HEAD: Final = """\
# What editors decided on who is who, in the order they decided it. `wenmai decide FILE` takes it back in.
# kind: edit | alias | unalias | merge | split | not_this | reject; `into` is whom a merge, split or not_this leads to,
# `new` says that the decision made that id up, `fields` is what an edit gives, `back` what it takes back.
"""
_TEXTS: Final = ("entity", "name", "article", "source", "into", "by", "at", "why")
_LISTS: Final = ("names", "articles", "back")
_FIELDS: Final = ("kind", "name", "hant", "hans", "en")
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "edit": ("entity",),
    "alias": ("entity", "name"),
    "unalias": ("entity", "name", "into"),
    "merge": ("entity", "into"),
    "split": ("entity", "into"),
    "not_this": ("entity", "name", "into"),
    "reject": (),
}
_EITHER: Final[Mapping[str, tuple[str, ...]]] = {
    "edit": ("fields", "back"),
    "split": ("names", "articles"),
    "not_this": ("article", "source"),
    "reject": ("entity", "name"),
}
_KEYS: Final = {"kind", "fields", "new", *_TEXTS, *_LISTS}
_DELETE = re.compile("\x7f")  # TOML wants it escaped where JSON does not
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def exported(session: Session) -> str:
    """Return all decisions as TOML, the oldest first: the same text for the same decisions."""
    rows = standing(session)
    titles = _paths(session, rows)
    return _HEAD + "".join(f"\n{_table(row, titles)}" for row in rows)


def imported(engine: Engine, text: str) -> int:
    """Take over the decisions of a TOML file, all of them or none, and return how many are new.

    Those that stand already are passed over. Whom they are on need not be known yet: they wait for the posts.

    Raises:
        DecisionError: it is no TOML, or an entry of it says nothing that can be decided.
        ContradictionError: an entry contradicts a decision that stands.
    """
    made = list(_parsed(text))
    added: list[DecisionRow] = []

    def change(session: Session) -> Changes:
        changes = Changes(session, former=decisions_made(session))
        rows = list(standing(session))
        for number, (decision, word) in enumerate(made, 1):
            if any(
                (row.kind, row.entity_id, row.value) == (decision.kind, decision.entity_id, decision.value)
                for row in rows
            ):
                continue
            try:
                check(rows, decision)
            except ContradictionError as error:
                raise ContradictionError(f"Entry {number}: {error}") from error
            row = DecisionRow(kind=decision.kind, entity_id=decision.entity_id, value=dict(decision.value))
            session.add(row.sqlmodel_update(word.columns()))
            session.flush()
            rows.append(row)
            added.append(row)
        return changes

    changing(engine, change)
    return len(added)


def _paths(session: Session, rows: Iterable[DecisionRow]) -> dict[str, str]:
    """Return where the articles are found that decisions are limited to: ids tell a reviewer nothing."""
    article = TABLES["article"]
    wanted = {one for row in rows for one in _articles(row.value)}
    query = select(article.c.id, article.c.source, article.c.path).where(article.c.id.in_(wanted))
    return {ident: f"{source}: {path}" for ident, source, path in session.connection().execute(query)} if wanted else {}


def _articles(value: Mapping[str, Any]) -> list[str]:
    return [*value.get("articles", ()), *([value["article"]] if "article" in value else ())]


def _table(row: DecisionRow, paths: Mapping[str, str]) -> str:
    value = dict(row.value)
    if row.kind == "edit":
        given = {key: held for key, held in value.items() if held is not None}
        back = sorted(key for key, held in value.items() if held is None)
        value = {"fields": given} | ({"back": back} if back else {})
    told = {"by": row.made_by, "at": row.made_at, "why": row.why}
    entity = {} if row.entity_id is None else {"entity": row.entity_id}
    pairs = {"kind": row.kind, **entity, **value, **{key: held for key, held in told.items() if held}}
    comments = [f"# {_BREAKS.sub(' ', paths[one])}\n" for one in _articles(row.value) if one in paths]
    return "".join([*comments, "[[decision]]\n", *(f"{key} = {_toml(held)}\n" for key, held in pairs.items())])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return _DELETE.sub("\\\\u007f", json.dumps(str(value), ensure_ascii=False))


def _parsed(text: str) -> Iterator[tuple[Decision, Word]]:
    try:
        entries = tomllib.loads(text).get("decision", [])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DecisionError(f"The file is no TOML: {error}") from error
    if not isinstance(entries, list) or len(entries) > MOST:
        raise DecisionError(f"The file is to hold at most {MOST} tables [[decision]].")
    for number, entry in enumerate(entries, 1):
        wrong = next(_wrong(entry), None) if isinstance(entry, dict) else "it is no table"
        if wrong:
            raise DecisionError(f"Entry {number}: {wrong}.")
        yield _decision(entry), Word(entry.get("by"), entry.get("why"), entry.get("at", ""))


def _wrong(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an entry, as clauses."""
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in _NEEDED:
        yield f"kind is to be one of {', '.join(_NEEDED)}"
        return
    yield from (f"{key} can't be understood" for key in sorted(entry.keys() - _KEYS))
    yield from (f"{key} is not what it is to be" for key, value in entry.items() if not _fits(key, value))
    yield from (f"{kind} needs {key}" for key in _NEEDED[kind] if key not in entry)
    either = _EITHER.get(kind)
    if either and not any(entry.get(key) for key in either):
        yield f"{kind} needs {' or '.join(either)}"


def _fits(key: str, value: object) -> bool:
    if key in _LISTS:
        listed = isinstance(value, list) and all(_is_text(item) for item in value)
        return listed and (key != "back" or set(cast("list[str]", value)) <= set(_FIELDS))
    if key == "new":
        return isinstance(value, bool)
    if key == "fields":
        kinds = isinstance(value, dict) and (value.get("kind") is None or value["kind"] in list(EntityKind))
        return isinstance(value, dict) and kinds and all(k in _FIELDS and _is_text(v) for k, v in value.items())
    return _is_text(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and storable(value) == value


def _decision(entry: Mapping[str, Any]) -> Decision:
    if entry["kind"] == "edit":
        value = {**entry.get("fields", {}), **dict.fromkeys(entry.get("back", ()))}
    else:
        kept = ("name", "names", "article", "articles", "source", "into", "new")
        value = {key: entry[key] for key in kept if key in entry}
    return Decision(entry["kind"], entry.get("entity"), value)
