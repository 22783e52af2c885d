"""Cues: what the words around a figure say of it, without being part of it.

How sure it is (大約, 不到, 左右), what it is per (每年, 月產), and in whose currency a bare amount is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from service import lexicon
from service.extraction.figures.units import Unit, match_unit
from service.model import Approx, Span
from service.script import fold

_STOP = re.compile(r"[，。；：！？、,;:!?()（）\[\]【】\n]")
_WINDOW = 32  # characters looked at before a figure: cues stand near
_PER_GAP = 12
_PAYMENT_GAP = 6
_MAKES_CARS = re.compile(" ?(?:汽车|[a-z]|的|在|裁|宣布|社长|和|与)")  # behind 日产 it is the maker, no output a day
_SYMBOLS: Mapping[tuple[str, int | Decimal], str] = {  # what a rate is by, where that is a multiple of the base unit
    ("s", 60): "min",
    ("s", 3600): "h",
    ("m", 1000): "km",
    ("Wh", 1000): "kWh",
    ("W", 1000): "kW",
    ("W", 10**6): "MW",
    ("W", 10**9): "GW",
    ("kg", 1000): "t",
    ("month", 3): "quarter",
    ("m2", 10**4): "ha",
    ("B", 10**6): "MB",
    ("B", 10**9): "GB",
}
_TURNED = {Approx.OVER: Approx.UNDER, Approx.UNDER: Approx.OVER}
_PRICED = re.compile(" ?一")
_PER = re.compile(r" ?(?:per|an?) ")
_PRICES = tuple("元块钱圆镑铢蚊币")
_CALENDAR = ("day", "week", "month", "year")
_PERIODS = {"年": "year", "月": "month", "日": "day", "晚": "day"}  # after 每, whatever follows: 每年生產


@dataclass(frozen=True, slots=True)
class _Cue:
    approx: Approx
    gap: int
    not_kinds: frozenset[str]
    not_with: tuple[str, ...]  # before it in the clause, these make another word of it: 比 … 快


@dataclass(frozen=True, slots=True)
class _Cues:
    """All cues as one pattern, a group each: the longest that begins at a place wins (不超过 over 超过)."""

    pattern: re.Pattern[str]
    groups: dict[str, _Cue]


@cache
def _before() -> _Cues:
    groups, words = {}, []
    for number, entry in enumerate(lexicon.read("numbers.toml")["cue"]):
        others = frozenset(entry.get("not_kinds", ())), tuple(map(fold, entry.get("not_with", ())))
        groups[f"c{number}"] = _Cue(Approx(entry["approx"]), entry["gap"], *others)
        words += [(fold(word), number, entry) for word in entry["words"]]
    words.sort(key=lambda item: -len(item[0]))
    parts = [f"(?P<c{number}_{place}>{_guarded(word, entry)})" for place, (word, number, entry) in enumerate(words)]
    return _Cues(re.compile("|".join(parts)), groups)


def _guarded(word: str, entry: Mapping[str, str]) -> str:
    """Return the pattern of a cue: no part of a longer word, nor of those that its entry tells."""
    pattern = rf"\b{re.escape(word)}\b" if word.isascii() and word[0].isalpha() else re.escape(word)
    behind = f"(?<![{fold(entry['not_after'])}])" if entry.get("not_after") else ""
    ahead = f"(?![{fold(entry['not_before'])}])" if entry.get("not_before") else ""
    return f"{behind}{pattern}{ahead}"


@cache
def _after() -> tuple[tuple[Approx, re.Pattern[str]], ...]:
    """Return what may stand behind a figure; 多 is a cue only where it ends the amount: 3 克多, not 多了三成."""
    entries = lexicon.read("numbers.toml")["after"]
    found = []
    for name, words in entries.items():
        longest = sorted(map(fold, words), key=len, reverse=True)
        found.append((Approx(name), re.compile(f" ?[(（]?[或及含和]?(?:{'|'.join(longest)})")))
    return tuple(found)


@cache
def _negations() -> tuple[str, ...]:
    return tuple(map(fold, lexicon.read("numbers.toml")["negation"]["words"]))


def clause_before(folded: str, start: int, floor: int) -> str:
    """Return the folded text from the start of the clause, or from `floor`, to `start`; at most a window of it."""
    window = folded[max(floor, start - _WINDOW) : start]
    stops = [found.end() for found in _STOP.finditer(window)]
    return window[stops[-1] :] if stops else window


def approx_of(folded: str, span: Span, floor: int, limit: int, kind: str, code: str = "") -> Approx:
    """Return how sure the figure at `span` is said to be.

    `floor` is where the figure before it ends: a cue belongs to the first figure behind it. In 低於對手的 200 億 the
    figure is the other's own, and exact; a ratio (超過對手的三倍) is what is bounded, but not where it is a forecast's
    (低於預期的 5%). `kind` and `code` are those of its unit.

    >>> text = "大约需要 300MW"
    >>> approx_of(fold(text), Span(5, 10), 0, 10, "physical")
    <Approx.ABOUT: 'about'>
    """
    for approx, pattern in _after():
        if pattern.match(folded, span.end, limit):
            return approx
    clause = clause_before(folded, span.start, floor)
    anothers = clause.rstrip(" ").endswith("的" if kind != "ratio" else () if code == "x" else _bases())
    nearest = Approx.EXACT
    cues = _before()
    for found in cues.pattern.finditer(clause):
        cue = cues.groups[(found.lastgroup or "").partition("_")[0]]
        if kind in cue.not_kinds or (anothers and cue.approx is not Approx.ABOUT):
            continue
        if len(clause) - found.end() <= cue.gap and not any(
            clause.find(word, 0, found.start()) >= 0 for word in cue.not_with
        ):
            negated = clause[: found.start()].endswith(_negations())
            nearest = _TURNED.get(cue.approx, cue.approx) if negated else cue.approx
    return nearest


@cache
def _bases() -> tuple[str, ...]:
    return tuple(f"{fold(word)}的" for word in lexicon.read("numbers.toml")["bases"]["words"])


def per_of(text: str, folded: str, start: int, end: int, floor: int) -> str | None:
    """Return what the figure is per, said before it (每瓦 25 美分, 月產 3 萬片) or behind it (per watt)."""
    clause = clause_before(folded, start, floor)
    offset = start - len(clause)
    at = clause.rfind("每")
    if at >= 0 and (found := _per_unit(text, folded, offset + at + 1)) is not None:
        code, stop = found
        return code if 0 <= start - stop <= _PER_GAP else None
    return _per_word(clause) or _per_behind(text, folded, end)


def _rate_of(unit: Unit, written: str) -> str:
    """Return what a rate by `unit` is called: its code where it is the base unit, else its symbol, else as written."""
    return unit.code if unit.factor == 1 else _SYMBOLS.get((unit.code, unit.factor), written)


def may_be_per(code: str, kind: str, per: str | None) -> bool:
    """Tell whether a figure can be per `per`: days are per year, but no number of years is per watt or per day.

    >>> may_be_per("day", "calendar", "year"), may_be_per("year", "calendar", "W")
    (True, False)
    """
    if kind != "calendar" or per is None:
        return True
    return per in _CALENDAR[_CALENDAR.index(code) + 1 :]


def _per_unit(text: str, folded: str, at: int) -> tuple[str, int] | None:
    at += folded[at : at + 1] in (" ", "个")
    if (period := _PERIODS.get(folded[at : at + 1])) is not None:
        return period, at + 1
    found = match_unit(text, folded, at)
    if found is None or found.unit.kind in ("money", "ratio"):
        return None
    if found.unit.asks == "degrees":
        return ("kWh", found.end) if is_of("electricity", folded[max(at - _PER_GAP, 0) : at]) else None
    return _rate_of(found.unit, text[at : found.end]), found.end


@cache
def _rates() -> tuple[re.Pattern[str], dict[str, str]]:
    periods = {fold(word): code for code, words in lexicon.read("numbers.toml")["per"].items() for word in words}
    return re.compile("|".join(sorted(periods, key=len, reverse=True))), periods


def _per_word(clause: str) -> str | None:
    """Return the period that a word such as 月产 holds; a bare 一年 must touch the figure."""
    pattern, periods = _rates()
    last = None
    for found in pattern.finditer(clause):
        if found[0][0] in "年月日" and clause[: found.start()].rstrip(" ")[-1:] in _dating():
            continue
        if found[0] == "日产" and _MAKES_CARS.match(clause, found.end()):
            continue
        if len(clause) - found.end() <= (1 if found[0][0] == "一" else _PER_GAP):
            last = periods[found[0]]
    return last


@cache
def _dating() -> tuple[str, ...]:
    return tuple(fold(lexicon.read("numbers.toml")["dating"]["before"]))


def _per_behind(text: str, folded: str, end: int) -> str | None:
    if (priced := _PRICED.match(folded, end)) is not None:  # 9 元一升
        each = _per_unit(text, folded, priced.end()) if is_price_end(folded, end) else None
        return each[0] if each is not None else None
    found = _PER.match(folded, end)
    unit = match_unit(text, folded, found.end()) if found else None
    return _rate_of(unit.unit, text[found.end() : unit.end]) if found and unit is not None else None


@cache
def _words(section: str, key: str) -> re.Pattern[str]:
    """Return the pattern of a list of words of the lexicon, which may hold sets of characters."""
    words = sorted(map(fold, lexicon.read("numbers.toml")[section][key]), key=len, reverse=True)
    return re.compile("|".join(words))


def is_about_money(sentence: str) -> bool:
    """Tell whether a folded sentence speaks of money."""
    return _words("money", "cues").search(sentence) is not None


def is_payment(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare number, can only go on with money: 年薪, 房贷."""
    return any(len(clause) - found.end() <= _PAYMENT_GAP for found in _words("money", "payments").finditer(clause))


