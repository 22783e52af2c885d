"""A site's own words come from the ``wenmai.toml`` in its folder, and what is wrong with it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from service.content import find, find_sources
from service.errors import ContentError
from service.ingest import ingest
from service.model import Site, Source
from service.query import articles
from service.query.variants import in_variant


def _written(folder: Path, words: str) -> tuple[Site, list[Source | ContentError]]:
    (folder / "a.md").write_text("# 视频与电影\n\n这里介绍软实力。", encoding="utf-8")
    (folder / "wenmai.toml").write_text(words, encoding="utf-8")
    ((site, top),) = find_sources(folder)
    return site, list(find(top, max_files=10, max_bytes=10_000, site=site))


def test_readers_get_the_words_that_the_site_prefers(tmp_path: Path, engine: Engine) -> None:
    site, posts = _written(tmp_path, '[render.prefer.zh-TW]\n"视频" = "影音"\n')
    ingest(engine, site, posts)
    with Session(engine) as session:
        (found,) = articles.articles(session).items
        assert in_variant(found, "zh-TW", session).title == "影音與電影"
        assert in_variant(found, "zh-Hant", session).title == "視頻與電影"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("[render", "cannot be read"),
        ('[render]\nprotect = "里仁"', "a list of words"),
        ("[render.prefer.zh-XX]", "zh-XX"),
    ],
)
def test_what_is_wrong_with_the_words_is_told_and_the_posts_go_in(tmp_path: Path, words: str, told: str) -> None:
    site, (error, post) = _written(tmp_path, words)
    assert isinstance(error, ContentError)
    assert (error.path, told in error.detail) == ("wenmai.toml", True)
    assert isinstance(post, Source)
    assert site.render == {}


def test_words_in_another_encoding_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("文", encoding="utf-8")
    (tmp_path / "wenmai.toml").write_bytes("[render]\nprotect = ['里仁']".encode("utf-16"))
    ((_, top),) = find_sources(tmp_path)
    error, _ = find(top, max_files=10, max_bytes=10_000)
    assert isinstance(error, ContentError)
    assert "UTF-8" in error.detail
