"""How much is tried: a fair share in every run, all of it with `THOROUGH=1`, as `make thorough` sets it."""

from __future__ import annotations

import os
from typing import Final

THOROUGH: Final = os.environ.get("THOROUGH", "") not in ("", "0")


def tried(all_: int) -> int:
    """Return how many of so many examples to try in this run: all, or three of ten."""
    return all_ if THOROUGH else max(1, all_ * 3 // 10)


def few(all_: int) -> int:
    """Return how many of so many that are much like each other to try in this run: all, or one of ten."""
    return all_ if THOROUGH else max(1, all_ // 10)
