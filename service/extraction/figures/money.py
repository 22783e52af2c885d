"""Money: in which currency an amount is whose unit is left out, and whether 块 is money or a piece."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set
from decimal import Decimal
from functools import cache

from service.extraction.figures import qualifiers, topics
from service.extraction.figures.terms import Amount
from service.extraction.figures.units import LOCAL, Unit, match_unit

_AHEAD = 40  # characters in which a range may name its currency: 由 620 億加到 900 億港元
_NEAR = 30  # characters before 块 that may tell what comes in pieces
_FAR = 1000  # characters for which a currency, once named, holds in sentences about money
_CLOSE = 200  # characters for which the currency named last is likelier than the text's usual one
_OFTEN = 3  # times as many magnitudes of money as of things make all others money
_REFERS = re.compile(" ?[这那的]个?(?:具体|巨大)?的?(?:数字|数额|金额)")  # an amount spoken of before
_PIECES = re.compile("个多?亿")  # 三个亿: a way to speak of money
_CLAUSE_END = re.compile(r"[，,。！？!?；;\n]")
_BEHIND = 12
_ENDS = re.compile(r" ?(?:[，,。！？!?；;、）)\n]|$)")
_COMMA = re.compile("[，,] ?")
_STOP = re.compile(r"[。！？!?\n]")
_ANSWERS = re.compile(r"[吗嘛呢吧]?[？?]\n*[^。！？?；;\n]{0,30}$")  # between a question about money and its answer
_TRADES = re.compile(" ?(?:的?(?:价格|高价|低价)|买|卖|售出|成交|购入|沽出|入手|标下|标得|拍出|得标|脱手|转手)")
_RISES = re.compile(
    r"[^。！？；;\n，,]{0,8}?[到至为成] ?[约近逾超]? ?[0-9.,零一二两三四五六七八九十百千]{1,12} ?[万亿兆]{1,2} ?"
)


class Wallet:
    """The currencies named so far in a text, where the last of them was, and what was paid in which."""

    def __init__(self) -> None:
        self.code: str | None = None
        self.sentence = self.end = 0
        self.counted = -1  # the sentence in which a bare magnitude last counted things
        self._named: Counter[str] = Counter()
        self._amounts: dict[tuple[Decimal, Decimal], tuple[str, int]] = {}
        self._large = self._counts = 0

    def pay(self, code: str, sentence: int, amount: Amount) -> None:
        """Note an amount of money that names its currency or inherits it."""
        self.code, self.sentence, self.end = code, sentence, amount.end
        self._named[code] += 1
        self._amounts[amount.low, amount.high] = code, amount.end
        self._large += amount.first.numeral.large

    def count(self, sentence: int) -> None:
        """Note a bare magnitude that counts things."""
        self.counted = sentence
        self._counts += 1

    def local(self, clause: str) -> str | None:
        """Return the currency of the one place that a clause names, if it has been named here: 內地能到兩個億."""
        codes = topics.currencies_of_places(clause)
        return next(iter(codes)) if len(codes) == 1 and codes <= self.codes else None

    @property
    def codes(self) -> Set[str]:
        """The currencies named so far."""
        return self._named.keys()

    def paid(self, amount: Amount) -> str | None:
        """Return the currency in which just so much was told not long before: 45 萬美元 … 四十五萬."""
        code, end = self._amounts.get((amount.low, amount.high), (None, -_FAR))
        return code if amount.start - end < _FAR else None

    def is_full(self, at: int) -> bool:
        """Tell whether the magnitudes of the text up to `at` are money: several of them, with few counts among them."""
        return self._large > max(1, _OFTEN * self._counts) and at - self.end < _FAR

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

    `around` is the sentence it stands in. The currency has just been named (那其他 4900 亿), as much was told in it
    (45 萬美元 … 四十五萬), it is named at the other end of a change (由 620 億加到 900 億港元), it is the one the text
    counts in where the words around are of money (本輪募資 3 億), or that of the region where it names none.
    """
    if not amount.first.numeral.large:
        code = _priced(folded, amount, sentence, wallet) or _rounded(folded, amount, wallet)
    else:
        code = _named_ahead(text, folded, amount.end) or _referred(folded, amount, wallet)
        if code is None and (topics.may_follow_money(folded, amount.end) or _is_traded(folded, amount)):
            code = _inherited(folded, amount, sentence, wallet, around)
            if code is not None and len(wallet.codes) > 1:
                code = wallet.local(qualifiers.clause_before(folded, amount.start, 0)) or code
    return _currency(code) if code else None


