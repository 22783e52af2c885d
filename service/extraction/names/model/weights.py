"""The model's weights: whole numbers, packed so that what speaks for every tag adds up at once.

A feature's weights for all tags lie side by side in one large integer, a lane each; adding two of them adds every lane.
Whole numbers add up to the same sum on every machine.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import Final

from service.extraction.names.model.features import (
    PAIRS,
    SINGLES,
    cued,
    features,
    fives,
    pair,
    single,
    sorted_,
    spotted,
    threes,
    worded,
)
from service.extraction.names.model.units import Near, Row

FILE: Final = "weights.tsv.gz"
TAGS: Final = ("O", "BP", "IP", "EP", "SP", "BO", "IO", "EO", "SO", "BX", "IX", "EX", "SX")
SCALE: Final = 100  # a weight of 1.0

LANE: Final = 32  # bits
_BYTES: Final = len(TAGS) * LANE // 8
OFFSET: Final = sum(1 << (LANE * lane + LANE - 1) for lane in range(len(TAGS)))
_UNPACK: Final = struct.Struct(f"<{len(TAGS)}I").unpack
_REMEMBERED: Final = 50_000  # sums of a group

Steps = tuple[tuple[tuple[int, int], ...], ...]  # for each tag those that may stand before it, and how well they do


class Weights:
    """What each feature says for each tag, and how well one tag follows another."""

    def __init__(self, states: Mapping[str, int], follows: Mapping[tuple[str, str], int]) -> None:
        self.steps = _steps(follows)
        self._states = states
        self._singles = _by_form(states, single, SINGLES)
        self._pairs = _by_form(states, pair, PAIRS)
        remember = lru_cache(_REMEMBERED)
        self._sorted = remember(lambda sorts: self._sum(sorted_(sorts)))
        self._spotted = remember(lambda spots: self._sum(spotted(spots)))
        self._worded = remember(lambda words: self._sum(worded(words)))
        self._cued = remember(lambda near, sorts, spots: self._sum(cued(near, sorts, spots)))

    def scores(self, row: Row) -> list[tuple[int, ...]]:
        """Return for each unit of `row` what speaks for each tag."""
        totals, near = self._by_forms(row.forms), row.near
        groups = zip(totals, fives(row.sorts), threes(row.spots), row.words, strict=True)
        found = []
        for place, (total, sorts, spots, words) in enumerate(groups):
            worth = total + self._sorted(sorts) + self._spotted(spots) + self._worded(words)
            if place in near:
                worth += self._cued(near[place], sorts, spots)
            found.append(unpack(worth))
        return found

    def _by_forms(self, forms: list[str]) -> list[int]:
        """Return what the forms around each unit say: each form is looked up once and said to all around it."""
        totals = [OFFSET] * (len(forms) + 8)  # beyond either end more units, which nobody reads
        before = ""
        for place, form in enumerate(("^", "^", *forms, "^", "^"), 2):
            for offset, worth in self._singles.get(form, ()):
                totals[place - offset] += worth
            for offset, worth in self._pairs.get(before + form, ()):
                totals[place - 1 - offset] += worth
            before = form
        return totals[4:-4]

    def total(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return what features of these names say together for each tag."""
        return unpack(self._sum(names) + OFFSET)

    def _sum(self, names: Iterable[str]) -> int:
        return sum(self._states.get(name, 0) for name in names)


def _steps(follows: Mapping[tuple[str, str], int]) -> Steps:
    """Return for each tag those that may stand before it, each with how well it does."""
    return tuple(
        tuple((before, follows.get((left, right), 0)) for before, left in enumerate(TAGS) if fits(left, right))
        for right in TAGS
    )


def fits(left: str, right: str) -> bool:
    """Tell whether tag `right` may follow tag `left`: a name that has begun goes on until it ends."""
    if left[0] in "BI":
        return right[0] in "IE" and right[1] == left[1]
    return right[0] in "OBS"


def _by_form(
    states: Mapping[str, int], name: Callable[[int, str], str], offsets: Iterable[int]
) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return by form what it says to the units at each offset from it."""
    found: dict[str, list[tuple[int, int]]] = {}
    for offset in offsets:
        head = name(offset, "")
        for state, worth in states.items():
            if state.startswith(head):
                found.setdefault(state[len(head) :], []).append((offset, worth))
    return {form: tuple(of) for form, of in found.items()}


def unpack(total: int) -> tuple[int, ...]:
    """Return what a sum of packed weights says for each tag, each more by the same number than it is."""
    return _UNPACK(total.to_bytes(_BYTES, "little"))


def pack(weights: Iterable[tuple[int, int]]) -> int:
    """Return weights as one integer, given (number of the tag, weight)."""
    return sum(weight << (LANE * lane) for lane, weight in weights)


def fingerprint() -> str:
    """Return a short digest of the tags and of the features of a sample: weights fit only what they were trained on."""
    near = Near("zB", "r", "s", "a")
    sample = Row(
        [(0, 1), (1, 2)], ["王", "Lg"], ["SG", "Lg"], ["SR", "B2n"], [("记者", "", "明"), ("", "词", "")], {0: near}
    )
    return blake2b(repr((TAGS, list(features(sample)))).encode(), digest_size=6).hexdigest()


@cache
def shipped() -> Weights:
    """Return the weights of the file beside this module.

    Raises:
        ValueError: they were trained on other features than these.
    """
    return parse(gzip.decompress(files(__package__).joinpath(FILE).read_bytes()).decode())


def parse(text: str) -> Weights:
    """Return the weights that `text` lists: the fingerprint, how tags follow each other, then a feature a line.

    Raises:
        ValueError: they were trained on other features than these.
    """
    head, follows, *lines = text.split("\n")
    if head != fingerprint():
        raise ValueError(f"the weights were trained on other features: {head}, not {fingerprint()}")
    states = {}
    for line in lines:
        name, *pairs = line.split("\t")
        states[name] = pack((int(lane), int(weight)) for lane, _, weight in (one.partition(":") for one in pairs))
    steps = (step.split(" ") for step in follows.split("\t"))
    return Weights(states, {(left, right): int(weight) for left, right, weight in steps})
