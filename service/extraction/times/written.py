"""Written times: those a post gives outright in Chinese: 2026 年 1 月 5 日, 二〇二六年首季, 民國 115 年, 80 年代."""

from __future__ import annotations

import re
from functools import cache

from service import lexicon
from service.extraction.times import periods
from service.extraction.times.forms import DIGITS, FOUR, HAN, SHORT, Form, Here, NoTimeError, form, pairs
from service.extraction.times.parts import MONTH, NUMBER, QUARTER, TO, named, number, part
from service.extraction.times.periods import Bounds
from service.model import Script
from service.script import fold

DIGIT_YEAR = r"(?:1[5-9]|20|21)[0-9]{2}(?![0-9])"
_SPELLED = (
    r"(?:[一二][〇零○一二三四五六七八九]{3}|[一二两]千零[一二三四五六七八九](?=年)"
    rf"|[二两]千零?[一二三]?十[一二三四五六七八九]?(?=年)|[二两]千(?=年{NUMBER}月))"
)
YEAR = rf"(?:(?<![0-9$¥/_a-z-])(?<![0-9][.,:]){DIGIT_YEAR}|{_SPELLED})"
_PAIRS = "|".join(f"{one}、?{two}" for one, two in ("二三", "三四", "四五", "五六", "六七", "七八", "八九"))
TENS = rf"(?P<ten>[1-9]0|(?:{_PAIRS})十|[一二三四五六七八九][十〇零○])"
SHARE = r"(?P<share>初期?|早期|前期|前半|中期|中叶|末期?|后期|晚期|后半|尾)?"
_NOT_SHORT = r"(?<![0-9.,第数几近约过/$¥_a-z-])"
_NOW, _AHEAD = 2026, 10  # a year of two digits may lie so far ahead of the post, or of now
_SMALL = "〇一二三四五六七八九"
_OF_WORD = "[基日根成资版样剧文课]"  # 成本会计年度: 本 is not "this"
_FISCAL = r"(?:财政?年度?|会计年度|学年度?|赛季|雪季|球季)"


def of_year(match: re.Match[str], _: Here) -> Bounds | None:
    """Read the part of a year that follows it."""
    return named(match, number(match["year"]))


def years(match: re.Match[str], _: Here) -> Bounds:
    """Read 2017-2019."""
    return periods.whole(number(match["year"]))[0], periods.whole(number(match["until"]))[1]


def _short_years(match: re.Match[str], _: Here) -> Bounds | None:
    """Read 2019-21 年; a season or fiscal year (2019/20) has no days that all agree on."""
    year = int(match["year"])
    until = year // 100 * 100 + int(match["until"])
    if match["season"] or until <= year:
        return None
    return periods.whole(year)[0], periods.whole(until)[1]


def share(match: re.Match[str]) -> str | None:
    """Return which part of a decade or century is named: its 初, 中 or 末."""
    written = match["share"]
    if not written:
        return None
    return {"初": "初", "早": "初", "前": "初", "中": "中"}.get(written[0], "末")


def _decade(match: re.Match[str], _: Here) -> Bounds:
    return periods.decade(number(match["year"]), share(match))


