"""The model's weights: whole numbers, packed so that what speaks for every tag adds up at once.

What a feature says for each tag, beyond what it says for no name at all, lies side by side in one large integer, a lane
each; adding two of them adds every lane. Whole numbers add up to the same sum on every machine.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import chain, islice, repeat
from operator import add
from typing import Final, NamedTuple

from service.extraction.names.model.features import (
    EDGE,
    PAIRS,
    SINGLES,
    Three,
    cued,
    own,
    pair,
    single,
    sorts_around,
    sorts_before,
    sorts_behind,
    spotted,
    threes,
    word_before,
    word_behind,
)
from service.extraction.names.model.steps import OUTSIDE, TAGS, Follows, Steps
from service.extraction.names.model.units import Near, Row, Token, token_of

FILE: Final = "weights.gz"
SCALE: Final = 100  # a weight of 1.0

_LANE: Final = 16  # bits
_LANES: Final = len(TAGS) - 1  # all but that of no name
_BYTES: Final = _LANES * _LANE // 8
_ONES: Final = sum(1 << (_LANE * lane) for lane in range(_LANES))
_MIDDLE: Final = 1 << (_LANE - 1)
_SLACK: Final = SCALE  # what tags before and behind may make up for
_ZERO: Final = _MIDDLE + _SLACK - 1  # what stands for nothing in a lane: half full is what may be a name
_OFFSET: Final = _ONES * _ZERO
_ALIVE: Final = _ONES * _MIDDLE
_UNPACK: Final = struct.Struct(f"<{_LANES}H").unpack
_HOPELESS: Final = int(2.5 * SCALE)  # what the words of a line say for a name by themselves, where none is in it
_REMEMBERED: Final = 30_000  # sums of a group

_Four = tuple[int, int, int, int]
_NONE: Final[_Four] = (0, 0, 0, 0)


class _Said(NamedTuple):
    """What a token says: of its units themselves, to those one and two before and behind each, to the words beside."""

    own: tuple[int, ...]
    one_before: tuple[int, ...]
    two_before: tuple[int, ...]
    one_behind: tuple[int, ...]
    two_behind: tuple[int, ...]
    as_before: int
    as_behind: int
    length: int
    hope: int  # how much its units by themselves speak for names at most


class Weights:
    """What each feature says for each tag, and how well one tag follows another."""

    def __init__(self, states: Mapping[str, int], follows: Mapping[tuple[str, str], int]) -> None:
        self.steps = Steps(follows)
        self._states = {name: worth for name, worth in states.items() if name[0] != "p"}
        self._pairs = _by_forms(states)
        self._edges = [self._get(single(offset, EDGE)) for offset in SINGLES]
        remember = lru_cache(_REMEMBERED)
        self._said = remember(self._say)
        self._hope = remember(lambda word: self._said(token_of(word)).hope)
        self._sorted = remember(self._sums)
        self._spotted = remember(lambda spots: self._sum(spotted(*spots)))
        self._cued = remember(lambda near, sorts, spots: self._sum(cued(near, sorts, spots)))

    def scores(self, row: Row) -> list[tuple[int, tuple[int, ...]]]:
        """Return the number of each unit of `row` that may be part of a name, with what speaks for each tag.

        Each tag's score is higher by the same number than it is.
        """
        found, totals = [], self._totals(row)
        alive = [place for place, worth in enumerate(totals) if worth & _ALIVE]
        sorts, spots = ([*threes(row.sorts, 1)], [*threes(row.spots, 1)]) if alive else ([], [])
        for place in alive:
            near, worth = row.near(place), totals[place]
            if near:
                worth += self._cued(near, sorts[place], spots[place])
            if worth & _ALIVE:
                found.append((place, unpack(worth)))
        return found

    def hope(self, words: Iterable[str]) -> int:
        """Return how much speaks for names in words at most, as far as they say so by themselves."""
        return sum(map(self._hope, words))

    def _totals(self, row: Row) -> list[int]:
        """Return what is said of each unit but for cues; each token is looked up once and says it to all around."""
        if not len(row):
            return []
        two, one, _, minus, less = self._edges
        said = zip(*map(self._said, row.tokens), strict=True)
        owned, ones, twos, minuses, lesses, befores, behinds, counts, hopes = said
        if sum(hopes) <= _HOPELESS:
            return []
        flat = chain.from_iterable
        words = map(add, (self._get(word_before(row.before)), *befores), (*behinds[1:], self._get(word_behind(""))))
        p, q, r, s = zip(*self._of_pairs(row.forms), strict=True)
        t, u, v = zip(*map(self._sorted, threes(row.sorts, 2)), strict=True)
        groups = zip(
            flat(owned),
            chain(islice(flat(ones), 1, None), (one,)),
            chain(islice(flat(twos), 2, None), (two, two)),
            chain((minus,), flat(minuses)),
            chain((less, less), flat(lesses)),
            flat(map(repeat, words, counts)),
            p[3:],
            q[2:],
            r[1:],
            s,
            t,
            u[1:],
            v[2:],
            map(self._spotted, threes(row.spots, 1)),
            strict=False,
        )
        return list(map(sum, groups, repeat(_OFFSET)))

    def total(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return what features of these names say together for each tag, all of it higher by the same number."""
        return unpack(self.packed(names))

    def packed(self, names: Iterable[str]) -> int:
        """Return what features of these names say together as one integer."""
        return _OFFSET + sum(self._pair(name) if name[0] == "p" else self._get(name) for name in names)

    def _pair(self, name: str) -> int:
        offset, _, forms = name.partition(":")
        return self._pairs.get(forms, _NONE)[PAIRS.index(int(offset[1:]))]

    def _of_pairs(self, forms: list[str]) -> Iterator[_Four]:
        padded = [EDGE, EDGE, *forms, EDGE, EDGE]
        return map(self._pairs.get, map(add, padded, padded[1:]), repeat(_NONE))

    def _say(self, token: Token) -> _Said:
        """Return what a token says to its own units and to those around."""
        two, one, none, minus, less = (
            tuple([self._get(single(offset, form)) for form in token.forms]) for offset in SINGLES
        )
        of_own = zip(token.sorts, token.spots, none, strict=True)
        owned = tuple([worth + self._sum(own(sort, spot, token.own)) for sort, spot, worth in of_own])
        as_before, as_behind = self._get(word_before(token.last)), self._get(word_behind(token.first))
        beside = [(*one[1:], 0), (*two[2:], 0, 0), (0, *minus), (0, 0, *less)]
        sums = map(sum, zip(owned, *beside, strict=False))
        hope = sum([max(0, max(of) - of[OUTSIDE]) for of in map(unpack, map(add, sums, repeat(_OFFSET)))])
        return _Said(owned, one, two, minus, less, as_before, as_behind, len(owned), hope)

    def _sums(self, sorts: Three) -> tuple[int, int, int]:
        """Return what three classes side by side say of the last, of the middle and of the first."""
        return (
            self._sum(sorts_before(*sorts)),
            self._sum(sorts_around(*sorts)),
            self._sum(sorts_behind(*sorts)),
        )

    def _get(self, name: str) -> int:
        return self._states.get(name, 0)

    def _sum(self, names: Iterable[str]) -> int:
        return sum([self._states.get(name, 0) for name in names])


