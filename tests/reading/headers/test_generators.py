"""Front matter is read as Hugo and Jekyll themselves read it, by what they said of the files in ``cases``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from service.model import Dialect, Site, Source
from service.reading import read

_CASES = Path(__file__).parent / "cases"
_FIELDS: Mapping[str, object] = {"title": "", "date": "", "draft": False, "tags": [], "categories": []}


def _cases(generator: str) -> list[Any]:
    cases = tomllib.loads((_CASES / f"front_{generator}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["path"].rpartition("/")[2]) for case in cases]


def _same(found: str, wanted: str) -> bool:
    """Tell whether the two are one time; without a zone, Hugo and Jekyll take it for the site's."""
    if not found or not wanted:
        return found == wanted
    one, other = datetime.fromisoformat(found), datetime.fromisoformat(wanted)
    return one == other if one.tzinfo else one == other.replace(tzinfo=None)


def _check(case: Mapping[str, Any], dialect: Dialect) -> None:
    text = case["text"].replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    document = read(Source(case["path"], text), Site("s", dialect))
    header = document.header
    wanted = dict(_FIELDS) | {key: case[key] for key in _FIELDS if key in case} | case.get("ours", {})
    title = document.title if dialect is Dialect.JEKYLL else header.title or ""
    found = (title, header.draft, list(header.tags), list(header.categories))
    assert found == tuple(wanted[key] for key in ("title", "draft", "tags", "categories"))
    assert _same(header.published.isoformat() if header.published else "", str(wanted["date"]))
    assert [problem.line for problem in document.problems] == case.get("lines", [])


@pytest.mark.parametrize("case", _cases("hugo"))
def test_front_matter_is_read_as_hugo_reads_it(case: Mapping[str, Any]) -> None:
    _check(case, Dialect.HUGO)


@pytest.mark.parametrize("case", _cases("jekyll"))
def test_front_matter_is_read_as_jekyll_reads_it(case: Mapping[str, Any]) -> None:
    _check(case, Dialect.JEKYLL)


def test_every_difference_is_stated_with_its_reason() -> None:
    for case in (param.values[0] for param in (*_cases("hugo"), *_cases("jekyll"))):
        ours = case.get("ours", {})
        assert bool(ours) == ("why" in case)
        assert all(ours[key] != case.get(key, _FIELDS[key]) for key in ours)
