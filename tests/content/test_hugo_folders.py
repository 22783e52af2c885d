"""Of a Hugo site's folder, what Hugo takes for pages is read, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.content import find, find_sources
from service.model import Dialect, Site, Source


def _write(root: Path, *paths: str, **texts: str) -> None:
    for path, text in [*((path, "文") for path in paths), *texts.items()]:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def _posts(root: Path) -> tuple[Site, list[str]]:
    ((site, top),) = find_sources(root)
    return site, [item.path for item in find(top, max_files=50, max_bytes=1000, site=site) if isinstance(item, Source)]


def test_only_content_is_read(tmp_path: Path) -> None:
    left_out = ("README.md", "archetypes/a.md", "assets/a.md", "static/a.md", "data/a.md", "i18n/a.md", "public/a.md")
    _write(tmp_path, "hugo.toml", "content/README.md", "content/posts/茶.md", "content/a.mdown", *left_out)
    _write(
        tmp_path, "resources/a.md", "layouts/a.md", "themes/leaf/content/a.md", "content/.hidden.md", "content/#a.md"
    )
    assert _posts(tmp_path)[1] == ["content/README.md", "content/a.mdown", "content/posts/茶.md"]


def test_folders_called_as_what_is_built_are_content_below_it(tmp_path: Path) -> None:
    _write(tmp_path, "hugo.toml", "content/public/a.md", "content/vendor/b.md", "content/themes/c.md")
    assert len(_posts(tmp_path)[1]) == 3


def test_what_lies_in_a_bundle_is_no_page(tmp_path: Path) -> None:
    inner = ("content/b/note.md", "content/b/more/deep.md", "content/b/more/index.md")
    _write(tmp_path, "hugo.toml", "content/b/index.md", "content/b/index.zh-tw.md", "content/c/_index.md", *inner)
    _write(tmp_path, "content/c/page.md")
    wanted = ["content/b/index.md", "content/b/index.zh-tw.md", "content/c/_index.md", "content/c/page.md"]
    assert _posts(tmp_path)[1] == wanted


def test_the_example_site_of_a_theme_is_read_for_the_theme(tmp_path: Path) -> None:
    _write(tmp_path / "leaf", "exampleSite/hugo.toml", "exampleSite/content/a.md")
    site, paths = _posts(tmp_path / "leaf")
    assert (site.dialect, paths) == (Dialect.HUGO, ["content/a.md"])


def test_folders_mounted_from_elsewhere_are_read_and_none_beyond_the_root(tmp_path: Path) -> None:
    mounts = [("文章", "content/posts"), ("../secret", "content/s"), ("/etc", "content/e")]
    text = "".join(f'[[module.mounts]]\nsource = "{source}"\ntarget = "{target}"\n' for source, target in mounts)
    site = tmp_path / "site"
    _write(site, "文章/a.md", "content/b.md", **{"hugo.toml": text})
    _write(tmp_path, "secret/c.md")
    assert _posts(site)[1] == ["文章/a.md"]


@pytest.mark.parametrize("text", ["[[[", "baseURL = 3", "a: [", "\0", "x = 1\n" * 3])
def test_a_broken_configuration_leaves_the_content_readable(tmp_path: Path, text: str) -> None:
    _write(tmp_path, "content/a.md", **{"hugo.toml": text, "config/_default/params.yaml": text})
    site, paths = _posts(tmp_path)
    assert (site.base_url, paths) == (None, ["content/a.md"])


def test_yaml_that_blows_up_is_bounded(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    _write(tmp_path, "content/a.md", **{"hugo.yaml": f"baseURL: https://a.example/\ncascade: {{tags: x}}\n{bomb}"})
    assert _posts(tmp_path)[1] == ["content/a.md"]
