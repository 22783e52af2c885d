"""Figures: the quantities a post gives, in base units, with where and how sure.

What counts is narrower than what has a number: dates, orders, versions, idioms and 一 with a measure word are no
figures. ``numerals`` reads the number, ``amounts`` number and unit, ``cues`` the words around; here it is decided.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from service.extraction.figures import qualifiers
from service.extraction.figures.amounts import AmountReader
from service.extraction.figures.digits import NUMERAL_CHARACTERS, skip_digits
from service.extraction.figures.doubts import continues, counts, idioms, stands_alone
from service.extraction.figures.masks import Blocks, Masks, silent_spans
from service.extraction.figures.money import Wallet, is_money, understood
from service.extraction.figures.numerals import fold_prose
from service.extraction.figures.terms import Amount
from service.extraction.figures.units import Unit, may_end_currency
from service.extraction.times.finding import dated_spans
from service.model import Approx, Block, Document, Figure, Quantity, Script, Span
from service.script import detect

# The first character is a set, which the engine scans for: what else must hold is checked behind it.
_START = re.compile(
    rf"[{NUMERAL_CHARACTERS}半负\-−otfsen]"
    rf"(?:(?<=[0-9])[0-9]*|(?<=[{NUMERAL_CHARACTERS}半负])|(?<=[-−])(?<![^\s(（:：，。、][-−])(?=[{NUMERAL_CHARACTERS}])"
    r"|(?<=[a-z])(?<![a-z][a-z])"
    r"(?:(?<=o)ne|(?<=t)(?:wo|hree|en)|(?<=f)(?:our|ive)|(?<=s)(?:ix|even)|(?<=e)ight|(?<=n)ine)(?= [a-z]))"
)
_IDLE = re.compile(r"[0-9][0-9,.]*(?= ?[\n)）\]，。；、：」]| [0-9])")  # a number that nothing counts or measures
_PLACES = Context(prec=24)
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_PAUSE = re.compile(r"[，,。！？!?；;\n]")
_ARABIC = frozenset("0123456789")
_REGIONS = (Script.HANT, Script.HANS)
_WARMTH = ("°C", "°F")
_BELOW = re.compile("零下 ?$")
_NEAR = 60  # characters of a sentence looked at on either side
_JOINTS = frozenset(("甚至", "或", "或者", "和", "及", "", "到"))
_JOINT = 6


@dataclass(frozen=True, slots=True)
class _Found:
    """An amount that counts, with its unit decided."""

    amount: Amount
    code: str
    kind: str


def find_figures(document: Document) -> tuple[Figure, ...]:
    """Return the figures of `document` in reading order.

    Spans are into `document.text` and do not overlap; no figure crosses the end of a block.
    """
    folded = fold_prose(document.text)
    return tuple(_Page(document, folded).figures()) if _START.search(folded) else ()


def parse_quantity(surface: str, script: Script) -> tuple[Quantity, Approx]:
    """Return the quantity that `surface` writes, in base units, and how sure it is said to be.

    >>> quantity, approx = parse_quantity("約 20 億美元", Script.HANT)
    >>> int(quantity.low), quantity.unit, approx.value
    (2000000000, 'USD', 'about')

    A range shares magnitude and unit with its right end: 8-9 億美元 runs from 8e8 to 9e8 US dollars. 兆 is 10**12 in
    Traditional text; 兆瓦 is a megawatt in both.

    Raises:
        ValueError: `surface` holds no number with a unit.
    """
    folded = fold_prose(surface)
    reader = AmountReader(surface, folded, script)
    region = script if script in _REGIONS else _told(surface)
    for start in _starts(folded):
        amount = reader.read(start)
        if amount is not None and not amount.first.numeral.vague:
            found = _decided(amount, amount.unit, folded, region, 0)
            if found.kind != "none":
                figure = _figure(surface, folded, found, 0, len(folded), 1)
                return figure.quantity, figure.approx
    raise ValueError(f"{surface[:40]!r} holds no number with one reading")


class _Page:
    """A document as it is searched for figures, once and from left to right."""

    def __init__(self, document: Document, folded: str) -> None:
        self.document, self.text, self.folded = document, document.text, folded
        self.blocks = Blocks(document)
        self.masks = Masks([*dated_spans(document), *idioms(folded), *silent_spans(document)])
        self.reader = AmountReader(document.text, folded, document.script)
        self.wallet = Wallet()
        self.regions: dict[int, Script] = {}
        self.ends = [found.start() for found in _SENTENCE_END.finditer(folded)]

    def figures(self) -> list[Figure]:
        """Return the figures, a shared rate given to each."""
        figures: list[Figure] = []
        floor, last = 0, None
        for block, found in self._amounts():
            floor = max(floor, block.span.start)
            line = self.document.line(found.amount.start)
            figure = _figure(self.text, self.folded, found, floor, block.span.end, line)
            same = figures and block is last
            figures.append(_sharing(self.folded, figures[-1], figure) if same else figure)
            floor, last = found.amount.end, block
        return figures

    def _amounts(self) -> Iterator[tuple[Block, _Found]]:
        """Yield the amounts that are figures, each with its block."""
        done = 0
        for match in _START.finditer(self.folded):
            at = match.start()
            if at < done or self.masks.end_over(at):
                continue
            block = self.blocks.at(at)
            if block is None or (self.folded[at] in _ARABIC and continues(self.folded, at, block.span.start)):
                done = skip_digits(self.folded, at)
                continue
            if (idle := _IDLE.match(self.folded, at)) and not may_end_currency(self.folded, at):
                done = idle.end()
                continue
            self.reader.limit = block.span.end
            amount = self.reader.read(at)
            done = amount.end if amount is not None else skip_digits(self.folded, at)
            if amount is not None and self._is_figure(amount, at, block.span.start):
                found = self._decided(amount, block)
                if found.kind != "none":
                    yield block, found

    def _is_figure(self, amount: Amount, at: int, floor: int) -> bool:
        return stands_alone(self.folded, amount, at, floor) and counts(self.folded, amount)

    def _decided(self, amount: Amount, block: Block) -> _Found:
        sentence = bisect_right(self.ends, amount.start)
        unit = amount.unit
        if unit is None:
            around = self._sentence(amount, sentence, block)
            unit = understood(self.text, self.folded, amount, sentence, self.wallet, around)
        found = _decided(amount, unit, self.folded, self._region(block), block.span.start)
        if found.kind == "money":
            found = replace(found, code=self.wallet.told(found.code, self.text[amount.start]))
            self.wallet.pay(found.code, sentence, amount.end)
        elif amount.unit is None:
            self.wallet.counted = sentence
        return found

    def _sentence(self, amount: Amount, sentence: int, block: Block) -> str:
        """Return the folded sentence up to the end of the clause the amount is in, or what of it is near."""
        left = self.ends[sentence - 1] + 1 if sentence else 0
        pause = _PAUSE.search(self.folded, amount.end, min(amount.end + _NEAR, block.span.end))
        right = pause.start() if pause else min(amount.end + _NEAR, block.span.end)
        return self.folded[max(left, amount.start - _NEAR, block.span.start) : right]

    def _region(self, block: Block) -> Script:
        """Return the script that 元 is told by: the document's, or in mixed text that of the block."""
        script = self.document.script
        if script in _REGIONS:
            return script
        if block.span.start not in self.regions:
            self.regions[block.span.start] = _told(self.document.slice(block.span))
        return self.regions[block.span.start]


