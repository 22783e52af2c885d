"""What the model looks at around a unit: the forms beside it, the classes of these, the words of the dictionary, cues.

Each group of features depends on few things, so that what it says is added up once and remembered (`weights`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from service.extraction.names.model.units import Near, Row

SINGLES: Final = (2, 1, 0, -1, -2)  # units before the one that a form stands at
PAIRS: Final = (1, 0, -1, -2)  # units from the one that the first of two forms stands at
EDGE: Final = "^"

Three = tuple[str, str, str]


def single(offset: int, form: str) -> str:
    """Return the feature that `form` stands `offset` units away."""
    return f"u{offset}:{form}"


def pair(offset: int, forms: str) -> str:
    """Return the feature that two forms stand side by side, the first `offset` units away."""
    return f"p{offset}:{forms}"


def own(sort: str, spot: str, word: str) -> tuple[str, ...]:
    """Return the features of a unit's class, of where in its word it stands, and of that word."""
    return (f"a:{sort}", f"g:{spot}", f"x:{word}")


def sorts_before(k: str, l: str, m: str) -> tuple[str, ...]:  # noqa: E741
    """Return the features of the classes of a unit and of the two before it."""
    return (f"b:{l}|{m}", f"e:{k}|{l}|{m}")


def sorts_around(l: str, m: str, n: str) -> tuple[str, ...]:  # noqa: E741
    """Return the feature of the classes of a unit, of the one before it and of the one behind."""
    return (f"d:{l}|{m}|{n}",)


def sorts_behind(m: str, n: str, o: str) -> tuple[str, ...]:
    """Return the features of the classes of a unit and of the two behind it."""
    return (f"c:{m}|{n}", f"f:{m}|{n}|{o}")


def spotted(p: str, q: str, r: str) -> tuple[str, ...]:
    """Return the features of where in words a unit, the one before and the one behind stand."""
    return (f"h:{p}|{q}", f"i:{q}|{r}", f"j:{p}|{q}|{r}")


def word_before(word: str) -> str:
    """Return the feature of the word before a unit's own."""
    return f"w:{word}"


def word_behind(word: str) -> str:
    """Return the feature of the word behind a unit's own."""
    return f"y:{word}"


def cued(near: Near, sorts: Three, spots: Three) -> tuple[str, ...]:
    """Return the features of the cues at a unit, with the classes and spots of it and of those beside it."""
    l, m, n = sorts  # noqa: E741
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


def threes(values: list[str], edges: int) -> Iterator[Three]:
    """Return three values each, side by side, with so many edges before the first and behind the last."""
    padded = [EDGE] * edges + values + [EDGE] * edges
    return zip(padded, padded[1:], padded[2:], strict=False)


def features(row: Row) -> Iterator[list[str]]:
    """Yield the features of each unit of `row`, one by one, as the trainer takes them."""
    forms = [EDGE, EDGE, *row.forms, EDGE, EDGE]
    sorts, spots = list(threes(row.sorts, 2)), threes(row.spots, 1)
    for place, (spot, (before, word, behind)) in enumerate(zip(spots, row.words, strict=True)):
        found = [single(offset, forms[place + 2 + offset]) for offset in SINGLES]
        found += [pair(offset, forms[place + 2 + offset] + forms[place + 3 + offset]) for offset in PAIRS]
        found += own(sorts[place][2], spot[1], word)
        found += [*sorts_before(*sorts[place]), *sorts_around(*sorts[place + 1]), *sorts_behind(*sorts[place + 2])]
        found += [*spotted(*spot), word_before(before), word_behind(behind)]
        near = row.near(place)
        if near:
            found += cued(near, sorts[place + 1], spot)
        yield found
