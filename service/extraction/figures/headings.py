"""Headings of tables: the unit that one tells, and what is left of it as the name of its row or column.

``營收（億元）``, ``單價/元``, ``重量kg``, ``單位：千噸``: a unit stands in brackets, behind a slash or a name, after a
label, or is all that the heading says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.extraction.figures.amounts import AmountReader
from service.extraction.figures.numerals import fold_prose
from service.extraction.figures.regions import Region
from service.extraction.figures.terms import Amount
from service.extraction.figures.units import table
from service.model import Script
from service.script import narrow

LONGEST = 60  # characters of a heading
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,16})[)）\]】]")
_LABEL = re.compile(r"单位 ?(?:为|是|[:：])? ?([^,，;；。()（）\[\]【】]{1,16})")
_BEHIND_SLASH = re.compile(r"/ ?([^/]{1,8})$")
_BEHIND_NAME = re.compile(r"(?<=[^\x00-\x7f]) ?([A-Za-z°μ²³/]{2,8})$")  # 重量kg
_NUMBER_OF = re.compile("([人户家件次台辆张页间棵株座艘册栋])数$")  # 員工人數: what is counted stands in the name
_OPENS, _CLOSES = frozenset("(（[【"), frozenset(")）]】")
_SINGLE = frozenset("smgV%")  # of one letter, only these are units in brackets: (L) and (W) are losses and wins
_NAMED = ("money", "physical", "ratio")
_ORDERS = frozenset("名组班集章节回页部季期课")  # in brackets, these number as often as they count
_EDGES = " 　:：,，、;；/-–—~|"


@dataclass(frozen=True, slots=True)
class Measure:
    """What one in a cell is worth: an amount of one, in base units."""

    amount: Amount
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: the measure it tells, if any, and its name without it, if there is one."""

    measure: Measure | None
    name: str | None


@lru_cache(maxsize=4096)
def heading(text: str, region: Region) -> Heading:
    """Return what the text of a heading says.

    >>> said = heading("營收（億元）", Region.TW)
    >>> said.name, said.measure.code
    ('營收', 'TWD')
    """
    found = next(_told(text, fold_prose(text), region), None)
    if found is None:
        return Heading(None, _tidy(text))
    measure, start, end = found
    return Heading(measure, _tidy(f"{text[:start]} {text[end:]}" if end < len(text) else text[:start]))


@lru_cache(maxsize=4096)
def measured(written: str, region: Region) -> Measure | None:
    """Return what one is worth by the name of a unit: 億元, 千噸, 元/公斤, US$, 新台幣百萬元."""
    for text in _ones(written):
        folded = fold_prose(text)
        at = folded.index("1")
        amount = AmountReader(narrow(text), folded, Script.HANT, region).read(at)
        if amount is None or amount.unit is None or amount.end != len(text) or amount.unit.asks or amount.unit.measure:
            continue
        if amount.low == amount.high > 0:
            return Measure(amount, amount.unit.told(region), amount.unit.kind)
    return None


def labelled(folded: str, region: Region) -> Measure | None:
    """Return the measure behind the label 單位."""
    found = _LABEL.search(folded)
    return measured(found[1].strip(" "), region) if found else None


def _tidy(name: str) -> str | None:
    name = name.strip(_EDGES)
    return name if any(map(str.isalnum, name)) else None


def _told(text: str, folded: str, region: Region) -> Iterator[tuple[Measure | None, int, int]]:
    """Yield the measures a heading may tell, each with where it says so: the first counts."""
    if (label := _LABEL.search(folded)) is not None:
        start, end = label.span()
        closed = folded[start - 1 : start] in _OPENS and folded[end : end + 1] in _CLOSES
        yield measured(label[1].strip(" "), region), start - closed, end + closed
        return
    for found in reversed(list(_BRACKETS.finditer(text))):
        before = folded[found.start() - 1 : found.start()] if found.start() else ""
        joined = before.isascii() and before.isalpha()
        if (measure := _bracketed(found[1].strip(" "), region, joined=joined)) is not None:
            yield measure, found.start(), found.end()
    if folded.endswith("%"):
        yield measured("%", region), len(text) - 1, len(text)
    if (measure := _of_kind(text, region)) is not None:
        yield measure, 0, len(text)
    if (counted := _NUMBER_OF.search(folded)) is not None:
        yield measured(counted[1], region), len(text), len(text)
    for behind in (_BEHIND_SLASH.search(text), _BEHIND_NAME.search(text)):
        if behind is not None and (measure := _of_kind(behind[1], region)) is not None:
            yield measure, behind.start(), len(text)


def _of_kind(written: str, region: Region) -> Measure | None:
    """Return the measure of a unit that stands without brackets, where it can hardly be another word."""
    measure = measured(written, region) if len(written) > 1 or not written.isascii() else None
    return measure if measure is not None and measure.kind in _NAMED else None


def _bracketed(written: str, region: Region, *, joined: bool) -> Measure | None:
    """Return the measure in brackets: (s) of ``Item(s)`` is none, nor what numbers as often as it counts."""
    if written.isascii() and len(written) == 1 and (joined or written not in _SINGLE):
        return None
    measure = measured(written, region)
    counts = measure is not None and measure.kind == "count"
    return None if counts and written in _ORDERS else measure


def _ones(written: str) -> Iterator[str]:
    """Yield `written` with a one where its number would stand."""
    folded = fold_prose(written)
    for length in range(min(4, len(written)), 0, -1):
        if written[:length] in table().before or folded[:length] in table().before:
            yield f"{written[:length]}1{written[length:]}"
            break
    if not any(character.isdigit() for character in written):
        yield f"1{written}"
