"""The figures that `bench.capacity` keeps in a file, as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.report import conditions, table

PAGE = Path(__file__).with_name("CAPACITY.md")
_MEASURED = re.compile(r"(<!-- measured -->\n).*?(<!-- end -->)", re.DOTALL)
_SHOWN = 12  # tables
_SITES = 10  # at the beginning, and at the end, that are told


def told(log: Path) -> str:
    """Return the figures of a file as Markdown.

    Raises:
        ValueError: it holds none.
    """
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    sites = [line for line in lines if "own" in line]
    marks = [line for line in lines if "mark" in line]
    if not sites:
        raise ValueError(f"{log} holds no figures")
    parts = [_growth(sites), *(part for mark in marks for part in _mark(mark["posts"], mark["mark"]))]
    return "\n\n".join([*parts, conditions(("SQLAlchemy", "psycopg"))])


def _growth(sites: Sequence[dict[str, Any]]) -> str:
    shown = sites if len(sites) <= 2 * _SITES else [*sites[:_SITES], *sites[-_SITES:]]
    rows = []
    for one in shown:
        times = [f"{1000 * one[name] / one['mined']:.0f}" for name in ("own", "server")]
        memory = [f"{one[name]:.0f}" for name in ("memory", "server_memory")]
        rows.append(
            [f"{one['posts']:,}", times[0], f"{one['own'] / one['bare']:.0f}", times[1], *memory, one["failed"]]
        )
    head = [
        "posts then",
        "service, ms a post",
        "in bare parses",
        "server, ms a post",
        "service, MB",
        "largest server process, MB",
        "failed",
    ]
    steps = [
        [f"{one['posts']:,}", *(f"{1000 * of / one['mined']:.1f}" for of in one["steps"].values())] for one in shown
    ]
    parts = [
        table(head, rows),
        "Of that the service's time, ms a post:",
        table(["posts then", *shown[0]["steps"]], steps),
    ]
    return "\n\n".join(["### Ingestion", *parts])


def _mark(posts: int, mark: dict[str, Any]) -> list[str]:
    tables, text = mark["tables"], mark["text"] / posts
    whole = [sum(of[n] for of in tables.values()) / posts for n in (1, 2)]
    rows = [[f"`{name}`", *_of_post(of, posts)] for name, of in list(tables.items())[:_SHOWN]]
    rows.append(["all tables", "", f"{whole[0]:,.0f}", f"{whole[1]:,.0f}", f"{sum(whole):,.0f}"])
    asked = [[way, *(f"{one:.1f}" for one in times)] for way, times in mark["questions"].items()]
    head = ["ms", "service p50", "service p99", "server, mean", "by the clock p50", "p99"]
    return [
        f"### {posts:,} posts, {text:,.0f} bytes of text each",
        table(["a post", "rows", "bytes", "bytes of its indexes", "together"], rows),
        table(head, asked),
    ]


def _of_post(of: Sequence[int], posts: int) -> list[str]:
    rows, kept, found = (one / posts for one in of)
    return [f"{rows:,.1f}", f"{kept:,.0f}", f"{found:,.0f}", f"{kept + found:,.0f}"]


def write(log: Path) -> None:
    """Put the figures into the page, in place of those that stood there."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_MEASURED.sub(lambda found: f"{found[1]}\n{told(log)}\n\n{found[2]}", page), "utf-8")
