"""Find the conditions that a text states: 不含運費, 同比, 若油價不變, 以金額計."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from service.extraction.conditions.words import Word, characters, found_words, listed
from service.lexicon import read
from service.model import ConditionKind, Span
from service.script import fold
from service.segmentation import cut, part_of_speech

_OBJECT: Final = re.compile(r" ?([^\s,，。;:()!?、…0-9「」『』\"“”]{1,14})")
_NAMED_BEFORE: Final = re.compile(r"[^\s,，。;:()!?、…0-9]{1,8}$")
_CASE_END: Final = re.compile(r"[,，:。;!?…\n)]")
_CUT: Final = re.compile(r"[,，:。;!?()\n]")
_IN: Final = re.compile("[在当于]")
_OPENS: Final = frozenset(" ,，。;:()!?、…—\n「『“\"'|")
_THINGS: Final = ("n", "v", "l", "j", "eng", "x", "i")  # parts of speech of what is counted in: no adjective or adverb
_COST_ENDS: Final = tuple("费税息险")
_DEGREES: Final = frozenset("太很更最那这特挺颇")  # 不算太高 leaves nothing out
_LONGEST_CASE: Final = 40  # characters
_BEFORE_CASE: Final = 30


class Stated(NamedTuple):
    """A condition as a folded text states it; fields as of `model.Condition`."""

    span: Span
    kind: ConditionKind
    aspect: str
    side: str
    about: str | None = None


def find_stated(folded: str) -> list[Stated]:
    """Return the conditions of a folded text in order of where they begin.

    >>> [(one.side, one.about) for one in find_stated("不含运费,每箱 300 元")]
    [('without', '运费')]
    """
    found = [one for word, span in found_words(folded) if (one := _read(folded, word, span)) is not None]
    measures = (one for one in _measures(folded) if not any(one.span.overlaps(other.span) for other in found))
    return sorted([*found, *measures], key=lambda one: one.span)


def _read(folded: str, word: Word, span: Span) -> Stated | None:
    if word.role == "aspect":
        return Stated(span, word.kind, word.aspect, word.side, word.about)
    if word.role == "if":
        return _supposed(folded, word, span)
    if word.role == "case":
        return _case_before(folded, word, span)
    return _left_out_before(folded, word, span) if word.role == "behind" else _part(folded, word, span)


def _part(folded: str, word: Word, span: Span) -> Stated | None:
    """Return what is counted in or left out, named behind `word`."""
    match = _OBJECT.match(folded, span.end)
    if match is None:
        return None
    about, ending = _ended(match[1])
    if not _is_thing(about) or not _counts(folded, span, about, ending, match.start(1) + len(about)):
        return None
    return Stated(Span(span.start, match.start(1) + len(about)), word.kind, word.aspect, word.side, about)


def _ended(written: str) -> tuple[str, str]:
    """Cut what is named where a word ends it: (折旧, 后) of 折旧后的利润."""
    match = _endings().search(written, 1)
    return (written[: match.start()], match[0]) if match else (written, "")


@cache
def _endings() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, listed("part", "ends"))))


def _is_thing(about: str) -> bool:
    words = cut(about) if about[:1] not in _DEGREES else []
    return bool(words) and (part_of_speech(words[-1]) or "n").startswith(_THINGS)


def _counts(folded: str, span: Span, about: str, ending: str, end: int) -> bool:
    """Tell whether words such as 含 or 扣除 say what an amount is with or without, not what a thing holds."""
    needed = _needed().get(folded[span.start : span.end])
    if needed is not None:
        return ending in needed
    if folded[span.start : span.end] != "含":
        return True
    opens = folded[span.start - 1 : span.start] in _OPENS or span.start == 0
    if folded[end : end + 1].isspace() or folded[end : end + 1].isdigit():
        return _is_cost(about)
    return opens or _is_cost(about) or ending in ("的", "后", "在内")


def _is_cost(about: str) -> bool:
    return about.startswith(listed("part", "costs")) or about.endswith(_COST_ENDS)


@cache
def _needed() -> dict[str, frozenset[str]]:
    part = read("conditions.toml")["part"]
    return {fold(word): frozenset(map(fold, part[key])) for word, key in part["only_ending"].items()}


def _left_out_before(folded: str, word: Word, span: Span) -> Stated | None:
    """Return what is left out, named before `word`: 運費另計."""
    match = _NAMED_BEFORE.search(folded, max(span.start - 8, 0), span.start)
    if match is None or not _is_thing(match[0]):
        return None
    *_, last = cut(match[0])
    about = last if len(last) > 1 else match[0][-2:]
    return Stated(Span(span.start - len(about), span.end), word.kind, word.aspect, word.side, about)


def _supposed(folded: str, word: Word, span: Span) -> Stated | None:
    """Return a case that is supposed behind `word`, to the comma or the word that tells what follows from it."""
    before = folded[span.start - 1 : span.start]
    if folded[span.start : span.end] in listed("case", "opening") and before and before not in _openings():
        return None
    limit = min(len(folded), span.end + _LONGEST_CASE)
    stop = _CASE_END.search(folded, span.end, limit)
    end = stop.start() if stop else limit
    then = _then().search(folded, span.end + 1, end)
    end = then.start() if then else end
    about = _bare(folded[span.end : end])
    return Stated(Span(span.start, end), word.kind, word.aspect, word.side, about) if about else None


@cache
def _openings() -> frozenset[str]:
    return _OPENS | characters("case", "joins")


@cache
def _then() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, listed("case", "then"))))


def _case_before(folded: str, word: Word, span: Span) -> Stated | None:
    """Return the case that stands before `word`: 在滿座的情況下."""
    floor = max(span.start - _BEFORE_CASE, 0)
    start = max((match.end() for match in _CUT.finditer(folded, floor, span.start)), default=floor)
    inside = _IN.search(folded, start, span.start)
    begin = inside.start() if inside else start
    about = _bare(folded[inside.end() if inside else start : span.start].removesuffix("的"))
    if not about or about in _pointing() or (inside is None and start == floor > 0):
        return None
    return Stated(Span(begin, span.end), word.kind, word.aspect, word.side, about)


@cache
def _pointing() -> frozenset[str]:
    return frozenset(listed("case", "pointing"))


def _bare(text: str) -> str:
    return "".join(text.split())


def _measures(folded: str) -> Iterator[Stated]:
    """Yield by what something is measured: 以金額計, but neither 可以計算 nor 數以萬計."""
    for match in _measure().finditer(folded):
        before = folded[match.start() - 1 : match.start()]
        about = match["about"].strip(" ")
        if before in characters("measure", "not_after") or not about:
            continue
        if not characters("measure", "endless").isdisjoint(about) and not any(map(str.isdigit, about)):
            continue
        named = any(map(str.isdigit, about)) or any(one in about for one in listed("measure", "currencies"))
        if named or _is_thing(about):
            yield Stated(Span(*match.span()), ConditionKind.BASIS, "measure", "by", _bare(about))


@cache
def _measure() -> re.Pattern[str]:
    ends = "|".join(map(re.escape, listed("measure", "ends")))
    guard = "".join(sorted(characters("measure", "not_before")))
    return re.compile(rf"[以按]照?(?P<about>[^以按,，。;:!?()\n]{{1,20}}?)(?:{ends})(?![{guard}])")
