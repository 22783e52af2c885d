"""The trained weights as the file that the service reads: whole numbers, a feature a line, the smallest left out."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from service.extraction.names.model.weights import SCALE, fingerprint

UNIT: Final = 20  # what the trainer's weights are divided by, so that 1 is a clear preference
_LEAST: Final = 4  # of SCALE: what is smaller decides nothing


def exported(states: Iterable[tuple[str, list[float]]], steps: Mapping[tuple[str, str], float]) -> str:
    """Return the text of a weights file: `states` by feature for all tags, `steps` by (tag, next tag)."""
    follows = "\t".join(f"{left} {right} {_whole(weight)}" for (left, right), weight in sorted(steps.items()))
    return "\n".join([fingerprint(), follows, *sorted(_lines(states))])


def _whole(weight: float) -> int:
    return round(weight * SCALE / UNIT)


def _lines(states: Iterable[tuple[str, list[float]]]) -> Iterator[str]:
    for name, weights in states:
        kept = [(lane, _whole(weight)) for lane, weight in enumerate(weights) if abs(_whole(weight)) >= _LEAST]
        if kept:
            yield "\t".join([name, *(f"{lane}:{weight}" for lane, weight in kept)])


def save(text: str, file: Path) -> None:
    """Write a weights file: the same text gives the same bytes."""
    file.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
