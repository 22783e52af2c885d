"""Numbers that measure nothing: the bus line 12, 第三名, 70 勝. Who says another one does not say the same.

What measures is an amount, with its unit and what it is of (`amounts`); a date is a time. What is left tells one thing
from another of its kind, or counts what no classifier counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from service.extraction.figures import parse_numeral
from service.model import Script, Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.question import Question

# No part of a Latin name or word (iPhone 17, 5G), of a time, or of what everybody calls a generation (90 後).
_LEFT: Final = (
    r"(?<![a-z0-9.,:/%-])(?<![a-z] )(?:(?P<digits>[0-9]{1,12}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(?![0-9.,:/a-z%-]))"
)
_ORDINAL: Final = r"第(?P<order>[0-9]{1,9}|[〇零一二两三四五六七八九十百]{1,9})"
_NUMERAL = re.compile(rf"(?:{_ORDINAL}|{_LEFT})\s?(?P<of>\w?)")
_ANY = re.compile(r"\.?[0-9]{1,12}(?:\.[0-9]{1,9})?|[〇零一二两三四五六七八九十百千]{1,9}")
_OF_TIME: Final = frozenset("年月日点时分秒季周天代后")
_PER_CENT: Final = 100


def lacks_a_number(question: Question, candidate: Candidate) -> bool:
    """Tell whether a sentence has a number that measures nothing, and that stands neither in a claim nor around it."""
    asked = bare(question.clauses.folded, _spans(question))
    if not asked:
        return False
    return not {value for value, _ in asked} <= _within(candidate)


def of_another_number(question: Question, candidate: Candidate) -> bool:
    """Tell whether a claim is of another one of those that numbers tell apart: of 15 路, not of 12 路."""
    asked = bare(question.clauses.folded, _spans(question))
    if not asked:
        return False
    own = bare(candidate.clauses.folded, [one.span for one in candidate.numbers])
    for value, of in asked:
        there = {other for other, said in own if said == of and of}
        if there and value not in there:
            return True
    return False


def _spans(question: Question) -> Iterable[Span]:
    return [one.span for one in question.amounts]


def bare(folded: str, measured: Iterable[Span]) -> list[tuple[Decimal, str]]:
    """Return the numbers that measure nothing, each with the character behind it: what it is a number of."""
    measured = list(measured)
    return [
        (value, match["of"])
        for match in _NUMERAL.finditer(folded)
        if match["of"] not in _OF_TIME and not any(span.overlaps(Span(*match.span())) for span in measured)
        for value in _values(match["digits"] or match["order"])
    ]


def _within(candidate: Candidate) -> set[Decimal]:
    """Return all numbers of a claim and of what stands around it; shares are parts of one, too."""
    texts = (candidate.clauses.folded, candidate.heading, candidate.beside)
    found = {value for text in texts for match in _ANY.finditer(text) for value in _values(match[0])}
    shares = {Decimal(repr(one.low)) / _PER_CENT for one in candidate.numbers if one.kind == "%"}
    return found | {Decimal(repr(one.low)) for one in candidate.numbers} | shares


@lru_cache(maxsize=4096)
def _values(written: str) -> tuple[Decimal, ...]:
    """Return the value of a numeral, or nothing where it has none: 一百百.

    >>> _values("十二"), _values(".402")
    ((Decimal('12'),), (Decimal('0.402'),))
    """
    try:
        return (parse_numeral(f"0{written}" if written.startswith(".") else written, Script.HANS),)
    except ValueError:
        return ()
