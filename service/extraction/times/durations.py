"""Durations told from the post, which name a time by how far it lies: 三年前, 36 個月後, 十年內, 近三年, 未來兩週.

Most of them are told from something else (播種三週後), and then their days are not known.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from service import lexicon
from service.extraction.times import periods
from service.extraction.times.forms import DIGITS, FOUR, HAN, SHORT, Form, Here, form, pairs
from service.extraction.times.parts import number
from service.extraction.times.periods import Bounds
from service.script import fold

_ROUGH = 20  # years from which a round number is no count: 三十年前
_NEAR = 24  # characters of a sentence looked at on either side
_BREAK = re.compile(r"[。！？!?；;\n]")
_TOLD = re.compile("[了过]|已|曾")
# What may stand before a duration that is told from the post; behind an event (開幕三天前) it is told from that.
_MAY_PRECEDE = frozenset('，。、；：！？,;:!?()[]「『“"\n 在于自从的是比与和跟较到约他她我你们它早但而就')
_PAIR = re.compile("([一二两三四五六七八九])([二三四五六七八九])")
_EACH = {"年": 12, "季": 3, "月": 1, "世": 1200, "周": -7, "星": -7, "礼": -7, "天": -1, "日": -1}


def _counts(match: re.Match[str]) -> tuple[int, int] | None:
    """Return how many months the duration has at least and at most, or days where negative; None where it is rough."""
    written, each = match["many"], _EACH[match["unit"].strip(" 个半")[0]]
    pair = _PAIR.fullmatch(written)
    if pair:
        low, high = number(pair[1]), number(pair[2])
    else:
        low = 0 if written == "半" else number(written)
        high = number(match["most"]) if match["most"] else low
    halved = match["half"] or match["more"] or written == "半"
    if low > high or (each > 1 and low >= _ROUGH and low % 10 == 0) or (halved and each < 12):  # noqa: PLR2004
        return None
    extra = each // 2 if halved else 0
    return low * each + extra, high * each + extra


def _moved(start: date, count: int, *, back: bool) -> date:
    """Return the day so many months, or days where the count is negative, before or after `start`."""
    sign = -1 if back else 1
    return start + timedelta(days=sign * -count) if count < 0 else periods.day_from(start, sign * count)


def _around(day: date, count: int) -> Bounds:
    """Return the year, month, week or day that lies a duration away: 三年前 is said of a year, 三天前 of a day."""
    if count > 0:
        return periods.months(day.year, day.month, day.month) if count % 12 else periods.whole(day.year)
    return (day, day) if count % 7 else periods.week(day, 0)


def _away(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 三年前 and 三年後: from the post, or from the year that its sentence names: 1998 年畢業，三年後 is 2001."""
    counts, back = _counts(match), match["side"].endswith("前")
    if counts is None or _is_of_an_event(match):
        return None
    if here.year is not None and not (back and here.published is not None and here.year == here.published.year):
        return None if back else _after_year(here.year, counts)
    if here.published is None or (not back and (here.past or not _is_ahead(match))):
        return None
    near, far = (_around(_moved(here.published, count, back=back), count) for count in counts)
    return min(near[0], far[0]), max(near[1], far[1])


def _after_year(year: int, counts: tuple[int, int]) -> Bounds | None:
    if any(count <= 0 or count % 12 for count in counts):
        return None
    return periods.whole(year + counts[0] // 12)[0], periods.whole(year + counts[1] // 12)[1]


def _is_of_an_event(match: re.Match[str]) -> bool:
    before = match.string[max(match.start() - 1, 0) : match.start()]
    return before != "" and before not in _MAY_PRECEDE


def _rest(match: re.Match[str]) -> str:
    """Return what follows in the sentence, or what of it is near."""
    return _BREAK.split(match.string[match.end() : match.end() + _NEAR], maxsplit=1)[0]


def _is_ahead(match: re.Match[str]) -> bool:
    """Tell whether the sentence speaks of what is to come, or says nothing but the time."""
    before = _BREAK.split(match.string[max(match.start() - _NEAR, 0) : match.start()])[-1]
    sentence = before + _rest(match)
    return sentence.strip() == "" or (ahead().search(sentence) is not None and _TOLD.search(sentence) is None)


def _within(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 三年內 where the sentence tells of what is to come."""
    counts = _counts(match)
    if counts is None or here.published is None or here.past or not _is_ahead(match):
        return None
    return here.published, _moved(here.published, counts[1], back=False)


def _lasting(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 近三年, which ends before the day of the post, and 未來三年, which begins behind it."""
    counts = _counts(match)
    if here.published is None or counts is None:
        return None
    day = timedelta(days=1)
    if match["side"][0] in "过近最":
        return _moved(here.published, counts[1], back=True), here.published - day
    return here.published + day, _moved(here.published, counts[1], back=False)


@cache
def ahead() -> re.Pattern[str]:
    """Return the pattern of what tells that something to come is meant."""
    words = "|".join(fold(word) for word in lexicon.read("times.toml")["ahead"]["words"])
    return re.compile(rf"{words}|(?<![需主重只不首])要(?![求点素是])|会(?![议员场长面])")


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms of durations that name a time."""
    weeks = "(?:星期|礼拜)(?![一二三四五六日])"
    unit = rf"(?P<unit>年|个?季度|个?世纪|个(?P<half>半)?月|周(?![年岁])|个?{weeks}|天|日)(?P<more>半)?"
    many = r"(?P<many>[0-9]{1,4}|[一二两三四五六七八九十百]{1,5}|半)"
    count = rf"{many}(?: ?[-–~到至] ?(?P<most>[0-9]{{1,4}}|[一二两三四五六七八九十]{{1,3}}))? ?{unit}"
    alone = rf"(?<![0-9.,第数几多十百千万亿点/$¥-]){count}"
    away = r"(?P<side>(?:之|以)?前(?![任往端面景沿所期后])|(?:之|以)?后(?![来续台半期面]))"
    before = "年个世周星礼天日季半 -–~到至"
    quarters = rf"{many} ?(?P<unit>季)(?P<most>(?!))?(?P<half>(?!))?(?P<more>(?!))?(?![节风票军])"
    lasting = r"(?<![经已都又就])过去|最近|(?<![最附接靠临相亲就将了时用耗历花费达])近|未来|今后|接下来|往后"
    both = (*FOUR, *SHORT, "#3", *HAN)
    return (
        form(both, rf"{alone} ?{away}", _away, "relative", before=before, measured=True),
        form(both, rf"{alone} ?[之以]?内(?![部容的地])", _within, "relative", before=before, measured=True),
        form(
            ("过去", "最近", "未来", "今后", "接下", "往后", *pairs("近", DIGITS + HAN + "的这 ")),
            rf"(?P<side>{lasting})[的这]? ?{count}(?:之?间|以?内|里|以来|来)?(?!多?了)",
            _lasting,
            "relative",
            measured=True,
        ),
        form(
            ("过去", "最近", "未来", "今后", "接下", "往后", *pairs("近", DIGITS + HAN + "的这 ")),
            rf"(?P<side>{lasting})[的这]? ?{quarters}(?:之?间|以?内|里|以来|来)?",
            _lasting,
            "relative",
            measured=True,
        ),
    )
