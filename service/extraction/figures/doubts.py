"""Doubts: which numbers are no figures though they look like some.

Idioms and names that hold a numeral, orders, versions, clock times, years, 一 with a measure word.
"""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.extraction.figures import rates, topics
from service.extraction.figures.numerals import Numeral
from service.extraction.figures.terms import Amount
from service.extraction.figures.units import Unit, table
from service.model import Span
from service.script import fold

_FIRST_YEAR, _NO_YEAR = 1000, 3000
_NONE = frozenset("零〇○")
_NOT_ANY = re.compile(
    "个(?!人|售)|[家例位名](?![用居常外子置])|人(?![工员格生类体头力])|次(?![方级数品要])"
)  # 零家, 零例
_BARE = frozenset("百千万亿")
_NOT_ABOVE = frozenset(
    "以晚早网线路桌身加街楼山船车台岸手世历脸水天地海之马"
)  # 上 ends a word behind these: 以上, 网上
_OPENS, _CLOSES = frozenset("(（[【"), frozenset(")）]】")
_COMPARES = ("近", "逾", "超", "破", "超过", "突破")
_NO_NOUN = frozenset("以的了和与及或是在都就而才后之到至不多上会")  # what may follow a count without naming its noun
_RISES = frozenset("到至为")
COUNTS_OF = frozenset("人次函指总点分系奇偶常变负正实虚基票天页户层位辈倍参岁字件整套")  # 人数, 指数 are words
_DIGITS = frozenset("一二两三四五六七八九")
_HOUSE = re.compile("[0-9一二三四五六七八九十百] ?号院? ?$")
_IN_HOUSES = frozenset("幢栋座层楼室间户")
_MULTIPLIERS = frozenset("十百千万亿")
_COUNTED = ("count", "calendar")
_RANKED = re.compile("(?<![以之])[前头] ?$")
_RANKS = frozenset("名位强大")  # 前三名 tells which, and 前三名的 too
_FORMAL = frozenset("壹贰叁参肆伍陆柒捌玖拾佰仟")  # alone, most are names and verbs: 大陆, 队伍


@cache
def _automaton() -> tuple[AhoCorasick, frozenset[str]]:
    data = lexicon.read("numbers.toml")
    keep = frozenset(map(fold, data["keep"]))
    return AhoCorasick(sorted({*map(fold, data["idioms"]), *keep}), matchkind=MatchKind.LeftmostLongest), keep


def idioms(folded: str) -> list[Span]:
    """Return where folded text holds words and idioms in which a numeral counts nothing."""
    automaton, keep = _automaton()
    found = automaton.find_matches_as_indexes(folded)
    return [
        Span(left, right) for _, left, right in found if folded[left:right] not in keep and not _goes_on(folded, right)
    ]


def _goes_on(folded: str, right: int) -> bool:
    """Tell whether what looks like an idiom only holds the head of a numeral: 二百五 of 二百五十, 王五 of 王五十岁."""
    return folded[right - 1] in _DIGITS and folded[right : right + 1] in _MULTIPLIERS


def stands_alone(folded: str, amount: Amount, at: int, floor: int) -> bool:
    """Tell whether the number is not part of a name, version, order, clock time or path."""
    before = folded[max(floor, at - 12) : at]
    if amount.first.before is None and _is_joined(before, folded[at]):
        return before[-1:] == "/" and amount.first.numeral.large and at > floor + 1  # 全高清/200 万像素
    if _is_numbered(before.rstrip(" -"), amount) or _is_address(before, amount):
        return False
    numeral_end = amount.first.numeral.end
    after = folded[numeral_end : numeral_end + 2]
    clock = after[:1] in (":", ".", "_") and after[1:].isdigit()
    unit = amount.unit
    if (
        unit is not None
        and unit.name == "升"
        and len(amount.terms) == 1
        and folded[amount.end : amount.end + 1] in _RISES
    ):
        return False  # 从 5.4 升到 6.1: what rises is no volume
    return not clock and not (folded[at] == "0" and folded[at + 1 : at + 2].isdigit())


def _is_joined(before: str, first: str) -> bool:
    """Tell whether the character before makes one word of it: GB300, 2:49, v1.2, /2026, #3."""
    if not before or not first.isascii():
        return before[-1:] == "几" or (before[-1:] == "数" and before[-2:-1] not in COUNTS_OF)
    last = before[-1]
    if (last.isascii() and last.isalnum()) or last in "_/#@\\^=":
        return True
    return (
        last in ".-,–:"
        and len(before) > 1
        and before[-2].isascii()
        and (before[-2].isalnum() and (last in ".-–" or before[-2].isdigit()))
    )


def _is_numbered(before: str, amount: Amount) -> bool:
    """Tell whether the word before numbers things (第三次, 图 2), rather than ends one: 地图 36 平方公里."""
    if before.endswith(_ordinal_words("ordinal_before")):
        return True
    measures = amount.unit is not None and amount.unit.kind not in ("count", "calendar")
    return not measures and before.endswith(_ordinal_words("ordinal_labels"))


def _is_address(before: str, amount: Amount) -> bool:
    """Tell whether it goes on from the number of a house: 宝山路 88 号 3 幢."""
    return amount.unit is not None and amount.unit.name in _IN_HOUSES and _HOUSE.search(before) is not None


