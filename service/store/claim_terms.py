"""The terms claims are found by: pairs of characters, whole words, and the size of what they count, each as a number.

An amount is found by its order of magnitude, so that one that is rounded, or written in another unit, is found as well:
33 萬 and 330,000 are one term, and 36 個月 and 3 年 are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final
from zlib import crc32

from sqlalchemy import RowMapping

from service.lexicon.spelling import respell
from service.store.ids import bare
from service.store.terms import function_characters, spelled_terms

_DAY: Final = 86_400.0
# Calendar durations by the mean Gregorian year of 365.2425 days: enough to know 36 months for 3 years.
SECONDS: Final = {"s": 1.0, "day": _DAY, "week": 7 * _DAY, "month": 30.436875 * _DAY, "year": 365.2425 * _DAY}
SHARES: Final = {"%": 0.01, "x": 1.0}  # a tenth, 10 % and 一成 are one share
LOCAL: Final = frozenset({"TWD", "CNY", "HKD"})  # what 元 may be
BARE: Final = "元"
_KINDS: Final = {**dict.fromkeys(LOCAL, BARE), "times": "share"}
Given = Mapping[str, Any] | RowMapping
_STEPS: Final = 20  # terms of a power of ten: each is 12 % wide
_YEARS: Final = 2  # a period longer than this is no date to be found by
_SIGN: Final = 1 << 31


def claim_terms(folded: str, figures: Iterable[Given], times: Iterable[Given]) -> set[int]:
    """Return the terms of a claim from its folded text and the rows of its figures and times.

    >>> claim_terms("电池", [], []) == {term_number("电池"), wording_term("电池")}
    True
    """
    spelled = respell(folded)
    found = {number for number in map(_listed, spelled_terms(spelled)) if number is not None}
    found.add(_wording(spelled))
    for row in figures:
        factor, kind = base(row["unit"])
        found.update(amount_terms(kind, row["low"] * factor, row["high"] * factor))
    for row in times:
        found.update(year_terms(row["low"], row["high"]))
    return found


def wording_term(folded: str) -> int:
    """Return the term of a whole sentence, by which the same wording is found however common its words are.

    >>> wording_term("电池 很贵。") == wording_term("电池很贵")
    True
    """
    return _wording(respell(folded))


def _wording(spelled: str) -> int:
    return term_number("=" + bare(spelled))


def tells(term: str) -> bool:
    """Tell whether a term is indexed: no run of characters that holds one of a function word is."""
    return term.isascii() or function_characters().isdisjoint(term)


@lru_cache(maxsize=65_536)
def term_number(term: str) -> int:
    """Return the number a term stands in the index by: a signed 32-bit hash, which two terms hardly share."""
    return crc32(term.encode("utf-8", "surrogatepass")) - _SIGN


@lru_cache(maxsize=262_144)
def _listed(term: str) -> int | None:
    """Return the number of a term that is indexed."""
    return term_number(term) if tells(term) else None


def base(unit: str) -> tuple[float, str]:
    """Return by what a value in `unit` is multiplied to be compared, and the kind of amount it is.

    >>> base("month")[1], base("USD/W"), base("%")
    ('time', (1.0, 'USD'), (0.01, 'share'))
    """
    head = unit.partition("/")[0]
    if head in SECONDS:
        return SECONDS[head], "time"
    return (SHARES[head], "share") if head in SHARES else (1.0, head)


def amount_terms(kind: str, low: float, high: float, *, around: int = 0) -> set[int]:
    """Return the terms of an amount: of both its ends, and as many `around` each.

    >>> amount_terms("W", 1e9, 1e9) <= amount_terms("W", 1.02e9, 1.02e9, around=1)
    True
    """
    steps, name = amount_steps(low, high), _KINDS.get(kind, kind)
    return {term_number(f"#{name} {step + near}") for step in steps for near in range(-around, around + 1)}


def amount_steps(low: float, high: float) -> set[int]:
    """Return where both ends of an amount stand on a scale that has a step each 12 %.

    >>> amount_steps(700, 700) == amount_steps(702, 702)
    True
    """
    return {round(_STEPS * math.log10(value)) for value in (low, high) if value > 0 and math.isfinite(value)}


def year_terms(low: str | None, high: str | None) -> set[int]:
    """Return the terms of a date or period: its years, or those of the one bound it has.

    >>> year_terms("2031-01-01", "2031-12-31") == {term_number("#year 2031")}
    True
    """
    years = [int(bound[:4]) for bound in (low, high) if bound]
    if not years or max(years) - min(years) > _YEARS:
        return set()
    return {term_number(f"#year {year}") for year in range(min(years), max(years) + 1)}