def _priced(folded: str, amount: Amount, sentence: int, wallet: Wallet) -> str | None:
    """Return the currency of a price that names none, just behind one that does: 成本 14.3 元，现价 11.9."""
    if wallet.code is None or sentence - wallet.sentence > 1 or not _ENDS.match(folded, amount.end):
        return None
    return wallet.code if topics.is_price(qualifiers.clause_before(folded, amount.start, 0)) else None


def _rounded(folded: str, amount: Amount, wallet: Wallet) -> str | None:
    """Return the currency of hundreds or thousands: the region's behind a word of payment (房租八千), or as told."""
    if not amount.first.numeral.rounded or not topics.may_follow_money(folded, amount.end):
        return None
    clause = qualifiers.clause_before(folded, amount.start, 0)
    if topics.is_payment(clause):
        return LOCAL
    return None if topics.counts_something(clause) else wallet.paid(amount)


def _referred(folded: str, amount: Amount, wallet: Wallet) -> str | None:
    """Return the currency of what the words behind make money: 一千万现金, 三亿这个数字, 五百万买下."""
    if _REFERS.match(folded, amount.end) and amount.start - wallet.end < _FAR:
        return wallet.code
    if topics.is_money_noun(folded, amount.end) or topics.is_bought(folded, amount.end):
        return _usual(amount, wallet)
    return None


def _usual(amount: Amount, wallet: Wallet) -> str:
    """Return the currency for what can only be money: the one named last if that is near, else the text's, else 元."""
    near = wallet.code is not None and amount.start - wallet.end < _CLOSE
    return (wallet.code if near else wallet.usual()) or LOCAL


def _named_ahead(text: str, folded: str, end: int) -> str | None:
    """Return the currency that the other end of a change names, or a clause of its own right behind: 两亿，新台币."""
    said = _COMMA.match(folded, end)
    if said and (alone := match_unit(text, folded, said.end())) and _ENDS.match(folded, alone.end):
        return alone.unit.code if alone.unit.kind == "money" else None
    ahead = _RISES.match(folded, end, end + _AHEAD)
    found = match_unit(text, folded, ahead.end()) if ahead else None
    return found.unit.code if found is not None and found.unit.kind == "money" else None


def _is_traded(folded: str, amount: Amount) -> bool:
    """Tell whether it is what something changes hands for: 以 455 万买入."""
    before = folded[max(amount.start - 2, 0) : amount.start].rstrip(" ")
    return before.endswith("以") and _TRADES.match(folded, amount.end) is not None


def _inherited(folded: str, amount: Amount, sentence: int, wallet: Wallet, around: str) -> str | None:
    """Return the currency named before, where this amount can be taken for one in it."""
    clause = qualifiers.clause_before(folded, amount.start, 0)
    pays = topics.is_paid(clause) or _is_traded(folded, amount)
    if not pays and topics.counts_something(clause):
        return None
    if pays or _PIECES.search(folded, amount.start, amount.end):
        return _usual(amount, wallet)
    if (told := wallet.paid(amount)) is not None or wallet.code is None:
        return told
    counts = wallet.counted == sentence or topics.is_each(clause, _behind(folded, amount.end))
    return None if counts else _carried(folded, amount, sentence, wallet, around)


def _carried(folded: str, amount: Amount, sentence: int, wallet: Wallet, around: str) -> str | None:
    """Return the currency that what was said before carries over to an amount with no word of money right before it."""
    gap = sentence - wallet.sentence if _STOP.search(folded, wallet.end, amount.start) else 0
    speaks = topics.is_about_money(around)
    goes_on = gap == 1 and (speaks or topics.goes_on(qualifiers.clause_before(folded, amount.start, 0)))
    if gap == 0 or goes_on or _ANSWERS.match(folded, wallet.end, amount.start):
        return wallet.code
    full = wallet.is_full(amount.start) and not topics.counts_something(around)
    if full and gap == 1:
        return wallet.code
    return wallet.usual() if full or (speaks and amount.start - wallet.end < _FAR) else None


def _behind(folded: str, end: int) -> str:
    """Return the rest of the clause behind an amount, or what of it is near."""
    return _CLAUSE_END.split(folded[end : end + _BEHIND], maxsplit=1)[0]


def is_money(folded: str, amount: Amount) -> bool:
    """Tell whether 块 is money here: it is spent, or nothing that comes in pieces follows."""
    clause = qualifiers.clause_before(folded, amount.start, 0)
    if any(term.half for term in amount.terms) or topics.is_spending(clause):
        return True
    if topics.is_of_pieces(folded[max(amount.start - _NEAR, 0) : amount.start]):
        return False
    after = amount.end + (folded[amount.end : amount.end + 1] == " ")
    return topics.may_follow_money(folded, after) or topics.is_dealt(folded, after)
