"""Amounts: a number with its unit, as one stretch of text.

An amount is one term (``20 億美元``) or a range of terms (``8-9 億美元``, ``兩千到三千甚至五千次``), read left to
right. A range shares magnitude and unit with its right end. What the words around it say is not looked at here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from service.extraction.figures import numerals
from service.extraction.figures.digits import NUMERAL_CHARACTERS, TEN, TENTHS, Kind, Token
from service.extraction.figures.numerals import Numeral
from service.extraction.figures.regions import Region
from service.extraction.figures.terms import Amount, Term, in_base, shared
from service.extraction.figures.units import Match, Unit, match_before, match_classifier, match_unit, table
from service.model import Script

_SEPARATORS = ("甚至到", "甚至", "--", "到", "至", "-", "–", "—", "~", "−")
_PAIRS = ("与", "和", "跟", "及")  # make a range where 之间 follows
_JOINS = frozenset(word[0] for word in (*_SEPARATORS, *_PAIRS, "、"))  # what most often does not stand there
_BETWEEN = re.compile(" ?之间| ?间(?![接谍隔歇])")
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12}
_MAGNITUDES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_HALF_WORDS = "导数夜路场径山岛空边球决成"  # 半导体, 半数: 半 belongs to what follows
_GOES_ON = frozenset("%.:/-月日号点手楼花线级次")  # digits before these are no tenths
_TERMS = 4  # of one range
_HALF = Decimal("0.5")
_NEVER_HALVED = frozenset(("天", "倍", "%", "‰"))  # 半天 is a while
_PERCENT_BASES = (100, 1000, 10000)  # of greater ones, and of 三分之 and 十分之, a part is a fraction
_RATE_KINDS = ("clock", "calendar", "physical", "count")


class AmountReader:
    """Reads the amounts of one text. `limit` is where the block at hand ends: no amount crosses it.

    `region` is where the text is from: it tells what a 斤 is.
    """

    def __init__(self, text: str, folded: str, script: Script, region: Region, limit: int | None = None) -> None:
        self.text, self.folded, self.script, self.region = text, folded, script, region
        self.limit = len(folded) if limit is None else limit

    def read(self, start: int) -> Amount | None:
        """Return the amount whose number begins at `start`, or None."""
        first = self._term(start)
        if first is None:
            return None
        terms = [first]
        while len(terms) < _TERMS and (right := self._right(terms)) is not None:
            terms.append(right)
        return self._whole(terms)

    # ── terms ──

    def _term(self, start: int) -> Term | None:
        numeral = self._numeral(start)
        if numeral is None:
            return self._half_unit(start)
        term = Term(start, numeral.end, numeral, numeral.low, numeral.high)
        if (found := match_before(self.text, self.folded, start)) is not None and found[0].kind == "money":
            term = replace(term, start=found[1], before=found[0])
        return self._with_unit(self._fraction(self._magnified(term)))

    def _numeral(self, start: int) -> Numeral | None:
        numeral = numerals.scan(self.folded, start, self.script) or self._english(start)
        return numeral if numeral is not None and numeral.end <= self.limit else None

    def _english(self, start: int) -> Numeral | None:
        """Read an English number word, which counts only before a magnitude or a unit: one million, three years."""
        word = _word(self.folded, start)
        if word not in _ENGLISH or not self._english_goes_on(start + len(word) + 1):
            return None
        value = Decimal(_ENGLISH.index(word))
        end = start + len(word)
        return Numeral(start, end, value, value, (Token(Kind.ARABIC, value, value, end),))

    def _english_goes_on(self, at: int) -> bool:
        """Tell whether a magnitude or unit stands at `at`, in small letters: Three Mile Island is a place."""
        if _word(self.folded, at) in _MAGNITUDES:
            return True
        found = match_unit(self.text, self.folded, at) or match_classifier(self.folded, at)
        return found is not None and self.text[at : found.end].islower()

    def _magnified(self, term: Term) -> Term:
        """Apply an English magnitude: 20 billion, 110k."""
        at = self._past_space(term.end)
        word = _word(self.folded, at)
        factor = _MAGNITUDES.get(word)
        if factor is None and at == term.end and not term.numeral.chinese and self._letter_is_safe(term, word):
            factor = _LETTERS[word]
        if factor is None:
            return term
        return replace(term, end=at + len(word), low=term.low * factor, high=term.high * factor, tens=True)

    def _letter_is_safe(self, term: Term, word: str) -> bool:
        """Tell whether k, M, B is a magnitude here: after a currency, or before something counted."""
        if word not in _LETTERS or (word == "m" and self.text[term.end] == "m"):
            return False
        if term.before is not None:
            return True
        at = self._past_space(term.end + len(word))
        counted = match_classifier(self.folded, at)
        money = match_unit(self.text, self.folded, at)
        return counted is not None or (money is not None and money.unit.kind == "money")

    def _fraction(self, term: Term) -> Term:
        """Read X 分之 Y, whose base is said first, and 1/10."""
        at = self._past_space(term.end)
        if self.folded.startswith("分之", at):
            part = self._numeral(self._past_space(at + 2))
            if part is not None and not part.vague and term.low == term.high > 0:
                return self._part(term, part)
        if self.folded[term.end : term.end + 1] == "/" and term.numeral.plain and not term.numeral.chinese:
            return self._slashed(term)
        return term

    def _part(self, term: Term, part: Numeral) -> Term:
        ratio = replace(term, end=part.end, low=part.low / term.low, high=part.high / term.low, tens=True)
        if term.low in _PERCENT_BASES:
            return replace(ratio, low=ratio.low * 100, high=ratio.high * 100, unit=table().names["%"])
        return replace(ratio, unit=table().names["倍"])

    def _slashed(self, term: Term) -> Term:
        """Read 1/10 where it can't be a date: the divisor is small or round."""
        base = numerals.scan(self.folded, term.end + 1, self.script)
        if (
            base is None
            or not base.plain
            or base.chinese
            or not 0 < term.low < base.low
            or term.low % 1
            or base.low % 1
        ):
            return term
        after = self.folded[base.end : base.end + 1]
        if after in ("/", "-", "日", "号", ":") or not (base.low <= 10 or (term.low == 1 and base.low % 10 == 0)):  # noqa: PLR2004
            return term
        ratio = term.low / base.low
        return replace(term, end=base.end, low=ratio, high=ratio, unit=table().names["倍"], tens=True)

    def _half_unit(self, start: int) -> Term | None:
        """Read 半 before a unit that is divided: 半年, 半公升, 半个小时."""
        if self.folded[start : start + 1] != "半":
            return None
        found = self._unit_at(start + 1)
        if found is None or found.unit.kind in ("count", "money") or found.unit.name in _NEVER_HALVED:
            return None
        numeral = Numeral(start, start + 1, _HALF, _HALF, (Token(Kind.CHINESE, _HALF, _HALF, start + 1),))
        return Term(start, found.end, numeral, _HALF, _HALF, found.unit, half=True)

    # ── units ──

    def _with_unit(self, term: Term) -> Term:
        if term.unit is not None and term.unit.code == "%":
            return term
        if (halved := self._and_a_half(term)) is not None:
            return halved
        found = self._unit_at(self._past_space(term.end)) or self._measure_at(self._past_space(term.end))
        if found is None or (term.unit is not None and found.unit.kind not in ("physical", "clock")):
            return term
        return self._lesser(self._named_apart(replace(term, end=found.end, unit=found.unit)))

    def _unit_at(self, at: int) -> Match | None:
        """Return the unit at `at`; 个 and 多 may stand before it: 三個多小時, 一個太瓦."""
        found = match_unit(self.text, self.folded, at)
        for filler in ("多个", "个多", "个", "多"):
            if found is None and self.folded.startswith(filler, at):
                found = match_unit(self.text, self.folded, at + len(filler)) or self._month(filler, at)
                found = None if found is not None and found.unit.asks else found
        return found if found is not None and found.end <= self.limit else None

    def _month(self, filler: str, at: int) -> Match | None:
        after = at + len(filler)
        if "个" in filler and self.folded[after : after + 1] == "月":
            return Match(table().names["个月"], after + 1)
        return None

    def _measure_at(self, at: int) -> Match | None:
        found = match_classifier(self.folded, at)
        if found is None and self.folded[at : at + 1] in ("多", "余"):
            found = match_classifier(self.folded, at + 1)
        return found if found is not None and found.end <= self.limit else None

    def _and_a_half(self, term: Term) -> Term | None:
        """Read 半 between measure word and noun: 兩個半月, 一个半小时."""
        at = self._past_space(term.end)
        if not self.folded.startswith("个半", at):
            return None
        found = match_unit(self.text, self.folded, at + 2) or self._month("个", at + 1)
        if found is None or found.end > self.limit or found.unit.kind not in ("clock", "calendar", "physical"):
            return None
        return replace(term, end=found.end, low=term.low + _HALF, high=term.high + _HALF, unit=found.unit, half=True)

    def _named_apart(self, term: Term) -> Term:
        """Leave a currency before the number alone where that ends in 元 and 元 follows: 台币兑美元 30 元."""
        before = term.before is not None and self.folded[term.start : term.numeral.start].rstrip(" ").endswith("元")
        local = term.unit is not None and term.unit.code == "local"
        return replace(term, start=term.numeral.start, before=None) if before and local else term

    def _lesser(self, term: Term) -> Term:
        """Add what the unit is followed by: 兩公里半, 三块五, 十块三毛, 1 小时 30 分."""
        unit = term.unit
        if unit is None or unit.kind == "count":
            return term
        follows = self.folded[term.end : term.end + 1]
        if follows == "半" and self.folded[term.end + 1 : term.end + 2] not in tuple(_HALF_WORDS):
            return replace(term, end=term.end + 1, low=term.low + _HALF, high=term.high + _HALF, half=True)
        return self._minor(term, unit) if unit.minor or unit.tenths else term

    def _minor(self, term: Term, unit: Unit) -> Term:
        part = self._numeral(self._past_space(term.end))
        if part is not None and "两" in unit.minor and self.folded[part.start + 1 : part.end] == "两":
            digit = Decimal(TENTHS.get(self.folded[part.start], 0))  # 三斤八两: no 82
            part = replace(part, end=part.end - 1, low=digit, high=digit)
        if part is None or part.vague or part.low != part.high or part.low < 0:
            return term
        at = self._past_space(part.end)
        for name in sorted(unit.minor, key=len, reverse=True):
            if self.folded.startswith(name, at) and at + len(name) <= self.limit:
                worth = part.low * in_base(name, unit, self.region) / unit.factor
                added = replace(term, end=at + len(name), low=term.low + worth, high=term.high + worth, half=True)
                return self._minor(added, unit)
        return self._tenths(term, unit, part)

    def _tenths(self, term: Term, unit: Unit, part: Numeral) -> Term:
        """Add the digits that stand for the next lesser unit, left unsaid: 一米八, 三块五, 两成三."""
        end = part.end
        if self.folded[part.start : end] == "一" and self.folded[end : end + 1].isalpha():
            return term  # 30 块一壶: 一 begins what it is the price of
        if end - part.start > unit.tenths and self.folded[end - 1] == "一":
            end -= 1  # 三块五一张: 一 begins what it is the price of
        written, digits = self.folded[part.start : end], end - part.start
        if not self._touches(term, unit, part) or not (part.plain and term.numeral.plain and 0 < digits <= unit.tenths):
            return term
        if not all(character in TENTHS for character in written) or not self._stops(end):
            return term
        hundredths = term.half and unit.kind == "money"  # 一块一毛二
        worth = Decimal("".join(str(TENTHS[character]) for character in written)) / 10 ** (digits + hundredths)
        return replace(term, end=end, low=term.low + worth, high=term.high + worth, half=True)

    def _touches(self, term: Term, unit: Unit, part: Numeral) -> bool:
        """Tell whether digits stand right behind the unit, or spaced as it is itself: 1 米 76."""
        short = term.low < (60 if unit.kind == "clock" else TEN)
        spaced = unit.tenths > 1 and self.folded[term.numeral.end] == " " and not part.chinese and short
        return part.start == term.end or spaced

    def _stops(self, at: int) -> bool:
        """Tell whether the amount can end at `at`: the digits before count and measure nothing themselves."""
        follows = self.folded[at : at + 1]
        if follows in _GOES_ON or follows in NUMERAL_CHARACTERS:
            return not follows or follows == "一"  # 三块五一斤
        if follows.isascii() and follows.isalnum():
            return False
        past = self._past_space(at)
        return match_unit(self.text, self.folded, past) is None and match_classifier(self.folded, past) is None

    # ── ranges ──

    def _right(self, terms: list[Term]) -> Term | None:
        """Return the term that a range goes on with, or None."""
        left = terms[-1]
        at = self._past_space(left.end)
        if self.folded[at : at + 1] not in _JOINS:
            return None
        separator = next((word for word in _SEPARATORS if self.folded.startswith(word, at)), None)
        if separator is None and self.folded[at : at + 1] == "、" and left.numeral.single:
            separator = "、"
        if separator is None:
            separator = next((word for word in _PAIRS if self.folded.startswith(word, at)), None)
        if separator is None or left.numeral.vague:
            return None
        right = self._term(self._past_space(at + len(separator)))
        if right is None or right.numeral.vague or right.low < 0:
            return None
        return right if self._joins(terms[0], left, right, separator) else None

    def _joins(self, first: Term, left: Term, right: Term, separator: str) -> bool:
        if separator in _PAIRS and _BETWEEN.match(self.folded, right.end) is None:
            return False
        if separator == "、":  # 七、八人: neighbours alone are a range, others a list
            return left.unit is None and right.numeral.lead == left.low + 1 and right.numeral.chinese
        if left.unit is not None and (
            separator.startswith("甚至") or right.unit is None or not _comparable(left.unit, right.unit)
        ):
            return False
        if right.before is not None and right.before is not (left.before or first.before):
            return False
        low = shared(left, right).low * self._worth(left.unit or right.unit)
        return low < right.high * self._worth(right.unit)

    def _worth(self, unit: Unit | None) -> Decimal:
        return unit.worth(self.region) if unit is not None else Decimal(1)

    def _whole(self, terms: list[Term]) -> Amount:
        last = terms[-1]
        first = shared(terms[0], last) if len(terms) > 1 else terms[0]
        before = terms[0].before
        unit = (
            last.unit
            if last.unit is not None and last.unit.kind == "money" and last.unit.code != "local"
            else before or last.unit
        )
        low = first.low * self._worth((first.unit or last.unit) if before is None or last.unit is None else last.unit)
        high = last.high * self._worth(last.unit)
        amount = Amount(terms[0].start, last.end, low, high, (first, *terms[1:]), unit)
        return self._rate(amount) if amount.unit is not None else amount

    def _rate(self, amount: Amount) -> Amount:
        """Read what the amount is divided by, right behind it: 100GW/年, 0.3 美元/瓦."""
        at = self._past_space(amount.end)
        if self.folded[at : at + 1] != "/":
            return amount
        at = self._past_space(at + 1)
        found = match_unit(self.text, self.folded, at) or self._calendar(at)
        if found is None or found.end > self.limit or found.unit.kind not in _RATE_KINDS:
            return amount
        worth = found.unit.worth(self.region)
        return replace(amount, end=found.end, low=amount.low / worth, high=amount.high / worth, over=found.unit)

    def _calendar(self, at: int) -> Match | None:
        return Match(table().names["个月"], at + 1) if self.folded[at : at + 1] == "月" else None

    def _past_space(self, at: int) -> int:
        return at + 1 if self.folded[at : at + 1] == " " else at


def _comparable(left: Unit, right: Unit) -> bool:
    """Tell whether two units can be the ends of one range: 500 米 and 3 公里 can, 20 个基点 and 3% are two figures."""
    return left.code == right.code and (left.kind != "ratio" or left.factor == right.factor)


def _word(folded: str, at: int) -> str:
    """Return the Latin word that begins at `at`, at most as long as a magnitude is."""
    end = at
    while end - at < 9 and "a" <= folded[end : end + 1] <= "z":  # noqa: PLR2004
        end += 1
    return folded[at:end] if not "a" <= folded[end : end + 1] <= "z" and not folded[end : end + 1].isdigit() else ""
