"""Ratios: X 分之 Y, whose base is said first, and 1/10."""

from __future__ import annotations

import re
from decimal import Decimal

from service.extraction.figures import numerals
from service.extraction.figures.numerals import Numeral, of_token
from service.extraction.figures.prose import Prose
from service.extraction.figures.terms import Term
from service.extraction.figures.tokens import Kind
from service.extraction.figures.units import table

_PERCENT_BASES = (100, 1000, 10000)  # of greater ones, and of 三分之 and 十分之, a part is a fraction
_SMALL_BASE = 10
_THIRD = re.compile(
    r"分一(?=[的以，。、；：！？）」』”,.;:!? \n左右是在]|$)"
)  # 三分一: a third, as Hong Kong writes it
_PARTED = range(3, 10)
_DATED = frozenset("/-日号:")  # behind two numbers these make a date or time of them


def as_ratio(prose: Prose, term: Term) -> Term:
    """Return the ratio that `term` is the first number of, or `term` where it is none.

    百分之五 is told in percent, 三分之一 and 1/3 as a multiple.
    """
    at = prose.past_space(term.end)
    if prose.folded.startswith("分之", at):
        part = prose.numeral(prose.past_space(at + 2))
        if part is not None and not part.vague and term.low == term.high > 0:
            return _part(term, part)
    if term.numeral.single and _THIRD.match(prose.folded, term.end) and term.low in _PARTED:
        return _part(term, of_token(term.end + 1, term.end + 2, Decimal(1), Kind.CHINESE))
    if prose.folded[term.end : term.end + 1] == "/" and term.numeral.plain and not term.numeral.chinese:
        return _slashed(prose, term)
    return term


def _part(term: Term, part: Numeral) -> Term:
    low, high = part.low / term.low, part.high / term.low
    if term.low in _PERCENT_BASES:
        return term._replace(end=part.end, low=low * 100, high=high * 100, unit=table().names["%"], tens=True)
    return term._replace(end=part.end, low=low, high=high, unit=table().names["倍"], tens=True)


def _slashed(prose: Prose, term: Term) -> Term:
    """Read 1/10 where it can't be a date: the divisor is small or round."""
    base = numerals.scan(prose.folded, term.end + 1, prose.script)
    if base is None or not base.plain or base.chinese or prose.folded[base.end : base.end + 1] in _DATED:
        return term
    if not 0 < term.low < base.low or term.low % 1 or base.low % 1 or not _divides(term.low, base.low):
        return term
    ratio = term.low / base.low
    return term._replace(end=base.end, low=ratio, high=ratio, unit=table().names["倍"], tens=True)


def _divides(part: Decimal, base: Decimal) -> bool:
    return base <= _SMALL_BASE or (part == 1 and base % _SMALL_BASE == 0)
