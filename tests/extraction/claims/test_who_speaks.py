"""Short texts in both scripts, with whose every claim of them is (``speakers.toml``, ``pronouns.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.extraction.writing import speakers

_FILES = [Path(__file__).parent / name for name in ("speakers.toml", "pronouns.toml")]
_CASES: list[dict[str, Any]] = [
    case for file in _FILES for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", _CASES, ids=[case["says"][:24] for case in _CASES])
def test_each_claim_is_whose_its_readers_take_it_for(case: dict[str, Any]) -> None:
    found = speakers(case["says"], people=case.get("people", ""), companies=case.get("companies", ""))
    assert [who or "" for who in found] == case["by"]