def _decades(match: re.Match[str], _: Here) -> Bounds:
    """Read 1950、60 年代."""
    year = int(match["year"])
    first, last = periods.decade(year), periods.decade(year // 100 * 100 + int(match["last"]))
    if last[0] <= first[0]:
        raise NoTimeError
    return first[0], last[1]


def tens(match: re.Match[str], first: int) -> Bounds:
    """Return the ten years named, of the century that begins with the year `first`, or the twenty: 六七十年代."""
    written = match["ten"].replace("、", "")
    pair = len(written) == 3  # noqa: PLR2004
    begin = periods.decade(first + number(written[0] + "十" if pair else written), None if pair else share(match))
    return (begin[0], periods.decade(first + number(written[1:]), None)[1]) if pair else begin


def _tens(match: re.Match[str], _: Here) -> Bounds | None:
    """Read 90 年代, which is that of the last century where it can't be of this one."""
    bounds = tens(match, 1900)
    return bounds if bounds[0].year > 1920 else None  # noqa: PLR2004


def _century(match: re.Match[str], _: Here) -> Bounds:
    age = number(match["age"])
    if match["ten"] is None:
        return periods.century(age, share(match))
    return tens(match, 100 * age - 100)


def _era(match: re.Match[str], _: Here) -> Bounds | None:
    """Read a year of an era. Months of those that went by the moon are no months of ours: only the year is told."""
    first, lasted = _eras()
    name = match["era"]
    count = 1 if match["count"] == "元" else number(match["count"])
    year = first[name] + count
    part_of_it = match.end() > match.end("count") + 2
    if count > lasted.get(name, 999) or (year < 1912 and part_of_it and name not in ("明治", "大正")):  # noqa: PLR2004
        return None
    return named(match, year)


def _decade_of_era(match: re.Match[str], _: Here) -> Bounds:
    """Read 民國 80 年代, the ten years from the eightieth on."""
    return tens(match, _eras()[0][match["era"]])


def _of_republic(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 115 年 1 月 as a year of the Republic, but not in Simplified text."""
    short = len(match["count"]) == 2  # noqa: PLR2004
    if here.script is Script.HANS or (short and here.script is not Script.HANT):
        raise NoTimeError
    return named(match, 1911 + int(match["count"]))


def _fiscal_republic(_: re.Match[str], here: Here) -> None:
    """Read 113 學年度, which is of the Republic, and of no years elsewhere."""
    if here.script is not Script.HANT:
        raise NoTimeError


def _short(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 08 年 and 九八年, by the century that leaves them behind us or just ahead.

    In Traditional text a year of two digits may be one of the Republic as well, unless it begins with 0.
    """
    written = match["short"].replace("○", "〇").replace("零", "〇")
    digits = written if written[0] in DIGITS else "".join(str(_SMALL.index(c)) for c in written)
    whole = len(match[0].strip("'’‘")) == 3  # noqa: PLR2004
    if written[0] not in DIGITS and whole and digits[0] != "0" and int(digits[1]) - int(digits[0]) in (1, 2):
        raise NoTimeError  # 三四年, 三五年: that many years
    if here.script is Script.HANT and digits[0] != "0" and match[0][0] in DIGITS:
        return None
    latest = (here.published.year if here.published else _NOW) + _AHEAD
    year = latest // 100 * 100 + int(digits)
    return named(match, year if year <= latest else year - 100)


def _common_era(match: re.Match[str], _: Here) -> Bounds | None:
    return None if match["bce"] else named(match, int(match["year"]))


def untold(_: re.Match[str], __: Here) -> None:
    """Read a time whose days are not told: a fiscal year, a day of the moon's calendar."""


@cache
def _eras() -> tuple[dict[str, int], dict[str, int]]:
    data = lexicon.read("times.toml")
    first, lasted = ({fold(name): count for name, count in data[key].items()} for key in ("eras", "lasted"))
    return first, lasted


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms of times that are written in Chinese, the longest reading first."""
    return (*_of_years(), *_of_eras(), *_short_forms(), *_long())


def _of_years() -> tuple[Form, ...]:
    both, run = (*FOUR, *HAN), " -–—~至到"
    return (
        form(
            both,
            rf"(?P<year>{YEAR}) ?(?:年?{TO}{DIGIT_YEAR})? ?{_FISCAL}{part()}",
            untold,
            before=run + "年财会学赛雪球",
        ),
        form(
            pairs("上本这今下前", "一个财会"),
            rf"(?:(?<!{_OF_WORD})本|这|今|[上下前])[一个]{{0,2}}(?:财(?:政?年度?|季)|会计年度){part()}",
            untold,
            "relative",
        ),
        form(
            both,
            rf"(?P<year>{YEAR}) ?年?{TO}(?P<until>{DIGIT_YEAR}|{_SPELLED}) ?年(?!代|[初中底末]|(?: ?{NUMBER} ?月))",
            years,
            before=run + "年",
        ),
        form(
            FOUR,
            rf"(?<![0-9./-])(?P<year>{DIGIT_YEAR}) ?[-–—~/至] ?(?P<until>[0-9]{{2}})"
            rf" ?(?:年(?!代)|(?P<season>{_FISCAL}))",
            _short_years,
            before="-–—~/至 ",
        ),
        form(
            FOUR,
            r"(?P<year>(?:1[5-9]|20)[0-9]0)(?: ?年代)? ?[、至到~–-] ?(?P<last>[1-9]0) ?年代",
            _decades,
            before=" 年、至到~–-",
        ),
        form(both, rf"(?P<year>{YEAR}) ?年 ?代{SHARE}", _decade, before="年 "),
        form(FOUR, r"(?<![0-9./-])(?P<year>(?:1[5-9]|20)[0-9]0)s(?![a-z0-9])(?P<share>(?!))?", _decade, before="s"),
        form(both, rf"(?P<year>{YEAR}) ?年度?{part()}", of_year, before="年 "),
        form(both, rf"(?P<year>{YEAR}) ?(?:(?P<half>[上下])半年|{QUARTER})", of_year, before=" 上下第首末一二三四q"),
    )


def _of_eras() -> tuple[Form, ...]:
    names = _eras()[0]
    count = rf"(?P<count>元|{NUMBER}|[0-9]{{3}}|一百[零一二三四五六七八九十]{{1,3}})"
    return (
        form({name[:2] for name in names}, rf"(?P<era>{'|'.join(names)}) ?{TENS} ?年代{SHARE}", _decade_of_era),
        form({name[:2] for name in names}, rf"(?P<era>{'|'.join(names)}) ?{count} ?年(?!代){part()}", _era),
        form(("公元", "西元"), r"(?:公元|西元)(?P<bce>前)? ?(?P<year>[0-9]{1,4}) ?年" + part(), _common_era),
        form(
            ("#2", "#3"),
            rf"{_NOT_SHORT}(?P<count>9[0-9]|1[0-3][0-9]) ?年(?= ?{NUMBER} ?月){part()}",
            _of_republic,
            before="年 ",
        ),
        form(("#3",), rf"{_NOT_SHORT}1[0-3][0-9] ?{_FISCAL}{part()}", _fiscal_republic, before="学会财 "),
        form(
            ("#3",),
            rf"{_NOT_SHORT}(?P<count>1[0-3][0-9]) ?年(?=度|[初底](?![^\W\d_])|底前|第[一二三四1-4]季|[上下]半年)度?"
            + part(),
            _of_republic,
            before="年 ",
        ),
        form(
            ("农历", "阴历", "旧历", "正月", "腊月", "大年"),
            rf"(?:(?:农历|阴历|旧历) ?(?:{YEAR} ?年)?"
            rf"(?:闰?(?:{NUMBER}|[正腊冬])月(?:初?{NUMBER}日?)?|初{NUMBER}|除夕|新年)"
            rf"|[正腊]月(?:初?{NUMBER})?|大年(?:初[一二三四五]|三十|夜))",
            untold,
        ),
    )


def _short_forms() -> tuple[Form, ...]:
    short = r"(?P<short>[0-9]{2}(?=年)|[〇零○一二三四五六七八九]{2}(?=年))"
    first = r"(?:(?<=0[0-9]年)|(?<=[〇零○一二三四五六七八九]{2}年))"
    quarters = "第[一二三四1-4]季|[一二三四]季度|[上下]半年|前[二两三四五六七八九十]个?月"
    behind = rf"(?= ?{NUMBER}月|{quarters}|[底末]|第[0-9]{{1,2}}周)"
    return (
        form(
            ("#2", *HAN),
            rf"{_NOT_SHORT}(?<![〇零○一二两三四五六七八九十百千万个]){short}年(?:{first}|{behind})(?!代){part()}",
            _short,
            before="年",
        ),
        form("'’‘", r"(?<![0-9a-z])['’‘](?P<short>[0-9]{2})年(?!代)" + part(), _short),
    )


def _long() -> tuple[Form, ...]:
    both = (*SHORT, *HAN)
    return (
        form(both, rf"(?<!第)(?P<age>{NUMBER}) ?世纪(?: ?{TENS} ?年代)?{SHARE}", _century, before="世 "),
        form(both, rf"(?<![0-9.]){TENS} ?年代{SHARE}", _tens, before="年 、"),
    )


__all__ = ["DIGIT_YEAR", "MONTH", "YEAR", "forms", "of_year", "untold", "years"]
