"""Scanner: the tokens of a numeral, read left to right and once, the grammar checked as they come."""

from __future__ import annotations

import re
from decimal import Decimal

from service.extraction.figures.digits import (
    ALL_DIGITS,
    ARABIC_DIGITS,
    BIG,
    FORMAL,
    FORMAL_MULTIPLIERS,
    LONGEST,
    SMALL,
    TENS,
    TENTHS,
    ZEROS,
)
from service.extraction.figures.tokens import TEN, Kind, Token, token_of
from service.model import Script

MEGA = frozenset("瓦赫帕欧焦伏字比位吨电")  # what 兆 is the SI prefix of, by first character
_KILO = frozenset("卡")  # 250 千卡: the prefix, where a unit without it has another name
_COMING = frozenset("自到往看说了回源历临去过买卖做投付收建用换填补当算提完解处")  # 来 before these is a verb: 一百来自
_NUMBERS = Kind.ARABIC | Kind.CHINESE | Kind.VAGUE | Kind.MORE
_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}(?![0-9])){1,12}+|[0-9]{1,41}+)(?:\.[0-9]{1,41}+)?")
_CHINESE = re.compile(f"[{''.join(ALL_DIGITS)}]{{1,{LONGEST + 1}}}+")
_DECIMALS = re.compile(f"点([{''.join(set(TENTHS) - {'两'})}]{{1,{LONGEST + 1}}}+)(?![十拾])")  # 两 counts
_LESSER = re.compile(
    " ?[0-9][0-9,.]{0,12} ?[亿万]|[一二两三四五六七八九][一二三四五六七八九十百千零]{0,8}[亿万]"
)  # behind 兆
_COUNTED = frozenset("元圆美人新港欧日韩台英澳加印个颗次")  # what 兆 of is a number and no mega-
_SECTION = re.compile("[0-9][0-9,]{0,5}(?:[.][0-9]{1,4})? ?([兆亿万千百])(?![瓦赫帕欧焦伏字比位吨电])")  # 8 兆 1,395 亿
PIECES = "个多?(?=亿(?![级万航利纬达]))"  # 三个亿, 四个多亿, but not 三个亿级项目
# 京, a myriad of 兆, is a number only before what is counted in it, or at an end: it is a capital first.
CAPITAL = "京(?= ?(?:元(?![电高])|[圆美日韩次个人亿兆，。、；]|[0-9]{1,4} ?[兆亿]|分之|浮点|$))"
_CAPITAL = re.compile(CAPITAL)
_PIECES = re.compile(PIECES)
_THOUSANDS = re.compile("[1-9],?[0-9]{3}(?![0-9,.%/:-])(?! ?[年月w])")  # 6 万 4,000
_NO_MULTIPLIER = 10**30


def tokens_at(folded: str, start: int, script: Script) -> tuple[Token, ...]:
    """Return the tokens of the longest numeral that begins at `start`, none where none does.

    >>> [token.kind.name for token in tokens_at("3万5千", 0, Script.HANS)]
    ['ARABIC', 'BIG', 'ARABIC', 'SMALL']
    """
    return _Scanner(folded, start, script).tokens()


