"""Related times: those told from the day of the post, or from what the same sentence named: 去年底, 下週三, 同年."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from service import lexicon
from service.extraction.times import periods
from service.extraction.times.forms import DIGITS, HAN, SHORT, Form, Here, NoTimeError, form, pairs
from service.extraction.times.parts import (
    MONTH,
    NTH,
    NUMBER,
    PLATFORM,
    QUARTER,
    WEEKDAY,
    in_month,
    named,
    narrowed,
    number,
    of_month,
    part,
    weekday_number,
)
from service.extraction.times.periods import Bounds
from service.extraction.times.weekdays import year_by_weekday
from service.extraction.times.written import SHARE, TENS, share, tens
from service.script import fold

_STEPS = {"上": -1, "本": 0, "这": 0, "今": 0, "下": 1}
_OWN = r"(?<![基日根成资版样剧文课])"  # 日本年度, 基本月费: 本 is not "this"
# Nor are these words: 過去年均, 如今年輕, 以前年度, 目前日常.
_WHOLE = rf"(?:(?<!过)(?=去)|(?<!如)(?=今)|(?<![以之目从空])(?=[前后])|{_OWN}(?=本)|(?=[^去今前后本]))"


_YEARLY = re.compile("(?:每年|每逢|历年)(?:的|到)? ?$")


@cache
def _table(*keys: str) -> dict[str, int]:
    found = lexicon.read("times.toml")
    for key in keys:
        found = found[key]
    return {fold(word): int(count) for word, count in found.items()}


def _words(*keys: str) -> str:
    return "|".join(sorted(_table(*keys), key=lambda word: (-len(word), word)))


def unsaid(match: re.Match[str], here: Here) -> Bounds | None:
    """Read a part of a year that is not named: the year of the same sentence, or the nearest one."""
    if _YEARLY.search(match.string, max(match.start() - 4, 0), match.start()):
        return None
    if here.year is not None:
        return named(match, here.year)
    sample = named(match, 2000)
    if sample is None or here.published is None:
        return None
    last = 12 if sample[1].year > sample[0].year else sample[1].month
    year = periods.nearest_year(here.published, sample[0].month, last)
    if year is None and sample[0] == sample[1]:
        year = year_by_weekday(match, here.published, sample[0])
    return named(match, year) if year is not None else None


def _first_of_year(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 前三季 and 首九個月."""
    last, year = number(match["months"]) if match["months"] else 3 * number(match["count"]), here.year
    if year is None and here.published is not None:
        year = periods.nearest_year(here.published, 1, last)
    return periods.months(year, 1, last) if year is not None else None


