"""A site comes back from its row as it was declared."""

from __future__ import annotations

from dataclasses import fields, replace

from sqlalchemy import Engine

from service import editing
from service.model import Defaults, Dialect, Mount, Site, SiteName

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
    render={"protect": ["里仁"], "prefer": {}},
    date_sources=(":filename", ":default"),
    defaults=(Defaults({"tags": ["港口"], "draft": False}, "/notes/**", "page", "notes", "en"),),
    collections={"posts": True, "drafts": False},
    collections_dir="collections",
    excludes=("drafts/", "*.tmp.md"),
    includes=("_pages",),
    plugins=("jekyll-readme-index",),
    generator="hexo",
    mounts=(Mount("文章", "posts", "zh-tw"), Mount("content")),
    disabled_languages=("en",),
    by_language={"zh-cn": {"base_url": "https://cn.harbour.example/", "permalinks": {"posts": "/:title/"}}},
    ugly_sections=("notes",),
    updated_sources=("revised",),
    case_kept=True,
    accents_removed=True,
    taxonomies={"tag": "標籤"},
    names=(SiteName("person", ("林小雲", "Cloud Lin"), "cloud-lin", ("小雲",)), SiteName("company", ("翠峰茶行",))),
    told=("permalinks", "ugly_urls"),
    sections={"zh-tw/notes": {"title": "筆記", "slug": "bi-ji"}},
)


def test_a_site_comes_back_as_declared(engine: Engine) -> None:
    editing.declare(engine, FULL)
    assert editing.site_of(engine, "harbour") == FULL


def test_every_field_of_a_site_is_kept() -> None:
    bare = Site("bare")
    assert [item.name for item in fields(Site) if getattr(FULL, item.name) == getattr(bare, item.name)] == []


def test_declaring_a_site_again_replaces_all_of_it(engine: Engine) -> None:
    editing.declare(engine, FULL)
    bare = Site("harbour", Dialect.JEKYLL)
    editing.declare(engine, bare)
    assert editing.site_of(engine, "harbour") == bare


def test_a_site_that_was_never_declared_is_told_from_its_posts(engine: Engine) -> None:
    editing.declare(engine, replace(FULL, dialect=None))
    assert editing.site_of(engine, "harbour").dialect is None
    assert editing.site_of(engine, "unknown") == Site("unknown")
