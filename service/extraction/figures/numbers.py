"""Numbers: every number a text writes, whether or not it counts or measures anything.

``finding`` tells which quantities a post gives, and leaves bare numbers alone. Here nothing is left out but words that
only hold a numeral (一切, 陆地): a cell of a table is a number by itself, and so is the answer to a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from service.extraction.figures import qualifiers
from service.extraction.figures.digits import NUMERAL_CHARACTERS, skip_digits
from service.extraction.figures.doubts import idioms
from service.extraction.figures.masks import Masks
from service.extraction.figures.numerals import Numeral, fold_prose, scan
from service.extraction.figures.units import match_classifier, match_unit
from service.model import Approx, Script, Span

_CHINESE = f"[{NUMERAL_CHARACTERS}个百分之点又]"
_GAP = re.compile(
    rf"(?<={_CHINESE}) {{1,3}}(?=[零一二三四五六七八九十百千万亿点分之])|(?<=[之点分]) {{1,3}}(?=[0-9负])"
    "|(?<=[百千万亿]) (?=[0-9]{1,4} ?[十百千万])"
)
_BEGINS = re.compile(rf"[{NUMERAL_CHARACTERS}半负\-−.]")
_JOINT = re.compile("[与和跟及到至~]|[-–—]{1,2}")
_BETWEEN = re.compile(" ?个?之?间")
_COMPARED = re.compile("(大|多|高|长|重)|(?:小|少|低|短|轻)")
_POWER = re.compile(r"\^([+-]?[0-9]{1,2})(?![0-9])")
_EXPONENT = re.compile(r"e([+-]?[0-9]{1,2})(?![0-9a-z])")
_SUFFIX = re.compile(" ?([kmgt])(?![a-z])")
_SUFFIXES = {"k": Decimal(1000), "m": Decimal(10**6), "g": Decimal(10**9), "t": Decimal(10**12)}
_PERCENT = re.compile(" ?(?:%|个?百分点)")
_SLASH = re.compile("/([0-9]{1,9})(?![0-9/])")
_MIXED = re.compile(r" ([0-9]{1,9})/([0-9]{1,9})(?![0-9/])")
_SINGLE_AFTER = frozenset("这那却不而是和与又，。、；：！？,.;:!?)」』” ")  # what may follow a lone 一 that is a number
_FORMAL = frozenset("壹贰叁参肆伍陆柒捌玖拾佰仟")
_LONGEST_GAP = 8  # characters between the two bounds of one range


@dataclass(frozen=True, slots=True)
class Number:
    """A number at a place, or a range of them. A percentage is in percent: 3 for 百分之三."""

    span: Span
    low: Decimal
    high: Decimal
    approx: Approx
    percent: bool = False


def find_numbers(text: str, script: Script) -> tuple[Number, ...]:
    """Return the numbers that `text` writes in reading order, dates and orders among them, ranges as one.

    >>> [(str(number.low), str(number.high)) for number in find_numbers("介於 10 與 25 之間，不是三百五", Script.HANT)]
    [('10', '25'), ('350', '350')]

    Spans are into `text` and do not overlap. Spaces within a Chinese numeral are passed over.
    """
    return tuple(_Line(text, script).ranges())


class _Line:
    """A text without the spaces within its numerals, and where each of its characters stood."""

    def __init__(self, text: str, script: Script) -> None:
        folded = fold_prose(text)
        gaps = {at for gap in _GAP.finditer(folded) for at in range(gap.start(), gap.end())}
        self.places = [at for at in range(len(folded)) if at not in gaps]
        self.folded = "".join(folded[at] for at in self.places)
        self.places.append(len(folded))
        self.script = script
        self.idioms = Masks(idioms(self.folded))

    # ── ranges ──

    def ranges(self) -> Iterator[Number]:
        """Yield numbers with places in the original text, two that bound one another made one."""
        numbers = [self._bounded(number) for number in self.numbers()]
        at = 0
        while at < len(numbers):
            joined = self._joined(numbers[at], numbers[at + 1]) if at + 1 < len(numbers) else None
            yield self._placed(joined or numbers[at])
            at += 2 if joined else 1

    def _placed(self, number: Number) -> Number:
        start, end = number.span
        return replace(number, span=Span(self.places[start], self.places[end - 1] + 1))

    def _joined(self, left: Number, right: Number) -> Number | None:
        """Return the range that two numbers bound: 10 与 20 之间, 20~100, 大于 3 小于 9."""
        between = self.folded[left.span.end : right.span.start]
        if len(between) > _LONGEST_GAP or left.percent != right.percent or left.low >= right.high:
            return None
        plain = between.strip(" 第在约")
        joint = _JOINT.fullmatch(plain)
        if joint is not None and (plain in "到至~-–—" or _BETWEEN.match(self.folded, right.span.end)):
            return replace(left, span=Span(left.span.start, right.span.end), high=right.high, approx=Approx.EXACT)
        if (left.approx, right.approx) == (Approx.OVER, Approx.UNDER) and self._bounds(between):
            return replace(left, span=Span(left.span.start, right.span.end), high=right.high, approx=Approx.EXACT)
        return None

    @staticmethod
    def _bounds(between: str) -> bool:
        """Tell whether nothing but the second bound's own words stand between: 大于 3 [并小于] 9, 5 [以上，] 9 以下."""
        words = re.sub("以上|[大多高]|小于|低于|少于|等于|不超过|不到|或|[比 ，,且并而]", "", between)
        return not words

    def _bounded(self, number: Number) -> Number:
        """Return it with what the words around say of it, 比 X 大 among them."""
        if number.approx is Approx.OVER:
            return number
        start, end = number.span
        compared = _COMPARED.match(self.folded, end)
        if compared is not None and "比" in self.folded[max(start - 2, 0) : start]:
            return replace(number, approx=Approx.OVER if compared[1] else Approx.UNDER)
        kind = "ratio" if number.percent else "count"
        counted = match_classifier(self.folded, end)
        stop = counted.end if counted is not None else end
        return replace(number, approx=qualifiers.approx_of(self.folded, Span(start, stop), 0, len(self.folded), kind))

    # ── numbers ──

    def numbers(self) -> Iterator[Number]:
        """Yield the numbers of the line, left to right."""
        done = 0
        for begins in _BEGINS.finditer(self.folded):
            at = begins.start()
            if at < done or self.idioms.end_over(at) or self._within_word(at):
                continue
            numeral = scan(self.folded, at, self.script)
            done = numeral.end if numeral is not None else skip_digits(self.folded, at)
            if (number := self._number(at, numeral)) is not None:
                done = number.span.end
                yield number

    def _within_word(self, at: int) -> bool:
        """Tell whether it goes on a name or a number: the 3 of B3, the 5 of 2.5.1."""
        before = self.folded[at - 1 : at] if at else ""
        first = self.folded[at]
        return (first.isascii() and before.isascii() and before.isalnum()) or (
            first in "-−" and (not self._digits_follow(at) or before in ("-", "−"))
        )

    def _digits_follow(self, at: int) -> bool:
        return self.folded[at + 1 : at + 2].isdigit()

    def _number(self, at: int, numeral: Numeral | None) -> Number | None:
        if self.folded[at] == ".":
            return self._point(at)
        if self.folded.startswith("半百", at):
            return Number(Span(at, at + 2), Decimal(50), Decimal(50), Approx.EXACT)
        if numeral is None or not self._is_number(numeral):
            return None
        number = _as_number(numeral)
        return self._fraction(number, numeral) or self._mixed(number) or self._scaled(number, numeral)

    def _point(self, at: int) -> Number | None:
        """Read decimals without a whole: .77, but not the end of 1.2.77 or of an ellipsis."""
        numeral = scan(self.folded, at + 1, self.script)
        if numeral is None or numeral.chinese or (at and not self.folded[at - 1].isspace()):
            return None
        value = Decimal(f"0.{self.folded[at + 1 : numeral.end].replace(',', '')}") if numeral.plain else None
        return Number(Span(at, numeral.end), value, value, Approx.EXACT) if value is not None else None

    def _is_number(self, numeral: Numeral) -> bool:
        """Tell whether it is a number, rather than a character of a word: 我一看你就笑, 陆地, 万物."""
        written = self.folded[numeral.start : numeral.end]
        follows = self.folded[numeral.end : numeral.end + 1]
        if len(written) > 1:
            return len(set(written)) > 1 or written[0] != "两"
        if written in _FORMAL:
            return self.folded.startswith("分之", numeral.end) or not (follows or numeral.start)
        if written in "万亿兆百千":
            return self.folded.startswith("分之", numeral.end)
        return written != "一" or not follows or follows in _SINGLE_AFTER or self._counts(numeral.end)

    def _counts(self, at: int) -> bool:
        measured = match_classifier(self.folded, at) or match_unit(self.folded, self.folded, at)
        return measured is not None or self.folded.startswith(("点", "分之", "只"), at)

    # ── what goes on from a numeral ──

    def _fraction(self, number: Number, numeral: Numeral) -> Number | None:
        """Read X 分之 Y: a percentage where X is a power of ten from a hundred on."""
        at = numeral.end
        if not self.folded.startswith("分之", at):
            return self._slashed(number) if numeral.plain and not numeral.chinese else None
        part = scan(self.folded, at + 2, self.script)
        if part is None or part.low != part.high or not number.low:
            return None
        value = part.low / number.low
        if _is_power(number.low):
            return Number(Span(numeral.start, part.end), value * 100, value * 100, Approx.EXACT, percent=True)
        return self._scaled(Number(Span(numeral.start, part.end), value, value, Approx.EXACT), part)

    def _slashed(self, number: Number) -> Number | None:
        base = _SLASH.match(self.folded, number.span.end)
        if base is None or not int(base[1]):
            return None
        value = number.low / Decimal(base[1])
        return replace(number, span=Span(number.span.start, base.end()), low=value, high=value)

    def _mixed(self, number: Number) -> Number | None:
        """Read a whole and a fraction: 1 4/3."""
        part = _MIXED.match(self.folded, number.span.end)
        if part is None or not int(part[2]) or number.low != int(number.low):
            return None
        value = number.low + Decimal(part[1]) / Decimal(part[2])
        return replace(number, span=Span(number.span.start, part.end()), low=value, high=value)

    def _scaled(self, number: Number, numeral: Numeral) -> Number:
        """Apply a power or a suffix, and tell a percentage: 2e5, 2^5, 1.2M, 12k 个百分点."""
        if not numeral.chinese:
            for pattern, result in ((_POWER, _powered), (_EXPONENT, _shifted), (_SUFFIX, _suffixed)):
                written = pattern.match(self.folded, number.span.end)
                if written is not None:
                    low, high = result(number.low, written[1]), result(number.high, written[1])
                    number = replace(number, span=Span(number.span.start, written.end()), low=low, high=high)
                    break
        percent = _PERCENT.match(self.folded, number.span.end)
        if percent is None:
            return number
        return replace(number, span=Span(number.span.start, percent.end()), percent=True)


def _as_number(numeral: Numeral) -> Number:
    """Return the number a numeral writes; what it leaves open (三百多, 二十几万) lies above it."""
    span = Span(numeral.start, numeral.end)
    if numeral.vague or numeral.more:
        return Number(span, numeral.low, numeral.low, Approx.OVER)
    return Number(span, numeral.low, numeral.high, Approx.EXACT)


def _is_power(value: Decimal) -> bool:
    """Tell whether it is a power of ten from a hundred on, a part of which can be told in percent."""
    return value >= 100 and value.normalize().as_tuple().digits == (1,)  # noqa: PLR2004


def _powered(value: Decimal, exponent: str) -> Decimal:
    return value ** int(exponent)


def _shifted(value: Decimal, exponent: str) -> Decimal:
    return value.scaleb(int(exponent))


def _suffixed(value: Decimal, suffix: str) -> Decimal:
    return value * _SUFFIXES[suffix]
