"""Archives → sources, unpacked in memory within limits."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Iterator

from service.content.decoding import decode, safe_path
from service.content.finding import POSTS, is_post
from service.content.sites import GENERATED
from service.errors import ContentError, LimitError
from service.model import Source

_MAX_RATIO = 200  # of an archive's entry to its packed size; text rarely passes 10
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)

Entry = tuple[str, bytes | ContentError]


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
    except _BROKEN as error:
        raise ContentError(f"the archive cannot be read: {error}", path=name) from error
    shared = _shared_root([path for path, _ in entries])
    inner = [(path[len(shared) :], content) for path, content in entries]
    generated = any(path.startswith(GENERATED) for path, _ in inner)
    for path, content in sorted(inner, key=lambda entry: entry[0]):
        if isinstance(content, ContentError):
            yield content
        elif is_post(path, generated=generated):
            try:
                yield decode(content, path, max_bytes=max_file_bytes)
            except ContentError as error:
                yield error


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
            wanted = info.filename.lower().endswith(POSTS) and not linked
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
            stream = archive.extractfile(member) if member.name.lower().endswith(POSTS) else None
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