def goes_on(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare number, is about part of what was said just before: 其中, 剩下."""
    return _words("money", "goes_on").search(clause) is not None


def counts_something(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare number, speaks of what is counted in heads or pieces."""
    return _words("money", "counts").search(clause) is not None


def is_spending(clause: str) -> bool:
    """Tell whether a folded clause, up to a number of 块, makes it money."""
    return _words("money", "spending").search(clause) is not None


def topic_of_degrees(before: str) -> str | None:
    """Return what a number of 度 is of, by the last word for it in the text before: warmth, electricity, angles."""
    last = (-1, "")
    for topic in ("warmth", "electricity", "angles"):
        for found in _words("degrees", topic).finditer(before):
            last = max(last, (found.end(), topic))
    return last[1] or None


def is_of(topic: str, before: str) -> bool:
    """Tell whether a folded sentence, up to a number of 码, 厘 or 方, speaks of `topic`: interest, yield, volume."""
    return _words("degrees", topic).search(before) is not None


def is_table_unit(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare magnitude, makes it the unit of a table: 单位：百万元."""
    return clause.rstrip(" :：(（为").endswith(_table_words())


@cache
def _table_words() -> tuple[str, ...]:
    return tuple(map(fold, lexicon.read("numbers.toml")["table"]["words"]))


def is_price_end(folded: str, end: int) -> bool:
    """Tell whether the name of a currency ends right before `end`, a space left aside: 9 元 一升."""
    return folded[max(end - 2, 0) : end].rstrip(" ")[-1:] in _PRICES


def may_follow_money(folded: str, at: int) -> bool:
    """Tell whether what stands at `at` lets a bare number before it be an amount whose currency was just named."""
    follows = folded[at : at + 1]
    return not follows or follows.isspace() or follows in _follows()


@cache
def _follows() -> frozenset[str]:
    written = lexicon.read("numbers.toml")["money"]["follows"]
    return frozenset(written + fold(written))  # full-width commas stay as they are


def is_dealt(folded: str, at: int) -> bool:
    """Tell whether a word for what is done with money, or a price each, stands at `at`: 九块一斤, 一千块买的."""
    return _words("money", "dealt").match(folded, at) is not None
