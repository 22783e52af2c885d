"""Bytes and paths as found → text and safe paths."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from service.content.charsets import guess
from service.errors import ContentError, LimitError
from service.model import Problem, Source

_FIRST_PRINTABLE = 0x20
_SURROGATES = range(0xD800, 0xE000)
_DRIVE = re.compile(r"[A-Za-z]:")
_LONGEST_PATH, _LONGEST_NAME, _DEEPEST = 4_000, 255, 64  # what common file systems take, and far more than sites need
_BOMS = (  # the mark of UTF-16 begins that of UTF-32
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.01  # their share in a text; what has more is no text


def decode(data: bytes, path: str, *, max_bytes: int) -> Source:
    r"""Return the file `data` at `path` as text, newlines all LF.

    It is UTF-8, or what its byte order mark says, or what surely reads like Chinese: UTF-16, GB18030 or Big5. What is
    not UTF-8, and control characters, are told of in the source's problems. NUL becomes U+FFFD, as CommonMark has it.

    >>> decode(b"\xef\xbb\xbfa\r\nb", "posts/a.md", max_bytes=100)
    Source(path='posts/a.md', text='a\nb')

    Raises:
        LimitError: it is longer than `max_bytes`.
        ContentError: it is no text, or no encoding surely fits, or the path would leave its root.
    """
    path = safe_path(path)
    if len(data) > max_bytes:
        raise LimitError(f"the file has {len(data)} bytes, more than the {max_bytes} allowed", path=path)
    bom, encoding = next(((b, e) for b, e in _BOMS if data.startswith(b)), (b"", ""))
    text, name = _marked(data[len(bom) :], encoding, path) if encoding else _unmarked(data, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = [Problem(f"the file is {name}, and was read as that: save it as UTF-8", 1)] if name != "UTF-8" else []
    if found := _CONTROLS.search(text):
        problems.append(_control(text, found, path))
    return Source(path, text.replace("\0", "\ufffd"), tuple(problems))


def read_utf8(file: Path, path: str, *, max_bytes: int) -> str:
    """Return the text of a file that a site's own lists or settings are in; it is called `path` in errors.

    Raises:
        ContentError: it cannot be read, is not UTF-8, or is longer than `max_bytes`.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(max_bytes + 1)
        if len(data) > max_bytes:
            raise ContentError(f"{path} is longer than the {max_bytes} bytes allowed", path=path)
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path} cannot be read: save it as UTF-8, readable by the service", path=path) from error


def _marked(body: bytes, encoding: str, path: str) -> tuple[str, str]:
    try:
        return body.decode(encoding), encoding.upper()
    except UnicodeDecodeError as error:
        line = body[: error.start].decode(encoding, "replace").count("\n") + 1
        detail = f"the file is not the {encoding.upper()} that its byte order mark says: save it as UTF-8"
        raise ContentError(detail, path=path, line=line) from error


def _unmarked(data: bytes, path: str) -> tuple[str, str]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        if found := guess(data):
            return found.text, found.name
        line = data[: error.start].count(b"\n") + 1
        detail = "the file is not UTF-8, nor surely anything else: open it in its own encoding and save it as UTF-8"
        raise ContentError(detail, path=path, line=line) from error
    if "\0" in text and (found := guess(data)):  # UTF-16 of ASCII is UTF-8 too
        return found.text, found.name
    return text, "UTF-8"


def _control(text: str, found: re.Match[str], path: str) -> Problem:
    line = text.count("\n", 0, found.start()) + 1
    nul = "NUL bytes" if "\0" in text else "control characters"
    if len(_CONTROLS.findall(text)) > len(text) * _MOST_CONTROLS:
        raise ContentError(f"the file holds {nul}: it is no text", path=path, line=line)
    return Problem(f"the text holds {nul} (U+{ord(found[0]):04X}): remove them", line)


def safe_path(path: str) -> str:
    """Return `path` as POSIX in NFC, without ``.`` parts.

    A path is only ever a name here: nothing is written to it. So names that Windows keeps for itself (``con.md``) or
    cannot hold are as good as any; what is refused is what could mean a place outside of the root.

    Raises:
        ContentError: it is empty, absolute, names a drive, climbs out of its root, holds control characters, or is
            longer or deeper than file systems and sites take.
    """
    shown = repr(path[:200]) if _CONTROLS.search(path[:200]) else path[:200]
    if len(path) > _LONGEST_PATH:
        raise ContentError(f"the path has {len(path)} characters, more than the {_LONGEST_PATH} allowed", path=shown)
    plain = unicodedata.normalize("NFC", path.replace("\\", "/"))
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    climbs = any(part.startswith("..") and not part.strip(". ") for part in parts)  # `.. ` is `..` to Windows
    if plain.startswith("/") or _DRIVE.match(plain) or climbs or not parts:
        raise ContentError("the path must be relative and stay within its source", path=shown)
    if any(code < _FIRST_PRINTABLE or code in _SURROGATES for code in map(ord, plain)):
        raise ContentError("the path holds control characters", path=repr(path[:200]))
    if len(parts) > _DEEPEST or max(map(len, parts)) > _LONGEST_NAME:
        raise ContentError(f"the path is deeper than {_DEEPEST} folders, or a name too long", path=shown)
    return "/".join(parts)