def _sharing(folded: str, before: Figure, figure: Figure) -> Figure:
    """Return `figure` with the rate it shares with the one before: 每年 1 萬次甚至 2 萬次."""
    quantity = figure.quantity
    if quantity.per or quantity.unit != before.quantity.unit or figure.span.start - before.span.end > _JOINT:
        return figure
    between = folded[before.span.end : figure.span.start].strip(" ,、")
    return replace(figure, quantity=replace(quantity, per=before.quantity.per)) if between in _JOINTS else figure


def _starts(folded: str) -> Iterator[int]:
    """Yield where a numeral may begin."""
    return (found.start() for found in _START.finditer(folded))


def _told(text: str) -> Script:
    return Script.HANT if detect(text) is Script.HANT else Script.HANS


def _decided(amount: Amount, unit: Unit | None, folded: str, script: Script, floor: int) -> _Found:
    """Settle the unit: 元 by region, 块 as money or piece, 度 by what it is said of, a bare magnitude as a count."""
    if unit is None:
        plain = not amount.first.numeral.large and not amount.first.tens
        return _Found(amount, "count", "none" if plain else "count")
    if unit.measure and not is_money(folded, amount):
        return _Found(amount, "count", "count")
    if unit.asks:
        found = _asked(amount, unit, _before(folded, amount.start, floor))
    else:
        found = _Found(amount, unit.told(script), unit.kind)
    return _below_zero(found, folded, floor) if found.code in _WARMTH else found


