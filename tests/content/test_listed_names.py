"""A site lists people and companies in its own folder, and its posts are read with them in mind."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from service.content import find, find_sources
from service.content.listed_names import names_in, site_names
from service.errors import ContentError
from service.ingest import Report, ingest
from service.store.tables import TABLES

_MENTION = TABLES["mention"]
_POSTS = {
    "a.md": "# 春茶\n\n翠峰今年的春茶很香，阿茶姐也來了。",
    "b.md": "# 夏天\n\n今天很熱，什麼也沒發生。",
}


def _ingested(folder: Path, engine: Engine, lists: dict[str, str]) -> Report:
    for path, text in {**_POSTS, **lists}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    ((site, top),) = find_sources(folder)
    return ingest(engine, site, find(top, max_files=10, max_bytes=10_000, site=site))


def _found(engine: Engine) -> set[tuple[str, str, str]]:
    with engine.connect() as connection:
        columns = (_MENTION.c.kind, _MENTION.c.surface, _MENTION.c.name)
        return {(kind, surface, name) for kind, surface, name in connection.execute(select(*columns))}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/companies.yaml", "- name: 翠峰茶行\n  aliases: [翠峰, Cuifeng Tea]\n"),
        ("_data/companies.yml", "翠峰茶行:\n  name: 翠峰茶行\n  alias: 翠峰；Cuifeng Tea\n"),
        ("data/companies.json", '[{"公司名稱": "翠峰茶行", "簡稱": "翠峰", "en": "Cuifeng Tea"}]'),
        ("data/companies.toml", '[[companies]]\nname = "翠峰茶行"\naliases = ["翠峰", "Cuifeng Tea"]\n'),
        ("_data/companies.csv", "name,aliases\n翠峰茶行,翠峰;Cuifeng Tea\n"),
        ("lexicon.toml", '[[company]]\nname = "翠峰茶行"\naliases = ["翠峰", "Cuifeng Tea"]\n'),
    ],
)
def test_a_list_may_be_written_in_any_usual_way(path: str, text: str) -> None:
    (company,) = names_in(text, path)
    assert (company.kind, company.names[0]) == ("company", "翠峰茶行")
    assert {"翠峰", "Cuifeng Tea"} <= {*company.names}


def test_who_a_site_lists_is_found_in_its_posts(tmp_path: Path, engine: Engine) -> None:
    lists = {"data/companies.yaml": "- {name: 翠峰茶行, aliases: [翠峰]}\n", "data/people.json": '["阿茶姐"]'}
    _ingested(tmp_path, engine, lists)
    assert _found(engine) == {("company", "翠峰", "翠峰茶行"), ("person", "阿茶姐", "阿茶姐")}


def test_all_names_of_one_bearer_are_one_entity(tmp_path: Path, engine: Engine) -> None:
    posts = {"c.md": "翠峰又開了一家店。", "d.md": "翠峰茶行歇業一天。"}
    _ingested(tmp_path, engine, {**posts, "data/companies.yaml": "- {name: 翠峰茶行, aliases: [翠峰]}\n"})
    with engine.connect() as connection:
        entities = set(connection.scalars(select(_MENTION.c.entity_id).where(_MENTION.c.surface.startswith("翠峰"))))
    assert len(entities) == 1


def test_a_name_that_is_listed_later_reads_the_posts_again_that_use_it(tmp_path: Path, engine: Engine) -> None:
    first = _ingested(tmp_path, engine, {"data/people.json": '["秋山先生"]'})
    assert first.added == len(_POSTS)
    again = _ingested(tmp_path, engine, {"data/people.json": '["秋山先生", "阿茶姐"]'})
    assert (again.updated, again.unchanged) == (1, 1)
    assert ("person", "阿茶姐", "阿茶姐") in _found(engine)


def test_a_name_that_is_listed_no_more_is_forgotten(tmp_path: Path, engine: Engine) -> None:
    _ingested(tmp_path, engine, {"data/people.json": '["阿茶姐"]'})
    again = _ingested(tmp_path, engine, {"data/people.json": "[]"})
    assert (again.updated, again.unchanged) == (1, 1)
    assert not {found for found in _found(engine) if "阿茶姐" in found}


def test_a_weak_name_needs_evidence(tmp_path: Path, engine: Engine) -> None:
    lists = {"lexicon.toml": '[[company]]\nname = "春茶控股"\nambiguous = ["春茶"]\n'}
    _ingested(tmp_path, engine, lists)
    assert not {found for found in _found(engine) if "春茶" in found[1]}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/people.yaml", "- name: [a"),
        ("data/people.json", "{"),
        ("lexicon.toml", "[[person]"),
        ("data/people.toml", "="),
    ],
)
def test_a_list_that_cannot_be_read_is_told_and_the_posts_go_in(tmp_path: Path, path: str, text: str) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "a.md").write_text("文", encoding="utf-8")
    ((site, top),) = find_sources(tmp_path)
    error, _ = find(top, max_files=10, max_bytes=10_000, site=site)
    assert isinstance(error, ContentError)
    assert (error.path, "cannot be read" in error.detail) == (path, True)
    assert site.names == ()


def test_whatever_a_list_holds_nothing_but_names_comes_of_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    odd = '[1, null, "", " ", "x", {"name": 3}, {"name": ["何沐陽"], "aliases": {"a": 1}}, ["a"], {"role": "店長"}]'
    (tmp_path / "data" / "people.json").write_text(odd, encoding="utf-8")
    assert [one.names for one in site_names(tmp_path)] == [("何沐陽",)]
