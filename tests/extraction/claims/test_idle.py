"""Lines in both scripts that assert nothing, and others that only begin like them (``idle.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from service.extraction.claims import find_claims
from service.extraction.figures import find_figures
from tests.extraction.writing import document

_LINES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "idle.toml").read_text(encoding="utf-8"))


def _claimed(line: str) -> list[str]:
    written = document(line)
    return [claim.surface for claim in find_claims(written, [], find_figures(written), [])]


@pytest.mark.parametrize("line", _LINES["idle"])
def test_what_greets_points_or_leads_on_is_no_claim(line: str) -> None:
    assert _claimed(line) == []


@pytest.mark.parametrize("line", _LINES["claims"])
def test_what_only_begins_like_a_greeting_or_a_pointer_is_a_claim(line: str) -> None:
    assert _claimed(line) == [line]
