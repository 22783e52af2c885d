"""A whole site in an archive is read with its own configuration."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.content import unpack_site
from service.model import Dialect, Mount, Site, Source
from tests.content.packing import tar_of, zip_of

HUGO = {
    "site-main/hugo.toml": b'baseURL = "https://tea.example/"\ndefaultContentLanguage = "zh-tw"\n',
    "site-main/config/_default/permalinks.toml": b'posts = "/:year/:slug/"\n',
    "site-main/content/posts/spring.md": "---\ntitle: 春茶\n---\n文".encode(),
    "site-main/content/posts/bundle/index.md": "文".encode(),
    "site-main/content/posts/bundle/notes.md": "資源".encode(),
    "site-main/archetypes/default.md": b"x",
    "site-main/themes/leaf/README.md": b"x",
    "site-main/README.md": b"x",
    "site-main/static/tea.png": b"\x89PNG",
}


def _unpacked(data: bytes, declared: Site) -> tuple[Site, list[str]]:
    site, found = unpack_site(data, "a.zip", declared, max_files=50, max_total_bytes=100_000, max_file_bytes=5_000)
    return site, [item.path for item in found if isinstance(item, Source)]


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_a_site_is_read_as_if_it_were_a_folder(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    site, paths = _unpacked(pack(HUGO), Site("tea"))
    assert paths == ["content/posts/bundle/index.md", "content/posts/spring.md"]
    assert (site.name, site.dialect, site.base_url) == ("tea", Dialect.HUGO, "https://tea.example/")
    assert (site.permalinks, site.language) == ({"posts": "/:year/:slug/"}, "zh-tw")
    assert {"dialect", "base_url", "permalinks", "language"} <= set(site.told)


def test_what_is_declared_outranks_what_the_site_says() -> None:
    declared = Site("tea", None, "https://www.tea.example/", timezone="Asia/Taipei")
    site, _ = _unpacked(zip_of(HUGO), declared)
    assert (site.base_url, site.timezone, site.permalinks) == (
        "https://www.tea.example/",
        "Asia/Taipei",
        {"posts": "/:year/:slug/"},
    )
    assert "base_url" not in site.told


def test_a_site_declared_as_another_kind_is_read_as_that() -> None:
    site, paths = _unpacked(zip_of(HUGO), Site("tea", Dialect.OBSIDIAN))
    assert site == Site("tea", Dialect.OBSIDIAN)
    assert "content/posts/bundle/notes.md" in paths


def test_a_configuration_that_changed_counts_anew() -> None:
    site, _ = _unpacked(zip_of(HUGO), Site("tea", base_url="https://www.tea.example/"))
    site, _ = _unpacked(zip_of(HUGO | {"site-main/config/_default/permalinks.toml": b""}), site)
    assert (site.permalinks, site.base_url) == ({}, "https://www.tea.example/")


def test_content_may_lie_in_a_folder_of_another_name() -> None:
    files = {"hugo.yaml": "contentDir: 文章".encode(), "文章/a.md": "文".encode(), "content/b.md": "文".encode()}
    site, paths = _unpacked(zip_of(files), Site("tea"))
    assert (site.mounts, paths) == ((Mount("文章"),), ["文章/a.md"])


def test_a_jekyll_site_and_a_vault_are_told_too() -> None:
    jekyll = {"_config.yml": b"permalink: pretty", "_posts/2026-01-02-a.md": b"---\n---\nx"}
    assert _unpacked(zip_of(jekyll), Site("a"))[0].permalinks == {"permalink": "pretty"}
    vault = {"花園/茶.md": "[[山]]".encode(), "花園/.obsidian/app.json": b"{}"}
    site, paths = _unpacked(zip_of(vault), Site("a"))
    assert (site.dialect, paths) == (Dialect.OBSIDIAN, ["茶.md"])


def test_names_that_no_folder_can_hold_are_read_all_the_same() -> None:
    name = "茶" * 100 + ".md"  # 303 bytes
    _, paths = _unpacked(zip_of({name: "文".encode(), "a.md": "文".encode()}), Site("a"))
    assert paths == ["a.md", name]
