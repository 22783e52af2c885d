"""Posts of a Hexo site are read and addressed as Hexo does, by what it said of the files in ``cases/hexo.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from service.content.builders import built_site
from service.model import BlockKind, Dialect, Document, Site, Source
from service.reading import read
from service.reading.addresses.urls import page_url
from service.reading.links.linking import link_keys
from service.reading.links.whereabouts import addresses

_SITES = tomllib.loads((Path(__file__).parent / "cases" / "hexo.toml").read_text(encoding="utf-8"))["site"]


def _document(path: str, front: str | None, site: Site) -> Document:
    return read(Source(path, "文\n" if front is None else f"---\n{front}\n---\n文\n"), site)


def _site(config: str, root: Path) -> Site:
    (root / "source" / "_posts").mkdir(parents=True)
    (root / "_config.yml").write_text(config, encoding="utf-8")
    built = built_site("s", root)
    assert built is not None
    assert built[1] == (root / "source").resolve()
    return replace(built[0], base_url=None)


def _wrong(file: Mapping[str, Any], site: Site) -> Iterator[str]:
    document = _document(file["path"], file.get("front"), site)
    url, header = page_url(document, site), document.header
    if (unquote(url) if url else None) != file.get("url"):
        yield f"{file['path']}: at {url and unquote(url)}, not {file.get('url')}"
    if "url" in file and (sorted(header.tags), sorted(header.categories)) != (
        sorted(file.get("tags", [])),
        sorted(file.get("categories", [])),
    ):
        yield f"{file['path']}: labelled {header.tags} {header.categories}"
    if "url" in file and header.draft != file.get("draft", False):
        yield f"{file['path']}: draft is {header.draft}"


@pytest.mark.parametrize("case", _SITES, ids=range(len(_SITES)))
def test_files_become_what_hexo_makes_of_them(case: Mapping[str, Any], tmp_path: Path) -> None:
    site = _site(case["config"], tmp_path)
    assert site.dialect is Dialect.JEKYLL
    assert [wrong for file in case["files"] for wrong in _wrong(file, site)] == []


def test_a_pattern_that_only_the_build_can_fill_gives_no_address() -> None:
    site = Site("s", Dialect.JEKYLL, None, {"posts": "posts/:hash/"}, generator="hexo")
    assert page_url(_document("_posts/茶.md", "title: 茶\ndate: 2026-03-01", site), site) is None
    dated = replace(site, permalinks={"posts": ":year/:title/"})
    assert page_url(_document("_posts/茶.md", "title: 茶", dated), dated) is None


def test_a_time_is_the_sites_own_in_hexo() -> None:
    site = Site("s", Dialect.JEKYLL, timezone="Asia/Taipei", generator="hexo")
    document = _document("_posts/a.md", "date: 2026-03-01 21:00:00", site)
    assert document.header.published is not None
    assert document.header.published.isoformat() == "2026-03-01T21:00:00+08:00"


def test_a_post_link_leads_to_the_post_it_names() -> None:
    site = Site("s", Dialect.JEKYLL, generator="hexo")
    document = _document("_posts/a.md", "title: 甲", site)
    text = "---\ntitle: 乙\n---\n見 {% post_link 茶/春茶 上一篇 %}。\n\n{% asset_img a.jpg %}\n"
    linking = read(Source("_posts/b.md", text), site)
    assert document.links == ()
    ((link,), (image,)) = linking.links, linking.media
    assert (link.target, link.alias, link.line, image.name) == ("茶/春茶", "上一篇", 4, "asset_img")
    target = _document("_posts/茶/春茶.md", "title: 丙", site)
    assert {key for key, *_ in link_keys(link, linking, site)} & {address.key for address in addresses(target, site)}


def test_a_code_block_is_code() -> None:
    site = Site("s", Dialect.JEKYLL, generator="hexo")
    document = read(Source("_posts/a.md", "前\n\n{% codeblock lang:py %}\n茶 = 3\n{% endcodeblock %}\n\n後\n"), site)
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.CODE, BlockKind.PARAGRAPH]
