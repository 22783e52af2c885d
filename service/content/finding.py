"""Folders → sources: the sites and vaults below a folder, and the posts of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from service.content.decoding import decode
from service.content.sites import GENERATED, HUGO, JEKYLL, looks_like_vault, read_hugo, read_jekyll
from service.errors import ContentError, LimitError
from service.model import Dialect, Site, Source

POSTS = (".md", ".markdown")
_SKIPPED = frozenset({"node_modules", "themes", "_site", "public", "vendor", "__pycache__", "__MACOSX"})
_NOT_POSTS = frozenset({"readme", "license", "licence", "contributing", "code_of_conduct", "changelog"})


def is_post(path: str, *, generated: bool) -> bool:
    """Tell whether the file at `path` is a post of its site: Markdown, not hidden, not the site's own papers.

    `generated` says that Hugo or Jekyll builds the site: README and its like at its root are then no posts.
    """
    parts = path.split("/")
    name = parts[-1].lower()
    if not name.endswith(POSTS) or any(part.startswith(".") or part in _SKIPPED for part in parts[:-1]):
        return False
    if name.startswith(".") and name not in POSTS:  # a file called `.md` is a post without a name
        return False
    return not (generated and len(parts) == 1 and name.rpartition(".")[0] in _NOT_POSTS)


def find(root: Path, *, max_files: int, max_bytes: int) -> Iterator[Source | ContentError]:
    """Yield the posts of the site or vault at `root` in the order of their paths; one that fails comes as its error.

    Raises:
        LimitError: there are more than `max_files`.
    """
    top = root.resolve()
    generated = any((top / name).exists() for name in GENERATED)
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
    if any((folder / name).is_file() for name in JEKYLL) or (folder / "_posts").is_dir():
        return Dialect.JEKYLL
    if (folder / "content").is_dir() or any((folder / name).is_file() for name in HUGO[:4]):
        return Dialect.HUGO
    return Dialect.OBSIDIAN if (folder / ".obsidian").is_dir() else None


def _site(folder: Path) -> Site:
    top = folder.resolve()
    dialect = _marked(folder)
    if dialect is Dialect.HUGO:
        return read_hugo(_name(folder), folder)
    if dialect is Dialect.JEKYLL:
        return read_jekyll(_name(folder), folder)
    vault = dialect is Dialect.OBSIDIAN or looks_like_vault(top / path for path in _walk_posts(folder))
    return Site(_name(folder), Dialect.OBSIDIAN if vault else Dialect.MARKDOWN)
