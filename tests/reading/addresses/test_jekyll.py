"""Posts of a Jekyll site are read and addressed as Jekyll itself does, by what it said of the files in ``cases``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.content.jekyll import jekyll_site, read_jekyll
from service.content.left_out import is_left_out
from service.model import BlockKind, Defaults, Dialect, Document, Header, Site, Source
from service.reading import read
from service.reading.addresses.urls import page_keys, page_url

_CASES = sorted((Path(__file__).parent / "cases").glob("jekyll_*.toml"))

File = Mapping[str, Any]


def _sites() -> Iterator[Any]:
    for cases in _CASES:
        for number, site in enumerate(tomllib.loads(cases.read_text(encoding="utf-8"))["site"]):
            yield pytest.param(site, id=f"{cases.stem}-{number}")


def _document(path: str, front: str | None, site: Site) -> Document:
    return read(Source(path, _text(front)), site)


def _text(front: str | None) -> str:
    return "文\n" if front is None else f"---\n{front}\n---\n文\n"


def _wrong(file: File, site: Site) -> Iterator[str]:
    """Yield what differs from what Jekyll says."""
    text = file["text"].replace("\r\n", "\n") if "text" in file else _text(file.get("front"))
    document = read(Source(file["path"], text), site)
    header = document.header
    url = None if is_left_out(file["path"], site) else page_url(document, replace(site, base_url=None))
    if (unquote(url) if url else None) != file.get("url"):
        yield f"{file['path']}: at {url and unquote(url)}, not {file.get('url')}"
    if file.get("title", document.title) != document.title:
        yield f"{file['path']}: called {document.title}, not {file['title']}"
    if "title" in file and (list(header.tags), list(header.categories)) != (
        file.get("tags", []),
        file.get("categories", []),
    ):
        yield f"{file['path']}: labelled {header.tags} {header.categories}"
    if header.draft != file.get("draft", False) and file.get("url"):
        yield f"{file['path']}: draft is {header.draft}"
    if "date" in file and not _same_time(header, file["date"]):
        yield f"{file['path']}: dated {header.published}, not {file['date']}"
    yield from _wrong_values(file, header)


def _wrong_values(file: File, header: Header) -> Iterator[str]:
    if file.get("author") and header.authors != (file["author"],):
        yield f"{file['path']}: written by {header.authors}, not {file['author']}"
    if file.get("lang") and header.language != file["lang"]:
        yield f"{file['path']}: in {header.language}, not {file['lang']}"


def _same_time(header: Header, wanted: str) -> bool:
    """Compare moments; where neither post nor site names a zone, what the clock shows."""
    if header.published is None:
        return False
    found, moment = header.published.value, datetime.fromisoformat(wanted)
    return found == moment if found.tzinfo else found == moment.replace(tzinfo=None)


@pytest.mark.parametrize("case", list(_sites()))
def test_files_become_what_jekyll_makes_of_them(case: Mapping[str, Any]) -> None:
    site = read_jekyll("s", {"_config.yml": case["config"]})
    assert [wrong for file in case["files"] for wrong in _wrong(file, site)] == []


def test_the_cases_are_there() -> None:
    assert sum(len(site.values[0]["files"]) for site in _sites()) > 500


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
def test_a_site_declared_by_hand_has_addresses_too(path: str, front: str, style: str | None, url: str) -> None:
    site = Site("s", Dialect.JEKYLL, None, {"posts": style} if style else {})
    assert unquote(page_url(_document(path, front, site), site) or "") == url


def test_a_page_of_a_collection_nobody_declared_stands_where_the_patterns_say() -> None:
    site = Site("s", Dialect.JEKYLL, "/blog", {"recipes": "/eat/:name/"})
    assert page_url(_document("_recipes/soup.md", "title: 湯", site), site) == "/blog/eat/soup/"


def test_collections_are_published_unless_the_configuration_is_there_and_does_not_say_so() -> None:
    urls = [
        page_url(_document("_notes/tea.md", "", site), site)
        for site in (read_jekyll("s", {}), read_jekyll("s", {"_config.yml": "title: 站"}))
    ]
    assert urls == ["/notes/tea.html", None]


def test_an_address_that_hangs_on_the_time_of_the_build_is_none() -> None:
    site = Site("s", Dialect.JEKYLL)
    assert page_url(_document("_drafts/tea.md", "", site), site) is None
    fixed = replace(site, permalinks={"posts": "/:title/"})
    assert page_url(_document("_drafts/tea.md", "", fixed), fixed) == "/tea/"


def test_a_quoted_time_is_the_sites_and_an_unquoted_one_utc() -> None:
    site = Site("s", Dialect.JEKYLL, timezone="Asia/Taipei")
    path = "_posts/2026-01-15-d.md"
    unquoted = _document(path, "date: 2026-01-29 21:00:00", site)
    quoted = _document(path, "date: '2026-01-29 21:00:00'", site)
    assert [page_url(d, site) for d in (unquoted, quoted)] == ["/2026/01/30/d.html", "/2026/01/29/d.html"]
    assert [d.header.published and d.header.published.isoformat() for d in (unquoted, quoted)] == [
        "2026-01-30T05:00:00+08:00",
        "2026-01-29T21:00:00+08:00",
    ]


@pytest.mark.parametrize(
    ("path", "front", "plugins", "url"),
    [
        ("docs/README.md", None, ["jekyll-readme-index"], "/docs/"),
        ("README.md", None, ["jekyll-readme-index"], "/"),
        ("docs/README.md", "title: 說明", ["jekyll-readme-index"], "/docs/README.html"),
        ("docs/README.md", None, [], None),
        ("docs/guide.md", None, ["jekyll-optional-front-matter"], "/docs/guide.html"),
        ("docs/LICENSE.md", None, ["jekyll-optional-front-matter"], None),
    ],
)
def test_plugins_make_pages_of_files_without_front_matter(
    path: str, front: str | None, plugins: list[str], url: str | None
) -> None:
    site = jekyll_site("s", {"plugins": plugins})
    assert page_url(_document(path, front, site), site) == url


def test_a_site_without_a_gemfile_is_built_by_github() -> None:
    assert read_jekyll("s", {"_config.yml": "title: 站"}).plugins == ("jekyll-readme-index",)
    assert read_jekyll("s", {"_config.yml": "title: 站", "Gemfile": 'gem "jekyll"'}).plugins == ()
    github = read_jekyll("s", {"_config.yml": "title: 站", "Gemfile": 'gem "github-pages", group: :jekyll_plugins'})
    assert set(github.plugins) == {"jekyll-readme-index", "jekyll-optional-front-matter"}


def test_what_only_the_site_says_is_no_part_of_the_text() -> None:
    site = Site("s", Dialect.JEKYLL, defaults=(Defaults({"author": "林小舟", "description": "遠方"}),))
    document = _document("_posts/2026-01-02-a.md", "title: 航行", site)
    assert document.header.authors == ("林小舟",)
    assert {block.kind for block in document.blocks} == {BlockKind.TITLE, BlockKind.PARAGRAPH}


def test_what_a_post_says_under_another_name_is_said() -> None:
    site = Site("s", Dialect.JEKYLL, defaults=(Defaults({"author": "林小舟", "tags": ["航海"], "lang": "zh"}),))
    header = _document("_posts/2026-01-02-a.md", "作者: 陳阿土\n語言: zh-TW", site).header
    assert (header.authors, header.language, header.tags) == (("陳阿土",), "zh-TW", ("航海",))


def test_old_addresses_lead_from_the_root() -> None:
    site = Site("s", Dialect.JEKYLL, "https://a.example/blog")
    document = _document("_posts/2026-01-02-a.md", "redirect_from: [old/tea, /older/]", site)
    assert {"/old/tea", "/older", "/blog/2026/01/02/a"} <= {key for _, key in page_keys(document, site)}


def test_aliases_of_yaml_in_the_configuration_do_not_blow_up() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    config = "\n".join([*lines, "defaults:", "- values: {tags: *a11}"])
    assert len(str(read_jekyll("s", {"_config.yml": config}).defaults)) < 1_000_000


@given(
    st.text(max_size=40),
    st.text(max_size=40),
    st.text(max_size=40),
)
def test_any_names_patterns_and_titles_give_an_address_or_none(name: str, pattern: str, slug: str) -> None:
    site = Site("s", Dialect.JEKYLL, permalinks={"posts": pattern, "permalink": pattern}, collections={"posts": True})
    for path in (f"_posts/2026-01-02-{name}.md", f"{name}.md", f"_notes/{name}/{name}.md"):
        document = replace(_document("_posts/2026-01-02-a.md", "", site), path=path, header=Header(slug=slug))
        url = page_url(document, site)
        assert url is None or urlsplit("https://a.example" + url).path.startswith("/") or ":" in pattern
