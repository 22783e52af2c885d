"""Which conditions rule each other out: what holds with the freight says nothing against what holds without it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from service.extraction.conditions.stated import Stated
from service.extraction.conditions.words import alike, characters, listed
from service.model import Condition

_NUMBER: Final = re.compile(r"[0-9][0-9.,]*")
_SAME: Final = 0.6  # share of the characters that two cases must have in common to be of one thing


Held = Stated | Condition


def exclude(mine: Iterable[Held], others: Iterable[Held]) -> bool:
    """Tell whether a condition of one figure rules out one of the other: then neither speaks of the other's value.

    In doubt they do not: conditions of different aspects, or a figure without any, may be of one thing.
    """
    theirs = tuple(others)
    return any(_apart(one, other) for one in mine for other in theirs if one.aspect == other.aspect)


def _apart(one: Held, other: Held) -> bool:
    if one.aspect == "part":
        return one.side != other.side and _touch(one.about or "", other.about or "")
    if one.aspect == "measure":
        return _measured_by(one.about or "") == _measured_by(other.about or "") and not _touch(
            one.about or "", other.about or ""
        )
    if one.aspect == "case":
        return _contrary(one.about or "", other.about or "")
    return one.side != other.side and (one.aspect, frozenset((one.side, other.side))) not in alike()


def _touch(one: str, other: str) -> bool:
    """Tell whether two names may be of one thing: 税 and 增值税."""
    return one in other or other in one


def _measured_by(about: str) -> str:
    if any(map(str.isdigit, about)):
        return "amount"
    return "currency" if any(word in about for word in listed("measure", "currencies")) else "quantity"


def _contrary(one: str, other: str) -> bool:
    """Tell whether two cases are of one thing and cannot both be so: by number, denial or opposite."""
    if one == other:
        return False
    numbers, theirs = _NUMBER.findall(one), _NUMBER.findall(other)
    mine, rest = _NUMBER.sub("", one), _NUMBER.sub("", other)
    shared = len(set(mine) & set(rest)) / max(len(set(mine) | set(rest)), 1)
    if numbers and theirs and numbers != theirs:
        return shared >= _SAME
    return _denied(mine, rest) or _opposite(mine, rest)


def _denied(one: str, other: str) -> bool:
    """Tell whether two are the same but for a denial."""
    marks = characters("case", "denials")
    mine, theirs = (sum(map(text.count, marks)) for text in (one, other))
    bare, others = ("".join(c for c in text if c not in marks and c != "有") for text in (one, other))
    return mine % 2 != theirs % 2 and bare == others != ""


def _opposite(one: str, other: str) -> bool:
    """Tell whether two are the same but for one character, and that the opposite of the other's."""
    if len(one) != len(other):
        return False
    differing = [frozenset(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and differing[0] in _opposites()


@cache
def _opposites() -> frozenset[frozenset[str]]:
    return frozenset(map(frozenset, listed("case", "opposites")))