def _by_forms(states: Mapping[str, int]) -> dict[str, _Four]:
    """Return by two forms what they say to the units at each offset from them."""
    found: dict[str, list[int]] = {}
    for name, worth in states.items():
        if name[0] == "p":
            offset, _, forms = name.partition(":")
            found.setdefault(forms, [0] * len(PAIRS))[PAIRS.index(int(offset[1:]))] = worth
    return {forms: (one[0], one[1], one[2], one[3]) for forms, one in found.items()}


def unpack(total: int) -> tuple[int, ...]:
    """Return what a sum of packed weights says for each tag, each more by the same number than it is."""
    return (_ZERO, *_UNPACK(total.to_bytes(_BYTES, "little")))


def pack(weights: Sequence[int]) -> int:
    """Return the weights for all tags as one integer: of each how much more it is than that for no name."""
    return sum((weight - weights[0]) << (_LANE * lane) for lane, weight in enumerate(weights[1:]))


def fingerprint() -> str:
    """Return a short digest of the tags and of the features of a sample: weights fit only what they were trained on."""
    near, three = Near("zB", "r", "s", "a"), ("SG", "Lg", "0")
    sample = [single(offset, "王") for offset in SINGLES] + [pair(offset, "王明") for offset in PAIRS]
    sample += [*own("SG", "SR", "记者"), *sorts_before(*three), *sorts_around(*three), *sorts_behind(*three)]
    sample += [*spotted(*three), word_before("记者"), word_behind("说"), *cued(near, three, three)]
    return blake2b(repr((TAGS, sample)).encode(), digest_size=6).hexdigest()


@cache
def shipped() -> Weights:
    """Return the weights of the file beside this module.

    Raises:
        ValueError: they were trained on other features than these.
    """
    return Weights(*parse(gzip.decompress(files(__package__).joinpath(FILE).read_bytes())))


def parse(data: bytes) -> tuple[dict[str, int], Follows]:
    """Return the packed weights of each feature, and how well tags follow each other, of a file as `serialized`.

    Raises:
        ValueError: they were trained on other features than these.
    """
    head, _, block = data.partition(b"\n\n")
    mark, follows, *names = head.decode().split("\n")
    if mark != fingerprint():
        raise ValueError(f"the weights were trained on other features: {mark}, not {fingerprint()}")
    whole = int.from_bytes
    parts = [block[at : at + _BYTES] for at in range(0, len(block), _BYTES)]
    one = {part: whole(part, "little", signed=True) for part in set(parts)}  # few are different
    steps = (step.split(" ") for step in follows.split("\t"))
    return dict(zip(names, map(one.__getitem__, parts), strict=True)), {
        (left, right): int(weight) for left, right, weight in steps
    }


def serialized(states: Mapping[str, int], follows: Follows) -> bytes:
    r"""Return the file of packed weights: the fingerprint, steps, names, an empty line, then the weights as they are.

    >>> parse(serialized({"u0:a": 7}, {("O", "O"): 1}))
    ({'u0:a': 7}, {('O', 'O'): 1})
    """
    steps = "\t".join(f"{left} {right} {weight}" for (left, right), weight in sorted(follows.items()))
    head = "\n".join([fingerprint(), steps, *sorted(states)])
    return b"\n\n".join(
        [head.encode(), b"".join(states[name].to_bytes(_BYTES, "little", signed=True) for name in sorted(states))]
    )
