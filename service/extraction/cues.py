"""Cues: what the words around a figure say of it, without being part of it.

How sure it is (大約, 不到, 左右), what it is per (每年, 月產), and in whose currency a bare amount is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from service import lexicon
from service.extraction.units import match_unit
from service.model import Approx, Span
from service.script import fold

_STOP = re.compile(r"[，。；：！？、,;:!?()（）\[\]【】\n]")
_WINDOW = 32  # characters looked at before a figure: cues stand near
_PER_GAP = 12
_PERIODS = {"年": "year", "月": "month", "日": "day", "晚": "day"}  # after 每, whatever follows: 每年生產


@dataclass(frozen=True, slots=True)
class _Cue:
    approx: Approx
    pattern: re.Pattern[str]
    gap: int
    not_kinds: frozenset[str]


@cache
def _before() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(Approx(entry["approx"]), _pattern(entry), entry["gap"], frozenset(entry.get("not_kinds", ())))
        for entry in lexicon.read("numbers.toml")["cue"]
    )


def _pattern(entry: dict[str, str]) -> re.Pattern[str]:
    words = sorted(map(fold, entry["words"]), key=len, reverse=True)
    alternatives = "|".join(
        rf"\b{re.escape(word)}\b" if word.isascii() and word[0].isalpha() else re.escape(word) for word in words
    )
    behind = f"(?<![{fold(entry['not_after'])}])" if entry.get("not_after") else ""
    ahead = f"(?![{fold(entry['not_before'])}])" if entry.get("not_before") else ""
    return re.compile(f"{behind}(?:{alternatives}){ahead}")


@cache
def _after() -> tuple[tuple[Approx, tuple[str, ...]], ...]:
    entries = lexicon.read("numbers.toml")["after"]
    return tuple((Approx(name), tuple(map(fold, words))) for name, words in entries.items())


def clause_before(folded: str, start: int, floor: int) -> str:
    """Return the folded text from the start of the clause, or from `floor`, to `start`; at most a window of it."""
    window = folded[max(floor, start - _WINDOW) : start]
    stops = [found.end() for found in _STOP.finditer(window)]
    return window[stops[-1] :] if stops else window


def approx_of(folded: str, span: Span, floor: int, limit: int, kind: str) -> Approx:
    """Return how sure the figure at `span` is said to be.

    `floor` is where the figure before it ends: a cue belongs to the first figure behind it. In 低於對手的 200 億 the
    figure is the other's own, and exact; a ratio (超過對手的三倍) is what is bounded. `kind` is that of its unit.

    >>> text = "大约需要 300MW"
    >>> approx_of(fold(text), Span(5, 10), 0, 10, "physical")
    <Approx.ABOUT: 'about'>
    """
    behind = folded[span.end : min(limit, span.end + 4)].lstrip(" ")
    for approx, words in _after():
        if behind.startswith(words):
            return approx
    clause = clause_before(folded, span.start, floor)
    anothers = kind != "ratio" and clause.rstrip(" ").endswith("的")
    nearest: tuple[int, Approx] = (-1, Approx.EXACT)
    for cue in _before():
        if kind in cue.not_kinds or (anothers and cue.approx is not Approx.ABOUT):
            continue
        for found in cue.pattern.finditer(clause):
            if len(clause) - found.end() <= cue.gap and found.end() > nearest[0]:
                nearest = (found.end(), cue.approx)
    return nearest[1]


def per_of(text: str, folded: str, start: int, end: int, floor: int) -> str | None:
    """Return what the figure is per, said before it (每瓦 25 美分, 月產 3 萬片) or behind it (per watt)."""
    clause = clause_before(folded, start, floor)
    offset = start - len(clause)
    at = clause.rfind("每")
    if at >= 0 and (found := _per_unit(text, folded, offset + at + 1)) is not None:
        code, stop = found
        return code if 0 <= start - stop <= _PER_GAP else None
    return _per_word(clause) or _per_behind(text, folded, end)


def _per_unit(text: str, folded: str, at: int) -> tuple[str, int] | None:
    if (period := _PERIODS.get(folded[at : at + 1])) is not None:
        return period, at + 1
    at += folded[at : at + 1] in (" ", "个")
    found = match_unit(text, folded, at)
    if found is None or found.unit.kind in ("money", "ratio"):
        return None
    return ("h" if found.unit.name.endswith("小时") else found.unit.code), found.end


def _per_word(clause: str) -> str | None:
    """Return the period that a word such as 月产 holds; a bare 一年 must touch the figure."""
    for code, words in lexicon.read("numbers.toml")["per"].items():
        for word in words:
            at = clause.rfind(word)
            gap = len(clause) - at - len(word)
            if at >= 0 and gap <= (1 if word.startswith("一") else _PER_GAP):
                return str(code)
    return None


def _per_behind(text: str, folded: str, end: int) -> str | None:
    found = re.compile(r" ?(?:per|an?) ").match(folded, end)
    unit = match_unit(text, folded, found.end()) if found else None
    return unit.unit.code if unit is not None else None


def is_about_money(sentence: str) -> bool:
    """Tell whether a folded sentence speaks of money."""
    return any(fold(cue) in sentence for cue in lexicon.read("numbers.toml")["money"]["cues"])


def counts_something(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare number, speaks of what is counted in heads or pieces."""
    return any(fold(cue) in clause for cue in lexicon.read("numbers.toml")["money"]["counts"])


def is_spending(clause: str) -> bool:
    """Tell whether a folded clause, up to a number of 块, makes it money."""
    return any(fold(cue) in clause for cue in lexicon.read("numbers.toml")["money"]["spending"])


def is_table_unit(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare magnitude, makes it the unit of a table: 单位：百万元."""
    words = tuple(map(fold, lexicon.read("numbers.toml")["table"]["words"]))
    return clause.rstrip(" :：(（为").endswith(words)


def may_follow_money(folded: str, at: int) -> bool:
    """Tell whether what stands at `at` lets a bare number before it be an amount whose currency was just named."""
    follows = folded[at : at + 1]
    return not follows or follows.isspace() or follows in fold(lexicon.read("numbers.toml")["money"]["follows"])