class _Scanner:
    """One pass over a numeral. `small` and `big` are the last multipliers: the next must be smaller."""

    __slots__ = ("at", "big", "found", "last", "script", "small", "text")

    def __init__(self, folded: str, start: int, script: Script) -> None:
        self.text, self.at, self.script = folded, start, script
        self.found: list[Token] = []
        self.last: int = 0  # the kind of the token before, 0 where there is none
        self.small = self.big = _NO_MULTIPLIER

    def tokens(self) -> tuple[Token, ...]:
        while len(self.found) < LONGEST and (token := self._next()) is not None:
            self.found.append(token)
            self.at, self.last = token.end, token.kind
        while len(self.found) > 1 and self.found[-1].kind is Kind.ZERO:
            self.found.pop()
        return tuple(self.found)

    def _next(self) -> Token | None:
        at = self._past_space() if self.found else self.at
        character = self.text[at : at + 1]
        if character in ARABIC_DIGITS:
            return self._arabic(at)
        if character in ALL_DIGITS and at == self.at:
            return self._chinese(at)
        if character in TENS and not self.last & _NUMBERS:
            self.small = 10
            return token_of(Kind.SMALL, TENS[character], at + 1)
        if character in SMALL:
            return self._small(at)
        if character in BIG:
            return self._big(at)
        read = {"个": self._pieces, "京": self._capital}.get(character)
        return read(at) if read is not None else self._open(at, character)

    def _capital(self, at: int) -> Token | None:
        if not self.last & (Kind.ARABIC | Kind.CHINESE | Kind.SMALL) or _CAPITAL.match(self.text, at) is None:
            return None
        self.big, self.small = 10**16, _NO_MULTIPLIER
        return token_of(Kind.BIG, self.big, at + 1)

    def _past_space(self) -> int:
        """Skip a space between an Arabic number and a multiplier, or the other way about: 1 亿 2000 万."""
        at = self.at
        while at - self.at < 2 and self.text[at : at + 1] == " ":  # noqa: PLR2004
            at += 1
        if at == self.at or self._spaced_multiplier(at) or self._spaced_number(at):
            return at
        return self.at

    def _spaced_multiplier(self, at: int) -> bool:
        if self.last not in (Kind.ARABIC, Kind.MORE):
            return False
        follows = self.text[at : at + 1]
        if follows in ("多", "余"):  # 600 多万
            follows = self.text[at + 1 : at + 2]
        named = _PIECES.match(self.text, at) or _CAPITAL.match(self.text, at)
        return follows in BIG or follows in SMALL or named is not None

    def _spaced_number(self, at: int) -> bool:
        """Tell whether a lesser section follows: digits that a smaller multiplier closes at once."""
        if self.last not in (Kind.BIG, Kind.SMALL) or self.text[at : at + 1] not in ARABIC_DIGITS:
            return False
        if self.last == Kind.BIG and self.big == BIG["万"] and _THOUSANDS.match(self.text, at):
            return True
        closed = _SECTION.match(self.text, at)
        least = self.big if self.last == Kind.BIG else min(self.small, BIG["万"])
        return closed is not None and (BIG.get(closed[1]) or SMALL[closed[1]]) < least

    def _pieces(self, at: int) -> Token | None:
        """Read 个 between a number and 亿, and 多 behind it: 三个亿, 四个多亿."""
        written = _PIECES.match(self.text, at) if self.last in (Kind.ARABIC, Kind.CHINESE, Kind.SMALL) else None
        if written is None:
            return None
        return token_of(Kind.MORE, 0, written.end()) if len(written[0]) > 1 else self._big(written.end())

    def _arabic(self, at: int) -> Token | None:
        if self.last & _NUMBERS:
            return None
        written = _ARABIC.match(self.text, at)
        if written is None or written.end() - at > LONGEST:
            return None
        return token_of(Kind.ARABIC, Decimal(written[0].replace(",", "")), written.end())

    def _chinese(self, at: int) -> Token | None:
        if self.last & _NUMBERS or (self.found and self.text[at] in FORMAL and not self._formal(at)):
            return None
        if self.found and self.text[at] in ZEROS:
            return token_of(Kind.ZERO, 0, at + 1) if self.last != Kind.ZERO else None
        written = _CHINESE.match(self.text, at)
        length = written.end() - at if written else 0
        if written is None or length > LONGEST or (self.found and length > 2):  # noqa: PLR2004
            return None
        digits = [ALL_DIGITS[c] for c in written[0]]
        end = at + length
        if (pair := _adjacent(digits)) is not None and self.text[end : end + 1] != "点":
            return Token(Kind.CHINESE, Decimal(pair[0]), Decimal(pair[1]), end)
        if self.found and length > 1:
            return None
        decimals = _decimals(self.text, end)
        whole = "".join(map(str, digits))
        value = Decimal(f"{whole}.{decimals}" if decimals else whole)
        return Token(Kind.CHINESE, value, value, end + len(decimals) + bool(decimals))

    def _formal(self, at: int) -> bool:
        """Tell whether a formal digit goes on from formal ones or is multiplied: 70 亿参数 ends before 参."""
        return (
            self.text[at - 1] in FORMAL_MULTIPLIERS
            or self.text[at + 1 : at + 2] in FORMAL_MULTIPLIERS
            or (self.text[at - 1] in ZEROS and self.text[at + 1 : at + 2] not in ("数", "加", "与", "考"))
        )

    def _small(self, at: int) -> Token | None:
        unit = SMALL[self.text[at]]
        if self.last == Kind.ARABIC and unit == 1000 and self.text[at + 1 : at + 2] in _KILO:  # noqa: PLR2004
            return None
        if self.last in (Kind.SMALL, Kind.BIG, Kind.ZERO) and unit != TEN:
            return None  # a multiplier within a numeral has its number: 一万千 is none
        if unit >= self.small or (self.last == Kind.ARABIC and unit == TEN and self._fraction()):
            return None
        self.small = unit
        return token_of(Kind.SMALL, unit, at + 1)

    def _fraction(self) -> bool:
        return self.found[-1].low != int(self.found[-1].low)

    def _big(self, at: int) -> Token | None:
        unit = BIG[self.text[at]]
        if unit == BIG["兆"] and (
            self.text[at + 1 : at + 2] in MEGA or (self.script is Script.HANS and not self._counts(at + 1))
        ):
            return None
        stacked = self.last == Kind.BIG and self.big < unit
        doubled = self.last == Kind.BIG and self.big == unit == BIG["万"]
        if (self.last in (Kind.BIG, Kind.ZERO) and not stacked and not doubled) or (unit == self.big and not doubled):
            return None
        self.big, self.small = unit, _NO_MULTIPLIER
        return token_of(Kind.BIG, unit, at + 1)

    def _counts(self, at: int) -> bool:
        """Tell whether 兆 before `at` is a number in Simplified text: money or things follow, or a lesser magnitude.

        2 兆 1617 億元 stays 2.1617e12 when the script is changed; a prefix (兆瓦) has no number behind it.
        """
        return self.text[at : at + 1] in _COUNTED or _LESSER.match(self.text, at) is not None

    def _open(self, at: int, character: str) -> Token | None:
        """Read 几 and 数, which leave a digit open, and 多 and 余, which leave open what comes after."""
        if character == "点" and self.last in (Kind.SMALL, Kind.BIG) and (decimals := _decimals(self.text, at)):
            return token_of(Kind.CHINESE, Decimal(f"0.{decimals}"), at + 1 + len(decimals))  # 一百二十点五, 四百亿点五
        follows = self.text[at + 1 : at + 2]
        if (
            character in ("几", "数")
            and not self.last & _NUMBERS
            and (follows in SMALL or follows in BIG or (character == "几" and self.found))
        ):
            return Token(Kind.VAGUE, Decimal(0 if self.found else 2), Decimal(9), at + 1)
        if (
            character == "+"
            and self.last in (Kind.ARABIC, Kind.BIG)
            and follows not in ARABIC_DIGITS
            and follows != "+"
        ):
            return token_of(Kind.MORE, 0, at + 1)
        if character in ("多", "余", "来") and self.found and self.last != Kind.MORE and self._round():
            if character == "来" and (self.last not in (Kind.SMALL, Kind.BIG) or follows in _COMING):
                return None
            return token_of(Kind.MORE, 0, at + 1)
        return None

    def _round(self) -> bool:
        """Tell whether 多 can follow: after a multiplier, or an Arabic number that ends in zero."""
        last = self.found[-1]
        return last.kind in (Kind.SMALL, Kind.BIG) or (
            last.kind is Kind.ARABIC and last.low >= TEN and last.low % 10 == 0
        )


def _adjacent(digits: list[int]) -> tuple[int, int] | None:
    """Return the bounds of 三四, 七八 or 三五 said of one amount."""
    if len(digits) != 2 or digits[0] == 0:  # noqa: PLR2004
        return None
    low, high = digits
    return (low, high) if high - low == 1 or (low, high) == (3, 5) else None


def _decimals(text: str, at: int) -> str:
    """Return the digits after 点, which is a decimal mark only before digits that no multiplier follows."""
    written = _DECIMALS.match(text, at)
    if written is None or written.end() - at > LONGEST:
        return ""
    return "".join(str(TENTHS[c]) for c in written[1])
