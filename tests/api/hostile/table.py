"""All rows, and the page they make."""

from __future__ import annotations

from pathlib import Path

from tests.api.hostile import Attack
from tests.api.hostile.archives import ARCHIVES
from tests.api.hostile.bodies import BODIES
from tests.api.hostile.callers import CALLERS
from tests.api.hostile.posts import POSTS
from tests.api.hostile.reads import READS
from tests.api.hostile.wire import WIRE

PAGE = Path(__file__).parents[1] / "HOSTILE.md"
CHAPTERS: dict[str, tuple[Attack, ...]] = {
    "Bodies and declarations": BODIES,
    "Archives": ARCHIVES,
    "Posts": POSTS,
    "Questions": READS,
    "Callers": CALLERS,
    "Below HTTP": WIRE,
}
ATTACKS = [attack for attacks in CHAPTERS.values() for attack in attacks]

_HEAD = """\
# Hostile input

What an attacker would send, and what is answered: `tests/api/test_hostile.py` sends each of these {number} to a server,
whose limits are lowered so that nothing takes long, and looks that the answer is the one below, comes in time, tells
nothing of the inside, and that the server goes on as before. Written by `python -m tests.api.hostile`.

A push is answered `200` with what became of its files: `added`, or `failed` with the reason in `errors`.
"""


def page() -> str:
    """Return the table as Markdown."""
    parts = [_HEAD.format(number=len(ATTACKS))]
    for title, attacks in CHAPTERS.items():
        rows = "\n".join(f"| {attack.what} | {attack.answer} |" for attack in attacks)
        parts.append(f"## {title}\n\n| sent | answered |\n| --- | --- |\n{rows}\n")
    return "\n".join(parts)