def _below_zero(found: _Found, folded: str, floor: int) -> _Found:
    """Take 零下 before degrees for their sign: 零下 4 度."""
    amount = found.amount
    sign = _BELOW.search(folded, max(floor, amount.start - 3), amount.start)
    if sign is None or amount.low < 0:
        return found
    return replace(found, amount=replace(amount, start=sign.start(), low=-amount.high, high=-amount.low))


def _before(folded: str, start: int, floor: int) -> str:
    """Return the sentence up to `start`, or what of it is near."""
    return _SENTENCE_END.split(folded[max(floor, start - _NEAR // 2) : start])[-1]


def _asked(amount: Amount, unit: Unit, before: str) -> _Found:
    """Settle a unit whose name has more than one meaning by what the sentence up to it speaks of."""
    nothing = _Found(amount, unit.code, "none")
    if unit.asks == "seconds":
        return _Found(amount, unit.code, unit.kind) if any(term.half for term in amount.terms) else nothing
    if unit.asks in ("interest", "yield"):
        return _Found(amount, unit.code, unit.kind) if qualifiers.is_of(unit.asks, before) else nothing
    if unit.asks == "ratio":
        return _Found(amount, unit.code, unit.kind) if qualifiers.is_of_ratios(_clause(before)) else nothing
    topic = qualifiers.topic_of_degrees(before)
    if topic == "electricity":
        return _Found(replace(amount, low=amount.low * 1000, high=amount.high * 1000), "Wh", unit.kind)
    return _Found(amount, unit.code, unit.kind) if topic == "warmth" else nothing


def _clause(before: str) -> str:
    return _PAUSE.split(before)[-1]


def _figure(text: str, folded: str, found: _Found, floor: int, limit: int, line: int) -> Figure:
    amount = found.amount
    over = amount.over.code if amount.over is not None else None
    counted = text[amount.end - len(amount.unit.name) : amount.end] if found.kind == "count" and amount.unit else None
    if counted is not None and over is not None and amount.unit is not None:
        counted = _counted(text, folded, amount, amount.unit)
    per = None if over else qualifiers.per_of(text, folded, amount.start, amount.end, floor)
    quantity = Quantity(
        low=_tidy(amount.low),
        high=_tidy(amount.high),
        unit=f"{found.code}/{over}" if over else found.code,
        per=per if per != found.code and qualifiers.may_be_per(found.code, found.kind, per) else None,
        counted=counted,
    )
    span = Span(amount.start, amount.end)
    approx = qualifiers.approx_of(folded, span, floor, limit, found.kind)
    if approx is Approx.EXACT and any(
        _says_more(folded, term.numeral.end, term.end) or term.numeral.more for term in amount.terms
    ):
        approx = Approx.OVER
    return Figure(text[amount.start : amount.end], span, line, quantity, approx)


def _says_more(folded: str, start: int, end: int) -> bool:
    return "多" in folded[start:end] or "余" in folded[start:end]


def _counted(text: str, folded: str, amount: Amount, unit: Unit) -> str:
    at = folded.rfind(unit.name, amount.start, amount.end)
    return text[at : at + len(unit.name)]


def _tidy(value: Decimal) -> Decimal:
    """Return the number without an exponent where it is whole, and without idle zeros where it is not."""
    value = _PLACES.plus(value)  # 1 小时 20 分 is 4800 s, though a third of an hour has no end
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if abs(value) < 10**27 else value
    return value.normalize()
