"""What a sentence of the author's does instead of asserting something: it greets, asks, points, promises, exclaims.

A sentence is read clause by clause. Each clause either does something of that kind or says something; the sentence is
idle where some of its clauses do and what the others say is too little to be checked. The classes are those of speech
act theory: of its five, only the representatives (Searle 1976) claim anything; here stand the marks that Chinese
gives the others by words, person and particles. All of it works on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from service.extraction.claims import speech_marks as marks
from service.extraction.claims.cue_words import (
    Cues,
    Scan,
    closes,
    finder,
    holds,
    opened,
    opening,
    opens,
    union,
    wordset,
)

_LONGEST = 90  # characters of a sentence that may be idle
_CLAUSE = re.compile(r"[,;:。!?~…\n]+")
_EDGES = " 「」『』“”\"'()*[]—-·"
_CLOCK = re.compile(r"^\d{1,2}:\d{2} ")  # when an entry was written
_SAID = 6  # letters of the clauses that say something: so few leave an idle sentence idle
_REASON = 10  # … and what goes with a request, as its reason
_FRAMES = 10  # words that may stand before what is done with a text
_TOLD = 16  # characters of what a text is said to tell: more of them tell it
_CREDIT = 40  # characters of a line of credits
_NOUN = 5  # characters of a noun with what is said of it: 记得带伞的[人是]他
_PLACE = 24  # characters of a clause that tells where in the text something stands
_TURN = 8  # characters behind who reads in which he is told to do something
_DONE = frozenset("了过着")
_MOST_FEELINGS = 3
_TELLS = ("tells",)
_LEAST_SCENE = 3
_CONDITIONS = ("如果", "要是", "若是", "假如", "如有", "若有", "免得", "省得", "以免")
_MOVED_BY = frozenset({"", "看得", "听得", "读得", "笑得", "气得", "吃得", "害", "让", "害得", "搞得"})

Lists = frozenset[str]  # the lists that have a word which opens a clause


def does_else(folded: str, cues: Cues | None = None) -> bool:
    """Tell whether a sentence of an author's own asserts nothing, because it does something else.

    `folded` is the sentence without its connectives, `cues` what cues stand in it, where known. What is measured or
    said by somebody is not asked here.

    >>> does_else("各位街坊,记得带伞。"), does_else("事情要从三年前说起。"), does_else("这座桥建于清代。")
    (True, True, False)
    """
    text = _CLOCK.sub("", folded.strip(_EDGES), count=1)
    if len(text) > _LONGEST:
        return False
    begun = opened("acts", text)
    if len(text) <= _CREDIT and ("shows" in begun or _is_credit(text, begun)):
        return True
    if "avows" in begun or finder("acts", "disclaims", "acknowledges").among(cues or Scan(text).cues(0, len(text))):
        return True
    clauses = _clauses(text)
    return _is_lineup(text) or _is_scene(clauses) or _is_idle_throughout(clauses)


def _is_lineup(text: str) -> bool:
    """Tell whether a sentence only names what the text is made up of."""
    lineup = marks.LINEUP.match(text) if text[:1] in marks.THESE and ":" in text else None
    return lineup is not None and not _predicates(lineup["things"])


def _is_scene(clauses: Sequence[str]) -> bool:
    """Tell whether a sentence only names what is there: 三盏灯,一张桌子,没人的码头."""
    if len(clauses) == _LEAST_SCENE - 1:
        return all(marks.COUNTED.match(clause) and not _predicates(clause[2:]) for clause in clauses)
    return len(clauses) >= _LEAST_SCENE and all(
        marks.THING.match(clause) and not _predicates(clause.rpartition("的")[2]) for clause in clauses
    )


def is_of_text(folded: str) -> bool:
    """Tell whether what a sentence measures is the text alone, or those whom it greets (新来的三十位朋友)."""
    return marks.MEASURES_TEXT.match(folded) is not None or opens("acts", "greets", folded)


def _predicates(clause: str) -> bool:
    return finder("predicates", "words").within(clause)


def _is_idle_throughout(clauses: Sequence[str]) -> bool:
    """Tell whether what the clauses say that do say something is too little to be checked.

    The longest is read first: it alone mostly says enough.
    """
    idle = said = run_up = bids = 0
    for clause in sorted(clauses, key=len, reverse=True):
        begun = opened("acts", clause)
        does = begun or marks.may_do(clause)
        if does and (_directs(clause, begun) or _is_thanks(begun)):
            bids += 1
        elif does and _is_idle(clause, begun):
            idle += 1
        elif does and (clause in wordset("acts", "markers") or clause in wordset("acts", "called")):
            run_up += 1
        elif not (does and _is_condition(clause)):
            said += sum(map(str.isalnum, clause))
            if said > _REASON:
                return False
    if bids:
        return said <= _REASON
    return said <= _SAID if idle else bool(run_up) and not said


def _is_thanks(begun: Lists) -> bool:
    return "thanks" in begun and "unthanked" not in begun


def _clauses(text: str) -> list[str]:
    return [clause for part in _CLAUSE.split(text) if (clause := part.strip(_EDGES))]


def _is_condition(clause: str) -> bool:
    """Tell whether a clause only says on what condition others hold, or for whom: 有需要的朋友."""
    return clause.startswith(_CONDITIONS) or clause.endswith("的话") or marks.THOSE.match(clause) is not None


def _is_idle(clause: str, begun: Lists) -> bool:
    """Tell whether a clause does something else than to say what is so; words of the lists `begun` open it."""
    if clause in wordset("acts", "stock") or marks.LAUGHS.match(clause) or marks.PASSES_ON.match(clause):
        return True
    if not marks.TEXTUAL.isdisjoint(clause) and marks.OF_TEXT.match(clause):
        return True
    return (
        _greets(clause, begun)
        or _wishes(begun)
        or _tells_of_text(clause, begun)
        or ("points" in begun and _comments(clause))
        or _feels(clause)
    )


def _greets(clause: str, begun: Lists) -> bool:
    if "greets" in begun and len(clause) <= (2 * _SAID if closes("acts", "greeted", clause) else _SAID):
        return True
    if clause[-1] in marks.LEAVING and marks.LEAVES.match(clause):
        return True
    called = "called" in begun and closes("acts", "greeted", clause)
    return called and len(clause) <= 2 * _SAID


def _directs(clause: str, begun: Lists) -> bool:
    """Tell whether a clause asks its readers for something: 记得带伞, 手上有票的朋友自己小心."""
    bare = _behind(clause, "called") if "called" in begun else clause
    joined = bare.lstrip("也还又就再最后那另外")
    if _asks(clause) or (bare is not clause and _asks(bare)) or (joined != bare and _asks(joined)):
        return True
    if bare != clause and opens("acts", "should", bare):
        return True
    return _tells_readers(clause, begun)


def _asks(text: str) -> bool:
    if not (opens("acts", "asks", text) or marks.BIDS.match(text)):
        return False
    return not opens("acts", "unasked", text) and not _finite(text)


def _finite(text: str) -> bool:
    """Tell whether something is said of what looks like a request (记得带伞的人是他)."""
    _, of, rest = text.partition("的")
    return bool(of) and holds("acts", "finite", rest[:_NOUN])


def _tells_readers(clause: str, begun: Lists) -> bool:
    match = marks.ADDRESSED.match(clause)
    if match is not None and opens("acts", "should", clause, match.end()):
        return True
    if "readers" not in begun:
        return False
    rest = _behind(clause, "readers")
    return opens("acts", "should", rest) or (rest[:1] in "出看下" and holds("acts", "should", rest[:_TURN]))


def _wishes(begun: Lists) -> bool:
    return _is_thanks(begun) or ("wishes" in begun and "unwished" not in begun)


def _tells_of_text(clause: str, begun: Lists) -> bool:
    """Tell whether a clause tells what its text does, did or will do: 下一篇会写器材的保养."""
    if (
        "turns" in begun
        or (clause[-1] == "起" and marks.FROM.search(clause))
        or (len(clause) <= _PLACE and marks.PLACED.search(clause))
    ):
        return True
    rest = clause
    if "frame" in begun:
        rest, told = _behind_frame(clause)
        if told:
            return True
    return bool(marks.BRIEFLY.match(rest) or (rest[-1:] == "吧" and marks.LETS.match(rest)))


def _behind_frame(clause: str) -> tuple[str, bool]:
    """Return a clause behind what tells who writes, and when and how, and whether it goes on with telling.

    Of what is past, it tells of other than the text, unless it stood in it.
    """
    rest, before = clause, False
    for number in range(_FRAMES):
        behind = _behind(rest, "frame") if not number else _behind(rest, "frame", "manner")
        if behind == rest:
            break
        before = before or rest[: len(rest) - len(behind)] in wordset("acts", "before")
        rest = behind
        told = _told(rest)
        if told and (before or not (told < len(rest) and rest[told] in _DONE)):
            return rest, True
    return rest, False


def _told(text: str) -> int:
    """Return the length of the verb of telling that opens a clause; 0 where none does."""
    length = opening("acts", _TELLS, text)
    if not length or len(text) - length > _TOLD or opens("acts", "untold", text) or _finite(text):
        return 0
    return length


def _comments(clause: str) -> bool:
    """Tell whether a clause points at what is said beside it, and adds nothing: 这才是关键, 重点来了."""
    rest = _behind(clause, "points")
    if rest == clause:
        return False
    return marks.NOTHING.match(rest) is not None or marks.TOPICAL.match(rest) is not None


def _feels(clause: str) -> bool:
    if len(clause) <= 2 * _SAID and marks.EXCLAIMS.match(clause):
        return True
    before, own, rest = clause.partition("我")
    if not own or before not in _MOVED_BY:
        return len(clause) <= _SAID and marks.MOVED.match(clause) is not None
    for _ in range(_MOST_FEELINGS):
        behind = _behind(rest.removeprefix("们"), "feeling")
        if opens("acts", "feels", rest) or behind == rest:
            break
        rest = behind
    return opens("acts", "feels", rest) and len(rest) <= _SAID


def _is_credit(text: str, begun: Lists) -> bool:
    """Tell whether a short line names who made the text, and in which part: 采访:简以安."""
    may = "credits" in begun or "记者" in text or "通讯员" in text
    return bool(may) and _crediting().match(text) is not None


@cache
def _crediting() -> re.Pattern[str]:
    roles = union("acts", "credits")
    by = r"[:/ ] ?[^,。:!?]{2,24}$"
    return re.compile(rf"(?:{roles}){by}|{marks.REPORTER}")


def _behind(text: str, *keys: str) -> str:
    """Return a clause behind the longest word of the lists that opens it."""
    length = opening("acts", keys, text)
    return text[length:].lstrip() if length else text
