"""A whole site in an archive: its posts, and what its own files say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from service.content.archives import Named, opened, read_posts
from service.content.decoding import safe_path
from service.content.finding import is_post, posts_at, site_at
from service.content.limits import Limits
from service.content.sites import is_site_file, may_tell
from service.errors import ContentError
from service.model import Site, Source, completed

_SAMPLE = 100  # posts whose text may tell what wrote them


def unpack_site(
    data: bytes,
    name: str,
    declared: Site,
    *,
    folder: str = "",
    max_files: int,
    max_total_bytes: int,
    max_file_bytes: int,
) -> tuple[Site, Iterator[Source | ContentError]]:
    """Return the site in the archive `data`, called `name`, and its posts, as if it were a folder.

    What `declared` says of the site outranks what the site's own files say. The site lies in `folder` of the archive;
    empty: in all of it.

    Raises:
        LimitError: it holds too many files, or too much, or packs more than text can.
        ContentError: it is no such archive, cut short, or has no such folder.
    """
    found, sure = opened(data, name, Limits(max_files, max_total_bytes, max_file_bytes))
    found = within(found, folder, name)
    files = {path: content for path, content in found if isinstance(content, bytes)}
    site, below, posts = told_site(files, declared)
    inner = [(path.removeprefix(below), content) for path, content in found if _lies_below(below, path, content)]
    return site, read_posts(inner, posts, max_file_bytes, sure=sure)


def within(found: list[Named], folder: str, name: str) -> list[Named]:
    """Return what lies in `folder`; what has no safe path lies nowhere, and counts where all does."""
    start = safe_path(folder.strip("/")) + "/" if folder.strip("/") else ""
    inner = [(path.removeprefix(start), content) for path, content in found if path.startswith(start)]
    if not inner and start:
        raise ContentError(f"there is no folder {folder} in it", path=name)
    return inner


def _lies_below(folder: str, path: str, content: bytes | ContentError) -> bool:
    return path.startswith(folder) or isinstance(content, ContentError)


def told_site(files: Mapping[str, bytes], declared: Site) -> tuple[Site, str, set[str]]:
    """Return the site that `files` make up, the folder its posts' paths begin below, and those paths."""
    with TemporaryDirectory(prefix="wenmai-") as folder:
        root = Path(folder).resolve()
        unwritten = _lay_out(files, root)
        own, top = site_at(root)
        site = completed(declared, own)
        if site.dialect is not own.dialect:
            top = root
        below = top.resolve().relative_to(root).as_posix()
        below = "" if below == "." else below + "/"
        paths = {path.removeprefix(below) for path in unwritten if is_post(path, generated=False)}
        return site, below, {*posts_at(top, site), *paths}


def _lay_out(files: Mapping[str, bytes], root: Path) -> list[str]:
    """Write what tells of the site below `root`, all else without its text; return the paths no folder can hold."""
    unwritten: list[str] = []
    left = _SAMPLE
    for path in sorted(files):
        left -= is_post(path, generated=True)
        content = files[path] if may_tell(path) or is_site_file(path) or left >= 0 else b""
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        except OSError:
            unwritten.append(path)
    return unwritten
