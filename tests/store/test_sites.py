"""A site comes back from its row as it was declared."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from service import editing
from service.model import Defaults, Dialect, Site

FULL = Site(
    "harbour",
    Dialect.HUGO,
    "https://harbour.example/",
    {"posts": "/:year/:slug/"},
    "zh-TW",
    "Asia/Taipei",
    languages={"zh-tw": "content/tw", "en": ""},
    language_in_path=True,
    ugly_urls=True,
    date_sources=(":filename", ":default"),
    defaults=(Defaults({"tags": ["港口"], "draft": False}, "content/notes", "page"),),
)


def test_a_site_comes_back_as_declared(engine: Engine) -> None:
    editing.declare(engine, FULL)
    assert editing.site_of(engine, "harbour") == FULL


def test_declaring_a_site_again_replaces_all_of_it(engine: Engine) -> None:
    editing.declare(engine, FULL)
    bare = Site("harbour", Dialect.JEKYLL)
    editing.declare(engine, bare)
    assert editing.site_of(engine, "harbour") == bare


def test_a_site_that_was_never_declared_is_told_from_its_posts(engine: Engine) -> None:
    editing.declare(engine, replace(FULL, dialect=None))
    assert editing.site_of(engine, "harbour").dialect is None
    assert editing.site_of(engine, "unknown") == Site("unknown")