def _bare_day(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 7 日 in the month its sentence has named; without one it may be a duration."""
    if here.untold:
        return None
    if here.days is None or (here.days[0].year, here.days[0].month) != (here.days[1].year, here.days[1].month):
        raise NoTimeError
    first = here.days[0].replace(day=number(match["day"]))
    return first, first.replace(day=number(match["last"])) if match["last"] else first


def _year(match: re.Match[str], here: Here) -> Bounds | None:
    if here.published is None:
        return None
    return named(match, here.published.year + _table("years")[match["years"]])


def _season(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 今夏 and 去冬."""
    return named(match, here.published.year - (match["of"] == "去")) if here.published is not None else None


def _same_period(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 去年同期 by the period that the sentence has named."""
    return periods.shifted(here.days, -2 if match[0][0] == "前" else -1) if here.days is not None else None


def _year_after(match: re.Match[str], here: Here) -> Bounds | None:
    if here.year is None:
        if match["years"] == "当年":  # in those days
            raise NoTimeError
        return None
    return named(match, here.year + _table("after", "years")[match["years"]])


def _day_after(match: re.Match[str], here: Here) -> Bounds | None:
    if here.days is None or here.days[0] != here.days[1]:
        return None
    day = here.days[0] + timedelta(days=_table("after", "days")[match[0]])
    return day, day


def _day(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 昨天, and 昨（5）日 with the number that newspapers set beside it."""
    if here.published is None:
        return None
    word, wanted = match["days"] or f"{match['numbered']}日", match["number"]
    day = here.published + timedelta(days=_table("days")[word])
    if wanted and number(wanted) != day.day:
        return periods.nearest_day(here.published, number(wanted))
    return day, day


def _same_month(_: re.Match[str], here: Here) -> Bounds:
    if here.days is None or (here.days[0].year, here.days[0].month) != (here.days[1].year, here.days[1].month):
        raise NoTimeError
    return periods.months(here.days[0].year, here.days[0].month, here.days[0].month)


def _steps(written: str) -> int:
    """Return how far 上, 上上 and 本 lie."""
    return _STEPS[written[0]] * len(written)


def _month(match: re.Match[str], here: Here) -> Bounds | None:
    if here.published is None:
        return None
    return _in_month(match, *periods.month_from(here.published, _steps(match["steps"])))


def _month_of_last_year(match: re.Match[str], here: Here) -> Bounds | None:
    return _in_month(match, here.published.year - 1, here.published.month) if here.published else None


def _in_month(match: re.Match[str], year: int, month: int) -> Bounds | None:
    found = match.groupdict()
    days = in_month(found, year, month)
    return narrowed(found, days) if days is not None else None


def _quarter(match: re.Match[str], here: Here) -> Bounds | None:
    if not match["degree"]:
        raise NoTimeError  # 本季 is one of a sport or a series as well
    if here.published is None or (match["one"] and here.days is not None):
        return None  # 較上一季度: of the one before it, where the sentence has named a time
    bounds = periods.quarter(here.published, _steps(match["steps"]))
    if not match["edge"]:
        return bounds
    month = bounds[0] if match["edge"] == "初" else bounds[1]
    return periods.months(month.year, month.month, month.month)


def _this_edge(match: re.Match[str], here: Here) -> Bounds | None:
    if here.published is None:
        return None
    year, month = here.year or here.published.year, here.published.month
    unit, edge = match[0][0], match[0][-1]
    if edge == "内":
        return periods.months(year, month, month) if unit == "月" else periods.whole(year)
    return periods.third(year, month, edge) if unit == "月" else periods.edge(year, edge)


def _week(match: re.Match[str], here: Here) -> Bounds | None:
    if here.published is None:
        return None
    count, weekday = _steps(match["steps"]), match["weekday"]
    if weekday == "末":
        return periods.week(here.published, count, 5)[0], periods.week(here.published, count, 6)[1]
    return periods.week(here.published, count, weekday_number(weekday) if weekday else None)


def _century(match: re.Match[str], here: Here) -> Bounds:
    now = here.published or date(2026, 1, 1)
    count = now.year // 100 + 1 + _steps(match["steps"])
    if match["ten"]:
        return tens(match, 100 * count - 100)
    return periods.century(count, share(match))


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms of times that their place tells, the longest reading first."""
    return (*_parts(), *_years(), *_near())


def _parts() -> tuple[Form, ...]:
    alone = r"(?<![0-9.一二三四五六七八九十百个闰每])(?!两)(?<!(?<![之以目从年])前)(?<!(?<![之以目从年])前 )"
    sign = r"[日号](?![线楼院室厅车机门店文公馆码召称角路桥井病房球令选种台站报本子]|月台)"
    other = "0-9.第编连续共每近前后长逾超型·一二三四五六七八九十"
    not_of = rf"(?<![{other}])(?<![{other}] )"
    lasting = r"(?!内|间|游|之内|后|以上|行程|均线|以前|前|以来|来)"
    return (
        form((*SHORT, *HAN), rf"{alone}{MONTH}(?!龄)(?: ?的?{NTH})?", unsaid, before="月 -–—~至到"),
        form(
            (*SHORT, *HAN),
            rf"{not_of}(?P<day>{NUMBER})(?: ?[-–~至到] ?(?P<last>{NUMBER}))? ?{sign}{lasting}",
            _bare_day,
            before="日号 -–~至到",
        ),
        form(pairs("上下", "半个"), r"(?<![0-9个])(?P<half>[上下])个?半年", unsaid, "relative"),
        form(
            ("首季", "末季", "q", "#1", *HAN, *pairs("第", " 一二三四1234")),
            rf"(?<![a-z0-9》前后上下每这那哪某任另同再各])(?:第 ?(?=[一二三四1-4] ?季)"
            rf"|(?=[一二三四1-4] ?季度|q|[首末]季))(?:{QUARTER})",
            unsaid,
            before="季q 一二三四1234",
        ),
        form(
            (*pairs("前首头", "二两三23 "), *pairs("前首", DIGITS + HAN)),
            r"(?<![之以目从])(?:[前首头] ?(?P<count>[二两三23]) ?个?季度?(?!节)"
            rf"|(?:首|前(?!.{{1,4}}个)) ?(?P<months>{NUMBER}) ?个?月(?!前|[0-9一二三四五六七八九十]))",
            _first_of_year,
            "relative",
        ),
    )


def _years() -> tuple[Form, ...]:
    names = rf"{_WHOLE}(?P<years>{_words('years')})(?![轻青幼老纪级货])"
    return (
        form(("去年", "前年", "上年"), r"(?<![过以之])(?:去年|前年|上年度?)同[期月]", _same_period, "relative"),
        form(("去年",), rf"去年本月{of_month()}", _month_of_last_year, "relative"),
        form({word[:2] for word in _table("years")}, rf"{names}度?{part()}", _year, "relative"),
        form(
            _table("after", "years"),
            rf"(?P<years>{_words('after', 'years')})(?![级龄纪]){part()}",
            _year_after,
            "relative",
        ),
        form(
            pairs("上本这", "世个"),
            rf"(?P<steps>上|{_OWN}本|这)个?世纪(?: ?{TENS} ?年代)?{SHARE}",
            _century,
        ),
        form(
            ("年初", "年中", "年内", "月内", *pairs("年岁月", "底末尾")),
            r"(?<![每个前后几数多半整全终当0-9一二两三四五六七八九十周百千])(?<![0-9] )"
            r"(?:[年岁][底末尾]|年初|月[底末]|[年月]内|(?<=[于在至到计将])年中(?=[^\w]|$|[前后完上推开启投量发达交]))(?![级部容地])",
            _this_edge,
            "relative",
        ),
        form(
            pairs("今去", "春夏秋冬"),
            r"(?<![如至于现而迄自过])(?P<of>[今去])(?P<season>[春夏秋冬])[天季]?",
            _season,
            "relative",
        ),
    )


def _near() -> tuple[Form, ...]:
    steps = rf"(?P<steps>(?<![天晚早网路线马手地身世楼以])(?:上{{1,3}}|下{{1,3}})|{_OWN}本|这|今)"
    week = r"(?:周(?![期边刊报年岁])|星期|礼拜)"
    near = "上本这今下"
    return (
        form(_table("after", "days"), rf"(?:{_words('after', 'days')})(?!而语)", _day_after, "relative"),
        form(("当月", "同月"), "[当同]月", _same_month, "relative"),
        form(
            ("今(", "昨(", "明(", *(word[:2] for word in _table("days"))),
            rf"{_WHOLE}(?P<days>{_words('days')})(?!头条|重现|之后》|常)"
            rf"|(?P<numbered>[今昨明])\( ?(?P<number>{NUMBER}) ?日?\) ?[日天晚早]",
            _day,
            "relative",
        ),
        form(
            pairs(near, "个月上下"),
            rf"{steps}个?月(?!{PLATFORM}|[亮球饼光租费薪供考])份?{of_month()}",
            _month,
            "relative",
        ),
        form(
            pairs(near, "一个季上下"),
            rf"{steps}(?P<one>一)?个?季(?P<degree>度)?(?![节风后])(?P<edge>[初末底])?",
            _quarter,
            "relative",
        ),
        form(
            pairs(near, "个周星礼上下"),
            rf"{steps}个?{week}(?:{week})?(?P<weekday>[{WEEKDAY}末])?(?!个)",
            _week,
            "relative",
        ),
    )
