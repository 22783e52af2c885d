"""The fast reader of plain tables: what it takes it reads as TOML does, and what it does not know it leaves."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import lexicon
from service.lexicon.plain_tables import plain_tables


@pytest.mark.parametrize(
    ("file", "name"), [("people.toml", "person"), ("companies.toml", "company"), ("products.toml", "product")]
)
def test_the_lists_of_names_are_plain_tables_and_read_as_toml_reads_them(file: str, name: str) -> None:
    text = files(lexicon).joinpath(file).read_text(encoding="utf-8")
    assert plain_tables(text, name) == tomllib.loads(text)[name]


@pytest.mark.parametrize(
    "text",
    [
        'top = "a key outside of a table"\n',
        '[[tea]]\nid = "assam"\nid = "twice"\n',
        '[[tea]]\nid = "assam" # a remark\n',
        '[[tea]]\nen = [\n  "over",\n  "lines",\n]\n',
        "[[tea]]\nid = 'literal'\n",
        '[[tea]]\nid = "back\\\\slash"\n',
        '[[tea]]\nen = ["open]\n',
        '[[tea]]\nid = "a"b"\n',
        "[[tea]]\nyear = 1990\n",
        '[[coffee]]\nid = "mocha"\n',
        '[[tea]]\r\nid = "assam"\r\n',
    ],
)
def test_any_other_layout_is_left_to_the_parser_of_toml(text: str) -> None:
    assert plain_tables(text, "tea") is None


def test_an_empty_file_has_no_tables() -> None:
    assert plain_tables("# nothing yet\n\n", "tea") == []


_NAME = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"\\'), min_size=1, max_size=6)


@given(st.lists(st.fixed_dictionaries({"id": _NAME, "hant": st.lists(_NAME, min_size=1, max_size=3)}), max_size=3))
def test_whatever_names_are_written_down_come_back(teas: list[dict[str, object]]) -> None:
    text = "".join(f'[[tea]]\nid = "{tea["id"]}"\nhant = {_listed(tea["hant"])}\n\n' for tea in teas)
    assert plain_tables(text, "tea") == teas == tomllib.loads(text).get("tea", [])


@given(st.text(alphabet='[]tea= "#\n,\\', max_size=40))
def test_what_it_takes_toml_takes_too(text: str) -> None:
    tables = plain_tables(text, "tea")
    assert tables is None or tables == tomllib.loads(text).get("tea", [])


def _listed(names: object) -> str:
    assert isinstance(names, list)
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
