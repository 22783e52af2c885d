"""Hugo sites are read as Hugo itself builds them: the cases say what Hugo 0.168 makes of each file."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.content.hugo import hugo_site, read_hugo
from service.content.hugo_posts import hugo_posts
from service.model import Dialect, Document, Moment, Site, Source
from service.reading import read
from service.reading.addresses.hugo import hugo_alias
from service.reading.addresses.urls import page_url

CASES = Path(__file__).parent / "cases"


def _sites() -> list[Any]:
    texts = [file.read_text(encoding="utf-8") for file in sorted(CASES.glob("hugo_*.toml"))]
    return [pytest.param(site, id=site["name"]) for text in texts for site in tomllib.loads(text)["site"]]


def _text(page: dict[str, Any]) -> str:
    return str(page["text"]) if "text" in page else f"---\n{page['front']}\n---\n文。\n"


def _built(case: dict[str, Any]) -> tuple[Site, dict[str, Document]]:
    texts = {file["path"]: file["text"] for file in case["files"]} | {p["path"]: _text(p) for p in case["pages"]}
    site = read_hugo("s", texts)
    return site, {path: read(Source(path, texts[path]), site) for path in hugo_posts(texts, site)}


@pytest.mark.parametrize("case", _sites())
def test_pages_stand_where_hugo_puts_them(case: dict[str, Any]) -> None:
    site, documents = _built(case)
    found = {path: unquote(page_url(document, site) or "") or None for path, document in documents.items()}
    wanted = {page["path"]: page.get("url") for page in case["pages"]}
    assert {path: found.get(path) for path in wanted} == wanted


@pytest.mark.parametrize("case", _sites())
def test_pages_have_the_dates_labels_and_language_that_hugo_gives_them(case: dict[str, Any]) -> None:
    _, documents = _built(case)
    for page in case["pages"]:
        document = documents.get(page["path"])
        if document is None:
            continue
        header = document.header
        assert _is(header.published, page.get("date", header.published))
        assert header.updated is None or _is(header.updated, page.get("lastmod", header.updated))
        for label in ("tags", "categories"):
            assert list(getattr(header, label)) == page.get(label, list(getattr(header, label)))
        assert "language" not in page or header.language == page["language"]


def _is(moment: Moment | None, wanted: str | Moment | None) -> bool:
    if moment is None or not isinstance(wanted, str):
        return moment is wanted
    time = datetime.fromisoformat(wanted)
    return moment.value == time if moment.value.tzinfo else moment.value == time.replace(tzinfo=None)


@pytest.mark.parametrize("case", _sites())
def test_old_addresses_stand_where_hugo_leaves_its_redirects(case: dict[str, Any]) -> None:
    site, documents = _built(case)
    for page in case["pages"]:
        if "aliases" in page:
            document = documents[page["path"]]
            found = {hugo_alias(alias, document, site) or "" for alias in document.header.aliases}
            assert {_bare(path) for path in found} == {_bare(path) for path in page["aliases"]}


def _bare(path: str) -> str:
    return path.removesuffix("index.html").removesuffix(".html").rstrip("/")


@pytest.mark.parametrize(
    ("path", "front", "url"),
    [
        ("content/posts/tea.zh-cn.md", "", "/zh-cn/posts/tea.html"),
        ("content/posts/tea.zh-tw.md", "", "/zh-tw/posts/tea.html"),
        ("content/posts/tea.old.md", "", "/zh-tw/posts/tea.old.html"),
        ("content/zh-cn/posts/tea.md", "url: cha/", "/zh-tw/cha/"),
        ("content/posts/_index.md", "", "/zh-tw/posts/index.html"),
        ("content/notes/2026-03-05-tea.md", "title: 茶", "/zh-tw/2026/tea.html"),
    ],
)
def test_a_site_declared_by_hand_has_addresses_too(path: str, front: str, url: str) -> None:
    site = Site(
        "s",
        Dialect.HUGO,
        permalinks={"notes": "/:year/:slug/"},
        language="zh-tw",
        languages={"zh-tw": "", "zh-cn": ""},
        language_in_path=True,
        ugly_urls=True,
        date_sources=(":filename",),
    )
    assert page_url(read(Source(path, f"---\n{front}\n---\n"), site), site) == url


def test_a_name_that_ends_in_a_language_is_one_where_no_languages_are_declared() -> None:
    site = Site("s", Dialect.HUGO)
    urls = [
        page_url(read(Source(f"content/posts/{name}.md", "文"), site), site) for name in ("tea.zh-tw", "v1.2", "a.old")
    ]
    assert urls == ["/zh-tw/posts/tea/", "/posts/v1.2/", "/posts/a.old/"]


def test_posts_pushed_without_their_content_folder_have_the_same_addresses() -> None:
    site = Site("s", Dialect.HUGO, "https://a.example/", {"posts": "/:slug/"})
    inside, outside = (
        page_url(read(Source(path, "---\nslug: tea\n---\n"), site), site)
        for path in ("content/posts/a.md", "posts/a.md")
    )
    assert inside == outside == "https://a.example/tea/"


def test_content_in_other_formats_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    paths = ["content/a.md", "content/b.org", "content/c.html", "content/_content.gotmpl", "static/d.html"]
    assert hugo_posts(paths, Site("s", Dialect.HUGO)) == ["content/a.md"]
    assert [record.getMessage() for record in caplog.records] == [
        "s: 3 files of content are not Markdown and are left out"
    ]


@pytest.mark.parametrize(
    "config",
    [
        {"languages": "zh", "permalinks": ["x", {"pattern": 3}], "module": {"mounts": {"source": 1}}},
        {"languages": {"zh": None, "en": {"permalinks": {"posts": {"a": "b"}}}}, "uglyURLs": {"posts": "yes"}},
        {"baseURL": ["x"], "taxonomies": [1], "frontmatter": {"date": 5}, "contentDir": {}, "disableLanguages": 1},
        {"module": {"mounts": [1, {"source": "a"}, {"target": "content"}, {"source": "../..", "target": "content"}]}},
    ],
)
def test_a_configuration_that_makes_no_sense_is_read_as_far_as_it_goes(config: dict[str, Any]) -> None:
    site = hugo_site("s", config)
    assert page_url(read(Source("posts/a.md", "文"), site), site) == "/posts/a/"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_KEYS = (
    "baseURL",
    "permalinks",
    "languages",
    "module",
    "taxonomies",
    "uglyURLs",
    "cascade",
    "frontmatter",
    "contentDir",
)


@given(st.dictionaries(st.sampled_from(_KEYS), _JSON))
def test_any_configuration_gives_a_site(config: dict[str, Any]) -> None:
    text = json.dumps(config)
    site = read_hugo("s", {"hugo.json": text, "content/_index.md": f"---\ncascade: {text}\n---\n"})
    page_url(read(Source("content/posts/a.md", "文"), site), site)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.booleans())
def test_any_names_patterns_and_slugs_give_an_address(name: str, pattern: str, slug: str, ugly: bool) -> None:
    site = Site("s", Dialect.HUGO, permalinks={"posts": pattern}, ugly_urls=ugly)
    front = json.dumps({"slug": slug, "title": name})
    for folder in ("posts", "notes"):
        url = page_url(read(Source(f"content/{folder}/{name.replace('/', '')}.md", f"---\n{front}\n---\n"), site), site)
        assert url is not None
        assert url.startswith("/")
        assert url.isascii()
