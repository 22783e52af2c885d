"""Amounts: a number with its unit, as one stretch of text.

An amount is one term (``20 億美元``) or a range of terms (``8-9 億美元``, ``兩千到三千甚至五千次``), read left to
right. A range shares magnitude and unit with its right end. What the words around it say is not looked at here.
"""

from __future__ import annotations

from decimal import Decimal

from service.extraction.figures.lesser import with_lesser
from service.extraction.figures.magnitudes import ENGLISH_MAGNITUDES, LETTER_MAGNITUDES, word_at
from service.extraction.figures.numerals import of_token
from service.extraction.figures.prose import Prose
from service.extraction.figures.ranges import joins, separator_behind, worth
from service.extraction.figures.ratios import as_ratio
from service.extraction.figures.terms import HALF, Amount, Term, shared
from service.extraction.figures.tokens import Kind
from service.extraction.figures.units import LETTERS, Match, match_before, match_classifier, match_unit, table

_TERMS = 4  # of one range
_NEVER_HALVED = frozenset(("天", "倍", "%", "‰"))  # 半天 is a while
_DIVIDED = ("clock", "calendar", "physical")
_RATE_KINDS = (*_DIVIDED, "count")


class AmountReader(Prose):
    """Reads the amounts of one text."""

    __slots__ = ()

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
        numeral = self.numeral(start)
        if numeral is None:
            return self._half_unit(start)
        term = Term(start, numeral.end, numeral, numeral.low, numeral.high)
        if (found := match_before(self.text, self.folded, start)) is not None and found[0].kind == "money":
            term = term._replace(start=found[1], before=found[0])
        at = self.past_space(term.end)
        if self._is_latin(at):
            term = self._magnified(term, at)
            at = self.past_space(term.end)
        if self.folded[term.end : term.end + 1] == "/" or self.folded[at : at + 1] == "分":
            term = as_ratio(self, term)
        return self._with_unit(term)

    def _is_latin(self, at: int) -> bool:
        return at < len(self.folded) and self.folded[at] in LETTERS

    def _magnified(self, term: Term, at: int) -> Term:
        """Apply the English magnitude at `at`: 20 billion, 110k."""
        word = word_at(self.folded, at)
        factor = ENGLISH_MAGNITUDES.get(word)
        if factor is None and at == term.end and not term.numeral.chinese and self._letter_is_safe(term, word):
            factor = LETTER_MAGNITUDES[word]
        if factor is None:
            return term
        return term._replace(end=at + len(word), low=term.low * factor, high=term.high * factor, tens=True)

    def _letter_is_safe(self, term: Term, word: str) -> bool:
        """Tell whether k, M, B is a magnitude here: after a currency, or before something counted."""
        if word not in LETTER_MAGNITUDES or (word == "m" and self.text[term.end] == "m"):
            return False
        if term.before is not None:
            return True
        at = self.past_space(term.end + len(word))
        money = match_unit(self.text, self.folded, at)
        return match_classifier(self.folded, at) is not None or (money is not None and money.unit.kind == "money")

    def _half_unit(self, start: int) -> Term | None:
        """Read 半 before a unit that is divided: 半年, 半公升, 半个小时."""
        found = self.unit(start + 1) if self.folded[start : start + 1] == "半" else None
        if found is None or found.unit.kind in ("count", "money") or found.unit.name in _NEVER_HALVED:
            return None
        numeral = of_token(start, start + 1, HALF, Kind.CHINESE)
        return Term(start, found.end, numeral, HALF, HALF, found.unit, half=True)

    # ── units ──

    def _with_unit(self, term: Term) -> Term:
        if term.unit is not None and term.unit.code == "%":
            return term
        at = self.past_space(term.end)
        if (halved := self._and_a_half(term, at)) is not None:
            return halved
        found = self.unit(at) or self.measure(at)
        if found is None or (term.unit is not None and found.unit.kind not in ("physical", "clock")):
            return term
        return self._in_currency(with_lesser(self, self._named_apart(term._replace(end=found.end, unit=found.unit))))

    def _in_currency(self, term: Term) -> Term:
        """Take the currency that is named behind 元, 塊 or 毛 for its own: 三塊五港幣, 六毛二美金."""
        unit = term.unit
        found = match_unit(self.text, self.folded, term.end) if unit is not None and unit.code == "local" else None
        if unit is None or found is None or found.unit.kind != "money" or found.unit.factor != 1:
            return term
        if found.end > self.limit or found.unit.code in (unit.code, unit.told(self.region)):
            return term
        low, high = term.low * unit.factor, term.high * unit.factor
        return term._replace(end=found.end, unit=found.unit, low=low, high=high)

    def _and_a_half(self, term: Term, at: int) -> Term | None:
        """Read 半 between measure word and noun: 兩個半月, 一个半小时."""
        if not self.folded.startswith("个半", at):
            return None
        found = match_unit(self.text, self.folded, at + 2) or self.month("个", at + 1)
        if found is None or found.end > self.limit or found.unit.kind not in _DIVIDED:
            return None
        return term._replace(end=found.end, low=term.low + HALF, high=term.high + HALF, unit=found.unit, half=True)

    def _named_apart(self, term: Term) -> Term:
        """Leave a currency before the number alone where that ends in 元 and 元 follows: 台币兑美元 30 元."""
        if term.before is None or term.unit is None or term.unit.code != "local":
            return term
        named = self.folded[term.start : term.numeral.start].rstrip(" ").endswith("元")
        return term._replace(start=term.numeral.start, before=None) if named else term

    # ── ranges ──

    def _right(self, terms: list[Term]) -> Term | None:
        """Return the term that a range goes on with, or None."""
        left = terms[-1]
        if (found := separator_behind(self, left)) is None:
            return None
        separator, start = found
        right = self._term(start)
        return right if right is not None and joins(self, terms[0], left, right, separator) else None

    def _whole(self, terms: list[Term]) -> Amount:
        last, before = terms[-1], terms[0].before
        first = shared(terms[0], last) if len(terms) > 1 else terms[0]
        named = last.unit is not None and last.unit.kind == "money" and last.unit.code != "local"
        unit = last.unit if named else before or last.unit
        each = worth(last.unit, self.region)
        high = last.high * each
        if first.low is last.high and first.unit is last.unit:
            low = high
        else:
            low = first.low * (each if before and last.unit else worth(first.unit or last.unit, self.region))
        amount = Amount(terms[0].start, last.end, low, high, (first, *terms[1:]), unit)
        return self._rate(amount) if unit is not None else amount

    def _rate(self, amount: Amount) -> Amount:
        """Read what the amount is divided by, right behind it: 100GW/年, 0.3 美元/瓦."""
        at = self.past_space(amount.end)
        if self.folded[at : at + 1] != "/":
            return amount
        at = self.past_space(at + 1)
        found = match_unit(self.text, self.folded, at) or self._calendar(at) or match_classifier(self.folded, at)
        if found is None or found.end > self.limit or found.unit.kind not in _RATE_KINDS:
            return amount
        each: Decimal = found.unit.worth(self.region)
        return amount._replace(end=found.end, low=amount.low / each, high=amount.high / each, over=found.unit)

    def _calendar(self, at: int) -> Match | None:
        return Match(table().names["个月"], at + 1) if self.folded[at : at + 1] == "月" else None
