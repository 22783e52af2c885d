"""A post to be mined, what came of it, and the mining itself: all that needs no database, down to the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from service.extraction import extract
from service.model import Problem, Site, Source
from service.reading import read
from service.store.entries import Entry, entry


class Mined(NamedTuple):
    """What is stored of a post, and what the post itself got wrong."""

    entry: Entry
    problems: tuple[Problem, ...]


class Task(NamedTuple):
    """A post to be mined."""

    post: Source
    content_hash: str


def mine_each(site: Site, tasks: Sequence[Task]) -> list[Mined | None]:
    """Return what is to be stored of each post; None: it cannot be told here."""
    return [_one(site, task) for task in tasks]


def _one(site: Site, task: Task) -> Mined | None:
    try:
        document = read(task.post, site)
        made = entry(site, document, extract(document, site.names), task.content_hash)
    except Exception:
        return None
    return Mined(made, document.problems)
