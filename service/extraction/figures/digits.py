"""Digits and multipliers: the tokens of a numeral, read left to right and once, the grammar checked as they come."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from service.model import Script

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_FORMAL = {c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)} | {"参": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_ALL_DIGITS = _DIGITS | _FORMAL
_ZEROS = "零〇○"
TENTHS = _DIGITS | {str(n): n for n in range(10)}  # digits of either kind, one for one
_DECIMALS = frozenset(TENTHS) - {"两"}  # 两 counts
SIGNS = "负-−"
_ARABIC = frozenset("0123456789")
_FORMAL_MULTIPLIERS = frozenset("拾佰仟")

NUMERAL_CHARACTERS = "".join([*_DIGITS, *_FORMAL, *_SMALL, *_TENS, *_BIG, "0123456789几数"])
MEGA = frozenset("瓦赫帕欧焦伏字比位吨电")  # what 兆 is the SI prefix of, by first character
_KILO = frozenset("卡")  # 250 千卡: the prefix, where a unit without it has another name
_COMING = frozenset("自到往看说了回源历临去过")  # 来 before these is a verb: 一百来自
_LONGEST = 40  # characters of digits: what is longer is an id or noise


class Kind(Enum):
    """What a token of a numeral is."""

    ARABIC = auto()
    CHINESE = auto()
    ZERO = auto()
    SMALL = auto()
    BIG = auto()
    VAGUE = auto()
    MORE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a numeral: a number with its bounds, or a multiplier."""

    kind: Kind
    low: Decimal
    high: Decimal
    end: int


TEN = Decimal(10)
_LESSER = re.compile(
    " ?[0-9][0-9,.]{0,12} ?[亿万]|[一二两三四五六七八九][一二三四五六七八九十百千零]{0,8}[亿万]"
)  # behind 兆
_COUNTED = frozenset("元圆美人新港欧日韩台英澳加印个颗次")  # what 兆 of is a number and no mega-
_SECTION = re.compile("[0-9][0-9,]{0,5}(?:[.][0-9]{1,4})? ?([亿万千百])")  # 8 兆 1,395 亿
_THOUSANDS = re.compile("[1-9],?[0-9]{3}(?![0-9,.%/:-])(?! ?[年月w])")  # 6 万 4,000


def skip_digits(folded: str, start: int) -> int:
    """Return where the run of digits and multipliers at `start` ends: nothing within it is worth another look."""
    end = start
    while end < len(folded) and (folded[end] in _ALL_DIGITS or folded[end] in _ARABIC):
        end += 1
    return max(end, start + 1)


def tokens_at(folded: str, start: int, script: Script) -> tuple[Token, ...]:
    """Return the tokens of the longest numeral that begins at `start`, none where none does.

    >>> [token.kind.name for token in tokens_at("3万5千", 0, Script.HANS)]
    ['ARABIC', 'BIG', 'ARABIC', 'SMALL']
    """
    return _Scanner(folded, start, script).tokens()


