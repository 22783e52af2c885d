"""Case files and peers' suites for the tests of figures and times."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from service.model import Anchor, Block, BlockKind, Dialect, Document, Header, Link, Moment, Span
from service.script import detect
from tests.peers import peer_cases

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of one TOML file."""
    found: list[dict[str, Any]] = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    return found


def core_cases(suite: str) -> list[dict[str, Any]]:
    """Return the core cases of a peers' suite but those wrong for us, or skip the test where there is none."""
    wrong = {name for entry in _exceptions() for name in entry["ids"]}
    return [case for case in peer_cases(suite) if case["id"] not in wrong]


def _exceptions() -> list[dict[str, Any]]:
    """Return the peers' cases that are wrong for us, each group with its reason."""
    listed = tomllib.loads((CASES / "peer_exceptions.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = listed["exception"]
    return found


def prose(
    *blocks: str, kind: BlockKind = BlockKind.PARAGRAPH, published: str | None = None, links: tuple[Span, ...] = ()
) -> Document:
    """Return a document of these blocks, one line of the file each."""
    spans: list[Span] = []
    for block in blocks:
        start = spans[-1].end + 2 if spans else 0
        spans.append(Span(start, start + len(block)))
    text = "\n\n".join(blocks)
    moment = Moment(datetime.fromisoformat(published), published, zone_known=False) if published else None
    return Document(
        path="a.md",
        dialect=Dialect.MARKDOWN,
        script=detect(text),
        header=Header(published=moment),
        title="",
        text=text,
        blocks=tuple(Block(kind, span, number) for number, span in enumerate(spans, 1)),
        headings=(),
        links=tuple(Link("markdown", "/a/", None, None, None, None, None, 1, span) for span in links),
        media=(),
        code=(),
        anchors=tuple(Anchor(span.start, number, 1) for number, span in enumerate(spans, 1)),
    )
