"""Sites and vaults tell by their own files what they are."""

from __future__ import annotations

from pathlib import Path

from service.content import find_sources
from service.model import Dialect


def test_each_folder_of_sites_is_a_source_with_what_its_config_says(tmp_path: Path) -> None:
    files = {
        "README.md": "",
        "blog/hugo.toml": 'baseURL = "https://a.example/"\n[permalinks]\nposts = "/:slug/"\n',
        "blog/content/posts/a.md": "文",
        "old/_config.yml": "url: https://b.example\nbaseurl: /x\npermalink: pretty\ntimezone: Asia/Taipei\n",
        "old/_posts/2026-01-02-a.md": "文",
        "vault/茶.md": "---\n作者: 漁夫\n---\n[[山]]",
        "plain/a.md": "文",
        "empty/a.txt": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    sites = {site.name: site for site, _ in find_sources(tmp_path)}
    assert {name: site.dialect for name, site in sites.items()} == {
        "blog": Dialect.HUGO,
        "old": Dialect.JEKYLL,
        "vault": Dialect.OBSIDIAN,
        "plain": Dialect.MARKDOWN,
    }
    assert (sites["blog"].base_url, sites["blog"].permalinks) == ("https://a.example/", {"posts": "/:slug/"})
    assert (sites["old"].base_url, sites["old"].timezone) == ("https://b.example/x", "Asia/Taipei")
    assert [root for _, root in find_sources(tmp_path / "vault")] == [tmp_path / "vault"]


def test_a_hugo_site_tells_its_languages_and_the_shape_of_its_addresses(tmp_path: Path) -> None:
    files = {
        "content/a.md": "文",
        "config/_default/hugo.toml": (
            'defaultContentLanguage = "zh-tw"\ndefaultContentLanguageInSubdir = true\nuglyURLs = true\n'
            '[frontmatter]\ndate = [":filename", ":default"]\n'
        ),
        "config/_default/languages.toml": "[zh-tw]\nweight = 1\n[zh-cn]\nweight = 2\n",
        "config/_default/permalinks.toml": 'posts = "/:year/:slug/"\n',
    }
    _write(tmp_path, files)
    ((site, _),) = find_sources(tmp_path)
    assert site.permalinks == {"posts": "/:year/:slug/"}
    assert site.languages == {"zh-tw": "", "zh-cn": ""}
    assert site.language_in_path
    assert site.ugly_urls
    assert site.date_sources == (":filename", ":default")


def test_a_jekyll_site_tells_its_collections_and_its_folder(tmp_path: Path) -> None:
    config = "baseurl: /blog\ncollections:\n  recipes:\n    output: true\n    permalink: /eat/:name/\n  drafts: {}\n"
    _write(tmp_path, {"_config.yml": config, "_recipes/a.md": "文"})
    ((site, _),) = find_sources(tmp_path)
    assert (site.base_url, site.permalinks) == ("/blog", {"recipes": "/eat/:name/"})


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
