"""Bytes and paths as found → text and safe paths."""

from __future__ import annotations

import codecs
import re
import unicodedata

from service.errors import ContentError, LimitError
from service.model import Source

_FIRST_PRINTABLE = 0x20
_SURROGATES = range(0xD800, 0xE000)
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
    if any(code < _FIRST_PRINTABLE or code in _SURROGATES for code in map(ord, plain)):
        raise ContentError("the path holds control characters", path=repr(path[:200]))
    return "/".join(parts)
