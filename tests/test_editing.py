"""Editors declare sources and remove what is no longer wanted."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from service import editing
from service.errors import NotFoundError
from service.ingest import ingest
from service.model import Dialect, Site, Source
from tests.databases import Copies
from tests.deciding.corpus import POSTS, WANG, push
from tests.store.posts import dump


@pytest.fixture
def posted(copied: Copies) -> Engine:
    """A database with three posts of three authors."""
    return copied(push)


def test_removing_a_source_removes_what_only_it_names(posted: Engine) -> None:
    ingest(posted, Site("station"), [Source("a.md", POSTS["wang.md"])])
    editing.remove_source(posted, "harbour")
    assert [row[0] for row in dump(posted)["entity"]] == [WANG]
    with pytest.raises(NotFoundError):
        editing.remove_source(posted, "harbour")


def test_removing_an_article_removes_what_only_it_names(posted: Engine) -> None:
    with posted.connect() as connection:
        article = str(connection.scalar(text("SELECT id FROM article WHERE path = 'wang.md'")))
    editing.remove_article(posted, article)
    assert WANG not in {row[0] for row in dump(posted)["entity"]}
    with pytest.raises(NotFoundError):
        editing.remove_article(posted, article)


def test_a_source_is_read_as_it_was_declared(posted: Engine) -> None:
    site = Site("notes", Dialect.OBSIDIAN, "https://notes.example/", {"posts": "/:slug/"}, "zh-TW", "Asia/Taipei")
    editing.declare(posted, site)
    assert editing.site_of(posted, "notes") == site
    assert editing.site_of(posted, "never") == Site("never")
