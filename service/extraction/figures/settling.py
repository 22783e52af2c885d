"""Settling: what an amount is in the end, its unit decided by the words around it, and the figure made of it."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import NamedTuple

from service.extraction.figures import qualifiers, rates, topics
from service.extraction.figures.doubts import is_vague
from service.extraction.figures.money import is_money
from service.extraction.figures.regions import Region
from service.extraction.figures.terms import Amount, Term
from service.extraction.figures.units import Unit, match_classifier
from service.model import Approx, Figure, Quantity, Span

_PLACES = Context(prec=24)
_ONE = Decimal(1)
_LONGEST_WHOLE = 27  # digits: what is longer keeps its exponent
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_PAUSE = re.compile(r"[，,。！？!?；;\n]")
_WARMTH = ("°C", "°F")
_OF_SENTENCE = ("interest", "yield")  # what a whole sentence is about; the others are told in the clause
_FELT = re.compile(" ?[cC的]?[高低恒]?[温热寒冷]")  # 35 度高温
_BELOW = re.compile("零下 ?$")
_DOUBLES = re.compile("翻[了过上]? ?$")
_NEAR = 30  # characters of a sentence looked at before an amount
_BEHIND = 4
_MOST_DOUBLINGS = 20
_LONGEST_MONTH, _LONGEST_SPAN = 31, 1000
_DAYS = re.compile(" ?之?内(?![阁蒙部地政衣存湾])|游(?![客泳戏说玩行击览走])|假期|行程")


class Settled(NamedTuple):
    """An amount with its unit decided: `kind` is that of the unit, or `none` where it is no figure after all."""

    amount: Amount
    code: str
    kind: str


def settle(amount: Amount, unit: Unit | None, folded: str, region: Region, floor: int) -> Settled:
    """Settle the unit: 元 by region, 块 as money or piece, 度 by what it is said of, a bare magnitude as a count.

    `floor` is where the block begins in the folded text: what stands before it is not looked at.
    """
    amount = _opened(amount, folded)
    if unit is None:
        plain = not amount.first.numeral.large and not amount.first.tens
        return Settled(amount, "count", "none" if plain else "count")
    if unit.measure and not is_money(folded, amount):
        return Settled(amount, "count", "count")
    if unit.asks:
        settled = _asked(amount, unit, folded, region, _before(folded, amount.start, floor))
    else:
        settled = Settled(amount, unit.told(region), unit.kind)
    return _below_zero(settled, folded, floor) if settled.code in _WARMTH else settled


def _opened(amount: Amount, folded: str) -> Amount:
    """Return a magnitude that 上 leaves open with its bounds: 上万次 are ten to ninety thousand."""
    if amount.first.numeral.vague or not is_vague(folded, amount):
        return amount
    return amount._replace(start=amount.start - 1, high=amount.high * 9)


def _below_zero(settled: Settled, folded: str, floor: int) -> Settled:
    """Take 零下 before degrees for their sign: 零下 4 度."""
    amount = settled.amount
    sign = _BELOW.search(folded, max(floor, amount.start - 3), amount.start)
    if sign is None or amount.low < 0:
        return settled
    return settled._replace(amount=amount._replace(start=sign.start(), low=-amount.high, high=-amount.low))


def _before(folded: str, start: int, floor: int) -> str:
    """Return the sentence up to `start`, or what of it is near."""
    return _SENTENCE_END.split(folded[max(floor, start - _NEAR) : start])[-1]


def _asked(amount: Amount, unit: Unit, folded: str, region: Region, before: str) -> Settled:
    """Settle a unit whose name has more than one meaning by what the sentence up to it speaks of."""
    if unit.asks == "degrees":
        return _degrees(amount, unit, folded, before)
    if unit.asks == "days":
        return Settled(amount, unit.code, unit.kind if _is_span(amount, folded, before) else "none")
    if unit.asks == "doublings":
        return _doublings(amount, unit, before)
    half = unit.asks in ("seconds", "change") and any(term.half for term in amount.terms)
    rated = folded[amount.end - 1] == "半" and topics.is_of("score", before)  # 我给七分半
    if unit.asks == "seconds" and (rated or not half):
        return _points(amount, before, folded[amount.end : amount.end + _BEHIND])
    spoken = before if unit.asks in _OF_SENTENCE else _PAUSE.split(before)[-1]
    if unit.asks == "area":
        spoken += folded[amount.end : amount.end + _BEHIND]
    one = unit.asks == "change" and amount.low == unit.factor  # 一角 is a corner
    if half or (not one and topics.is_of(unit.asks, spoken)):
        return Settled(amount, unit.told(region), unit.kind)
    return _otherwise(amount, unit, folded)


def _points(amount: Amount, before: str, behind: str) -> Settled:
    """Read 分 as points where the words around speak of a game, a test or a rating: 攻下 34 分."""
    low, high = amount.first.low, amount.terms[-1].high
    scored = amount.over is None and (topics.is_of("score", before) or topics.is_of("score", behind))
    return Settled(amount._replace(low=low, high=high) if scored else amount, "count", "count" if scored else "none")


def _otherwise(amount: Amount, unit: Unit, folded: str) -> Settled:
    """Return what a name is that does not mean the unit here: the other unit it may be, or a measure word."""
    if unit.other is not None:
        code, factor = unit.other
        scale = factor / unit.factor
        return Settled(amount._replace(low=amount.low * scale, high=amount.high * scale), code, "physical")
    at = amount.end - len(unit.name)
    counted = match_classifier(folded, at) if folded.startswith(unit.name, at) else None
    low, high = amount.first.low, amount.terms[-1].high
    if counted is None or counted.end != amount.end or low % 1 or folded[amount.start : at] == "一":
        return Settled(amount, unit.code, "none")
    return Settled(amount._replace(low=low, high=high), "count", "count")


def _degrees(amount: Amount, unit: Unit, folded: str, before: str) -> Settled:
    topic = "warmth" if _FELT.match(folded, amount.end) else topics.topic_of_degrees(before)
    if topic == "electricity":
        return Settled(amount._replace(low=amount.low * 1000, high=amount.high * 1000), "Wh", unit.kind)
    return Settled(amount, unit.code, unit.kind if topic == "warmth" else "none")


def _is_span(amount: Amount, folded: str, before: str) -> bool:
    """Tell whether 日 are days rather than a day of the month: more than a month has, 三日内, 长达五日, 40 万桶/日."""
    return (
        _LONGEST_MONTH < amount.high < _LONGEST_SPAN
        or _DAYS.match(folded, amount.end) is not None
        or topics.ends_in("days", _PAUSE.split(before)[-1])
    )


def _doublings(amount: Amount, unit: Unit, before: str) -> Settled:
    """Read 翻两番 as four times as much: each 番 doubles."""
    low, high = amount.low, amount.high
    if not _DOUBLES.search(before) or low % 1 or high % 1 or not 0 < low <= high <= _MOST_DOUBLINGS:
        return Settled(amount, unit.code, "none")
    return Settled(amount._replace(low=Decimal(2) ** int(low), high=Decimal(2) ** int(high)), unit.code, unit.kind)


def as_figure(text: str, folded: str, settled: Settled, floor: int, limit: int, line: int) -> Figure:
    """Return the figure that a settled amount is, with what the words from `floor` to `limit` say of it."""
    amount = settled.amount
    low = tidy(amount.low)
    over = _over(text, amount)
    per = None if over else rates.per_of(text, folded, amount.start, amount.end, floor, settled.kind)
    quantity = Quantity(
        low=low,
        high=low if amount.high is amount.low else tidy(amount.high),
        unit=f"{settled.code}/{over}" if over else settled.code,
        per=per if per != settled.code and rates.may_be_per(settled.code, settled.kind, per) else None,
        counted=_counted(text, folded, amount) if settled.kind == "count" else None,
    )
    approx = _approx(folded, settled, floor, limit)
    return Figure(text[amount.start : amount.end], Span(amount.start, amount.end), line, quantity, approx)


def _over(text: str, amount: Amount) -> str | None:
    """Return what the amount is divided by: a unit, or what is counted as written (美元/FEU, 元/人)."""
    if amount.over is None:
        return None
    return amount.over.code if amount.over.kind != "count" else text[amount.end - len(amount.over.name) : amount.end]


def _approx(folded: str, settled: Settled, floor: int, limit: int) -> Approx:
    amount = settled.amount
    if is_vague(folded, amount):
        return Approx.VAGUE
    if any("来" in folded[term.numeral.end : term.end] for term in amount.terms):
        return Approx.ABOUT
    approx = qualifiers.approx_of(folded, Span(amount.start, amount.end), floor, limit, settled.kind, settled.code)
    return Approx.OVER if approx is Approx.EXACT and any(_says_more(folded, term) for term in amount.terms) else approx


def _says_more(folded: str, term: Term) -> bool:
    behind = folded[term.numeral.end : term.end]
    return term.numeral.more or "多" in behind or "余" in behind


def _counted(text: str, folded: str, amount: Amount) -> str | None:
    """Return the measure word as written, which a rate may follow: 次 of 180 次/分钟."""
    if amount.unit is None:
        return None
    if amount.over is None:
        end = amount.end - folded.endswith("半", amount.start, amount.end)  # 七分半
        return text[end - len(amount.unit.name) : end]
    at = folded.rfind(amount.unit.name, amount.start, amount.end)
    return text[at : at + len(amount.unit.name)]


def tidy(value: Decimal) -> Decimal:
    """Return the number without an exponent where it is whole, and without idle zeros where it is not."""
    value = _PLACES.plus(value)  # 1 小时 20 分 is 4800 s, though a third of an hour has no end
    if value == value.to_integral_value():
        return value.quantize(_ONE) if value.adjusted() < _LONGEST_WHOLE else value
    return value.normalize()
