"""Tar archives, packed with gzip or bzip2 or not at all → their entries, read within limits."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
from collections.abc import Iterator

from service.content.limits import Entry, Limits, is_wanted
from service.errors import ContentError, LimitError

_GZIP, _BZIP2 = b"\x1f\x8b", b"BZh"
_LARGEST_HEADER = 1_000_000  # bytes of a name or other words on a file, far beyond any path

_Stream = io.BytesIO | gzip.GzipFile | bz2.BZ2File


class _Bounded(io.RawIOBase):
    """A stream that refuses to be read further, or in larger pieces, than an archive of posts needs.

    Tar lets a file's name be as long as it says, and would read it at one go.
    """

    def __init__(self, stream: _Stream, packed: int, limits: Limits) -> None:
        self._stream, self._packed, self._limits = stream, packed, limits

    def read(self, size: int = -1, /) -> bytes:
        """Read `size` bytes, which must be told."""
        if not 0 <= size <= max(self._limits.file + 1, _LARGEST_HEADER):
            raise LimitError("an entry of the archive is larger than any post")
        return self._checked(self._stream.read(size))

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to `offset`, by unpacking what is before it."""
        while whence == io.SEEK_SET and offset - self._stream.tell() > _LARGEST_HEADER:
            if not self._checked(self._stream.read(_LARGEST_HEADER)):
                break
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Tell where the stream stands."""
        return self._stream.tell()

    def _checked(self, data: bytes) -> bytes:
        unpacked = self._stream.tell()
        if unpacked > self._limits.total:
            raise LimitError(f"the archive unpacks to more than the {self._limits.total} bytes allowed")
        if self._limits.is_bomb(unpacked, self._packed):
            raise LimitError("the archive packs more than text can")
        return data


def tarred(data: bytes, limits: Limits) -> Iterator[Entry]:
    """Yield the files of the tar archive `data`, links to posts as errors; what is no post without its content.

    Raises:
        LimitError: it exceeds the limits.
        tarfile.TarError, OSError, EOFError: it is no tar archive, or cut short.
    """
    bounded = _Bounded(_opened(data), len(data), limits)
    with tarfile.open(fileobj=bounded, mode="r:", errors="surrogateescape") as archive:
        for count, member in enumerate(archive, 1):
            limits.check_count(count // 4)  # folders count too, and devices
            if not member.isdir() and (member.isfile() or is_wanted(member.name)):
                yield Entry(member.name.encode("utf-8", "surrogateescape"), _content(archive, member, limits))
            archive.members.clear()  # type: ignore[attr-defined]  # tarfile would keep them all


def _opened(data: bytes) -> _Stream:
    stream = io.BytesIO(data)
    if data.startswith(_GZIP):
        return gzip.GzipFile(fileobj=stream)
    return bz2.BZ2File(stream) if data.startswith(_BZIP2) else stream


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo, limits: Limits) -> bytes | ContentError:
    limits.check_size(member.size)
    if not is_wanted(member.name):
        return b""
    if not member.isfile():
        return ContentError("the entry is a link or device: pack the file itself")
    if member.issparse():
        return ContentError("the entry is a sparse file: pack it whole")
    stream = archive.extractfile(member)
    content = stream.read(limits.file + 1) if stream else b""
    limits.add(len(content))
    return content
