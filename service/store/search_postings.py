"""How the index writes the articles of one segment that hold a term, each with its level.

Few are written one after the other, three bytes each: the number in the segment and the level. Many are written as four
bitmaps, one for each binary digit of the level, the lowest first, deflated: bitmaps are what queries reckon with.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

PLANES: Final = 4  # binary digits of a level
SLOTS: Final = 1 << 16  # numbers that a segment has at most
_ENTRY = 3  # bytes
_FEWEST, _SHARE = 64, 128  # from this many entries, and one in so many numbers, bitmaps are smaller and faster
_CLOSE: Final = 24  # numbers that lie that far apart on average are close to each other
_SPARSE, _DENSE = b"\x00", b"\x01"
_DIGITS: Final = [bytes(ord("1" if level >> digit & 1 else "0") for level in range(256)) for digit in range(PLANES)]

Planes = tuple[bytearray, bytearray, bytearray, bytearray]


class Part(NamedTuple):
    """The postings of one term in a segment that is merged into another."""

    data: bytes
    first: int  # the number there of what is number 0 here: a multiple of eight
    slots: int
    live: int | None  # bitmap of what stays; None: all


def entry(slot: int, level: int) -> bytes:
    r"""Return what one article is among few: its number and level.

    >>> entry(258, 7)
    b'\x02\x01\x07'
    """
    return bytes((slot & 0xFF, slot >> 8, level))


def encode(entries: bytes | bytearray, slots: int) -> bytes:
    """Return the postings of a term from its entries, one behind the other, in a segment of `slots` numbers."""
    if not _is_many(len(entries) // _ENTRY, slots):
        return _SPARSE + entries
    planes = blank(slots)
    _set(planes, entries, 0)
    return _DENSE + zlib.compress(b"".join(planes), 6)


def _is_many(number: int, slots: int) -> bool:
    return number >= _FEWEST and number * _SHARE >= slots


def blank(slots: int) -> Planes:
    """Return bitmaps for `slots` numbers without a bit set."""
    size = slots // 8
    return bytearray(size), bytearray(size), bytearray(size), bytearray(size)


def add(planes: Planes, data: bytes, first: int, slots: int) -> None:
    """Add postings to the bitmaps of many segments: number 0 here is `first` there, a multiple of eight."""
    if data[:1] == _SPARSE:
        _set(planes, memoryview(data)[1:], first)
        return
    bitmaps, size, at = zlib.decompress(memoryview(data)[1:]), slots // 8, first // 8
    for number, plane in enumerate(planes):
        plane[at : at + size] = bitmaps[number * size : (number + 1) * size]


def _set(planes: Planes, entries: bytes | bytearray | memoryview, first: int) -> None:
    slots = [first + (low | high << 8) for low, high in zip(entries[0::_ENTRY], entries[1::_ENTRY], strict=True)]
    if slots and len(slots) * _CLOSE >= slots[-1] - slots[0] > 0:
        _set_close(planes, slots, entries[2::_ENTRY])
        return
    one, two, four, eight = planes
    for slot, level in zip(slots, entries[2::_ENTRY], strict=True):
        at, bit = slot >> 3, 1 << (slot & 7)
        if level & 1:
            one[at] |= bit
        if level & 2:
            two[at] |= bit
        if level & 4:
            four[at] |= bit
        if level & 8:
            eight[at] |= bit


def _set_close(planes: Planes, slots: Sequence[int], levels: Iterable[int]) -> None:
    """Set the bits of numbers that are close to each other: a byte for every number becomes its binary digits."""
    start, end = min(slots) & -8, (max(slots) | 7) + 1
    digits = bytearray(end - start)
    for slot, level in zip(slots, levels, strict=True):
        digits[end - 1 - slot] = level  # the first number is the lowest digit
    place = slice(start // 8, end // 8)
    for plane, table in zip(planes, _DIGITS, strict=True):
        bits = int(digits.translate(table), 2) | int.from_bytes(plane[place], "little")
        plane[place] = bits.to_bytes((end - start) // 8, "little")


def merged(parts: Sequence[Part], slots: int) -> bytes | None:
    """Return the postings of a term in a segment of `slots` numbers from those it had in others; None: none is left."""
    if len(parts) == 1 and parts[0].live is None and parts[0].data[:1] == _SPARSE:  # as of most terms
        return _SPARSE + _moved(parts[0].data[1:], parts[0].first)
    kept = [(part, entries, number) for part in parts for entries, number in [_left(part)] if number]
    number = sum(number for _, _, number in kept)
    if not number:
        return None
    if not _is_many(number, slots) and all(entries is not None for _, entries, _ in kept):
        return _SPARSE + b"".join(_moved(entries or b"", part.first) for part, entries, _ in kept)
    planes = blank(slots)
    for part, entries, _ in kept:
        if entries is not None:
            _set(planes, entries, part.first)
        else:
            _add_live(planes, part)
    return _DENSE + zlib.compress(b"".join(planes), 6)


def _left(part: Part) -> tuple[bytes | None, int]:
    """Return the entries that stay, or None where they are bitmaps, and how many there are."""
    if part.data[:1] == _SPARSE:
        entries = part.data[1:]
        if part.live is not None:
            entries = b"".join(entry(slot, level) for slot, level in _entries(entries) if part.live >> slot & 1)
        return entries, len(entries) // _ENTRY
    planes = _bitmaps(part)
    return None, (planes[0] | planes[1] | planes[2] | planes[3]).bit_count()


def _entries(entries: bytes) -> Iterator[tuple[int, int]]:
    for low, high, level in zip(entries[0::3], entries[1::3], entries[2::3], strict=True):
        yield low + (high << 8), level


def _moved(entries: bytes, first: int) -> bytes:
    """Return entries with `first` added to each number: all in one addition, as none of them runs over."""
    if not first:
        return entries
    return (int.from_bytes(entries, "little") + first * _ones(len(entries))).to_bytes(len(entries), "little")


@lru_cache(maxsize=1024)
def _ones(size: int) -> int:
    """Return a number of so many bytes that is 1 in each of its entries."""
    return ((1 << 8 * size) - 1) // ((1 << 8 * _ENTRY) - 1)


def _bitmaps(part: Part) -> list[int]:
    size = part.slots // 8
    bitmaps = zlib.decompress(part.data[1:])
    planes = [int.from_bytes(bitmaps[n * size : (n + 1) * size], "little") for n in range(PLANES)]
    return planes if part.live is None else [plane & part.live for plane in planes]


def _add_live(planes: Planes, part: Part) -> None:
    size, at = part.slots // 8, part.first // 8
    for plane, bits in zip(planes, _bitmaps(part), strict=True):
        plane[at : at + size] = bits.to_bytes(size, "little")


def decoded(data: bytes, slots: int) -> list[tuple[int, int]]:
    """Return the numbers and levels that postings hold, in order.

    >>> decoded(encode(entry(3, 5) + entry(9, 15), 16), 16)
    [(3, 5), (9, 15)]
    """
    if data[:1] == _SPARSE:
        return sorted(_entries(data[1:]))
    bitmaps, size = zlib.decompress(data[1:]), slots // 8
    one, two, four, eight = (bitmaps[n * size : (n + 1) * size] for n in range(PLANES))
    return [
        (at * 8 + bit, (a >> bit & 1) | (b >> bit & 1) << 1 | (c >> bit & 1) << 2 | (d >> bit & 1) << 3)
        for at, (a, b, c, d) in enumerate(zip(one, two, four, eight, strict=True))
        if a | b | c | d
        for bit in range(8)
        if (a | b | c | d) >> bit & 1
    ]
