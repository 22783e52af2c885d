"""What the model looks at around a unit: the forms beside it, the classes of these, the words of the dictionary, cues.

Each group of features depends on few things, so that what it says is added up once and remembered (`weights`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from service.extraction.names.model.units import Near, Row

SINGLES: Final = (2, 1, 0, -1, -2)  # units before the one that a form stands at
PAIRS: Final = (1, 0, -1, -2)  # units from the one that the first of two forms stands at
_EDGE: Final = "^"


def single(offset: int, form: str) -> str:
    """Return the feature that `form` stands `offset` units away."""
    return f"u{offset}:{form}"


def pair(offset: int, forms: str) -> str:
    """Return the feature that two forms stand side by side, the first `offset` units away."""
    return f"p{offset}:{forms}"


def sorted_(sorts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the features of the classes of a unit, the two before it and the two behind."""
    k, l, m, n, o = sorts  # noqa: E741
    return (f"a:{m}", f"b:{l}|{m}", f"c:{m}|{n}", f"d:{l}|{m}|{n}", f"e:{k}|{l}|{m}", f"f:{m}|{n}|{o}")


def spotted(spots: tuple[str, ...]) -> tuple[str, ...]:
    """Return the features of where in words a unit, the one before and the one behind stand."""
    p, q, r = spots
    return (f"g:{q}", f"h:{p}|{q}", f"i:{q}|{r}", f"j:{p}|{q}|{r}")


def worded(words: tuple[str, str, str]) -> tuple[str, ...]:
    """Return the features of the word before a unit's own, its own and the one behind."""
    before, own, behind = words
    return (f"w:{before}", f"x:{own}", f"y:{behind}")


def cued(near: Near, sorts: tuple[str, ...], spots: tuple[str, ...]) -> tuple[str, ...]:
    """Return the features of the cues at a unit."""
    _, l, m, n, _ = sorts  # noqa: E741
    p, q, r = spots
    return (
        f"k:{near.own}",
        f"l:{near.own}|{q}",
        f"m:{near.left}",
        f"n:{near.left}|{m}|{n}",
        f"o:{near.left}|{q}|{r}",
        f"q:{near.right}",
        f"r:{near.right}|{near.far}",
        f"s:{near.right}|{l}|{m}",
        f"t:{near.right}|{p}|{q}",
    )


def fives(values: list[str]) -> Iterator[tuple[str, ...]]:
    """Return of each value itself with the two before and the two behind, edges beyond the line."""
    padded = [_EDGE, _EDGE, *values, _EDGE, _EDGE]
    return zip(padded, padded[1:], padded[2:], padded[3:], padded[4:], strict=False)


def threes(values: list[str]) -> Iterator[tuple[str, ...]]:
    """Return of each value itself with the one before and the one behind."""
    padded = [_EDGE, *values, _EDGE]
    return zip(padded, padded[1:], padded[2:], strict=False)


def features(row: Row) -> Iterator[list[str]]:
    """Yield the features of each unit of `row`, one by one, as the trainer takes them."""
    padded = [_EDGE, _EDGE, *row.forms, _EDGE, _EDGE]
    for place, (sorts, spots, words) in enumerate(zip(fives(row.sorts), threes(row.spots), row.words, strict=True)):
        found = [single(offset, padded[place + 2 + offset]) for offset in SINGLES]
        found += [pair(offset, padded[place + 2 + offset] + padded[place + 3 + offset]) for offset in PAIRS]
        found += [*sorted_(sorts), *spotted(spots), *worded(words)]
        if place in row.near:
            found += cued(row.near[place], sorts, spots)
        yield found
