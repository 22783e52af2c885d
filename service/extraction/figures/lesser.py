"""Lesser units: what a unit is followed by that adds to it, as in 两公里半, 三块五, 十块三毛, 1 小时 30 分."""

from __future__ import annotations

from decimal import Decimal

from service.extraction.figures.digits import NUMERAL_CHARACTERS, TENTHS
from service.extraction.figures.numerals import Numeral
from service.extraction.figures.prose import Prose
from service.extraction.figures.terms import HALF, Term, in_base
from service.extraction.figures.tokens import TEN
from service.extraction.figures.units import Unit, match_unit, table

_HALF_WORDS = frozenset("导数夜路场径山岛空边球决成")  # 半导体, 半数: 半 belongs to what follows
_GOES_ON = frozenset("%.:/-月日号点手楼花线级次")  # digits before these are no tenths
_ENDS_SHARE = frozenset("的左以上多到至是为占在与和及或")  # 七成一 may stand before these
_HELD = ("股权", "股份", "份额", "权益", "产权")  # … and before what shares are held of: 五成一股权
_RISES = ("升到", "升至", "升了", "升为")  # … and not so many litres: 从八成二升到九成
_MINUTES = 60
_MONTHS = 12


def with_lesser(prose: Prose, term: Term) -> Term:
    """Return `term` with what its unit is followed by."""
    unit = term.unit
    if unit is None or unit.kind == "count":
        return term
    follows = prose.folded[term.end : term.end + 2]
    if follows[:1] == "半" and follows[1:] not in _HALF_WORDS:
        return term._replace(end=term.end + 1, low=term.low + HALF, high=term.high + HALF, half=True)
    return _minor(prose, term, unit) if unit.minor or unit.tenths else term


def _minor(prose: Prose, term: Term, unit: Unit) -> Term:
    """Add lesser units one after the other, as long as there are any: 1 小时 30 分 20 秒."""
    while (part := _part(prose, term, unit)) is not None:
        at = prose.past_space(part.end)
        name = next((name for name in unit.minor if _is_at(prose, name, at)), None)
        if name is None:
            return _tenths(prose, term, unit, part)
        if unit.kind == "calendar":  # in months, which are whole: 28 rather than 2.33 years
            months = _MONTHS * term.low + part.low
            return term._replace(end=at + len(name), low=months, high=months, unit=table().names[name], half=True)
        worth = part.low * in_base(name, unit, prose.region) / unit.factor
        term = term._replace(end=at + len(name), low=term.low + worth, high=term.high + worth, half=True)
    return term


def _part(prose: Prose, term: Term, unit: Unit) -> Numeral | None:
    """Return the number behind the unit, if it can be of a lesser one."""
    at = prose.past_space(term.end)
    if unit.kind == "calendar" and prose.folded[at : at + 1] == "又":
        at += 1  # 一年又两个月
    part = prose.numeral(at)
    if part is not None and "两" in unit.minor and prose.folded[part.start + 1 : part.end] == "两":
        digit = Decimal(TENTHS.get(prose.folded[part.start], 0))  # 三斤八两: no 82
        part = part._replace(end=part.end - 1, low=digit, high=digit)
    return None if part is None or part.vague or part.low != part.high or part.low < 0 else part


def _is_at(prose: Prose, name: str, at: int) -> bool:
    return prose.folded.startswith(name, at) and at + len(name) <= prose.limit


def _tenths(prose: Prose, term: Term, unit: Unit, part: Numeral) -> Term:
    """Add the digits that stand for the next lesser unit, left unsaid: 一米八, 三块五, 两成三."""
    end = part.end
    if prose.folded[part.start : end] == "一" and _begins_word(prose.folded[end : end + 2], unit):
        return term  # 30 块一壶: 一 begins what it is the price of
    if end - part.start > unit.tenths and prose.folded[end - 1] == "一":
        end -= 1  # 三块五一张: 一 begins what it is the price of
    written, digits = prose.folded[part.start : end], end - part.start
    if not (part.plain and term.numeral.plain and 0 < digits <= unit.tenths and _touches(prose, term, unit, part)):
        return term
    if not all(character in TENTHS for character in written) or not _stops(prose, end):
        return term
    hundredths = term.half and unit.kind == "money"  # 一块一毛二
    worth = Decimal("".join(str(TENTHS[character]) for character in written)) / 10 ** (digits + hundredths)
    return term._replace(end=end, low=term.low + worth, high=term.high + worth, half=True)


def _begins_word(follows: str, unit: Unit) -> bool:
    """Tell whether a last 一 belongs to what follows: 30 块一壶, 七成一直, but not 七成一的."""
    first = follows[:1]
    return first.isalpha() and (unit.kind != "ratio" or (first not in _ENDS_SHARE and follows not in _HELD))


def _touches(prose: Prose, term: Term, unit: Unit, part: Numeral) -> bool:
    """Tell whether digits stand right behind the unit, or spaced as it is itself: 1 米 76."""
    short = term.low < (_MINUTES if unit.kind == "clock" else TEN)
    spaced = unit.tenths > 1 and prose.folded[term.numeral.end] == " " and not part.chinese and short
    return part.start == term.end or spaced


def _stops(prose: Prose, at: int) -> bool:
    """Tell whether the amount can end at `at`: the digits before count and measure nothing themselves."""
    follows = prose.folded[at : at + 1]
    if prose.folded.startswith(_RISES, at):
        return True
    if follows in _GOES_ON or follows in NUMERAL_CHARACTERS:
        return not follows or follows == "一"  # 三块五一斤
    if (currency := match_unit(prose.text, prose.folded, at)) is not None and currency.unit.kind == "money":
        return True  # 六毛二港币
    return not (follows.isascii() and follows.isalnum()) and not prose.measured(prose.past_space(at))