class _Scanner:
    """One pass over a numeral. `small` and `big` are the last multipliers: the next must be smaller."""

    def __init__(self, folded: str, start: int, script: Script) -> None:
        self.text, self.at, self.script = folded, start, script
        self.found: list[Token] = []
        self.small = self.big = 10**30

    def tokens(self) -> tuple[Token, ...]:
        while len(self.found) < _LONGEST and (token := self._next()) is not None:
            self.found.append(token)
            self.at = token.end
        while self.found and self.found[-1].kind is Kind.ZERO and len(self.found) > 1:
            self.found.pop()
        return tuple(self.found)

    @property
    def last(self) -> Kind | None:
        return self.found[-1].kind if self.found else None

    def _next(self) -> Token | None:
        at = self._past_space()
        character = self.text[at : at + 1]
        if character in _ARABIC:
            return self._arabic(at)
        if character in _ALL_DIGITS and at == self.at:
            return self._chinese(at)
        if character in _TENS and not self._has_number():
            self.small = 10
            return _token(Kind.SMALL, _TENS[character], at + 1)
        if character in _SMALL:
            return self._small(at)
        if character in _BIG:
            return self._big(at)
        return self._open(at)

    def _past_space(self) -> int:
        """Skip a space between an Arabic number and a multiplier, or the other way about: 1 亿 2000 万."""
        at = self.at
        while self.found and at - self.at < 2 and self.text[at : at + 1] == " ":  # noqa: PLR2004
            at += 1
        if at == self.at or self._spaced_multiplier(at) or self._spaced_number(at):
            return at
        return self.at

    def _spaced_multiplier(self, at: int) -> bool:
        follows = self.text[at : at + 1]
        return self.last in (Kind.ARABIC, Kind.MORE) and (follows in _BIG or follows in _SMALL)

    def _spaced_number(self, at: int) -> bool:
        """Tell whether a lesser section follows: digits that a smaller multiplier closes at once."""
        if self.last is not Kind.BIG or self.text[at : at + 1] not in _ARABIC:
            return False
        if self.big == _BIG["万"] and _THOUSANDS.match(self.text, at):
            return True
        closed = _SECTION.match(self.text, at)
        return closed is not None and (_BIG.get(closed[1]) or _SMALL[closed[1]]) < self.big

    def _has_number(self) -> bool:
        return self.last in (Kind.ARABIC, Kind.CHINESE, Kind.VAGUE, Kind.MORE)

    def _arabic(self, at: int) -> Token | None:
        if self._has_number():
            return None
        end = _digits_end(self.text, at, _ARABIC)
        written = self.text[at:end]
        grouped = end - at <= 3  # noqa: PLR2004
        while grouped and end - at <= _LONGEST and _is_group(self.text, end):
            written += self.text[end + 1 : end + 4]
            end += 4
        if self.text[end : end + 1] == "." and self.text[end + 1 : end + 2] in _ARABIC:
            stop = _digits_end(self.text, end + 1, _ARABIC)
            written += self.text[end:stop]
            end = stop
        return _token(Kind.ARABIC, Decimal(written), end) if end - at <= _LONGEST else None

    def _chinese(self, at: int) -> Token | None:
        if self._has_number() or (self.found and self.text[at] in _FORMAL and not self._formal(at)):
            return None
        if self.found and self.text[at] in _ZEROS:
            return _token(Kind.ZERO, 0, at + 1) if self.last is not Kind.ZERO else None
        end = _digits_end(self.text, at, _ALL_DIGITS)
        if end - at > _LONGEST or (self.found and end - at > 2):  # noqa: PLR2004
            return None
        digits = [_ALL_DIGITS[c] for c in self.text[at:end]]
        if (pair := _adjacent(digits)) is not None and self.text[end : end + 1] != "点":
            return Token(Kind.CHINESE, Decimal(pair[0]), Decimal(pair[1]), end)
        if self.found and len(digits) > 1:
            return None
        whole = "".join(map(str, digits))
        decimals = _decimals(self.text, end)
        return _token(
            Kind.CHINESE, Decimal(f"{whole}.{decimals}" if decimals else whole), end + len(decimals) + bool(decimals)
        )

    def _formal(self, at: int) -> bool:
        """Tell whether a formal digit goes on from formal ones or is multiplied: 70 亿参数 ends before 参."""
        return (
            self.text[at - 1] in _FORMAL_MULTIPLIERS
            or self.text[at + 1 : at + 2] in _FORMAL_MULTIPLIERS
            or (self.text[at - 1] in _ZEROS and self.text[at + 1 : at + 2] not in ("数", "加", "与", "考"))
        )

    def _small(self, at: int) -> Token | None:
        unit = _SMALL[self.text[at]]
        if self.last is Kind.ARABIC and unit == 1000 and self.text[at + 1 : at + 2] in _KILO:  # noqa: PLR2004
            return None
        if self.last in (Kind.SMALL, Kind.BIG, Kind.ZERO) and unit != TEN:
            return None  # a multiplier within a numeral has its number: 一万千 is none
        if unit >= self.small or (self.last is Kind.ARABIC and unit == TEN and self._fraction()):
            return None
        self.small = unit
        return _token(Kind.SMALL, unit, at + 1)

    def _fraction(self) -> bool:
        return self.found[-1].low != int(self.found[-1].low)

    def _big(self, at: int) -> Token | None:
        unit = _BIG[self.text[at]]
        follows = self.text[at + 1 : at + 2]
        if unit == _BIG["兆"] and (follows in MEGA or (self.script is Script.HANS and not self._counts(at + 1))):
            return None
        stacked = self.last is Kind.BIG and self.big < unit
        doubled = self.last is Kind.BIG and self.big == unit == _BIG["万"]
        if (self.last in (Kind.BIG, Kind.ZERO) and not stacked and not doubled) or (unit == self.big and not doubled):
            return None
        self.big, self.small = unit, 10**30
        return _token(Kind.BIG, unit, at + 1)

    def _counts(self, at: int) -> bool:
        """Tell whether 兆 before `at` is a number in Simplified text: money or things follow, or a lesser magnitude.

        2 兆 1617 億元 stays 2.1617e12 when the script is changed; a prefix (兆瓦) has no number behind it.
        """
        return self.text[at : at + 1] in _COUNTED or _LESSER.match(self.text, at) is not None

    def _open(self, at: int) -> Token | None:
        """Read 几 and 数, which leave a digit open, and 多 and 余, which leave open what comes after."""
        character = self.text[at : at + 1]
        follows = self.text[at + 1 : at + 2]
        if character == "点" and self.last in (Kind.SMALL, Kind.BIG) and (decimals := _decimals(self.text, at)):
            return _token(Kind.CHINESE, Decimal(f"0.{decimals}"), at + 1 + len(decimals))  # 一百二十点五, 四百亿点五
        if (
            character in ("几", "数")
            and not self._has_number()
            and (self.found or follows in _SMALL or follows in _BIG)
        ):
            return Token(Kind.VAGUE, Decimal(0 if self.found else 2), Decimal(9), at + 1)
        if character == "+" and self.last in (Kind.ARABIC, Kind.BIG) and follows not in _ARABIC and follows != "+":
            return _token(Kind.MORE, 0, at + 1)
        if character in ("多", "余", "来") and self.found and self.last is not Kind.MORE and self._round():
            if character == "来" and (self.last not in (Kind.SMALL, Kind.BIG) or follows in _COMING):
                return None
            return _token(Kind.MORE, 0, at + 1)
        return None

    def _round(self) -> bool:
        """Tell whether 多 can follow: after a multiplier, or an Arabic number that ends in zero."""
        last = self.found[-1]
        return last.kind in (Kind.SMALL, Kind.BIG) or (
            last.kind is Kind.ARABIC and last.low >= TEN and last.low % 10 == 0
        )


