"""How things turn out by two sentences: one says a price goes up, the other that it goes down or stays.

The words of a group of ``opposites.toml`` rule each other out. They say otherwise only where they are said of the same
thing, which what stands around them tells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from service.lexicon import read
from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept, Found
from service.query.lookup.coverage import BESIDE, HEADED, Match
from service.query.lookup.periods import is_to_come, months, years_from_today
from service.query.lookup.question import Question
from service.query.synonyms import regional_words
from service.script import fold

_THERE: Final = 0.5  # share of a concept above which it is spoken of
_ENOUGH: Final = 0.5  # of what is asked, apart from how it turns out, by weight
_NEAR: Final = 24  # characters between what is spoken of and how it turns out, where they are in two clauses
_WITHIN, _BEFORE = 2, 1  # what a thing counts that stands with how it turns out, and one shortly before
_RANKS: Final = -100  # the group of places taken, each a pole
_CHANGES: Final = -1  # the group of changes
_TIMELY: Final = -51  # the group of early and late
_FEES: Final = -52  # the group of what is free and what is paid for
_TOLD_OTHERWISE: Final = {"changes": _CHANGES, "timely": _TIMELY, "fees": _FEES}
_LEVELS: Final = -50  # the group of what is above or below a standard
_BESIDE: Final = -2  # of all comparisons, whatever they are in
_FAR: Final = 12  # characters from 比 to the adjective
_LONGER: Final = 2.0  # times: what holds of a year says nothing of one of its months
_VOTED = re.compile(r"[0-9一二三四五六七八九十百千万]\s?[人票名位]$")
_AFTER = re.compile("(?:之|以)?[后前时]|的?时候")
_PLACED = re.compile(
    r"(?:(?:排名?|名列|位列|位居|高居|居|[暂并]列|排在|排)(?:在|于|全[国球台联]\w?|世界|[^,。;!?\s第0-9]{0,4})|全[国球台港市县]|世界|亚洲|国内)第(?P<place>[一二三四五六七八九十]|[0-9]{1,2})"
    r"|第(?P<other>[一二三四五六七八九十]|[0-9]{1,2})(?:名|位|大(?!类|楼|道|家|会|学))"
)
_MUCH: Final = r"(?=\s?[约近逾达了0-9一二两三四五六七八九十百])"  # how much stands behind
_YEARLY = re.compile(rf"(?<![一两前每])[年季月](?P<up>增|减){_MUCH}|维持{_MUCH}")

# Above, below or at what is usual or was expected: 高于常年平均, 不足正常值的一半.
_LEVEL = re.compile(
    r"(?:(?P<above>高于|高过|高出|超过|超出|多于|大于|好于|优于|胜过)|(?P<below>低于|不足|不到|不及|少于|小于|未达|未及|逊于|差于|不如|弱于)"
    r"|符合|持平于|等于|相当于)[^,。;!?0-9]{0,4}?(?:平均|均值|常年|正常|往年|历年|标准|预期|预估|预测|预料|目标|警戒|上限|红线|门槛)"
)
# As much as before: 和去年差不多, 跟上一季一样.
_ALIKE = re.compile(
    r"[和跟与同](?:去年|前年|上年|往年|前一年|上一?[季届次月期]|过去|以前|之前|同期)[^,。;!?]{0,6}?(?P<same>差不多|一样|相当|相同|持平)"
)
# Early and late by so much: 晚了三个月.
_BY_TIME = re.compile(
    r"(?:(?<![今昨明当每夜傍周前])晚|(?<![今昨明清一大])(?P<early>早))[了到]?\s?[约近]?"
    r"(?=[0-9一二两三四五六七八九十半好几]+\s?(?:个|多|天|周|年|月|小时|分钟|季|星期|礼拜))"
)
# What is paid, by the name of the fee: 付过路费, 收停车费.
_PAID = re.compile(r"[付缴收交][^,。;!?\s0-9]{0,4}[费税](?![用率者])")
# A change in one character: 会涨, 房价跌了, 率降 2 个百分点; no 涨幅, no 升学.
_BARE = re.compile(
    r"(?<=[会将要不没又再还都仍续连小大微狂暴价率量额数市汇税费薪租])(?:(?P<up>[涨升增])|[跌降减])"
    r"(?=$|[了到至破回吗吧呢嘛,。.!?;:、\s」』”]|[约近逾]?[0-9一二两三四五六七八九十半])"
)


class Outcome(NamedTuple):
    """A word that says how something turns out: of which group and pole, where, and whether it is denied."""

    group: int
    pole: int
    span: Span
    denied: bool


class Turn(NamedTuple):
    """How a thing turns out by a sentence, and by a claim."""

    asked: Outcome
    said: Outcome

    @property
    def same(self) -> bool:
        """Tell whether both may be so."""
        asked, said = self.asked.pole, self.said.pole
        return asked == said or (min(asked, said) < 0 and asked != _not(said))


@lru_cache(maxsize=4096)
def outcomes(clauses: Clauses) -> tuple[Outcome, ...]:
    """Return the words of a folded sentence that say how something turns out, in reading order.

    >>> [(one.pole, one.denied) for one in outcomes(Clauses("票价不会上涨"))]
    [(0, True)]
    """
    found = [*_words(clauses), *_bare(clauses), *_compared(clauses), *_ranked(clauses)]
    return tuple(sorted(found, key=lambda one: (one.span, one.group)))


def _words(clauses: Clauses) -> Iterator[Outcome]:
    matcher, meanings = _listed()
    for number, start, end in matcher.find_matches_as_indexes(clauses.folded):
        if _VOTED.search(clauses.folded, max(start - 3, 0), start) or _AFTER.match(clauses.folded, end):
            continue  # 31 人反对 is no rejection, 恢复后 only says when
        span = Span(start, end)
        denied = clauses.denies(span)
        yield from (Outcome(group, pole, span, denied) for group, pole in meanings[number])


def _bare(clauses: Clauses) -> Iterator[Outcome]:
    for match in _BARE.finditer(clauses.folded):
        span = Span(*match.span())
        pole = int(match["up"] is None)
        yield Outcome(_CHANGES, _not(pole) if clauses.denies(span) else pole, span, denied=False)


def _not(pole: int) -> int:
    """Return the pole of what is not at `pole`, wherever else it is: what does not rise may fall, or stay."""
    return -1 - pole


def _compared(clauses: Clauses) -> Iterator[Outcome]:
    """Find what is more or less than something else, 比去年少了一成, 不如去年, or than a year before, 年减 5%."""
    for match in _YEARLY.finditer(clauses.folded):
        pole = 2 if match["up"] is None else int(match["up"] == "减")
        yield Outcome(_CHANGES, pole, Span(*match.span()), clauses.denies(Span(*match.span())))
    for match in _BY_TIME.finditer(clauses.folded):
        span = Span(match.start(), match.start() + 1)
        yield Outcome(_TIMELY, int(match["early"] is not None), span, clauses.denies(span))
    for match in _PAID.finditer(clauses.folded):
        span = Span(*match.span())
        yield Outcome(_FEES, 1, span, clauses.denies(span))
    for match in _LEVEL.finditer(clauses.folded):
        pole = 0 if match["above"] else 1 if match["below"] else 2
        yield Outcome(_LEVELS, pole, Span(*match.span()), clauses.denies(Span(*match.span())))
    for match in _ALIKE.finditer(clauses.folded):
        yield Outcome(_CHANGES, 2, Span(*match.span("same")), clauses.denies(Span(*match.span("same"))))
    for word in clauses.comparisons:
        if clauses.folded.startswith("不如", word.start):
            yield Outcome(_BESIDE, 1, word, denied=False)
        elif clauses.folded[word.start : word.end] == "比":
            yield from _adjective(clauses, word)


def _adjective(clauses: Clauses, word: Span) -> Iterator[Outcome]:
    end = min(word.end + _FAR, clauses.around(word.start).end)
    match = _adjectives().search(clauses.folded, word.end + 1, end)
    if match:
        span, (group, pole) = Span(*match.span()), _poles()[match[0]]
        denied = clauses.denies(span)
        yield Outcome(_BESIDE, pole, span, denied)
        since = _earlier().search(clauses.folded, word.end, span.start)  # 比渡轮便宜 is no change
        if since or group not in (_CHANGES, _TIMELY):
            yield Outcome(group, pole, span, denied)


def _ranked(clauses: Clauses) -> Iterator[Outcome]:
    """Find which place something takes: 排名第二, 第三大, 居冠."""
    if "第" in clauses.folded:
        for match in _PLACED.finditer(clauses.folded):
            span = Span(*match.span())
            place = _numbers().get(match["place"] or match["other"])
            if place is not None:
                yield Outcome(_RANKS, place, span, clauses.denies(span))


@cache
def _numbers() -> Mapping[str, int]:
    numerals = {numeral: number for number, numeral in enumerate("〇一二三四五六七八九十")}
    return numerals | {str(number): number for number in range(1, 100)}


@cache
def _earlier() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(word)) for word in read("opposites.toml")["earlier"]["words"]))


@cache
def _poles() -> Mapping[str, tuple[int, int]]:
    """Return of which group and pole each adjective of a comparison is."""
    return {
        fold(word): (_group(group, _BESIDE - 1 - number), pole)
        for number, group in enumerate(read("opposites.toml")["compared"])
        for pole, words in enumerate(group["poles"])
        for word in words
    }


def _group(listed: Mapping[str, object], number: int) -> int:
    """Return the number of a group: one of those that are told in other ways, too, or the one it has in its list."""
    return next((group for name, group in _TOLD_OTHERWISE.items() if listed.get(name)), number)


@cache
def _adjectives() -> re.Pattern[str]:
    words = sorted(_poles(), key=lambda word: (-len(word), word))
    return re.compile(
        rf"(?:{'|'.join(words)})(?=$|[了出得上约近很\W0-9一二两三四五六七八九十百半几])|[早晚](?![年期餐饭上间报])"
    )


@cache
def _listed() -> tuple[AhoCorasick, Sequence[tuple[tuple[int, int], ...]]]:
    """Return what finds the words, the longest at each place, and of which poles of which groups each is."""
    meanings: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for number, group in enumerate(read("opposites.toml")["group"]):
        for pole, words in enumerate(group["poles"]):
            for form in _forms(words):
                meanings[form].add((_group(group, number), pole))
    for place, words in read("opposites.toml")["ranks"].items():
        for form in _forms(words):
            meanings[form].add((_RANKS, int(place)))
    matcher = AhoCorasick(list(meanings), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return matcher, [tuple(sorted(found)) for found in meanings.values()]


def _forms(words: Sequence[str]) -> set[str]:
    return {form for word in words for form in regional_words().get(fold(word), (fold(word),))}


def otherwise(question: Question, candidate: Candidate, found: Match) -> Turn | None:
    """Return how a thing turns out otherwise by a claim than by a sentence, None where it doesn't or can't be told.

    What the sentence says last decides. All it names must be spoken of, and most of the rest, and no part of its time.
    """
    asked = [one for one in outcomes(question.clauses) if not question.clauses.doubts(one.span)]
    if not asked or not _of_all(found, [one.span for one in asked]):  # as most are not, which is told first
        return None
    groups, clauses = {one.group for one in asked}, candidate.clauses
    said = [one for one in outcomes(clauses) if one.group in groups and not one.denied and not _open(clauses, one)]
    if not said or _of_other_time(question, candidate):
        return None
    turn = _last(asked, said, clauses, found)
    return turn if turn is not None and not turn.same and _carried(turn.asked, found) else None


def turns_out_so(question: Question, candidate: Candidate, found: Match) -> bool:
    """Tell whether a claim says how something turns out where that is what a sentence says last: 病例增加了."""
    asked = outcomes(question.clauses)
    if not asked:
        return True
    last = asked[-1]
    if last.group != _CHANGES:
        return True
    if any(one.span.overlaps(last.span) and place.share > _THERE for one, place in found.own.items()):
        return True
    return any(one.group == last.group and one.pole == last.pole for one in outcomes(candidate.clauses))


def _carried(outcome: Outcome, found: Match) -> bool:
    """Tell whether what turns out, the last thing before it that is no name or time, is spoken of: 年费 of 年费上涨.

    Which place something takes is said of a name.
    """
    if outcome.group == _RANKS:
        return True
    things = [one for one in found.weighed if not one.named and not one.when and not one.span.overlaps(outcome.span)]
    before = [one for one in things if one.span.end <= outcome.span.start]
    nearest = max(before, key=lambda one: one.span) if before else min(things, key=lambda one: one.span, default=None)
    return nearest is None or found.own[nearest].share > _THERE or found.around[nearest] >= HEADED


def _open(clauses: Clauses, one: Outcome) -> bool:
    return any(scope.start <= one.span.start < scope.end for scope in clauses.open)


def _last(asked: Sequence[Outcome], said: Sequence[Outcome], clauses: Clauses, found: Match) -> Turn | None:
    """Return the last thing that turns out in a sentence, with how it does by a claim where it stands with it best."""
    things = _things(found, [one.span for one in asked])
    for one in reversed(asked):
        rivals = [other for other in said if other.group == one.group]
        best = max(rivals, key=lambda other: (_with(other.span, things, clauses), other.span), default=None)
        if best is not None and _with(best.span, things, clauses) > 0:
            turn = Turn(one, best)
            if one.denied or not turn.same:
                return None if one.denied else turn
    return None


def _things(found: Match, outcomes: Sequence[Span]) -> list[Found]:
    return [
        place
        for one, place in found.own.items()
        if place.share > _THERE and not one.when and not any(one.span.overlaps(span) for span in outcomes)
    ]


def _with(span: Span, things: Sequence[Found], clauses: Clauses) -> int:
    """Return how many of the things that are asked about stand with a word of a claim."""
    clause, count = clauses.around(span.start), 0
    for place in things:
        places = [at for at in (place.span, place.last) if at is not None]
        if any(clause.overlaps(at) for at in places):
            count += _WITHIN
        elif any(0 <= span.start - at.end <= _NEAR for at in places):
            count += _BEFORE
    return count


def _of_all(found: Match, outcomes: Sequence[Span]) -> bool:
    """Tell whether all that is named, and most of the rest, is spoken of in a claim or around it."""
    whole = there = 0.0
    for one, weight in found.weighed.items():
        if any(one.span.overlaps(span) for span in outcomes):
            continue
        share = _spoken(found, one)
        if one.named and share < BESIDE:
            return False
        whole, there = whole + weight, there + weight * share
    return whole > 0 and there >= _ENOUGH * whole


def _spoken(found: Match, one: Concept) -> float:
    return max(found.own[one].share, found.around[one])


def _of_other_time(question: Question, candidate: Candidate) -> bool:
    """Tell whether a claim speaks of a part of the time that is asked about, of more, or of another: 二月, 全年."""
    mine, others = months(question.clauses.folded), months(candidate.clauses.folded)
    if mine and others and mine.isdisjoint(others):
        return True
    if _of_another_year(question, candidate):
        return True
    asked = [one.high - one.low + 1 for one in question.amounts if one.kind == "date"]
    loose = not asked and any(one.when for one in question.concepts)  # 去年, of which no calendar tells
    said = [one.high - one.low + 1 for one in candidate.amounts if one.kind == "date"] if asked or loose else []
    return (loose and bool(said)) or any(max(one, other) > _LONGER * min(one, other) for one in asked for other in said)


def _of_another_year(question: Question, candidate: Candidate) -> bool:
    """Tell whether a claim speaks of another year: 今年, or what has happened, where 明年 is asked about."""
    mine, others = (years_from_today(one.clauses.folded) for one in (question, candidate))
    if not mine or others:
        return bool(mine) and mine.isdisjoint(others)
    dated = any(one.kind == "date" for one in candidate.amounts)
    return min(mine) > 0 and not dated and not is_to_come(candidate.clauses.folded)
