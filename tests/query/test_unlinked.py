"""Names of notes that stand in running text without a link are found, in either script."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.ingest import ingest
from service.model import Dialect, Site, Source
from service.query import articles
from service.query.columns import ARTICLE
from service.store.corpus_version import bump
from service.store.ids import article_id
from service.store.tables import EntityNameRow, EntityRow

VAULT = Site("vault", Dialect.OBSIDIAN)


def _write(engine: Engine, notes: dict[str, str], site: Site = VAULT, *, replace: bool = True) -> None:
    ingest(engine, site, [Source(path, text) for path, text in notes.items()], replace=replace)


def _unlinked(engine: Engine, path: str, site: Site = VAULT) -> list[tuple[str, str, int]]:
    """Return (path, surface, line) of the places where the note at `path` is named elsewhere."""
    with Session(engine) as session:
        found = articles.unlinked_mentions_of(session, article_id(site.name, path)).items
        paths = {row.id: row.path for row in session.execute(select(ARTICLE))}
        texts = {row.id: row.text for row in session.execute(select(ARTICLE))}
    assert all(texts[one.article.id][one.start : one.end] == one.surface for one in found)
    assert all(one.surface in one.context for one in found)
    return sorted((paths[one.article.id], one.surface, one.line) for one in found)


def _suggested(engine: Engine, path: str) -> list[tuple[str, str, int]]:
    with Session(engine) as session:
        found = articles.link_suggestions_for(session, article_id("vault", path)).items
        paths = {row.id: row.path for row in session.execute(select(ARTICLE))}
    return [(paths[one.article.id], one.surface, one.line) for one in found]


def test_a_title_or_other_name_is_found_in_either_script(engine: Engine) -> None:
    notes = {
        "焙火.md": "---\naliases: [Roasting, 烘焙工序]\n---\n火候的事。",
        "a.md": "# 記錄\n\n老師傅說焙火最難，\n烘焙工序要兩天。",
        "b.md": "焙火以后要退火，這叫 roasting。",
    }
    _write(engine, notes)
    expected = [("a.md", "烘焙工序", 4), ("a.md", "焙火", 3), ("b.md", "roasting", 1), ("b.md", "焙火", 1)]
    assert _unlinked(engine, "焙火.md") == expected
    assert _suggested(engine, "a.md") == [("焙火.md", "焙火", 3), ("焙火.md", "烘焙工序", 4)]


@pytest.mark.parametrize(
    "text",
    [
        "看 [[焙火]] 那篇。",
        "看 [[火候|焙火]] 那篇。",
        "看 [焙火](https://a.example/) 那篇。",
        "跑 `焙火` 這個指令。",
        "```\n焙火\n```",
        "---\ntitle: 焙火的筆記\ndescription: 講焙火\n---\n正文",
        "%% 焙火 %%",
        "https://a.example/焙火",
    ],
)
def test_links_code_and_front_matter_are_no_mentions(engine: Engine, text: str) -> None:
    _write(engine, {"焙火.md": "火候的事。", "火候.md": "", "a.md": text})
    assert _unlinked(engine, "焙火.md") == []


def test_a_name_within_a_longer_one_is_none(engine: Engine) -> None:
    notes = {
        "焙火.md": "",
        "焙火機.md": "",
        "海安.md": "",
        "Art.md": "",
        "a.md": "焙火機在上海安全地 start 了，smart。",
    }
    _write(engine, notes)
    assert [_unlinked(engine, path) for path in ("焙火.md", "海安.md", "Art.md")] == [[], [], []]
    assert _suggested(engine, "a.md") == [("焙火機.md", "焙火機", 1)]


def test_title_marks_hold_a_name_whole_or_not_at_all(engine: Engine) -> None:
    _write(engine, {"焙火.md": "", "a.md": "《焙火》寫得好，\n《岩茶焙火》不行。"})
    assert _unlinked(engine, "焙火.md") == [("a.md", "焙火", 1)]


@pytest.mark.parametrize("name", ["成本", "思考", "為什麼", "首頁", "火", "AI", "the", "2026-03-05", "Index"])
def test_everyday_words_and_short_names_are_left_out(engine: Engine, name: str) -> None:
    _write(engine, {f"{name}.md": "", "a.md": f"他說 {name} 很重要，{name}。"})
    assert _unlinked(engine, f"{name}.md") == []


def test_an_everyday_word_counts_where_it_is_the_name_of_an_entity(engine: Engine) -> None:
    _write(engine, {"思考.md": "", "a.md": "他在思考做事。"})
    assert _unlinked(engine, "思考.md") == []
    with Session(engine) as session:
        session.add(EntityRow(id="sikao", kind="company", name="思考"))
        session.flush()
        session.add(EntityNameRow(entity_id="sikao", folded="思考"))
        bump(session)
        session.commit()
    assert _unlinked(engine, "思考.md") == [("a.md", "思考", 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("用 nginx 擋在前面", True),
        ("用Nginx擋在前面", True),
        ("an Nginx server", True),
        ("run nginx for me", False),
        ("Nginx Proxy Manager 不錯", False),
        ("在 /etc/nginx/conf.d 底下", False),
        ("docker-nginx 映像", False),
    ],
)
def test_latin_names_are_told_from_words_paths_and_longer_names(engine: Engine, text: str, *, found: bool) -> None:
    _write(engine, {"Nginx.md": "", "a.md": text})
    assert bool(_unlinked(engine, "Nginx.md")) is found


def test_of_two_notes_of_one_name_the_one_a_link_would_open_is_meant(engine: Engine) -> None:
    _write(engine, {"山/焙火.md": "", "水/焙火.md": "", "水/a.md": "焙火要久。", "b.md": "焙火。"})
    assert _unlinked(engine, "水/焙火.md") == [("水/a.md", "焙火", 1)]
    assert len(_unlinked(engine, "山/焙火.md")) + len(_unlinked(engine, "水/焙火.md")) == 2


def test_only_the_own_source_counts_and_files_of_sites_are_not_names(engine: Engine) -> None:
    blog = Site("blog", Dialect.HUGO)
    _write(engine, {"焙火.md": ""})
    _write(engine, {"content/roasting.md": "---\ntitle: 焙火\n---\n", "content/b.md": "焙火 roasting"}, blog)
    assert _unlinked(engine, "焙火.md") == []
    assert _unlinked(engine, "content/roasting.md", blog) == [("content/b.md", "焙火", 1)]


def test_a_note_that_comes_later_is_found_in_what_was_there(engine: Engine) -> None:
    _write(engine, {"a.md": "焙火要久。"})
    assert _suggested(engine, "a.md") == []
    _write(engine, {"焙火.md": ""}, replace=False)
    assert _suggested(engine, "a.md") == [("焙火.md", "焙火", 1)]


def test_both_lists_are_paged(engine: Engine) -> None:
    _write(engine, {"焙火.md": ""} | {f"{n}.md": "焙火。\n焙火。" for n in range(4)})
    with Session(engine) as session:
        found, cursor = [], None
        while True:
            page = articles.unlinked_mentions_of(session, article_id("vault", "焙火.md"), limit=3, cursor=cursor)
            found += [(one.article.id, one.start) for one in page.items]
            if (cursor := page.next) is None:
                break
        first = articles.link_suggestions_for(session, article_id("vault", "0.md"), limit=1)
        rest = articles.link_suggestions_for(session, article_id("vault", "0.md"), limit=1, cursor=first.next)
    assert len(found) == len(set(found)) == 8
    assert found == sorted(found)
    assert [one.line for one in (*first.items, *rest.items)] == [1, 2]


def test_an_article_that_is_not_there_has_neither(engine: Engine) -> None:
    with Session(engine) as session:
        for asked in (articles.unlinked_mentions_of, articles.link_suggestions_for):
            with pytest.raises(NotFoundError):
                asked(session, "nothing")
