"""Zip archives → their entries, read within limits."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from service.content.limits import Entry, Limits, is_wanted
from service.errors import ContentError, LimitError

_DIRECTORY_ENTRY = b"PK\x01\x02"
_UTF8, _ENCRYPTED = 0x800, 0x1  # flags of an entry: APPNOTE 4.4.4
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field: APPNOTE 4.6.9
_FIELD = struct.Struct("<HH")
_BEFORE_PATH = 5  # a version and a checksum
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def zipped(data: bytes, limits: Limits) -> Iterator[Entry]:
    """Yield the files of the zip archive `data`, links as errors; what is no post without its content.

    Raises:
        LimitError: it exceeds the limits.
        zipfile.BadZipFile: it is no zip archive, or cut short.
    """
    limits.check_count(data.count(_DIRECTORY_ENTRY) // 4)  # before anything is made of each
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        limits.check_count(len(infos))
        for info in infos:
            yield Entry(_name(info), _content(archive, info, limits))


def _name(info: zipfile.ZipInfo) -> str | bytes:
    """Return the entry's name, as bytes where the archive does not say how they are encoded."""
    if info.flag_bits & _UTF8:
        return info.filename
    if path := _unicode_path(info.extra):
        return path
    try:
        return info.filename.encode("cp437")  # what zipfile took it for
    except UnicodeEncodeError:
        return info.filename


def _unicode_path(extra: bytes) -> str | None:
    at = 0
    while at + _FIELD.size <= len(extra):
        kind, size = _FIELD.unpack_from(extra, at)
        at += _FIELD.size
        if kind == _UNICODE_PATH:
            try:
                return extra[at + _BEFORE_PATH : at + size].decode() or None
            except UnicodeDecodeError:
                return None
        at += size
    return None


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes | ContentError:
    if info.compress_size and limits.is_bomb(info.file_size, info.compress_size):
        raise LimitError("the archive packs more than text can", path=info.filename[:200])
    if not is_wanted(info.filename):
        return b""
    if stat.S_ISLNK(info.external_attr >> 16):
        return ContentError("the entry is a link: pack the file itself")
    if info.flag_bits & _ENCRYPTED:
        return ContentError("the entry is encrypted: pack it without a password")
    try:
        with archive.open(info) as stream:
            content = stream.read(limits.file + 1)
    except _BROKEN as error:
        return ContentError(f"the entry cannot be unpacked: {error}")
    limits.add(len(content))
    return content
