"""Posts are found by any form of their address."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from service.model import Dialect, Document, Site, Source
from service.reading import read
from service.reading.addresses import page_url, url_key
from service.reading.linking import link_key, link_keys


def _read(path: str, text: str, site: Site) -> Document:
    return read(Source(path, text), site)


@pytest.mark.parametrize(
    ("path", "front", "permalinks", "url"),
    [
        ("content/Posts/My Tea.md", "", {}, "/posts/my-tea/"),
        ("content/posts/tea/index.md", "", {}, "/posts/tea/"),
        ("content/posts/_index.md", "", {}, "/posts/"),
        ("content/posts/a.md", "slug: 茶", {}, "/posts/茶/"),
        ("content/posts/a.md", "url: /old/tea/", {}, "/old/tea/"),
        (
            "content/posts/a.md",
            "title: 茶，與 山\ndate: 2026-01-02",
            {"posts": "/:year/:month/:title/"},
            "/2026/01/茶與-山/",
        ),
    ],
)
def test_hugo_pages_stand_where_hugo_puts_them(path: str, front: str, permalinks: dict[str, str], url: str) -> None:
    site = Site("s", Dialect.HUGO, None, permalinks)
    assert unquote(page_url(_read(path, f"---\n{front}\n---\n", site), site) or "") == url


@pytest.mark.parametrize(
    ("path", "front", "style", "url"),
    [
        ("_posts/2026-01-02-tea.md", "categories: AI 茶", None, "/ai/茶/2026/01/02/tea.html"),
        ("_posts/2026-01-02-tea.md", "", "pretty", "/2026/01/02/tea/"),
        ("_posts/2026-01-02-tea.md", "permalink: /tea/", None, "/tea/"),
        ("_posts/2026-01-02-茶《山》.md", "", "/:title/", "/茶-山/"),
        ("about.md", "", None, "/about.html"),
    ],
)
def test_jekyll_pages_stand_where_jekyll_puts_them(path: str, front: str, style: str | None, url: str) -> None:
    site = Site("s", Dialect.JEKYLL, None, {"posts": style} if style else {})
    assert unquote(page_url(_read(path, f"---\n{front}\n---\n", site), site) or "") == url


@pytest.mark.parametrize(
    ("path", "front", "url"),
    [
        ("content/posts/tea.zh-cn.md", "", "/zh-cn/posts/tea.html"),
        ("content/posts/tea.zh-tw.md", "", "/zh-tw/posts/tea.html"),
        ("content/posts/tea.old.md", "", "/zh-tw/posts/tea.old.html"),
        ("content/zh-cn/posts/tea.md", "url: cha/", "/zh-cn/cha/"),
        ("content/posts/_index.md", "", "/zh-tw/posts/index.html"),
        ("content/notes/2026-03-05-tea.md", "title: 茶", "/zh-tw/2026/tea.html"),
    ],
)
def test_hugo_pages_follow_what_the_site_declares(path: str, front: str, url: str) -> None:
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
    assert page_url(_read(path, f"---\n{front}\n---\n", site), site) == url


def test_a_page_of_a_collection_stands_where_the_collection_says() -> None:
    site = Site("s", Dialect.JEKYLL, "/blog", {"recipes": "/eat/:name/"})
    assert page_url(_read("_recipes/soup.md", "---\ntitle: 湯\n---\n", site), site) == "/blog/eat/soup/"


def test_jekyll_takes_a_time_without_a_zone_for_utc() -> None:
    site = Site("s", Dialect.JEKYLL, None, {}, None, "Asia/Taipei")
    document = _read("_posts/2026-01-15-d.md", "---\ndate: 2026-01-29 21:00:00\n---\n", site)
    assert page_url(document, site) == "/2026/01/30/d.html"


@pytest.mark.parametrize(
    "form",
    [
        "https://a.example/Posts/%E8%8C%B6/",
        "//a.example/posts/茶",
        "/posts/茶/index.html",
        "posts/茶.html?utm=1#top",
    ],
)
def test_all_forms_of_an_address_have_one_key(form: str) -> None:
    assert url_key(form) == "/posts/茶"


def test_the_root_has_a_key_too() -> None:
    assert url_key("https://a.example") == url_key("/") == url_key("index.html") == "/"


@pytest.mark.parametrize(
    ("dialect", "path", "link"),
    [
        (Dialect.OBSIDIAN, "茶/烏龍.md", "[[烏龍]]"),
        (Dialect.OBSIDIAN, "茶/烏龍.md", "[[茶/乌龙.md|茶]]"),
        (Dialect.OBSIDIAN, "茶/烏龍.md", "[看](./烏龍.md)"),
        (Dialect.MARKDOWN, "茶/烏龍.md", "[看](../茶/%E7%83%8F%E9%BE%8D.md#產地)"),
        (Dialect.HUGO, "content/posts/tea.md", "[看](/posts/tea/)"),
        (Dialect.HUGO, "content/posts/tea.md", "[看](https://a.example/posts/tea)"),
        (Dialect.HUGO, "content/posts/tea/index.md", '[看]({{< ref "posts/tea" >}})'),
        (Dialect.JEKYLL, "_posts/2026-01-02-tea.md", "[看]({% post_url 2026-01-02-tea %})"),
        (Dialect.JEKYLL, "_posts/2026-01-02-tea.md", "[看]({% link _posts/2026-01-02-tea.md %})"),
        (Dialect.JEKYLL, "_posts/2026-01-02-tea.md", "https://a.example/2026/01/02/tea.html"),
    ],
)
def test_links_meet_the_posts_they_point_at(dialect: Dialect, path: str, link: str) -> None:
    site = Site("s", dialect, "https://a.example/")
    folder = {Dialect.HUGO: "content/posts/b.md", Dialect.JEKYLL: "_posts/2026-01-03-b.md"}.get(dialect, "茶/綠茶.md")
    source = _read(folder, link, site)
    key = link_key(source.links[0], source, site)
    assert key in {found for _, found in link_keys(_read(path, "文", site), site)}


@pytest.mark.parametrize("text", ["https://b.example/x", "[外](https://b.example/x)", "[信](mailto:a@b.example)"])
def test_links_that_leave_the_site_have_no_key(text: str) -> None:
    site = Site("s", Dialect.HUGO, "https://a.example/")
    document = _read("content/a.md", text, site)
    assert link_key(document.links[0], document, site) is None


def test_aliases_are_names_in_a_vault_and_old_urls_in_hugo() -> None:
    text = "---\naliases: [/old/tea/]\n---\n"
    vault, hugo = Site("s", Dialect.OBSIDIAN), Site("s", Dialect.HUGO)
    assert ("alias", "/old/tea") in link_keys(_read("content/a.md", text, hugo), hugo)
    assert ("alias", "old/tea") in link_keys(_read("a.md", text, vault), vault)