def _token(kind: Kind, value: Decimal | int, end: int) -> Token:
    return Token(kind, Decimal(value), Decimal(value), end)


def _digits_end(text: str, start: int, digits: Container[str]) -> int:
    end = start
    while end < len(text) and text[end] in digits:
        end += 1
    return end


def _is_group(text: str, comma: int) -> bool:
    """Tell whether a comma and just three digits follow: the thousands of 1,100."""
    group = text[comma + 1 : comma + 4]
    three = len(group) == 3 and all(c in _ARABIC for c in group)  # noqa: PLR2004
    return text[comma : comma + 1] == "," and three and text[comma + 4 : comma + 5] not in _ARABIC


def _adjacent(digits: list[int]) -> tuple[int, int] | None:
    """Return the bounds of 三四, 七八 or 三五 said of one amount."""
    if len(digits) != 2 or digits[0] == 0:  # noqa: PLR2004
        return None
    low, high = digits
    return (low, high) if high - low == 1 or (low, high) == (3, 5) else None


def _decimals(text: str, at: int) -> str:
    """Return the digits after 点, which is a decimal mark only before digits that no multiplier follows."""
    if text[at : at + 1] != "点":
        return ""
    end = _digits_end(text, at + 1, _DECIMALS)
    if end - at > _LONGEST or text[end : end + 1] in ("十", "拾"):
        return ""
    return "".join(str(TENTHS[c]) for c in text[at + 1 : end])
