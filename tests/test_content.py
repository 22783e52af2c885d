"""Folders, archives and uploads become sources; nothing leaves its root."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from service.content import decode, find, find_sources, unpack
from service.errors import ContentError, LimitError
from service.model import Dialect, Source


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _tar(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def _unpack(data: bytes, files: int = 10, total: int = 10_000) -> list[Source | ContentError]:
    return list(unpack(data, "a.zip", max_files=files, max_total_bytes=total, max_file_bytes=5_000))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_decoded_by_its_mark(encoding: str) -> None:
    source = decode("茶\r\n山\r海".encode(encoding), "筆記\\a.md", max_bytes=100)
    assert source == Source("筆記/a.md", "茶\n山\n海")


@pytest.mark.parametrize("data", [b"a\n\xff\xfeb", b"a\nb\0c"])
def test_what_is_no_text_is_refused_with_its_line(data: bytes) -> None:
    with pytest.raises(ContentError) as caught:
        decode(data, "a.md", max_bytes=100)
    assert caught.value.line == 2


@pytest.mark.parametrize("path", ["/a.md", "../a.md", "a/../../b.md", "C:\\a.md", "", "a\nb.md"])
def test_paths_that_leave_their_root_are_refused(path: str) -> None:
    with pytest.raises(ContentError):
        decode(b"", path, max_bytes=100)


def test_a_file_past_the_limit_is_refused() -> None:
    with pytest.raises(LimitError):
        decode(b"aaaa", "a.md", max_bytes=3)


def test_a_folder_yields_its_posts_in_order_and_its_errors(tmp_path: Path) -> None:
    for name in ("_config.yml", "README.md", "b.md", "_posts/a.md", "_site/c.md", ".git/d.md", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文", encoding="utf-8")
    (tmp_path / "c.md").write_bytes(b"\xff")
    (tmp_path / "out.md").symlink_to("/etc/hostname")
    found = list(find(tmp_path, max_files=10, max_bytes=100))
    assert [item.path for item in found] == ["_posts/a.md", "b.md", "c.md"]
    assert isinstance(found[2], ContentError)


def test_too_many_posts_are_refused(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.md").touch()
    with pytest.raises(LimitError):
        list(find(tmp_path, max_files=2, max_bytes=100))


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


@pytest.mark.parametrize("pack", [_zip, _tar])
def test_an_archive_is_unpacked_from_the_folder_that_holds_all(pack: object) -> None:
    assert callable(pack)
    data = pack({"site-main/content/a.md": "茶".encode(), "site-main/hugo.toml": b"", "site-main/README.md": b"x"})
    assert _unpack(data) == [Source("content/a.md", "茶")]


@pytest.mark.parametrize("pack", [_zip, _tar])
def test_an_entry_that_climbs_out_is_an_error_and_the_rest_goes_in(pack: object) -> None:
    assert callable(pack)
    found = _unpack(pack({"../evil.md": b"x", "a.md": b"y"}))
    assert sum(isinstance(item, ContentError) for item in found) == 1
    assert Source("a.md", "y") in found


def test_archives_are_bounded_in_count_and_size() -> None:
    with pytest.raises(LimitError):
        _unpack(_zip({f"{number}.md": b"x" for number in range(400)}))
    with pytest.raises(LimitError):
        _unpack(_zip({f"{number}.md": b"x" * 4_000 for number in range(5)}))
    with pytest.raises(LimitError):
        _unpack(_tar({"a.bin": b"\0" * 20_000}))


def test_what_is_no_archive_is_a_content_error() -> None:
    with pytest.raises(ContentError):
        _unpack(b"PK but not really")
    with pytest.raises(ContentError):
        _unpack(b"nothing")


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
