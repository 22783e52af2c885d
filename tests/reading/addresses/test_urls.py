"""Pages are found by any form of their address, and only by theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Dialect, Site, Source
from service.reading import read
from service.reading.addresses.gardens import garden_pages
from service.reading.addresses.urls import page_keys, page_url, url_key


def _keys(path: str, front: str, site: Site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, key in page_keys(read(Source(path, f"---\n{front}\n---\n文"), site), site):
        found.setdefault(kind, []).append(key)
    return found


@pytest.mark.parametrize(
    "form",
    [
        "https://a.example/Posts/%E8%8C%B6/",
        "https://a.example/posts/%e8%8c%b6",
        "//a.example/posts/茶",
        "HTTP://www.a.example:8080/posts/茶/",
        "/posts/茶/index.html",
        "/posts/茶/index.htm",
        "posts/茶.html?utm=1#top",
        "  /posts//茶/  ",
        "/posts/茶?next=/a/b#c/d",
    ],
)
def test_all_forms_of_an_address_have_one_key(form: str) -> None:
    assert url_key(form) == "/posts/茶"


@pytest.mark.parametrize(
    "root", ["https://a.example", "https://a.example/", "https://a.example?next=/b", "/", "index.html"]
)
def test_the_root_has_a_key_too(root: str) -> None:
    assert url_key(root) == "/"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/posts/tea/", "/en/posts/tea/"),  # another language
        ("/posts/tea/", "/posts/tea/amp/"),
        ("/posts/%25E8%258C%25B6", "/posts/%E8%8C%B6"),  # encoded twice is another name
        ("/posts/茶", "/posts/茶水"),
        ("/posts/a.htm.b", "/posts/a"),
    ],
)
def test_other_pages_have_other_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_accents_written_in_one_sign_or_two_are_the_same() -> None:
    assert url_key("/caf\u00e9/") == url_key("/cafe\u0301/") == url_key("/cafe%CC%81/")


@given(st.text(max_size=60))
def test_any_text_has_a_key_that_is_its_own(text: str) -> None:
    key = url_key(text)
    assert key.startswith("/")
    assert key == "/" or not key.endswith("/")


def test_a_page_below_a_folder_is_found_with_and_without_it() -> None:
    site = Site("s", Dialect.HUGO, "https://a.example/blog/")
    assert _keys("content/posts/tea.md", "aliases: [/old/, older]", site) == {
        "url": ["/blog/posts/tea"],
        "alias": ["/posts/tea", "/old", "/blog/old", "/posts/older", "/blog/posts/older"],
    }


def test_old_addresses_are_those_of_the_pages_language() -> None:
    site = Site("s", Dialect.HUGO, language="zh-tw", languages={"zh-tw": "", "en": ""})
    keys = _keys("content/posts/tea.en.md", "aliases: [/old/]", site)
    assert keys == {"url": ["/en/posts/tea"], "alias": ["/en/old"]}


def test_a_language_with_a_host_of_its_own_has_its_pages_there() -> None:
    hosts = {"zh-tw": {"base_url": "https://tw.example/"}, "en": {"base_url": "https://en.example/site/"}}
    site = Site("s", Dialect.HUGO, language="zh-tw", languages={"zh-tw": "", "en": ""}, by_language=hosts)
    document = read(Source("content/posts/tea.en.md", "文"), site)
    assert page_url(document, site) == "https://en.example/site/posts/tea/"
    assert list(page_keys(document, site)) == [("url", "/site/posts/tea"), ("alias", "/posts/tea")]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("茶/Oolong Tea.md", "https://garden.example/茶/Oolong-Tea"),  # Quartz
        ("茶/Oolong Tea.md", "https://garden.example/茶/Oolong+Tea"),  # Obsidian Publish
        ("茶/Oolong Tea.md", "https://garden.example/%E8%8C%B6/Oolong%20Tea"),  # Flowershow
        ("筆記/Q&A 100%.md", "/筆記/Q-and-A-100-percent"),
        ("筆記/什麼?.md", "/筆記/什麼"),
        ("茶/README.md", "/茶"),
        ("茶/index.md", "/茶/"),
        ("index.md", "/"),
    ],
)
def test_a_note_is_found_where_a_garden_publishes_it(path: str, address: str) -> None:
    keys = _keys(path, "title: x", Site("s", Dialect.OBSIDIAN))
    assert url_key(address) in [key for found in keys.values() for key in found]


def test_a_notes_own_permalink_counts_and_the_url_it_clips_does_not() -> None:
    vault = Site("s", Dialect.OBSIDIAN)
    assert _keys("茶.md", "permalink: cha", vault)["alias"] == ["/cha"]
    assert "alias" not in _keys("茶.md", "url: https://b.example/x", vault)


@given(st.text(max_size=40))
def test_a_garden_has_some_pages_for_any_name(name: str) -> None:
    assert all(isinstance(page, str) for page in garden_pages(f"{name}.md"))
