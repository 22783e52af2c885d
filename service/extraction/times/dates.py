"""Dates: the one scan that finds the times of a text, and keeps what a time may take from those before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice

from service.extraction.times import durations, numeric, related, weekdays, written
from service.extraction.times.forms import DIGITS, HAN, LATIN, MONTH_NAMES, Form, Found, Here, NoTimeError
from service.extraction.times.periods import Bounds
from service.extraction.times.ranges import joined
from service.extraction.times.tails import begun, extended
from service.model import Script

_ENDS = re.compile(r"[。！？!?；;\n]")
# What may stand behind the numeral of a date: behind most numbers none of it does.
_UNITS = "年月世日号天周个星礼季第财会学赛上下"
_RUN = rf" ?[-–—~至到] ?(?:[{DIGITS}]{{1,4}}|[{HAN}]{{1,6}})(?= ?[{_UNITS}/.-])"
_BEHIND_HAN = rf" ?[{_UNITS}]|{_RUN}|、[三四五六七八九]十 ?年代"
_FULL_YEAR = r"(?<=[12][0-9]{3})"
_BEHIND = (
    rf"{_BEHIND_HAN}|{_FULL_YEAR}(?: ?[-–—~至到] ?[{DIGITS}{HAN}]| ?[、和与及跟或] ?[12][0-9]{{3}}"
    r"| ?、 ?[1-9]0 ?年代|\.[0-9]|s| [01][0-9] [0-3])| ?q|[/h][0-9]|\.[0-9]{1,2}\.|(?:st|nd|rd|th)? ?[jfmasond][aepuco]"
)
_BEFORE = "[到至自从ynem(]"  # and before a year with nothing behind it
_MOST = 60_000  # candidates looked at in one post: the largest posts that are prose hold half as many
_LONGEST = 9  # characters of the numeral of a date


def dates_in(folded: str, published: date | None, script: Script) -> Iterator[Found]:
    """Yield the times of a folded text, in reading order.

    `published` is the day that relative times are told from; in another `script` 115 年 may be a year of the Republic.
    """
    return (begun(folded, found) for found in joined(folded, _Scan(folded, published, script).times()))


class _Scan:
    """One pass over a text, with what the times so far leave to those behind them."""

    def __init__(self, folded: str, published: date | None, script: Script) -> None:
        self.text, self.published, self.script = folded, published, script
        self.days: Bounds | None = None
        self.untold = self.past = False
        self.passed = 0

    def times(self) -> Iterator[Found]:
        done = 0
        for candidate in islice(_candidates().finditer(self.text), _MOST):
            at = candidate.start()
            if at >= done and (found := self._found(at, candidate.end())) is not None:
                done = self.passed = found.end
                yield found

    def _found(self, at: int, end: int) -> Found | None:
        """Return the time that begins at `at` with a numeral or word up to `end`, if one does."""
        text = self.text
        follows = text[end : end + 1]
        for form in _forms_at(text, at, end):
            if form.before and follows not in form.before:
                continue
            if (match := form.match(text, at)) is not None and (found := self._read(match, form)) is not None:
                return found
        return None

    def _read(self, match: re.Match[str], form: Form) -> Found | None:
        self._pass(match.start())
        year = self.days[0].year if self.days else None
        try:
            bounds = form.read(match, Here(self.published, year, self.days, self.untold, self.past, self.script))
        except NoTimeError:
            return None
        except (ValueError, OverflowError):  # 2026 年 13 月: named, but no date
            bounds = None
        if bounds is not None and not form.measured:
            self.days = bounds
            self.past = self.past or (self.published is not None and bounds[0].year != self.published.year)
        unsaid = form.read is related.unsaid
        self.untold = bounds is None and (unsaid or self.untold)
        return extended(self.text, Found(match.start(), match.end(), bounds, form.kind, form.measured, unsaid))

    def _pass(self, at: int) -> None:
        """Forget what the sentences and paragraphs that end before `at` have named."""
        end = _ENDS.search(self.text, self.passed, at)
        if end is not None:
            self.days, self.untold = None, False
            if self.text.find("\n", end.start(), at) >= 0:
                self.past = False
        self.passed = at


@cache
def _forms() -> dict[str, tuple[Form, ...]]:
    """Return the forms by what they begin with, the longest reading first."""
    return {first: tuple(one for one in _every() if first in one.begins) for one in _every() for first in one.begins}


def _forms_at(folded: str, at: int, end: int) -> tuple[Form, ...]:
    """Return the forms that may begin at a place: by the word there, its first character, or how many digits it has."""
    forms = _forms()
    if folded[at] in DIGITS:
        return forms.get(f"#{end - at}", ())
    return forms.get(folded[at : at + 2]) or forms.get(folded[at], ())


@cache
def _every() -> tuple[Form, ...]:
    return (*written.forms(), *numeric.forms(), *durations.forms(), *related.forms(), *weekdays.forms())


@cache
def _candidates() -> re.Pattern[str]:
    """Return the pattern of where a time may begin: a set of characters, and what must hold of each kind of them."""
    words = "".join(sorted({pair[0] for pair in _pairs()}))
    second = "".join(sorted({pair[1] for pair in _pairs()} - {"-", "]", "^"}))
    months = "|".join(rf"(?<={name[0]}){name[1:]}" for name in MONTH_NAMES)
    year = rf"(?:(?<={_BEFORE}.)|(?<={_BEFORE} .))[0-9]{{3}}(?![0-9])"
    return re.compile(
        rf"[{DIGITS}{HAN}{words}{LATIN}'’‘](?:"
        rf"(?<=[0-9])(?<![0-9].)(?:[0-9]{{0,{_LONGEST}}}+(?={_BEHIND})|[0-9]{{7}}(?![0-9])|{year})"
        rf"|(?<=[{HAN}])(?<![{HAN}].)[{HAN}]{{0,{_LONGEST}}}+(?={_BEHIND_HAN})"
        rf"|(?<=[{words}])(?=[{second}])|(?<=['’‘])(?=[0-9]{{2}}年)"
        rf"|(?<=[{LATIN}])(?<![a-z0-9].)(?:(?<=[qh])(?=[1-4])|(?<=f)y(?= ?['’0-9])|{months}))"
    )


@cache
def _pairs() -> frozenset[str]:
    """Return the first two characters of all words that times begin with."""
    return frozenset(first for first in _forms() if len(first) > 1 and first[0] != "#")
