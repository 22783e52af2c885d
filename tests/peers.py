"""What other projects test: cases read from the folder that PEER_CASES names, where it is at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

_DEFAULT = Path(__file__).parent.parent.parent / "shared" / "peers"


def peer_cases(suite: str) -> list[dict[str, Any]]:
    """Return the cases of a suite that are judged on (tier `core`); skip the test where the suite is not here."""
    cases: list[dict[str, Any]] = _suite(suite)["cases"]
    return [case for case in cases if case["tier"] == "core"]


def peer_vaults(suite: str) -> dict[str, dict[str, str]]:
    """Return the vaults of a suite, each the texts of its notes by path; skip the test where the suite is not here."""
    vaults: dict[str, dict[str, str]] = _suite(suite)["vaults"]
    return vaults


def _suite(name: str) -> dict[str, Any]:
    file = Path(os.environ.get("PEER_CASES", _DEFAULT)) / f"{name}.json"
    if not file.is_file():
        pytest.skip(f"the peers' cases are not here: set PEER_CASES to the folder that holds {file.name}")
    suite: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return suite
