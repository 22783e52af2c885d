"""Doubts: which numbers are no figures though they look like some.

Idioms and names that hold a numeral, orders, versions, clock times, years, 一 with a measure word.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.extraction import cues
from service.extraction.amounts import Amount
from service.extraction.numerals import Numeral
from service.extraction.units import table
from service.model import Span
from service.script import fold

_YEARS = range(1000, 3000)
_NONE = frozenset("零〇○")
_FORMAL = frozenset("壹贰叁参肆伍陆柒捌玖拾佰仟")  # alone, most are names and verbs: 大陆, 队伍


class Masks:
    """Stretches in which no figure begins."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans: list[Span] = []
        for span in sorted(spans):
            if self.spans and span.start < self.spans[-1].end:
                before = self.spans.pop()
                self.spans.append(Span(before.start, max(before.end, span.end)))
            else:
                self.spans.append(span)

    def end_over(self, at: int) -> int:
        """Return the end of the stretch that `at` lies in, or 0."""
        place = bisect_right(self.spans, (at, 1 << 60)) - 1
        return self.spans[place].end if place >= 0 and self.spans[place].end > at else 0


@cache
def _automaton() -> tuple[AhoCorasick, frozenset[str]]:
    data = lexicon.read("numbers.toml")
    keep = frozenset(map(fold, data["keep"]))
    return AhoCorasick(sorted({*map(fold, data["idioms"]), *keep}), matchkind=MatchKind.LeftmostLongest), keep


def idioms(folded: str, start: int, end: int) -> list[Span]:
    """Return where folded text holds words and idioms in which a numeral counts nothing."""
    automaton, keep = _automaton()
    block = folded[start:end]
    return [
        Span(start + left, start + right)
        for _, left, right in automaton.find_matches_as_indexes(block)
        if block[left:right] not in keep
    ]


def stands_alone(folded: str, amount: Amount, at: int, floor: int) -> bool:
    """Tell whether the number is not part of a name, version, order, clock time or path."""
    before = folded[max(floor, at - 12) : at]
    if amount.first.before is None and _is_joined(before, folded[at]):
        return False
    if before.rstrip(" ").endswith(_ordinal_words()):
        return False
    numeral_end = amount.first.numeral.end
    after = folded[numeral_end : numeral_end + 2]
    clock = after[:1] in (":", ".", "_") and after[1:].isdigit()
    return not clock and not (folded[at] == "0" and folded[at + 1 : at + 2].isdigit())


def continues(folded: str, at: int, floor: int) -> bool:
    """Tell whether digits go on from others before a mark, as in 1.2.3: the cheap half of `_is_joined`."""
    return at - 2 >= floor and folded[at - 1] in ".,:" and folded[at - 2] in "0123456789"


def _is_joined(before: str, first: str) -> bool:
    """Tell whether the character before makes one word of it: GB300, 2:49, v1.2, /2026, #3."""
    if not before or not first.isascii():
        return before[-1:] in ("几", "数") or before[-2:] == "好几"
    last = before[-1]
    if (last.isascii() and last.isalnum()) or last in "_/#@\\^=":
        return True
    return (
        last in ".-,–:"
        and len(before) > 1
        and before[-2].isascii()
        and (before[-2].isalnum() and (last in ".-–" or before[-2].isdigit()))
    )


@cache
def _ordinal_words() -> tuple[str, ...]:
    return tuple(map(fold, lexicon.read("numbers.toml")["ordinal_before"]))


def counts(folded: str, amount: Amount) -> bool:
    """Tell whether the amount says how much, rather than names, dates or hints."""
    first, unit = amount.first, amount.unit
    if any(term.numeral.vague or (not term.tens and _is_hint(folded, term.numeral)) for term in amount.terms):
        return False
    bare = first.numeral.bare and not first.tens
    if (
        first.numeral.spelt
        or _is_year(amount)
        or (bare and (unit is None or _heads_table(folded, first.numeral.start)))
    ):
        return False
    written = folded[first.numeral.start : first.numeral.end]
    if written in _NONE and (unit is None or unit.kind in ("count", "calendar")):
        return False
    if written in _FORMAL and (unit is None or unit.kind != "money"):
        return False
    if written == "一" and not first.half and not first.tens and len(amount.terms) == 1:
        return _onecounts(folded, amount)
    return not (written == "二" and unit is not None and unit.kind == "count" and unit.name in table().after_two)


def _is_hint(folded: str, numeral: Numeral) -> bool:
    """Tell whether it is a magnitude only: 百人, 上千万辆, 数亿."""
    start, end = numeral.start, numeral.end
    if folded[start:end] in ("百", "千", "万", "亿", "兆", "佰", "仟"):
        return True
    return folded[start] in "百千万亿" and folded[max(start - 1, 0) : start] in ("上", "数", "几", "成")


def _heads_table(folded: str, at: int) -> bool:
    return cues.is_table_unit(folded[max(at - 8, 0) : at])


def _is_year(amount: Amount) -> bool:
    """Tell whether it is a year: four digits, no magnitude, 年."""
    unit = amount.unit
    if unit is None or unit.code != "year" or not unit.name.startswith("年"):
        return False
    return any(term.numeral.plain and not term.numeral.chinese and term.low in _YEARS for term in amount.terms)


def _onecounts(folded: str, amount: Amount) -> bool:
    """Tell whether 一 counts: with money and physical units it does, unless it points (每一秒)."""
    at = amount.first.numeral.start
    pointing = folded[max(at - 1, 0) : at] in tuple(fold(lexicon.read("numbers.toml")["pointing"]))
    return (
        amount.unit is not None
        and amount.unit.kind not in ("count", "calendar")
        and not pointing
        and not amount.unit.measure
    )
