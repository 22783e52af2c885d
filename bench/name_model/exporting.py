"""The trained weights as the file that the service reads: whole numbers, the smallest left out."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from service.extraction.names.model.weights import SCALE, pack, serialized

UNIT: Final = 20  # what the trainer's weights are divided by, so that 1 is a clear preference
_LEAST: Final = 10  # of SCALE: what is smaller decides nothing
_STEP: Final = 5  # of SCALE: finer is chance, and coarser ones are often the same


def exported(
    states: Iterable[tuple[str, list[float]]], steps: Mapping[tuple[str, str], float], unit: float = UNIT
) -> bytes:
    """Return a weights file: `states` by feature for all tags, `steps` by (tag, next tag), all divided by `unit`."""
    follows = {between: round(weight * SCALE / unit) for between, weight in steps.items()}
    whole = {name: [_whole(weight / unit) for weight in weights] for name, weights in states}
    packed = {name: pack(weights) for name, weights in whole.items() if max(map(abs, weights)) >= _LEAST}
    return serialized(packed, follows)


def _whole(weight: float) -> int:
    return round(weight * SCALE / _STEP) * _STEP


def save(data: bytes, file: Path) -> None:
    """Write a weights file: the same weights give the same bytes."""
    file.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))
