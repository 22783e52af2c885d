"""Qualifiers: how sure a figure is said to be, by the words around it: 大約, 不到, 左右."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from service import lexicon
from service.extraction.figures.digits import NUMERAL_CHARACTERS
from service.model import Approx, Span
from service.script import fold

_STOP = re.compile(r"[，。；：！？、,;:!?()（）\[\]【】\n]")
_WINDOW = 32  # characters looked at before a figure: cues stand near
_TURNED = {Approx.OVER: Approx.UNDER, Approx.UNDER: Approx.OVER}
_BASE = re.compile(f" ?[以之]?前(?:同期|的?水[平准]|的(?= ?[{NUMERAL_CHARACTERS}]))")
_OPENS_CUE = " ?[(（]?[或及含和都还也]?"  # what may stand between a figure and a cue behind it


@dataclass(frozen=True, slots=True)
class _Cue:
    approx: Approx
    gap: int
    not_kinds: frozenset[str]
    not_with: tuple[str, ...]  # before it in the clause, these make another word of it: 比 … 快
    of_others: bool  # whether it bounds a share of another's amount too: 不足十年前同期的六成


@dataclass(frozen=True, slots=True)
class _Cues:
    """All cues as one pattern, a group each: the longest that begins at a place wins (不超过 over 超过).

    `any_word` finds the words alone, whatever their entries ask for: where it finds none, as mostly, there is no cue.
    """

    any_word: re.Pattern[str]
    pattern: re.Pattern[str]
    groups: dict[str, _Cue]


@cache
def _before() -> _Cues:
    groups, words = {}, []
    for number, entry in enumerate(lexicon.read("numbers.toml")["cue"]):
        groups[f"c{number}"] = _Cue(
            approx=Approx(entry["approx"]),
            gap=entry["gap"],
            not_kinds=frozenset(entry.get("not_kinds", ())),
            not_with=tuple(map(fold, entry.get("not_with", ()))),
            of_others=entry.get("of_others", False),
        )
        words += [(fold(word), number, entry) for word in entry["words"]]
    words.sort(key=lambda item: -len(item[0]))
    parts = [f"(?P<c{number}_{place}>{_guarded(word, entry)})" for place, (word, number, entry) in enumerate(words)]
    return _Cues(_any_of(word for word, *_ in words), re.compile("|".join(parts)), groups)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words))))


def _guarded(word: str, entry: Mapping[str, str]) -> str:
    """Return the pattern of a cue: no part of a longer word, nor of those that its entry tells."""
    pattern = rf"\b{re.escape(word)}\b" if word.isascii() and word[0].isalpha() else re.escape(word)
    behind = f"(?<![{fold(entry['not_after'])}])" if entry.get("not_after") else ""
    ahead = f"(?![{fold(entry['not_before'])}])" if entry.get("not_before") else ""
    return f"{behind}{pattern}{ahead}"


@dataclass(frozen=True, slots=True)
class _After:
    """The cues that stand behind a figure; `may_begin` tells by the first character that there is none."""

    may_begin: re.Pattern[str]
    patterns: tuple[tuple[Approx, re.Pattern[str]], ...]


@cache
def _after() -> _After:
    """Return what may stand behind a figure; 多 is a cue only where it ends the amount: 3 克多, not 多了三成."""
    found, firsts = [], set()
    for name, words in lexicon.read("numbers.toml")["after"].items():
        longest = sorted(map(fold, words), key=len, reverse=True)
        found.append((Approx(name), re.compile(f"{_OPENS_CUE}(?:{'|'.join(longest)})")))
        firsts |= {word[0] for word in longest}
    return _After(re.compile(f"{_OPENS_CUE}[{''.join(sorted(firsts))}]"), tuple(found))


@cache
def _words(section: str, key: str, behind: str = "") -> tuple[str, ...]:
    """Return a list of words of the lexicon, folded, each with `behind` behind it."""
    return tuple(fold(word) + behind for word in lexicon.read("numbers.toml")[section][key])


def clause_before(folded: str, start: int, floor: int) -> str:
    """Return the folded text from the start of the clause, or from `floor`, to `start`; at most a window of it."""
    window = folded[max(floor, start - _WINDOW) : start]
    stop = _STOP.search(window[::-1])
    return window[len(window) - stop.start() :] if stop else window


def is_base(folded: str, end: int) -> bool:
    """Tell whether the time that ends at `end` only says against when another figure is measured: 十年前同期的六成."""
    return _BASE.match(folded, end) is not None


def approx_of(folded: str, span: Span, floor: int, limit: int, kind: str, code: str = "") -> Approx:
    """Return how sure the figure at `span` is said to be.

    `floor` is where the figure before it ends: a cue belongs to the first figure behind it. In 低於對手的 200 億 the
    figure is the other's own, and exact; a ratio (超過對手的三倍) is what is bounded, but not where it is a forecast's
    (低於預期的 5%). `kind` and `code` are those of its unit.

    >>> text = "大约需要 300MW"
    >>> approx_of(fold(text), Span(5, 10), 0, 10, "physical")
    <Approx.ABOUT: 'about'>
    """
    if kind == "calendar" and is_base(folded, span.end):
        floor = span.start  # what stands before it is about what it is the base of
    after = _after()
    if after.may_begin.match(folded, span.end, limit) is not None:
        for approx, pattern in after.patterns:
            if pattern.match(folded, span.end, limit):
                return approx
    clause = clause_before(folded, span.start, floor)
    return _told(clause, kind, code) if _before().any_word.search(clause) is not None else Approx.EXACT


def _told(clause: str, kind: str, code: str) -> Approx:
    """Return what the nearest cue of the clause before a figure says."""
    anothers = clause.rstrip(" ").endswith(_others(kind, code))
    nearest = Approx.EXACT
    cues = _before()
    for found in _found(clause, cues):
        cue = cues.groups[(found.lastgroup or "").partition("_")[0]]
        if kind in cue.not_kinds or (anothers and not _passes(cue, kind)):
            continue
        if len(clause) - found.end() <= cue.gap and not _is_other_word(clause, cue, found.start()):
            nearest = _TURNED.get(cue.approx, cue.approx) if _is_negated(clause, found.start()) else cue.approx
    return nearest


def _passes(cue: _Cue, kind: str) -> bool:
    """Tell whether a cue before another's amount is about the figure all the same: what is about it, or a share."""
    return cue.approx is Approx.ABOUT or (cue.of_others and kind == "ratio")


def _is_negated(clause: str, start: int) -> bool:
    """Tell whether a bound is turned round: 不能超过, 不会付超过."""
    before = clause[:start]
    return before.endswith(_words("negation", "words")) or _denied().search(before) is not None


@cache
def _denied() -> re.Pattern[str]:
    """Return what denies a verb of a character or two: 不会付, 没有拿到."""
    return re.compile(f"(?:{'|'.join(_words('negation', 'of_verbs'))})[^的去今明前上年月]{{1,2}}$")


def _found(clause: str, cues: _Cues) -> Iterator[re.Match[str]]:
    """Yield the cues of a clause: what an entry asks for is looked at only where one of the words stands."""
    at = 0
    while (word := cues.any_word.search(clause, at)) is not None:
        found = cues.pattern.match(clause, word.start())
        at = found.end() if found is not None else word.start() + 1
        if found is not None:
            yield found


def _is_other_word(clause: str, cue: _Cue, start: int) -> bool:
    return any(clause.find(word, 0, start) >= 0 for word in cue.not_with)


def _others(kind: str, code: str) -> tuple[str, ...]:
    """Return what a clause ends with when the figure behind it is another's own."""
    if kind != "ratio":
        return ("的",)
    return () if code == "x" else _words("bases", "words", "的")
