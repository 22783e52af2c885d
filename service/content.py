"""Folders, archives and uploads → Source: decoding, newlines, limits; no path leaves its root."""

from __future__ import annotations

import codecs
import io
import json
import re
import stat
import tarfile
import tomllib
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from service.errors import ContentError, LimitError
from service.model import Dialect, Site, Source

_POSTS = (".md", ".markdown")
_SKIPPED = frozenset({"node_modules", "themes", "_site", "public", "vendor", "__pycache__", "__MACOSX"})
_NOT_POSTS = frozenset({"readme", "license", "licence", "contributing", "code_of_conduct", "changelog"})
_HUGO = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json")
_JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
_GENERATED = (*_HUGO, *_JEKYLL, "_posts", "content")
_MAX_CONFIG = 1_000_000
_SAMPLE = 20  # posts looked at to tell a vault from a folder of Markdown
_VAULT = re.compile(rb"!?\[\[[^\[\]\n]+\]\]|^[^\x00-\x7f][^:\n]{0,60}:\s", re.MULTILINE)
_MAX_RATIO = 200  # of an archive's entry to its packed size; text rarely passes 10
_DRIVE = re.compile(r"[A-Za-z]:")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes, path: str, *, max_bytes: int) -> Source:
    r"""Return the file `data` at `path` as text: UTF-8, or UTF-16 with a byte order mark; newlines all LF.

    >>> decode(b"\xef\xbb\xbfa\r\nb", "posts/a.md", max_bytes=100)
    Source(path='posts/a.md', text='a\nb')

    Raises:
        LimitError: it is longer than `max_bytes`.
        ContentError: it is no text, or the path would leave its root.
    """
    path = safe_path(path)
    if len(data) > max_bytes:
        raise LimitError(f"the file has {len(data)} bytes, more than the {max_bytes} allowed", path=path)
    bom, encoding = next(((b, e) for b, e in _BOMS if data.startswith(b)), (b"", "utf-8"))
    body = data[len(bom) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise ContentError(f"the file is not {encoding.upper()}: save it as UTF-8", path=path, line=line) from error
    if (at := text.find("\0")) >= 0:
        raise ContentError("the file holds NUL bytes: it is no text", path=path, line=text.count("\n", 0, at) + 1)
    return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_path(path: str) -> str:
    """Return `path` as POSIX in NFC, without ``.`` parts.

    Raises:
        ContentError: it is empty, absolute, names a drive, or climbs out of its root.
    """
    plain = unicodedata.normalize("NFC", path.replace("\\", "/"))
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    if plain.startswith("/") or _DRIVE.match(plain) or ".." in parts or not parts:
        raise ContentError("the path must be relative and stay within its source", path=path[:200])
    if any(ord(character) < 32 or 0xD800 <= ord(character) <= 0xDFFF for character in plain):  # noqa: PLR2004
        raise ContentError("the path holds control characters", path=repr(path[:200]))
    return "/".join(parts)


def is_post(path: str, *, generated: bool) -> bool:
    """Tell whether the file at `path` is a post of its site: Markdown, not hidden, not the site's own papers.

    `generated` says that Hugo or Jekyll builds the site: README and its like at its root are then no posts.
    """
    parts = path.split("/")
    name = parts[-1].lower()
    if not name.endswith(_POSTS) or any(part.startswith(".") or part in _SKIPPED for part in parts[:-1]):
        return False
    if name.startswith(".") and name not in _POSTS:  # a file called `.md` is a post without a name
        return False
    return not (generated and len(parts) == 1 and name.rpartition(".")[0] in _NOT_POSTS)


def find(root: Path, *, max_files: int, max_bytes: int) -> Iterator[Source | ContentError]:
    """Yield the posts of the site or vault at `root` in the order of their paths; one that fails comes as its error.

    Raises:
        LimitError: there are more than `max_files`.
    """
    top = root.resolve()
    generated = any((top / name).exists() for name in _GENERATED)
    found = sorted(path for path in _walk(top, top) if is_post(path, generated=generated))
    if len(found) > max_files:
        raise LimitError(f"the folder holds {len(found)} posts, more than the {max_files} allowed", path=root.name)
    for path in found:
        try:
            yield _load(top / path, path, max_bytes)
        except ContentError as error:
            yield error


def _load(file: Path, path: str, max_bytes: int) -> Source:
    try:
        with file.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise ContentError(f"the file cannot be opened: {error.strerror}", path=path) from error
    return decode(data, path, max_bytes=max_bytes)


def _walk(folder: Path, top: Path) -> Iterator[str]:
    """Yield the files below `folder` as paths from `top`; links that lead out of it are not followed."""
    try:
        children = sorted(folder.iterdir())
    except OSError:
        return
    for child in children:
        if child.is_symlink() and not child.resolve().is_relative_to(top):
            continue
        if child.is_dir():
            if not child.is_symlink() and not child.name.startswith(".") and child.name not in _SKIPPED:
                yield from _walk(child, top)
        elif child.is_file():
            yield child.relative_to(top).as_posix()


def find_sources(root: Path) -> tuple[tuple[Site, Path], ...]:
    """Return the sites and vaults below `root`: `root` itself if it is one, else each of its folders that holds posts.

    A folder with posts directly in it is one source, whatever its folders hold.
    """
    if _marked(root) is not None or any(is_post(f.name, generated=True) and f.is_file() for f in root.iterdir()):
        return ((_site(root), root),)
    folders = sorted(child for child in root.iterdir() if child.is_dir() and not child.name.startswith("."))
    held = (folder for folder in folders if folder.name not in _SKIPPED and any(_walk_posts(folder)))
    return tuple((replace(_site(top := _top(folder)), name=_name(folder)), top) for folder in held)


def _walk_posts(folder: Path) -> Iterator[str]:
    top = folder.resolve()
    return (path for path in _walk(top, top) if is_post(path, generated=True))


def _top(folder: Path) -> Path:
    """Return the root of the site in `folder`: the one folder in it that a generator knows, as themes have it."""
    below = [child for child in folder.iterdir() if child.is_dir() and not child.name.startswith(".")]
    return below[0] if _marked(folder) is None and len(below) == 1 and _marked(below[0]) is not None else folder


def _name(folder: Path) -> str:
    return unicodedata.normalize("NFC", folder.resolve().name)


def _marked(folder: Path) -> Dialect | None:
    """Return the dialect that a site's own files tell, if any do."""
    if any((folder / name).is_file() for name in _JEKYLL) or (folder / "_posts").is_dir():
        return Dialect.JEKYLL
    if (folder / "content").is_dir() or any((folder / name).is_file() for name in _HUGO[:4]):
        return Dialect.HUGO
    return Dialect.OBSIDIAN if (folder / ".obsidian").is_dir() else None


def _site(folder: Path) -> Site:
    dialect = _marked(folder) or _sampled(folder.resolve())
    name = _name(folder)
    if dialect is Dialect.HUGO:
        return _hugo_site(name, _config(folder, _HUGO) or _config(folder / "config" / "_default", _HUGO))
    if dialect is Dialect.JEKYLL:
        return _jekyll_site(name, _config(folder, _JEKYLL))
    return Site(name, dialect)


def _sampled(top: Path) -> Dialect:
    sample = list(islice(_walk_posts(top), _SAMPLE))
    linked = sum(1 for path in sample if _VAULT.search((top / path).read_bytes()[:_MAX_CONFIG]))
    return Dialect.OBSIDIAN if sample and linked * 3 >= len(sample) else Dialect.MARKDOWN


def _config(folder: Path, names: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the first of a site's configuration files that can be read; its keys in lower case."""
    for name in names:
        file = folder / name
        if not file.is_file() or file.stat().st_size > _MAX_CONFIG:
            continue
        text = file.read_text(encoding="utf-8-sig", errors="replace")
        try:
            data = (
                tomllib.loads(text)
                if name.endswith("toml")
                else json.loads(text)
                if name.endswith("json")
                else yaml.safe_load(text)
            )
        except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            return {str(key).lower(): value for key, value in data.items()}
    return {}


def _hugo_site(name: str, config: Mapping[str, Any]) -> Site:
    permalinks = config.get("permalinks")
    patterns = dict(permalinks) if isinstance(permalinks, dict) else {}
    if isinstance(pages := patterns.pop("page", None), dict):
        patterns |= pages
    language = config.get("defaultcontentlanguage") or config.get("languagecode")
    return Site(
        name,
        Dialect.HUGO,
        _address(config.get("baseurl")),
        {str(key): text for key, value in patterns.items() if (text := _text(value))},
        _text(language),
        _text(config.get("timezone")),
    )


def _jekyll_site(name: str, config: Mapping[str, Any]) -> Site:
    url = _address(config.get("url"))
    base = url.rstrip("/") + "/" + str(config.get("baseurl") or "").strip("/") if url else None
    style = config.get("permalink")
    for default in config.get("defaults") or () if isinstance(config.get("defaults"), list) else ():
        if isinstance(default, dict) and isinstance(values := default.get("values"), dict):
            scope = default.get("scope")
            if isinstance(scope, dict) and scope.get("type") in ("posts", None) and not scope.get("path"):
                style = values.get("permalink", style)
    language = config.get("lang") or config.get("locale") or config.get("language")
    return Site(
        name,
        Dialect.JEKYLL,
        base,
        {"posts": text} if (text := _text(style)) else {},
        _text(language),
        _text(config.get("timezone")),
    )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _address(value: object) -> str | None:
    text = _text(value)
    return text if text and text.startswith(("http://", "https://")) else None


def unpack(
    data: bytes, name: str, *, max_files: int, max_total_bytes: int, max_file_bytes: int
) -> Iterator[Source | ContentError]:
    """Yield the posts of the site in the archive `data`, a ``.zip`` or ``.tar.gz`` called `name`.

    A folder that everything lies in is taken for the site's root. An entry that fails comes as its error.

    Raises:
        LimitError: it holds too many files, or too much, or packs more than text can.
        ContentError: it is no such archive.
    """
    try:
        packed = _zipped if data.startswith(b"PK") else _tarred
        entries = list(packed(data, max_files, max_total_bytes, max_file_bytes))
    except LimitError:
        raise
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise ContentError(f"the archive cannot be read: {error}", path=name) from error
    shared = _shared_root([path for path, _ in entries])
    inner = [(path[len(shared) :], content) for path, content in entries]
    generated = any(path.startswith(_GENERATED) for path, _ in inner)
    for path, content in sorted(inner, key=lambda entry: entry[0]):
        if isinstance(content, ContentError):
            yield content
        elif is_post(path, generated=generated):
            try:
                yield decode(content, path, max_bytes=max_file_bytes)
            except ContentError as error:
                yield error


Entry = tuple[str, bytes | ContentError]


def _shared_root(paths: list[str]) -> str:
    """Return the folder that holds all `paths`, if it is not one a generator gives a meaning."""
    tops = {path.partition("/")[0] for path in paths}
    if len(tops) != 1 or not all("/" in path for path in paths):
        return ""
    top = tops.pop()
    return "" if top in ("content", "_posts", "_drafts") else top + "/"


def _zipped(data: bytes, max_files: int, max_total: int, max_file: int) -> Iterator[Entry]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        _check_count(len(infos), max_files)
        total = 0
        for info in infos:
            linked = stat.S_ISLNK(info.external_attr >> 16)
            if info.compress_size and info.file_size / info.compress_size > _MAX_RATIO and info.file_size > max_file:
                raise LimitError("the archive packs more than text can", path=info.filename[:200])
            wanted = info.filename.lower().endswith(_POSTS) and not linked
            with archive.open(info) as stream:
                content = stream.read(max_file + 1) if wanted else b""
            total = _check_total(total + len(content), max_total)
            if not linked:
                yield _entry(info.filename, content)


def _tarred(data: bytes, max_files: int, max_total: int, max_file: int) -> Iterator[Entry]:
    count = total = 0
    with tarfile.open(fileobj=io.BytesIO(data), mode="r|*") as archive:
        for member in archive:
            count += 1
            _check_count(count, max_files * 4)  # folders count too, and links that are left out
            if not member.isfile():
                continue
            total = _check_total(total + member.size, max_total)
            stream = archive.extractfile(member) if member.name.lower().endswith(_POSTS) else None
            yield _entry(member.name, stream.read(max_file + 1) if stream else b"")


def _entry(path: str, content: bytes) -> Entry:
    try:
        return safe_path(path), content
    except ContentError as error:
        return path, error


def _check_count(count: int, most: int) -> None:
    if count > most:
        raise LimitError(f"the archive holds {count} files, more than the {most} allowed")


def _check_total(total: int, most: int) -> int:
    if total > most:
        raise LimitError(f"the archive unpacks to more than the {most} bytes allowed")
    return total