@cache
def _ordinal_words(key: str) -> tuple[str, ...]:
    return tuple(map(fold, lexicon.read("numbers.toml")[key]))


def counts(folded: str, amount: Amount) -> bool:
    """Tell whether the amount says how much, rather than names, dates or hints."""
    first, unit = amount.first, amount.unit
    if any(term.numeral.vague for term in amount.terms):
        return unit is not None or first.numeral.large
    if any(not term.tens and _is_hint(folded, term.numeral) for term in amount.terms):
        return unit is not None and (is_vague(folded, amount) or _is_bounded(folded, first.numeral.start))
    if first.before is not None and first.numeral.single and unit is first.before:
        return False  # 美元一度走强: the word before is no price tag
    bare = first.numeral.bare and not first.tens
    if bare and (unit is None or _heads_table(folded, amount)):
        return False
    named = first.numeral.spelt or _is_year(folded, amount) or _is_rank(folded, amount)
    return not named and _word_counts(folded, amount)


def _word_counts(folded: str, amount: Amount) -> bool:
    """Tell whether a number of one character counts here: 一, 二, 零 and the formal digits have other work to do."""
    first, unit = amount.first, amount.unit
    written = folded[first.numeral.start : first.numeral.end]
    if written in _NONE:
        return unit is not None and (unit.kind not in _COUNTED or _NOT_ANY.match(folded, first.numeral.end) is not None)
    if written in _FORMAL:
        return first.tens or (unit is not None and unit.kind == "money")
    if "点" in written and unit is not None and unit.name in table().secondary:
        return False  # 做了一点二次开发: a little, then a second time
    if written in ("一", "one") and not first.half and not first.tens and len(amount.terms) == 1:
        return _one_counts(folded, amount)
    return written != "二" or unit is None or unit.kind != "count" or not _orders(folded, unit, amount.end)


def _orders(folded: str, unit: Unit, end: int) -> bool:
    """Tell whether 二 and this measure word say which, not how many: 二班, 二次开发."""
    follows = folded[end : end + 1]
    noun = follows.isalpha() and not follows.isascii() and follows not in _NO_NOUN
    return unit.name in table().after_two or (unit.name in table().secondary and noun)


def is_vague(folded: str, amount: Amount) -> bool:
    """Tell whether the amount leaves its first digit open: 几百个, 数十亿美元, 上万次, 十几岁."""
    start = amount.first.numeral.start
    if any(term.numeral.vague for term in amount.terms):
        return True
    above = folded[start] in _BARE and folded[max(start - 1, 0) : start] == "上"
    return above and folded[max(start - 2, 0) : start - 1] not in _NOT_ABOVE


def _is_bounded(folded: str, start: int) -> bool:
    """Tell whether a word that compares stands right before a bare magnitude: 逾百人, 近千家."""
    return folded[max(start - 2, 0) : start].rstrip(" ").endswith(_COMPARES)


def _is_hint(folded: str, numeral: Numeral) -> bool:
    """Tell whether it is a magnitude only: 百人, 上千万辆, 数亿."""
    start, end = numeral.start, numeral.end
    if folded[start:end] in ("百", "千", "万", "亿", "兆", "佰", "仟"):
        return True
    return folded[start] in "百千万亿" and folded[max(start - 1, 0) : start] in ("上", "数", "几", "成")


def _heads_table(folded: str, amount: Amount) -> bool:
    """Tell whether a bare magnitude is the unit of a table: 单位：百万元, 营收（百万美元）."""
    at = amount.start
    bracketed = folded[at - 1 : at] in _OPENS and folded[amount.end : amount.end + 1] in _CLOSES
    return bracketed or topics.is_table_unit(folded[max(at - 8, 0) : at])


def _is_year(folded: str, amount: Amount) -> bool:
    """Tell whether it is a year: four digits, no magnitude, 年 or (of a model) 款."""
    unit = amount.unit
    if unit is None or unit.name not in ("年", "款"):
        return False
    return "," not in folded[amount.start : amount.end] and any(
        term.numeral.plain and not term.numeral.chinese and _FIRST_YEAR <= term.low < _NO_YEAR for term in amount.terms
    )


def _is_rank(folded: str, amount: Amount) -> bool:
    """Tell whether it says which ones come first: 前三名, 头五位."""
    unit, start = amount.unit, amount.first.numeral.start
    ranks = unit is not None and unit.kind == "count" and unit.name in _RANKS
    return ranks and _RANKED.search(folded, max(start - 3, 0), start) is not None


def _one_counts(folded: str, amount: Amount) -> bool:
    """Tell whether 一 counts: with money and physical units it does, unless it points (每一秒)."""
    at = amount.first.numeral.start
    before = folded[max(at - 1, 0) : at]
    share = amount.unit is not None and amount.unit.kind == "ratio" and before in ("上", "下")  # 留下一成
    pointing = (before in _pointing() and not share) or rates.is_price_end(folded, at)
    if amount.unit is None or amount.unit.kind in _COUNTED or amount.unit.measure or pointing:
        return False
    return amount.unit.kind in ("money", "ratio") or not rates.is_priced(folded, at, amount.end)


@cache
def _pointing() -> frozenset[str]:
    return frozenset(fold(lexicon.read("numbers.toml")["pointing"]))
