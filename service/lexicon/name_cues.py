"""The words that tell a name from other words, folded, and where a text uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.lexicon.name_folding import fold_name
from service.lexicon.spelling import places

_FEW = 40  # words that are found one by one before a matcher for them is made
_MARKS_BETWEEN = frozenset(" :：,")
# What may stand between somebody and what he says: when it was, where, to whom, and how.
_WHEN = (
    "[今昨前当本上这][天日晚早周月年次]|(?:周|星期|礼拜)[一二三四五六日天]|[近日]日|日前|近来|稍[早晚后]|[随事过][后去]|[会赛课饭席战散]后"
    "|早前|先前|此前|当场|最后|后来|[上中下]午|晚间|清晨|凌晨|傍晚|深夜|晚上|早上|(?:\\d{1,2} ?月)? ?\\d{1,2} ?[日号]"
)
_WHERE = (
    "[在于][^,。;:!?的在于]{1,12}[上中里内时后会]|接受[^,。;:!?]{1,12}?(?:采访|专访|访问|访谈)时?|受访时?|[出列]席[^,。;:!?]{1,12}?时"
    "|[在于]?(?:脸书|微博|推特|社群|社交媒体|群里|群组|论坛|网上)(?:上)?(?:发文|发帖|贴文)?|[对向跟同][^,。;:!?的]{1,8}?"
)
_HOW = (
    "[^,。;:的\\W]{1,2}[着著]|[^,。;:的\\W]{2,4}地|语[带气][^,。;:]{2,4},?|[低小大高轻齐柔沉]声|一[再直]|再[三度次]|多次|反复|公开|首[度次]|主动|坦率|私下|亲口"
    "|当面|补充|也|则|曾|并|还|又|只|仍|都|就|才|便|却|更|已|发文|写信|来信|打电话"
)
# Nothing of that begins otherwise but some ways of how, whose commonest are told here too.
_FIRSTS = (
    "今昨前当本上这周星礼近日稍随事过会赛课饭席战散早先此最后中下晚清凌傍深\\d在于接受出列对向跟同脸微推社群论网"
    "语低小大高轻齐柔沉一再多反公首主坦私亲补也则曾并还又只仍都就才便却更已发写来打笑哭红苦无急慢淡冷直认坚难"
)


@cache
def cues(name: str) -> tuple[str, ...]:
    """Return the list `name` of ``name_cues.toml`` or ``personal_names.toml``, in their order."""
    table = lexicon.read("name_cues.toml") | lexicon.read("personal_names.toml")
    return tuple(table[name])


@cache
def folded_cues(*lists: str) -> frozenset[str]:
    """Return the folded words (or characters) of `lists`."""
    return frozenset(fold_name(word) for name in lists for word in cues(name))


@cache
def longest_first(*lists: str) -> tuple[str, ...]:
    """Return the folded words of `lists`, the longer before the shorter, else in the order of their characters."""
    return tuple(sorted(folded_cues(*lists), key=lambda word: (-len(word), word)))


def cue_places(folded: str, *lists: str) -> list[tuple[int, int]]:
    """Return where a folded text uses words of `lists`, from left to right, the longest first, none overlapping.

    >>> cue_places("他是教授", "titles_of_people")
    [(2, 4)]
    """
    return places(_matcher(lists), folded)


def word_places(folded: str, words: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Return where a folded text uses each of `words`, also within one another, in one pass.

    >>> word_places("山风能源与山风", ["山风", "山风能源"])
    {'山风': [(0, 2), (5, 7)], '山风能源': [(0, 4)]}
    """
    wanted = sorted(set(words))
    if len(wanted) <= _FEW:
        return {word: found for word in wanted if (found := [*_each(folded, word)])}
    several: dict[str, list[tuple[int, int]]] = {}
    for start, end in places(AhoCorasick(wanted, matchkind=MatchKind.Standard), folded, overlapping=True):
        several.setdefault(folded[start:end], []).append((start, end))
    return several


def _each(folded: str, word: str) -> Iterator[tuple[int, int]]:
    start = folded.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = folded.find(word, start + 1)


@cache
def _matcher(lists: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(list(longest_first(*lists)), matchkind=MatchKind.LeftmostLongest)


@cache
def pattern(*lists: str) -> re.Pattern[str]:
    """Return what matches any cue of `lists` right behind a name, the longest first, a space before it or not."""
    return re.compile(f" ?(?:{'|'.join(map(re.escape, longest_first(*lists)))})")


def ends_with_cue(folded: str, end: int | None, *lists: str) -> bool:
    """Tell whether a folded text up to `end` ends in a cue of `lists`, with a space or mark behind it at most.

    >>> ends_with_cue("由教授: ", None, "roles"), ends_with_cue("由教授：", None, "roles")
    (False, True)
    """
    words, lasts = _endings(lists)
    stop = len(folded) if end is None else end
    last = folded[stop - 1 : stop]
    if last in lasts:
        return folded.endswith(words, 0, stop)
    return last in _MARKS_BETWEEN and folded[stop - 2 : stop - 1] in lasts and folded.endswith(words, 0, stop - 1)


@cache
def _endings(lists: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words of `lists`, and the characters that they end in, by which most places are ruled out."""
    words = longest_first(*lists)
    return words, frozenset(word[-1] for word in words)


@cache
def speech(kind: str = "speech") -> re.Pattern[str]:
    """Return what matches a verb of saying, with the small words before it, right behind a name."""
    small, verbs = ("|".join(map(re.escape, longest_first(name))) for name in ("adverbs", kind))
    return re.compile(rf" ?(?:{small}){{0,2}} ?(?:{verbs})")


@cache
def speech_later() -> re.Pattern[str]:
    """Return what matches a verb of saying behind a name with when, where and how it is said in between.

    >>> bool(speech_later().match("昨晚受访时透露")), bool(speech_later().match("昨晚关了"))
    (True, False)
    """
    verbs = "|".join(map(re.escape, longest_first("speech_far")))
    said = f"(?:{_WHEN}){{0,2}}(?:{_WHERE}){{0,2}}(?:{_HOW}){{0,3}}(?:{verbs})(?![的服唱客出])"
    return re.compile(f" ?(?=[{_FIRSTS}]){said}")
