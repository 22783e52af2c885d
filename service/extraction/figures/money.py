"""Money: in which currency an amount is whose unit is left out, and whether 块 is money or a piece."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache

from service.extraction.figures import qualifiers, topics
from service.extraction.figures.terms import Amount
from service.extraction.figures.units import LOCAL, Unit, match_unit

_AHEAD = 40  # characters in which a range may name its currency: 由 620 億加到 900 億港元
_NEAR = 30  # characters before 块 that may tell what comes in pieces
_FAR = 1000  # characters for which a currency, once named, holds in sentences about money
_REFERS = re.compile(" ?[这那的]个?(?:具体|巨大)?的?(?:数字|数额|金额)")  # an amount spoken of before
_STOP = re.compile(r"[。！？!?\n]")
_ANSWERS = re.compile(
    r"[吗嘛呢吧]?[？?]\n*[^。！？?；;\n]{0,30}$"
)  # what stands between a question about money and its answer
_TRADES = re.compile(" ?(?:的?(?:价格|高价|低价)|买|卖|售出|成交|购入|沽出|入手|标下|标得|拍出|得标|脱手|转手)")
_RISES = re.compile(
    r"[^。！？；;\n，,]{0,8}?[到至为成] ?[约近逾超]? ?[0-9.,零一二两三四五六七八九十百千]{1,12} ?[万亿兆]{1,2} ?"
)


class Wallet:
    """The currencies named so far in a text, and where the last of them was."""

    def __init__(self) -> None:
        self.code: str | None = None
        self.sentence = self.end = 0
        self.counted = -1  # the sentence in which a bare magnitude last counted things
        self._named: Counter[str] = Counter()

    def pay(self, code: str, sentence: int, end: int) -> None:
        """Note an amount of money that names its currency or inherits it."""
        self.code, self.sentence, self.end = code, sentence, end
        self._named[code] += 1

    def told(self, code: str, sign: str) -> str:
        """Return the currency of a sign that two countries share: ¥ is the yen where only yen have been named."""
        return "JPY" if sign in "¥￥" and self._named["JPY"] and not self._named["CNY"] else code

    def usual(self) -> str | None:
        """Return the currency named most often, of equals the one named last."""
        most = max(self._named.values(), default=0)
        if self.code is None or self._named[self.code] == most:
            return self.code
        return max(self._named, key=self._named.__getitem__)


@cache
def _currency(code: str) -> Unit:
    return Unit(code, "money", Decimal(1), code)


def understood(text: str, folded: str, amount: Amount, sentence: int, wallet: Wallet, around: str) -> Unit | None:
    """Return the currency that a bare magnitude is in, or None where it need not be money.

    `around` is the sentence it stands in. The currency has just been named (那其他 4900 亿), is named at the other end
    of a change (由 620 億加到 900 億港元), or is that of the region where the words before it can only mean money
    (年薪 30 万).
    """
    numeral = amount.first.numeral
    if not numeral.large:
        paid = numeral.rounded and topics.is_payment(qualifiers.clause_before(folded, amount.start, 0))
        return _currency(LOCAL) if paid and topics.may_follow_money(folded, amount.end) else None
    code = _named_ahead(text, folded, amount.end)
    if code is None and _REFERS.match(folded, amount.end) and amount.start - wallet.end < _FAR:
        code = wallet.code
    if code is None and topics.is_money_noun(folded, amount.end):
        code = wallet.usual() or LOCAL
    if code is None and _ANSWERS.match(folded, wallet.end, amount.start) and wallet.code is not None:
        code = wallet.code if topics.may_follow_money(folded, amount.end) else None
    if code is None and (topics.may_follow_money(folded, amount.end) or _is_traded(folded, amount)):
        code = _named_before(folded, amount, sentence, wallet, around)
    return _currency(code) if code else None


def _named_ahead(text: str, folded: str, end: int) -> str | None:
    """Return the currency that the other end of a change names."""
    ahead = _RISES.match(folded, end, end + _AHEAD)
    found = match_unit(text, folded, ahead.end()) if ahead else None
    return found.unit.code if found is not None and found.unit.kind == "money" else None


def _is_traded(folded: str, amount: Amount) -> bool:
    """Tell whether it is what something changes hands for: 以 455 万买入."""
    before = folded[max(amount.start - 2, 0) : amount.start].rstrip(" ")
    return before.endswith("以") and _TRADES.match(folded, amount.end) is not None


def _named_before(folded: str, amount: Amount, sentence: int, wallet: Wallet, around: str) -> str | None:
    """Return the currency named before, where this amount can be taken for one in it."""
    clause = qualifiers.clause_before(folded, amount.start, 0)
    if topics.counts_something(clause):
        return None
    pays = topics.is_payment(clause) or _is_traded(folded, amount)
    if wallet.code is None or (wallet.counted == sentence and not pays):
        return LOCAL if pays else None
    gap = sentence - wallet.sentence if _STOP.search(folded, wallet.end, amount.start) else 0
    speaks = pays or topics.is_about_money(around)
    if gap == 0 or (gap == 1 and (speaks or topics.goes_on(clause))):
        return wallet.code
    return wallet.usual() if speaks and amount.start - wallet.end < _FAR else None


def is_money(folded: str, amount: Amount) -> bool:
    """Tell whether 块 is money here: it is spent, or nothing that comes in pieces follows."""
    clause = qualifiers.clause_before(folded, amount.start, 0)
    if any(term.half for term in amount.terms) or topics.is_spending(clause):
        return True
    if topics.is_of_pieces(folded[max(amount.start - _NEAR, 0) : amount.start]):
        return False
    after = amount.end + (folded[amount.end : amount.end + 1] == " ")
    return topics.may_follow_money(folded, after) or topics.is_dealt(folded, after)
