"""The files a browser loads, read once, under an address that changes when any of them does."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static"
_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".html": "text/html",
    ".txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent."""

    body: bytes
    media_type: str

    @property
    def etag(self) -> str:
        """Return the strong ETag of these bytes (RFC 9110 8.8.3)."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


@cache
def assets() -> dict[str, Asset]:
    """Return all files by their path below `FOLDER`.

    >>> assets()["app.js"].media_type
    'text/javascript'
    """
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return {path.relative_to(FOLDER).as_posix(): Asset(path.read_bytes(), _media_type(path)) for path in files}


def widget() -> bytes:
    """Return the script that shows related posts and claims on pages of other sites."""
    return assets()["widget.js"].body


def published() -> dict[str, bytes]:
    """Return the scripts that a static export brings along: the widget, and the search that reads its index."""
    return {name: assets()[name].body for name in ("widget.js", "search.js")}


@cache
def digest() -> str:
    """Return what all files together are known by: another one as soon as a byte of them changes."""
    known = hashlib.sha256()
    for name, asset in sorted(assets().items()):
        known.update(name.encode() + b"\0" + asset.body + b"\0")
    return known.hexdigest()[:12]


@cache
def page(name: str) -> Asset:
    """Return a page with the addresses of its files as they are today."""
    raw = assets()[name]
    return Asset(raw.body.replace(b"{{static}}", f"/static/{digest()}".encode()), raw.media_type)


def _media_type(path: Path) -> str:
    return _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
