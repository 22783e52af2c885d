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
from functools import cache

from service.extraction import cues
from service.extraction.amounts import Amount, AmountReader
from service.extraction.digits import NUMERAL_CHARACTERS, skip_digits
from service.extraction.doubts import Masks, continues, counts, idioms, stands_alone
from service.extraction.numerals import fold_prose
from service.extraction.times import SILENT, explicit_spans, silent_spans
from service.extraction.units import Unit
from service.model import Approx, Block, Document, Figure, Quantity, Script, Span
from service.script import detect

_START = re.compile(
    rf"(?:负|(?<![^\s(（:：，。、])[-−])(?=[{NUMERAL_CHARACTERS}])|[{NUMERAL_CHARACTERS}半]"
    r"|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten)(?= [hmbt])"
)
_PLACES = Context(prec=24)
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class _Found:
    """An amount that counts, with its unit decided."""

    amount: Amount
    code: str
    kind: str
    sentence: int
    script: Script


def find_figures(document: Document) -> tuple[Figure, ...]:
    """Return the figures of `document` in reading order.

    Spans are into `document.text` and do not overlap; no figure crosses the end of a block.
    """
    folded = fold_prose(document.text)
    figures: list[Figure] = []
    currency: list[_Found] = []
    for block in document.blocks:
        if block.kind not in SILENT:
            figures += _in_block(document, folded, block, currency)
    return tuple(figures)


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
    for start in _starts(folded, 0, len(folded)):
        amount = reader.read(start)
        if amount is not None and not amount.first.numeral.vague:
            found = _decided(amount, amount.unit, folded, 0, _region(script, surface))
            figure = _figure(surface, folded, found, 0, len(folded), 1)
            return figure.quantity, figure.approx
    raise ValueError(f"{surface[:40]!r} holds no number with one reading")


def _in_block(document: Document, folded: str, block: Block, currency: list[_Found]) -> list[Figure]:
    """Return the figures of one block; `currency` holds the last amount of money, and is kept up."""
    figures: list[Figure] = []
    floor, limit = block.span
    for found in _amounts(document, folded, block, currency):
        line = document.line(found.amount.start)
        figure = _figure(document.text, folded, found, floor, limit, line)
        figures.append(_sharing(folded, figures[-1], figure) if figures else figure)
        floor = found.amount.end
    return figures


def _sharing(folded: str, before: Figure, figure: Figure) -> Figure:
    """Return `figure` with the rate it shares with the one before: 每年 1 萬次甚至 2 萬次."""
    between = folded[before.span.end : figure.span.start].strip(" ,、")
    quantity = figure.quantity
    if (
        quantity.per
        or quantity.unit != before.quantity.unit
        or between not in ("甚至", "或", "或者", "和", "及", "", "到")
    ):
        return figure
    return replace(figure, quantity=replace(quantity, per=before.quantity.per))


def _amounts(document: Document, folded: str, block: Block, currency: list[_Found]) -> Iterator[_Found]:
    text, (start, end) = document.text, block.span
    reader = AmountReader(text, folded, document.script, end)
    script = _region(document.script, document.slice(block.span))
    ends = [found.start() for found in _SENTENCE_END.finditer(folded, start, end)]
    masks = Masks([*explicit_spans(folded, start, end), *idioms(folded, start, end), *silent_spans(document, block)])
    done = start
    for at in _starts(folded, start, end):
        if at < done or (blocked := masks.end_over(at)):
            done = max(done, blocked if at >= done else done)
            continue
        if folded[at] in "0123456789" and continues(folded, at, start):
            done = skip_digits(folded, at)
            continue
        amount = reader.read(at)
        done = amount.end if amount is not None else skip_digits(folded, at)
        if amount is None or not stands_alone(folded, amount, at, start) or not counts(folded, amount):
            continue
        sentence = bisect_right(ends, amount.start) + 1000 * block.line
        unit = amount.unit or _understood(folded, amount, sentence, currency, _sentence(folded, amount, start, end))
        found = _decided(amount, unit, folded, sentence, script)
        if found.kind == "money":
            currency[:] = [found]
        if found.kind != "none":
            yield found


def _starts(folded: str, start: int, end: int) -> Iterator[int]:
    """Yield where a numeral may begin."""
    return (found.start() for found in _START.finditer(folded, start, end))


def _region(script: Script, text: str) -> Script:
    """Return the script that 元 is told by: the document's, or in mixed text that of the block."""
    if script in (Script.HANT, Script.HANS):
        return script
    return Script.HANT if detect(text) is Script.HANT else Script.HANS


# ── What unit it is in ───────────────────────────────────────────────────────────────────────────────────────────────


def _sentence(folded: str, amount: Amount, floor: int, limit: int) -> str:
    start = max(floor, amount.start - 60)
    left = [found.end() for found in _SENTENCE_END.finditer(folded, start, amount.start)]
    right = _SENTENCE_END.search(folded, amount.end, min(limit, amount.end + 60))
    return folded[left[-1] if left else start : right.start() if right else min(limit, amount.end + 60)]


def _understood(folded: str, amount: Amount, sentence: int, currency: list[_Found], around: str) -> Unit | None:
    """Return the currency that a bare magnitude is in, because it has just been named: 那其他 4900 亿."""
    if not currency or amount.first.numeral.scale < 10**4 or not cues.may_follow_money(folded, amount.end):
        return None
    clause = cues.clause_before(folded, amount.start, 0)
    if cues.counts_something(clause):
        return None
    near = sentence - currency[0].sentence <= 1
    far = cues.is_about_money(around) and amount.start - currency[0].amount.end < 1000  # noqa: PLR2004
    return replace(_currency(currency[0].code)) if near or far else None


@cache
def _currency(code: str) -> Unit:
    return Unit(code, "money", Decimal(1), code)


def _decided(amount: Amount, unit: Unit | None, folded: str, sentence: int, script: Script) -> _Found:
    """Settle the unit: 元 by region, 块 as money or measure word, a bare magnitude as a count."""
    if unit is None:
        plain = amount.first.numeral.scale < 10**4 and not amount.first.tens
        return _Found(amount, "count", "none" if plain else "count", sentence, script)
    if unit.measure and not _is_money(folded, amount):
        return _Found(amount, "count", "count", sentence, script)
    return _Found(amount, unit.told(script), unit.kind, sentence, script)


def _is_money(folded: str, amount: Amount) -> bool:
    """Tell whether 块 is money here: it is spent, or nothing that comes in pieces follows."""
    if any(term.half for term in amount.terms) or cues.is_spending(cues.clause_before(folded, amount.start, 0)):
        return True
    after = amount.end + (folded[amount.end : amount.end + 1] == " ")
    return cues.may_follow_money(folded, after)


def _figure(text: str, folded: str, found: _Found, floor: int, limit: int, line: int) -> Figure:
    amount = found.amount
    over = amount.over.code if amount.over is not None else None
    counted = text[amount.end - len(amount.unit.name) : amount.end] if found.kind == "count" and amount.unit else None
    if counted is not None and over is not None and amount.unit is not None:
        counted = _counted(text, folded, amount, amount.unit)
    per = None if over else cues.per_of(text, folded, amount.start, amount.end, floor)
    quantity = Quantity(
        low=_tidy(amount.low),
        high=_tidy(amount.high),
        unit=f"{found.code}/{over}" if over else found.code,
        per=per if per != found.code else None,
        counted=counted,
    )
    span = Span(amount.start, amount.end)
    approx = cues.approx_of(folded, span, floor, limit, found.kind)
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
