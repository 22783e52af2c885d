"""What editors judge of two claims: that they say the same, contradict each other, or neither.

A judgement outranks what the words of the claims tell, and can be taken back. It is on the claims' ids, which are made
of an article and the words: it holds again when a post that went returns, and no longer when a sentence is rewritten.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from service.deciding.exchange import exported, imported
from service.deciding.standing import DecisionError
from service.deciding.words import Word
from service.editing import changing
from service.errors import NotFoundError
from service.store.names.changes import Changes
from service.store.tables import TABLES, JudgementRow
from service.store.values import storable

RELATIONS: Final = ("same", "different", "conflict")
MOST: Final = 10_000  # judgements of one file
_LARGEST_ID: Final = 2**31 - 1  # that the column takes on PostgreSQL
_TEXTS: Final = ("one", "other", "one_article", "other_article", "one_text", "other_text")
_TOLD: Final = ("made_by", "made_at", "why")
_DELETE: Final = re.compile("\x7f")  # TOML wants it escaped where JSON does not
_SOMEBODY: Final = Word()


def judge_pair(engine: Engine, one: str, other: str, relation: str, word: Word = _SOMEBODY) -> JudgementRow:
    """Say how two claims stand to each other, in place of what was said before.

    Raises:
        NotFoundError: one of the claims does not exist.
        DecisionError: they are one claim, or `relation` is none of `RELATIONS`.
    """
    if one == other or relation not in RELATIONS:
        raise DecisionError(f"Say of two claims that they are one of: {', '.join(RELATIONS)}.")
    made: list[JudgementRow] = []

    def change(session: Session) -> Changes:
        first, last = (_claim(session, claim) for claim in sorted((one, other)))
        values = dict([*_side("one", first), *_side("other", last)])
        made.append(_store(session, {"relation": relation, **values, **word.columns()}))
        return Changes(session)

    def afterwards(session: Session) -> None:
        session.refresh(made[0])
        session.expunge(made[0])

    changing(engine, change, afterwards)
    return made[0]


def unjudge(engine: Engine, number: int) -> None:
    """Take a judgement back: the words of the two claims tell again.

    Raises:
        NotFoundError: there is none of this number.
    """

    def change(session: Session) -> Changes:
        row = session.get(JudgementRow, number) if 0 < number <= _LARGEST_ID else None
        if row is None:
            raise NotFoundError(f"There is no judgement with the id {number}.")
        session.delete(row)
        return Changes(session)

    changing(engine, change)


def exported_judgements(session: Session) -> str:
    """Return all judgements as TOML, ordered by the claims: the same text for the same judgements."""
    rows = session.exec(select(JudgementRow).order_by(col(JudgementRow.one), col(JudgementRow.other))).all()
    return "".join(f"\n[[judgement]]\n{_lines(row)}" for row in rows)


def imported_judgements(engine: Engine, text: str) -> int:
    """Take over the judgements of a TOML file, all or none, and return how many are new or other than before.

    The claims need not be there: judgements wait for the posts.

    Raises:
        DecisionError: it is no TOML, or an entry is no judgement.
    """
    entries = list(_parsed(text))
    changed: list[bool] = []

    def change(session: Session) -> Changes:
        changed.extend(_changes(session, entry) for entry in entries)
        return Changes(session)

    if entries:
        changing(engine, change)
    return sum(changed)


def all_exported(session: Session) -> str:
    """Return all that editors decided, on names and on claims, as one TOML file."""
    return exported(session) + exported_judgements(session)


def all_imported(engine: Engine, text: str) -> int:
    """Take over a file as `all_exported` writes it, and return how many of its entries are new.

    Raises:
        DecisionError: it is no TOML, or an entry is none.
        ContradictionError: an entry contradicts a decision that stands.
    """
    list(_parsed(text))  # nothing is taken over where anything is wrong
    return imported(engine, text) + imported_judgements(engine, text)


def _claim(session: Session, claim: str) -> Mapping[str, Any]:
    table = TABLES["claim"]
    query = sql_select(table.c.id, table.c.article_id, table.c.text).where(table.c.id == claim)
    found = session.connection().execute(query).mappings().first()
    if found is None:
        raise NotFoundError(f"There is no claim {claim}.")
    return dict(found)


def _side(name: str, claim: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((name, claim["id"]), (f"{name}_article", claim["article_id"]), (f"{name}_text", claim["text"]))


def _store(session: Session, values: Mapping[str, Any]) -> JudgementRow:
    pair = select(JudgementRow).where(JudgementRow.one == values["one"], JudgementRow.other == values["other"])
    row = session.exec(pair).first() or JudgementRow(**values)
    row.sqlmodel_update(dict(values))
    session.add(row)
    return row


def _changes(session: Session, entry: Mapping[str, str]) -> bool:
    pair = select(JudgementRow).where(JudgementRow.one == entry["one"], JudgementRow.other == entry["other"])
    row = session.exec(pair).first()
    if row is not None and row.relation == entry["relation"]:
        return False
    _store(session, entry)
    return True


def _lines(row: JudgementRow) -> str:
    held = {name: getattr(row, name) for name in ("relation", *_TEXTS, *_TOLD)}
    return "".join(f"{name} = {_toml(value)}\n" for name, value in held.items() if value)


def _toml(value: str) -> str:
    return _DELETE.sub("\\\\u007f", json.dumps(value, ensure_ascii=False))


def _parsed(text: str) -> Iterator[dict[str, str]]:
    try:
        entries = tomllib.loads(text).get("judgement", [])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DecisionError(f"The file is no TOML: {error}") from error
    if not isinstance(entries, list) or len(entries) > MOST:
        raise DecisionError(f"The file is to hold at most {MOST} tables [[judgement]].")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not _fits(entry):
            raise DecisionError(f"Judgement {number}: it is to hold {', '.join(('relation', *_TEXTS))}, as texts.")
        yield entry


def _fits(entry: Mapping[str, Any]) -> bool:
    texts = all(isinstance(value, str) and value.strip() and storable(value) == value for value in entry.values())
    known = {"relation", *_TEXTS} <= entry.keys() <= {"relation", *_TEXTS, *_TOLD}
    return known and texts and entry["relation"] in RELATIONS and entry["one"] < entry["other"]
