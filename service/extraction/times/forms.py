"""Forms: one way to write a time each, with what it begins with, its pattern, and how it is read.

A form is tried only where a character that it may begin with stands, and only before a character that it asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

from service.extraction.times.periods import Bounds
from service.model import Script

DIGITS = "0123456789"
FOUR, SHORT, EIGHT = ("#4",), ("#1", "#2"), ("#8",)  # runs of so many Arabic digits
HAN = "〇零○一二两三四五六七八九十廿卅百千半"
LATIN = "qhfjmasond"
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Here:
    """Where a time stands: in a post of what day, and after which times of the same sentence and paragraph."""

    published: date | None
    year: int | None = None  # named last in the same sentence
    days: Bounds | None = None  # named last in the same sentence
    untold: bool = False  # it has named a month, but not of which year
    past: bool = False  # the paragraph has named a year other than that of the post
    script: Script = Script.OTHER


@dataclass(frozen=True, slots=True)
class Found:
    """A time found, with its first and last day."""

    start: int
    end: int
    bounds: Bounds | None
    kind: str  # explicit | relative
    measured: bool = False  # holds a duration, which stays a figure: 三年後
    unsaid: bool = False  # leaves its year to what stands before it
    since: bool = False  # begins there, and is open
    until: bool = False  # ends before it, or with it
    ranged: bool = False  # has been made of two


class NoTimeError(Exception):
    """What looks like a time is none where it stands: another form may read it."""


Reading = Callable[[re.Match[str], Here], Bounds | None]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a time."""

    begins: frozenset[str]  # characters, pairs of them where it is a word, or runs of digits
    pattern: str
    read: Reading
    kind: str = "explicit"
    before: str = ""  # what must follow the digits it begins with; nothing: anything
    measured: bool = False

    def match(self, folded: str, at: int) -> re.Match[str] | None:
        """Return the match at a place. Most posts need few of the patterns: each is compiled when first asked for."""
        return _compiled(self.pattern).match(folded, at)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def form(
    begins: Iterable[str],
    pattern: str,
    read: Reading,
    kind: str = "explicit",
    *,
    before: str = "",
    measured: bool = False,
) -> Form:
    """Return a form of these parts."""
    return Form(frozenset(begins), pattern, read, kind, before, measured)


def pairs(firsts: Iterable[str], seconds: Iterable[str]) -> list[str]:
    """Return each of the first characters with each of the second.

    >>> pairs("上下", "周月")
    ['上周', '上月', '下周', '下月']
    """
    return ["".join(pair) for pair in product(firsts, seconds)]
