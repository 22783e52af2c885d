"""The house rules that a machine can hold: imports point down, and each library has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SERVICE = Path(__file__).parent.parent / "service"

FLOORS = {
    "model": 1,
    "errors": 1,
    "settings": 2,
    "script": 2,
    "segmentation": 2,
    "lexicon": 2,
    "content": 3,
    "reading": 3,
    "extraction": 3,
    "resolution": 3,
    "logs": 3,
    "tracing": 3,
    "store": 4,
    "query": 4,
    "mining": 4,
    "proposing": 4,
    "pairing": 4,
    "workers": 4,
    "ingest": 4,
    "editing": 4,
    "access": 4,
    "changes": 4,
    "deciding": 4,
    "jobs": 4,
    "web": 5,
    "api": 5,
    "cli": 5,
}
# What rooms of one floor may still know of each other.
WITHIN_A_FLOOR = {
    ("content", "reading"),  # a site's front matter and a post's are read by the same door
    ("lexicon", "script"),  # names are listed folded
    ("script", "lexicon"),  # what a region calls a thing, to render it
    ("script", "segmentation"),  # a word decides how its characters are written
    ("access", "store"),
    ("changes", "store"),
    ("ingest", "mining"),
    ("ingest", "workers"),  # how often garbage is looked for meanwhile
    ("mining", "store"),  # the rows of what is mined, which need no database
    ("ingest", "pairing"),  # in its transaction
    ("editing", "pairing"),
    ("pairing", "query"),  # how a lookup judges two claims
    ("pairing", "mining"),  # how many processes there are
    ("pairing", "workers"),
    ("mining", "workers"),
    ("workers", "query"),  # what is loaded before processes are forked
    ("workers", "store"),
    ("pairing", "store"),
    ("ingest", "proposing"),
    ("ingest", "store"),
    ("deciding", "editing"),
    ("deciding", "store"),
    ("editing", "ingest"),
    ("editing", "store"),
    ("jobs", "ingest"),
    ("jobs", "store"),
    ("proposing", "store"),  # its tables
    ("query", "store"),  # its tables
    ("cli", "api"),
    ("api", "web"),  # it serves the pages
    ("cli", "web"),  # a static export brings the widget along
}
DOORS = {
    "opencc": {"script"},
    "rjieba": {"segmentation"},
    "frontmatter": {"reading"},
    "markdown_it": {"reading"},
    "mdit_py_plugins": {"reading"},
    "fastapi": {"api"},
    "alembic": {"store"},
    "pint": {"query"},
    "typer": {"cli"},
    "rich": {"cli"},
    "httpx2": {"cli", "proposing"},
    "limits": {"api"},
    "watchfiles": {"cli"},
    "opentelemetry": {"tracing"},
    "ray": {"mining"},
}


@cache
def imports() -> tuple[tuple[str, str, str], ...]:
    """Return (file, the room it is in, the module it imports) for every import of the service."""
    return tuple(_imports())


def _imports() -> Iterator[tuple[str, str, str]]:
    for file in sorted(SERVICE.rglob("*.py")):
        room = file.relative_to(SERVICE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            else:
                continue
            for name in names:
                yield str(file.relative_to(SERVICE)), room, name


def test_every_room_stands_on_a_floor() -> None:
    rooms = {
        path.name.removesuffix(".py")
        for path in SERVICE.iterdir()
        if path.name[0] != "_" and path.suffix in ("", ".py")
    }
    assert rooms == set(FLOORS)


def test_imports_point_down() -> None:
    wrong = []
    for file, room, name in imports():
        parts = name.split(".")
        if parts[0] != "service" or len(parts) < 2 or room == "__init__":
            continue
        other = parts[1]
        if other not in FLOORS or other == room or FLOORS[other] < FLOORS[room] or (room, other) in WITHIN_A_FLOOR:
            continue
        wrong.append(f"{file} imports {name}")
    assert not wrong


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_library_has_one_door(library: str) -> None:
    users = {room for _, room, name in imports() if name.split(".")[0] == library}
    assert users <= DOORS[library]
