"""Times: dates, months, quarters and years a post names, and those it names from where it stands (去年, 明年底).

Bounds are the first and the last day meant. A relative time has bounds only where the post says when it was published;
a month or weekday without its year has none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from service.extraction.numerals import fold_prose, parse_numeral
from service.model import Block, BlockKind, Document, Script, Span, Time

Bounds = tuple[date, date]

SILENT = frozenset({BlockKind.CODE, BlockKind.AUTHOR, BlockKind.PERSON, BlockKind.COMPANY})

_YEAR = r"(?:(?<![0-9$¥/_a-z-])(?<![0-9][.,:])(?:1[5-9]|20|21)[0-9]{2}(?![0-9])|[一二][〇零○一二三四五六七八九]{3})"
_NUMBER = r"(?:[0-9]{1,2}|[一二两三四五六七八九十廿卅]{1,3})"
_PART = (
    rf" ?(?:年? ?(?P<half>[上下前后]半年)|年? ?第?(?P<quarter>[一二三四1-4]) ?季度?|年? ?q(?P<q>[1-4])(?![0-9a-z])"
    rf"|年 ?前(?P<first>{_NUMBER}) ?个?(?P<span>季度?|月)"
    rf"|年 ?(?P<month>{_NUMBER}) ?月份?(?P<third>[上中下]旬|[初底末])?(?: ?(?P<day>{_NUMBER}) ?[日号])?"
    rf"|年 ?(?P<edge>[初底末]|中(?![^\W\d_])|中(?=[的时前后就将旬]))|年 ?代(?P<decade>)|年度?(?P<whole>))"
)
_EXPLICIT = re.compile(
    rf"(?P<from>{_YEAR}) ?年? ?[-–—~至到] ?(?P<until>(?:1[5-9]|20|21)[0-9]{{2}}) ?年(?!代|[0-9])"
    rf"|(?P<iso>(?<![0-9./-])(?:1[5-9]|20|21)[0-9]{{2}}[-/.](?P<m>1[0-2]|0?[1-9])"
    rf"(?:[-/.](?P<d>3[01]|[12][0-9]|0?[1-9]))?(?![0-9./-]))"
    rf"|(?P<year>{_YEAR}){_PART}"
    rf"|民国 ?(?P<roc>[0-9]{{1,3}}) ?年"
    rf"|(?<=[到至自从])(?P<gap> ?)(?P<bare>(?:19|20|21)[0-9]{{2}})(?![0-9.:/%a-z-]| ?[^\W\d_])"
    rf"|(?<![0-9.])(?P<m0>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
    rf" ?月(?!球|亮|饼|台|光|子|薪|租|费|均|产) ?(?:{_NUMBER} ?[日号])?"
    rf"|第[一二三四1-4] ?季度?(?!度)|(?<![a-z0-9])q[1-4](?![a-z0-9])"
    rf"|(?<![0-9])[1-9]0 ?年代|[0-9]{{1,2}} ?世纪|(?<!第)(?:[一二]?十[一二三四五六七八九]?) ?世纪"
)
_DAYS = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "今晚": 0, "明天": 1, "明日": 1, "后天": 2}
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_MONTHS = {"上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "下个月": 1, "下月": 1}
_RELATIVE = re.compile(
    rf"(?P<days>{'|'.join(_DAYS)})|(?P<years>{'|'.join(_YEARS)})(?: ?(?:的?(?P<edge>年[初中底末]|[初底末])"
    rf"|(?P<half>[上下]半年)"
    rf"|第?(?P<quarter>[一二三四1-4]) ?季度?|(?P<month>{_NUMBER}) ?月份?(?: ?(?P<day>{_NUMBER}) ?[日号])?))?"
    rf"|(?P<months>{'|'.join(_MONTHS)})|(?P<thisedge>(?<!每)年[底末]|(?<!每)岁末)"
    r"|[上本下]周(?!期)[一二三四五六日末]?|(?:周|星期|礼拜)[一二三四五六日天](?!个)"
)
_UNTIL = frozenset("-–—~至")
_EDGES = {"初": (1, 2), "中": (6, 7), "底": (11, 12), "末": (11, 12)}


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    bounds: Bounds | None
    kind: str


def find_times(document: Document) -> tuple[Time, ...]:
    """Return the dates and periods that the prose of `document` names, in reading order.

    `2026 年 1 月` runs from 2026-01-01 to 2026-01-31; 去年 is told from the day the post was published.
    """
    folded = fold_prose(document.text)
    published = document.header.published.value.date() if document.header.published else None
    return tuple(
        Time(
            surface=document.text[found.start : found.end],
            span=Span(found.start, found.end),
            line=document.line(found.start),
            low=found.bounds[0].isoformat() if found.bounds else None,
            high=found.bounds[1].isoformat() if found.bounds else None,
            kind=found.kind,
        )
        for block in document.blocks
        if block.kind not in SILENT
        for found in _in_block(folded, block, published)
        if not any(Span(found.start, found.end).overlaps(span) for span in silent_spans(document, block))
    )


def silent_spans(document: Document, block: Block) -> list[Span]:
    """Return what is not mined within `block`: code, and the shown text of links, captions left aside."""
    links = [] if block.kind is BlockKind.CAPTION else [link.span for link in document.links if link.span is not None]
    return [span for span in (*document.code, *links) if span.overlaps(block.span)]


def explicit_spans(folded: str, start: int, end: int) -> list[Span]:
    """Return where folded text names dates outright: the numerals in them are no figures."""
    return [Span(found.start, found.end) for found in _explicit(folded, start, end)]


def _in_block(folded: str, block: Block, published: date | None) -> list[_Found]:
    start, end = block.span
    explicit = _joined(folded, list(_explicit(folded, start, end)))
    taken = [Span(found.start, found.end) for found in explicit]
    relative = [
        _Found(found.start(), found.end(), _from_today(found, published), "relative")
        for found in _RELATIVE.finditer(folded, start, end)
    ]
    free = _free(relative, taken)
    return sorted([*explicit, *free], key=lambda found: found.start)


def _joined(folded: str, found: list[_Found]) -> list[_Found]:
    """Make one time of two that 至 or a dash joins: 2017 年 5 月至 2018 年 4 月."""
    joined: list[_Found] = []
    for time in found:
        before = joined[-1] if joined else None
        if before is not None and (bounds := _run(folded, before, time)) is not None:
            joined[-1] = _Found(before.start, time.end, bounds, "explicit")
        else:
            joined.append(time)
    return joined


def _run(folded: str, first: _Found, last: _Found) -> Bounds | None:
    """Return from when to when the two run where a dash or 至 joins them."""
    dashed = folded[first.end : last.start].strip() in _UNTIL
    if not dashed or first.bounds is None or last.bounds is None or first.bounds[1] >= last.bounds[1]:
        return None
    return first.bounds[0], last.bounds[1]


def _free(relative: list[_Found], taken: list[Span]) -> list[_Found]:
    """Return those that overlap none of the spans, both being in order."""
    free, at = [], 0
    for found in relative:
        while at < len(taken) and taken[at].end <= found.start:
            at += 1
        if at == len(taken) or taken[at].start >= found.end:
            free.append(found)
    return free


def _explicit(folded: str, start: int, end: int) -> Iterator[_Found]:
    for found in _EXPLICIT.finditer(folded, start, end):
        if not _is_span(found):
            begin = found.start() + len(found["gap"] or "")
            yield _Found(begin, found.end(), _bounds(found), "explicit")


def _is_span(found: re.Match[str]) -> bool:
    """Tell whether what looks like a month is a number of them: 五月 is May, but 三个月 and 十二月龄 are not."""
    return found["m0"] is not None and found.string[found.end() : found.end() + 1] == "龄"


def _bounds(found: re.Match[str]) -> Bounds | None:
    try:
        if found["from"]:
            return _year(_number(found["from"]))[0], _year(_number(found["until"]))[1]
        if found["iso"]:
            return _month(int(found["iso"][:4]), int(found["m"]), int(found["d"]) if found["d"] else None)
        if found["year"]:
            return _within(found, _number(found["year"]))
        if found["roc"]:
            return _year(int(found["roc"]) + 1911)
        return _year(int(found["bare"])) if found["bare"] else None
    except ValueError:  # 2026 年 13 月: named, but no date
        return None


def _within(found: re.Match[str], year: int) -> Bounds:
    """Return the part of `year` that is named."""
    if found["half"]:
        return _months(year, 1, 6) if found["half"][0] in "上前" else _months(year, 7, 12)
    if quarter := found["quarter"] or found["q"]:
        return _quarter(year, _number(quarter))
    if found["first"]:
        return _months(year, 1, _number(found["first"]) * (1 if found["span"] == "月" else 3))
    if found["month"]:
        return _month(year, _number(found["month"]), _number(found["day"]) if found["day"] else None)
    if found["edge"]:
        return _months(year, *_EDGES[found["edge"]])
    return (date(year, 1, 1), date(year + 9, 12, 31)) if found["decade"] is not None else _year(year)


def _from_today(found: re.Match[str], published: date | None) -> Bounds | None:
    if published is None:
        return None
    try:
        if found["days"]:
            day = published + timedelta(days=_DAYS[found["days"]])
            return day, day
        if found["months"]:
            months = published.year * 12 + published.month - 1 + _MONTHS[found["months"]]
            return _month(months // 12, months % 12 + 1, None)
        if found["thisedge"]:
            return _months(published.year, *_EDGES["底"])
        return _of_year(found, published.year + _YEARS[found["years"]]) if found["years"] else None
    except (ValueError, OverflowError):
        return None


def _of_year(found: re.Match[str], year: int) -> Bounds:
    if found["edge"]:
        return _months(year, *_EDGES[found["edge"][-1]])
    if found["half"]:
        return _months(year, 1, 6) if found["half"][0] in "上前" else _months(year, 7, 12)
    if found["quarter"]:
        return _quarter(year, _number(found["quarter"]))
    if found["month"]:
        return _month(year, _number(found["month"]), _number(found["day"]) if found["day"] else None)
    return _year(year)


def _number(written: str) -> int:
    return int(parse_numeral(written, Script.OTHER))


def _year(year: int) -> Bounds:
    return date(year, 1, 1), date(year, 12, 31)


def _quarter(year: int, quarter: int) -> Bounds:
    return _months(year, 3 * quarter - 2, 3 * quarter)


def _months(year: int, first: int, last: int) -> Bounds:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _month(year: int, month: int, day: int | None) -> Bounds:
    return (date(year, month, day), date(year, month, day)) if day else _months(year, month, month)
