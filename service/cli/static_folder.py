"""A folder of files that is brought up to date: what is the same stays untouched, what is no longer wanted goes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MANIFEST: Final = "manifest.json"
# A manifest may have been edited by anybody.
_OURS: Final = re.compile(r"(?:zh-(?:TW|CN)/)?pages/[0-9a-f]{16}\.json|search\.json|widget\.js|search\.js")


@dataclass
class Update:
    """What was done, in files."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def update(folder: Path, files: Iterable[tuple[str, bytes]]) -> Update:
    """Write the files that are new or changed, and remove those an earlier update wrote and this one did not.

    What else lies in the folder is left alone. The manifest is written last: an update that was broken off is made
    good by the next one.
    """
    done = Update()
    before = _written_before(folder)
    manifest: dict[str, str] = {}
    for name, data in files:
        manifest[name] = hashlib.sha256(data).hexdigest()[:16]
        if _replaced(folder / name, data):
            done.written += 1
        else:
            done.unchanged += 1
    for name in sorted(before - manifest.keys()):
        if (folder / name).is_file():
            (folder / name).unlink()
            done.removed += 1
    listed = {"version": 1, "files": dict(sorted(manifest.items()))}
    _replaced(folder / MANIFEST, (json.dumps(listed, indent=1) + "\n").encode())
    return done


def _written_before(folder: Path) -> set[str]:
    try:
        files = json.loads((folder / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in files if _OURS.fullmatch(name)} if isinstance(files, dict) else set()


def _replaced(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all, unless it holds these very bytes; tell whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".part")
    fresh.write_bytes(data)
    fresh.replace(path)
    return True
