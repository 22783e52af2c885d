"""Bodies read as their generators show them: cases recorded from Hugo, Jekyll and what a vault's reader sees."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from service.model import BlockKind, Dialect, Site, Source
from service.reading import read

_CASES = Path(__file__).parent / "cases"


def _cases() -> list[Any]:
    found = []
    for dialect in (Dialect.HUGO, Dialect.JEKYLL, Dialect.OBSIDIAN):
        cases = tomllib.loads((_CASES / f"body_{dialect}.toml").read_text(encoding="utf-8"))["case"]
        found += [pytest.param(dialect, case, id=f"{dialect}: {case['name']}") for case in cases]
    return found


@pytest.mark.parametrize(("dialect", "case"), _cases())
def test_a_body_is_read_as_it_is_shown(dialect: Dialect, case: dict[str, Any]) -> None:
    document = read(Source("a.md", "---\ndraft: false\n---\n" + case["markdown"]), Site("s", dialect))
    prose = [document.slice(b.span) for b in document.blocks if b.kind is not BlockKind.CODE]
    code = [document.slice(b.span) for b in document.blocks if b.kind is BlockKind.CODE]
    assert (prose, code) == (case["shown"], case.get("code", []))
