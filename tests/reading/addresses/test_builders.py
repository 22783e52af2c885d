"""Documentation sites and published vaults stand where their generators put them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Site, Source
from service.reading import read
from service.reading.addresses.builders import BUILDERS
from service.reading.addresses.urls import page_url

CASES = [
    ("mkdocs", False, "guide/install.md", "", "/guide/install/"),
    ("mkdocs", False, "index.md", "", "/"),
    ("mkdocs", False, "guide/README.md", "", "/guide/"),
    ("mkdocs", True, "guide/安裝.md", "", "/guide/安裝.html"),
    ("mkdocs", True, "guide/index.md", "", "/guide/"),
    ("vuepress", True, "README.md", "", "/"),
    ("vuepress", True, "guide/README.md", "", "/guide/"),
    ("vuepress", True, "guide/安装.md", "", "/guide/安装.html"),
    ("vuepress", True, "guide/x.md", "permalink: /start/", "/start/"),
    ("vitepress", True, "guide/index.md", "", "/guide/"),
    ("vitepress", True, "guide/README.md", "", "/guide/README.html"),
    ("vitepress", False, "guide/start.md", "", "/guide/start"),
    ("docusaurus", False, "docs/intro.md", "", "/docs/intro"),
    ("docusaurus", False, "docs/02-basics/01-安裝.md", "", "/docs/basics/安裝"),
    ("docusaurus", False, "docs/basics/index.md", "", "/docs/basics/"),
    ("docusaurus", False, "docs/basics/basics.md", "", "/docs/basics/"),
    ("docusaurus", False, "docs/basics/a.md", "slug: /here", "/docs/here"),
    ("docusaurus", False, "docs/basics/a.md", "slug: there", "/docs/basics/there"),
    ("docusaurus", False, "docs/basics/a.md", "id: first", "/docs/basics/first"),
    ("docusaurus", False, "docs/2.0-notes.md", "", "/docs/2.0-notes"),
    ("docusaurus", False, "blog/2026-03-01-春茶.md", "", "/blog/2026/03/01/春茶"),
    ("docusaurus", False, "blog/2026-03-01-tea/index.md", "", "/blog/2026/03/01/tea"),
    ("docusaurus", False, "blog/2026-03-01-tea.md", "slug: first-flush", "/blog/first-flush"),
    ("docusaurus", False, "blog/tea.md", "", "/blog/tea"),
    ("docusaurus", False, "i18n/zh-Hans/docusaurus-plugin-content-docs/current/intro.md", "", "/zh-Hans/docs/intro"),
    ("docusaurus", False, "src/pages/about.md", "", "/about"),
    ("docusaurus", False, "docs/_part.md", "", None),
    ("docusaurus", False, "notes/a.md", "", None),
    ("quartz", False, "茶/Spring Tea.md", "", "/茶/Spring-Tea"),
    ("quartz", False, "茶/index.md", "", "/茶/"),
]


@pytest.mark.parametrize(("generator", "ugly", "path", "front", "url"), CASES)
def test_pages_stand_where_their_generator_puts_them(
    generator: str, ugly: bool, path: str, front: str, url: str | None
) -> None:
    site = Site("s", generator=generator, ugly_urls=ugly)
    found = page_url(read(Source(path, f"---\n{front}\n---\n文\n"), site), site)
    assert (unquote(found) if found else None) == url


def test_the_documents_of_a_site_may_be_all_of_it() -> None:
    site = Site("s", permalinks={"docs": "", "blog": "news"}, generator="docusaurus")
    paths = ("docs/intro.md", "docs/index.md", "docs/a/b.md", "blog/2026-03-01-c.md")
    urls = [page_url(read(Source(path, "文"), site), site) for path in paths]
    assert urls == ["/intro", "/", "/a/b", "/news/2026/03/01/c"]


def test_addresses_begin_with_the_base_of_the_site() -> None:
    site = Site("s", base_url="https://a.example/docs/", generator="mkdocs")
    assert page_url(read(Source("guide.md", "文"), site), site) == "https://a.example/docs/guide/"


@given(st.sampled_from(sorted(BUILDERS)), st.text(max_size=60), st.text(max_size=20))
def test_any_path_gives_an_address_or_none(generator: str, path: str, slug: str) -> None:
    site = Site("s", generator=generator)
    for below in ("", "docs/", "blog/", "_posts/", "i18n/zh/docusaurus-plugin-content-blog/"):
        document = read(Source(f"{below}{path}.md", f"---\nslug: {slug!r}\n---\n文\n"), site)
        url = page_url(document, site)
        assert url is None or url.startswith("/")
