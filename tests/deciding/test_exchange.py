"""Decisions travel as TOML: written, reviewed and taken back in, they decide the same."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from service import deciding
from service.deciding import ContradictionError, DecisionError, Where, Word
from service.deciding.exchange import _table
from service.ingest import ingest
from service.store.engine import create, migrate
from service.store.tables import DecisionRow
from tests.deciding.corpus import JING, LIN, SITE, WANG, article, listed, push, state


def exported(engine: Engine) -> str:
    with Session(engine) as session:
        return deciding.exported(session)


def decide_everything(engine: Engine) -> None:
    """Make a decision of every kind."""
    deciding.edit_entity(engine, LIN, {"en": "Lin Jingyi", "kind": "person"}, Word("lin", "名片\n背面"))
    deciding.edit_entity(engine, LIN, {"kind": None})
    deciding.add_alias(engine, LIN, '阿"儀"')
    deciding.merge_entities(engine, JING, LIN)
    deciding.split_entity(engine, LIN, names=["靜儀姐"], into="sister-jing")
    deciding.not_this(engine, WANG, "王大明", Where(article(engine, "wang.md")), LIN)
    deciding.reject(engine, name="漁市", where=Where(source="harbour"))


def test_a_file_decides_in_another_database_what_it_did_here(posted: Engine) -> None:
    decide_everything(posted)
    other = create("sqlite://")
    migrate(other)
    assert deciding.imported(other, exported(posted)) == 7
    push(other)  # the posts come later than what was decided on them
    assert state(other) == state(posted)
    assert [one.model_dump(exclude={"entity"}) for one in listed(other)] == [
        one.model_dump(exclude={"entity"}) for one in listed(posted)
    ]


def test_an_article_is_told_by_its_path(posted: Engine) -> None:
    decide_everything(posted)
    assert "# harbour: wang.md\n[[decision]]" in exported(posted)


def test_taking_a_file_in_again_changes_nothing(posted: Engine) -> None:
    decide_everything(posted)
    before = exported(posted)
    assert deciding.imported(posted, before) == 0
    assert exported(posted) == before


def test_a_rebuild_from_posts_and_file_alone_is_the_same(posted: Engine) -> None:
    decide_everything(posted)
    decided, file = state(posted), exported(posted)
    for one in listed(posted):
        deciding.revoke(posted, one.id)
    ingest(posted, SITE, [], replace=True)
    push(posted)
    deciding.imported(posted, file)
    assert state(posted) == decided


def test_what_contradicts_is_refused_as_a_whole(posted: Engine) -> None:
    deciding.add_alias(posted, LIN, "阿儀")
    file = f'[[decision]]\nkind = "alias"\nentity = "{WANG}"\nname = "大王"\n'
    with pytest.raises(ContradictionError, match="Entry 2"):
        deciding.imported(posted, file + file.replace("大王", "阿仪"))
    assert len(listed(posted)) == 1


@pytest.mark.parametrize("text", [
    "x =",
    "decision = 3",
    'decision = ["a"]',
    "[[decision]]",
    '[[decision]]\nkind = "marry"',
    '[[decision]]\nkind = ["merge"]',
    '[[decision]]\nkind = "merge"\nentity = "a"',
    '[[decision]]\nkind = "merge"\nentity = "a"\ninto = 3',
    '[[decision]]\nkind = "merge"\nentity = "a"\ninto = "b"\nsurname = "c"',
    '[[decision]]\nkind = "alias"\nentity = "a"\nname = " "',
    '[[decision]]\nkind = "alias"\nentity = "a"\nname = "\\u0000"',
    '[[decision]]\nkind = "edit"\nentity = "a"',
    '[[decision]]\nkind = "edit"\nentity = "a"\nfields = {kind = "ghost"}',
    '[[decision]]\nkind = "edit"\nentity = "a"\nback = ["id"]',
    '[[decision]]\nkind = "split"\nentity = "a"\ninto = "b"',
    '[[decision]]\nkind = "not_this"\nentity = "a"\nname = "b"\ninto = "c"',
    '[[decision]]\nkind = "reject"',
    "[" * 100_000,
    '[[decision]]\nkind = "reject"\nname = "a"\n' * 10_001,
])  # fmt: skip
def test_what_decides_nothing_is_refused(sqlite_engine: Engine, text: str) -> None:
    with pytest.raises(DecisionError):
        deciding.imported(sqlite_engine, text)
    assert listed(sqlite_engine) == []


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(TEXT, TEXT, st.lists(TEXT, max_size=3))
def test_any_text_is_written_so_that_it_is_read_back(name: str, why: str, names: list[str]) -> None:
    row = DecisionRow(kind="split", entity_id="a", value={"name": name, "names": names, "new": True}, why=why)
    (entry,) = tomllib.loads(_table(row, {}))["decision"]
    assert (entry["name"], entry["names"], entry["new"], entry.get("why", "")) == (name, names, True, why)
