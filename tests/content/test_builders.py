"""Sites that neither Hugo nor Jekyll builds are told by their own files, and nothing but their posts is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.content import find, find_sources
from service.content.left_out import is_left_out
from service.errors import ContentError
from service.model import Dialect, Site


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def _found(root: Path) -> tuple[Site, list[str | None]]:
    ((site, top),) = find_sources(root)
    found = list(find(top, max_files=100, max_bytes=1_000_000, site=site))
    assert not [item for item in found if isinstance(item, ContentError)]
    return site, [item.path for item in found]


def test_hexo_is_told_from_jekyll(tmp_path: Path) -> None:
    config = (
        "url: https://a.example/blog\nroot: /blog/\npermalink: :title.html\nlanguage: [zh-TW, en]\nskip_render: raw/*"
    )
    files = {"_config.yml": config, "source/_posts/茶.md": "文", "source/about/index.md": "文", "source/raw/x.md": "x"}
    _write(tmp_path, files | {"README.md": "x", "themes/next/README.md": "x", "scaffolds/post.md": "x"})
    site, paths = _found(tmp_path)
    assert (site.dialect, site.generator, site.language) == (Dialect.JEKYLL, "hexo", "zh-TW")
    assert (site.base_url, site.permalinks) == ("https://a.example/blog", {"posts": ":title.html"})
    assert paths == ["_posts/茶.md", "about/index.md"]


def test_a_jekyll_site_may_be_built_from_a_folder_of_its_own(tmp_path: Path) -> None:
    _write(tmp_path, {"_config.yml": "source: src\nexclude: [draft]", "src/_posts/2026-01-02-a.md": "文"})
    _write(tmp_path, {"src/draft/a.md": "文", "notes.md": "文"})
    site, paths = _found(tmp_path)
    assert (site.dialect, site.generator, paths) == (Dialect.JEKYLL, "", ["_posts/2026-01-02-a.md"])


@pytest.mark.parametrize("source", ["../out", "/etc", '"a\\0b"', "loop", "b.md", "[src]", "nowhere", "x" * 5000])
def test_a_folder_outside_of_the_site_is_not_its_source(tmp_path: Path, source: str) -> None:
    _write(tmp_path, {"out/a.md": "x", "site/_config.yml": f"source: {source}", "site/b.md": "文"})
    (tmp_path / "site" / "loop").symlink_to("loop")
    assert _found(tmp_path / "site")[1] == ["b.md"]


def test_the_readme_of_a_jekyll_site_is_its_home_where_it_has_no_other(tmp_path: Path) -> None:
    _write(tmp_path, {"_config.yml": "title: 站", "README.md": "文", "LICENSE.md": "x", "docs/a.md": "文"})
    assert _found(tmp_path)[1] == ["README.md", "docs/a.md"]
    (tmp_path / "index.html").touch()
    assert _found(tmp_path)[1] == ["docs/a.md"]


def test_mkdocs_is_read_with_its_extensions_in_its_own_tags(tmp_path: Path) -> None:
    config = (
        "site_url: https://d.example/zh/\nuse_directory_urls: false\ntheme: {name: material, language: zh}\n"
        "docs_dir: pages\nmarkdown_extensions:\n- pymdownx.emoji:\n    emoji_index: !!python/name:material.twemoji\n"
    )
    _write(tmp_path, {"mkdocs.yml": config, "pages/index.md": "文", "pages/content/README.md": "文", "notes.md": "x"})
    site, paths = _found(tmp_path)
    assert (site.generator, site.base_url, site.language, site.ugly_urls) == (
        "mkdocs",
        "https://d.example/zh/",
        "zh",
        True,
    )
    assert paths == ["content/README.md", "index.md"]


@pytest.mark.parametrize(
    ("settings", "script", "ugly"),
    [
        ("docs/.vitepress/config.ts", "export default defineConfig({ lang: 'zh-CN', base: '/tea/' })", True),
        ("docs/.vitepress/config.mts", "export default { cleanUrls: true, base: '/tea/', lang: 'zh-CN' }", False),
        (".vuepress/config.js", 'module.exports = {\n  "base": "/tea/",\n  lang: "zh-CN",\n}', True),
    ],
)
def test_sites_of_vue_are_read_from_beside_their_settings(
    tmp_path: Path, settings: str, script: str, ugly: bool
) -> None:
    top = settings.partition(".v")[0]
    _write(tmp_path, {settings: script, "package.json": "{}", f"{top}README.md": "文", f"{top}guide/a.md": "文"})
    site, paths = _found(tmp_path)
    assert (site.base_url, site.language, site.ugly_urls) == ("/tea", "zh-CN", ugly)
    assert paths == ["README.md", "guide/a.md"]


def test_docusaurus_keeps_its_folders(tmp_path: Path) -> None:
    script = (
        "const config = {\n  url: 'https://d.example',\n  baseUrl: '/a/',\n  i18n: { defaultLocale: 'zh-Hans' },\n"
        "  presets: [['classic', { docs: { sidebarPath: './x.js', routeBasePath: '/' } }]],\n}"
    )
    _write(tmp_path, {"docusaurus.config.js": script, "README.md": "x", "docs/a.md": "文"})
    _write(tmp_path, {"blog/2026-03-01-b.mdx": "文"})
    site, paths = _found(tmp_path)
    assert (site.generator, site.base_url, site.language) == ("docusaurus", "https://d.example/a", "zh-Hans")
    assert site.permalinks == {"docs": ""}
    assert paths == ["blog/2026-03-01-b.mdx", "docs/a.md"]


def test_quartz_is_a_vault_and_no_hugo_site(tmp_path: Path) -> None:
    script = 'c: {\n  baseUrl: "q.example/garden",\n  locale: "zh-TW",\n  ignorePatterns: ["private", "*.tmp.md"],\n}'
    _write(tmp_path, {"quartz.config.ts": script, "README.md": "x", "content/茶.md": "文", "content/private/a.md": "x"})
    site, paths = _found(tmp_path)
    assert (site.dialect, site.base_url, site.language) == (Dialect.OBSIDIAN, "https://q.example/garden", "zh-TW")
    assert paths == ["茶.md"]


def test_logseq_gives_its_pages_and_journals(tmp_path: Path) -> None:
    _write(tmp_path, {"logseq/config.edn": "{}", "logseq/bak/pages/a.md": "x", "pages/茶.md": "- 文"})
    _write(tmp_path, {"journals/2026_03_01.md": "- 文", "assets/x.md": "x", "logseq/.recycle/y.md": "x"})
    site, paths = _found(tmp_path)
    assert (site.dialect, site.generator) == (Dialect.OBSIDIAN, "logseq")
    assert paths == ["journals/2026_03_01.md", "pages/茶.md"]


def test_a_vault_leaves_out_what_its_owner_excludes(tmp_path: Path) -> None:
    settings = '{"userIgnoreFilters": ["範本/", "Archive", "/^temp/", 7]}'
    _write(tmp_path, {".obsidian/app.json": settings, "茶.md": "文", "範本/日記.md": "x", "Archive/a.md": "x"})
    _write(tmp_path, {"Archives/a.md": "文", ".trash/b.md": "x", ".git/c.md": "x", "content/README.md": "文"})
    site, paths = _found(tmp_path)
    assert (site.dialect, site.excludes) == (Dialect.OBSIDIAN, ("範本/", "Archive"))
    assert paths == ["Archives/a.md", "content/README.md", "茶.md"]


@pytest.mark.parametrize("settings", ["", "[]", "{", '{"userIgnoreFilters": "範本"}', "[" * 100_000, "\x00"])
def test_settings_that_cannot_be_read_leave_nothing_out(tmp_path: Path, settings: str) -> None:
    _write(tmp_path, {".obsidian/app.json": settings, "範本/a.md": "文"})
    assert _found(tmp_path)[1] == ["範本/a.md"]


def test_settings_of_one_site_beside_others_hide_none_of_them(tmp_path: Path) -> None:
    _write(
        tmp_path,
        {"blog/.vuepress/config.js": "", "blog/a.md": "文", "vault/.obsidian/app.json": "{}", "vault/b.md": "文"},
    )
    _write(tmp_path, {"source/_posts/c.md": "文"})
    assert [site.name for site, _ in find_sources(tmp_path)] == ["blog", "source", "vault"]


@pytest.mark.parametrize(
    ("path", "left_out"),
    [
        ("tmp/a.md", True),
        ("tmp2/a.md", False),
        ("secret-plan.md", True),
        ("docs/olds.md", True),
        ("a/secret.md", False),
    ],
)
def test_jekylls_patterns_begin_at_the_root_and_need_no_end(path: str, left_out: bool) -> None:
    site = Site("s", Dialect.JEKYLL, excludes=("tmp/", "/secret*", "docs/old"))
    assert is_left_out(path, site) is left_out
