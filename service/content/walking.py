"""The files below a folder, without those that no site means as its own."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from pathlib import Path

DEEPEST = 64  # folders in folders; what is below is left alone
SKIPPED = frozenset({"node_modules", "_site", "__pycache__", "__MACOSX"})
BUILT = frozenset({"themes", "public", "vendor"})  # at the root of a generated site; a vault may call its notes so


def walk(folder: Path, top: Path, skipped: Container[str] = SKIPPED) -> Iterator[str]:
    """Yield the files below `folder` as paths from `top`; links that lead out of it are not followed."""
    try:
        children = sorted(folder.iterdir())
    except OSError:
        return
    for child in children:
        if child.is_symlink() and not _leads_within(child, top):
            continue
        if child.is_dir():
            shallow = len(child.parts) - len(top.parts) <= DEEPEST
            if shallow and not child.is_symlink() and not child.name.startswith(".") and child.name not in skipped:
                yield from walk(child, top, skipped)
        elif child.is_file():
            yield child.relative_to(top).as_posix()


def _leads_within(link: Path, top: Path) -> bool:
    try:
        return link.resolve().is_relative_to(top)
    except (OSError, RuntimeError):  # it leads in a circle
        return False


def unreadable(top: Path) -> list[str]:
    """Return the folders below `top` that cannot be opened, as paths from it: what they hold is not known."""
    failed: list[OSError] = []
    for folder, names, _ in os.walk(top, onerror=failed.append):
        deep = len(Path(folder).parts) - len(top.parts) >= DEEPEST
        names[:] = [] if deep else [name for name in names if name[0] != "." and name not in SKIPPED]
    return sorted(os.path.relpath(str(error.filename), top) for error in failed)
