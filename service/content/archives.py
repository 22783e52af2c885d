"""Archives → sources, unpacked in memory within limits."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from service.content.charsets import guess
from service.content.decoding import decode, safe_path
from service.content.finding import is_post
from service.content.limits import Entry, Limits
from service.content.sites import GENERATED, may_tell
from service.content.tars import tarred
from service.content.zips import zipped
from service.errors import ContentError, LimitError
from service.model import Problem, Source

_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)
_TWICE = Problem("the archive holds this path more than once; the last one counts", None)
_UNNAMED = Problem("the archive does not say how its names are encoded: pack them as UTF-8", None)

Named = tuple[str, bytes | ContentError]


def unpack(
    data: bytes, name: str, *, max_files: int, max_total_bytes: int, max_file_bytes: int
) -> Iterator[Source | ContentError]:
    """Yield the posts of the site in the archive `data`, a ``.zip`` or ``.tar.gz`` called `name`.

    A folder that everything lies in is taken for the site's root. An entry that fails comes as its error. Archives
    within the archive are left alone.

    Raises:
        LimitError: it holds too many files, or too much, or packs more than text can.
        ContentError: it is no such archive, or cut short.
    """
    found, sure = opened(data, name, Limits(max_files, max_total_bytes, max_file_bytes))
    generated = any(path.startswith(GENERATED) for path, _ in found)
    posts = {path for path, content in found if isinstance(content, bytes) and is_post(path, generated=generated)}
    yield from read_posts(found, posts, max_file_bytes, sure=sure)


def opened(data: bytes, name: str, limits: Limits) -> tuple[list[Named], bool]:
    """Return the files of an archive by their paths from the site's root, and whether it is sure how they are spelled.

    Raises:
        LimitError: it exceeds the limits.
        ContentError: it is no archive, or cut short.
    """
    try:
        entries = list((zipped if data.startswith(b"PK") else tarred)(data, limits))
    except LimitError:
        raise
    except _BROKEN as error:
        raise ContentError(f"the archive cannot be read: {error or 'it is cut short'}", path=name) from error
    names, sure = _names(entries)
    found = [_safe(path, entry.content) for path, entry in zip(names, entries, strict=True)]
    shared = _shared_root([path for path, _ in found])
    return [(path[len(shared) :], content) for path, content in found], sure


def read_posts(
    found: Sequence[Named], posts: Container[str], max_bytes: int, *, sure: bool
) -> Iterator[Source | ContentError]:
    """Yield those of the files `found` whose paths are in `posts`, and what went wrong with any that may be a post."""
    last, counts = dict(found), Counter(path for path, _ in found)
    for path, content in sorted(last.items(), key=lambda entry: entry[0]):
        if isinstance(content, ContentError):
            if not may_tell(path):
                yield ContentError(content.detail, path=content.path or path, line=content.line)
        elif path in posts:
            source = _decoded(content, path, max_bytes)
            notes = (*[_TWICE] * (counts[path] > 1), *[_UNNAMED] * (not sure and not path.isascii()))
            yield replace(source, problems=(*source.problems, *notes)) if isinstance(source, Source) else source


def _decoded(content: bytes, path: str, max_bytes: int) -> Source | ContentError:
    try:
        return decode(content, path, max_bytes=max_bytes)
    except ContentError as error:
        return error


def _safe(path: str, content: bytes | ContentError) -> Named:
    try:
        return safe_path(path), content
    except ContentError as error:
        return path, error


def _names(entries: Sequence[Entry]) -> tuple[list[str], bool]:
    """Return the names as text, those of unknown encoding judged together, and whether that is sure.

    Zip's own encoding is that of the first IBM PC; what packs Chinese names without saying so writes GBK or Big5.
    """
    unknown = b"\n".join(entry.name for entry in entries if isinstance(entry.name, bytes) and not entry.name.isascii())
    encoding, sure = _encoding(unknown)
    names = [entry.name if isinstance(entry.name, str) else entry.name.decode(encoding, "replace") for entry in entries]
    return names, sure


def _encoding(names: bytes) -> tuple[str, bool]:
    for encoding in ("ascii", "utf-8"):
        try:
            names.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "utf-8", True
    found = guess(names)
    return (found.codec, True) if found else ("cp437", False)


def _shared_root(paths: list[str]) -> str:
    """Return the folder that holds all `paths`, if it is not one a generator gives a meaning."""
    tops = {path.partition("/")[0] for path in paths}
    if len(tops) != 1 or not all("/" in path for path in paths):
        return ""
    top = tops.pop()
    return "" if top in ("content", "_posts", "_drafts") else top + "/"
