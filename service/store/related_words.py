"""The words of a text as related articles are told by: one word for what regions and the lexicon call differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import accumulate
from math import log
from types import MappingProxyType
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.lexicon.names import Strength, entries
from service.lexicon.regional import groups
from service.lexicon.spelling import places, respell
from service.script import fold
from service.segmentation import cut, part_of_speech
from service.store.terms import is_function_word

NAMED: Final = "="  # before the lexicon's id of somebody, which stands for all names he has
_RARE: Final = log(1 + 400)  # what a word says that stands in no list of common ones
_SUBJECTS: Final = {"v": 0.7, "a": 0.7, "z": 0.5, **dict.fromkeys("bcdefmpqruoty", 0.4)}  # by part of speech
_UNKNOWN: Final = 0.7  # two characters that no dictionary has: they may be no word at all
_SHORT: Final = 2
_LONGEST: Final = 40  # characters of a word

Place = tuple[int, int]


def words(folded: str, without: Iterable[Place] = ()) -> list[str]:
    """Return the words of a folded text in reading order, leaving out places such as code or names.

    A word that several regions have words for is the mainland's, wherever the segmenter would cut it.

    >>> words("我们的伺服器与资料中心")
    ['我们', '的', '服务器', '与', '数据中心']
    """
    parts, end = [], 0
    for start, stop in sorted(without):
        if start > end:
            parts.append(folded[end:start])
        end = max(end, stop)
    parts.append(folded[end:])
    text = respell("\n".join(parts)).translate(_letters())
    usual = _usual()
    found = _joined(text, cut(text))
    return [*map(usual.get, found, found)]


def _joined(text: str, found: list[str]) -> list[str]:
    """Return the words of a text, those that are one regional word together as one."""
    known = places(_matcher(), text)
    if not known:
        return found
    stops = list(accumulate(map(len, found)))
    after = dict(zip(stops, range(1, len(stops) + 1), strict=True))  # where a word ends → which one is next
    joined: list[str] = []
    done = 0
    for start, end in known:
        first, last = after.get(start) if start else 0, after.get(end, 0)
        if first is not None and last > first + 1:
            joined += [*found[done:first], text[start:end]]
            done = last
    return joined + found[done:] if joined else found


@cache
def _usual() -> dict[str, str]:
    """Map each folded Chinese word that regions say otherwise to one of its group: the mainland's, where it has one."""
    found: dict[str, str] = {}
    for group in groups():
        same = [fold(word) for word in group.compared if word not in group.english]
        usual = next((fold(word) for word in group.of("cn") if word in group.compared), "")
        found.update((word, found.get(word, usual or same[0])) for word in same)
    return found


def said_as(term: str) -> tuple[str, ...]:
    """Return the folded words that a text may say a term by: the mainland's first.

    >>> said_as("服务器"), said_as("渡轮")
    (('服务器', '伺服器'), ('渡轮',))
    """
    return _regional().get(term, (term,))


@cache
def _regional() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word, usual in _usual().items():
        found.setdefault(usual, [usual]).append(word)
    return {usual: tuple(dict.fromkeys(words)) for usual, words in found.items()}


@cache
def _letters() -> Mapping[int, str]:
    """Map the single characters among regional words, which are parts of longer ones (矽): a table for translate."""
    return {ord(word): usual for word, usual in _usual().items() if len(word) == 1 == len(usual) and word != usual}


@cache
def _matcher() -> AhoCorasick:
    return AhoCorasick([word for word in _usual() if len(word) > 1], matchkind=MatchKind.LeftmostLongest)


def as_term(name: str) -> str:
    """Return a folded word, tag or name as the one term for all that it is called.

    >>> as_term("台积电") == as_term("tsmc"), as_term("资料中心")
    (True, '数据中心')
    """
    kept = respell(name).translate(_letters())[:_LONGEST]
    kept = _usual().get(kept, kept)
    known = _full_names().get(kept)
    return NAMED + known if known else kept


@cache
def _full_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in entries().values():
        for form, strength in entry.forms():
            if strength is Strength.FULL:
                found.setdefault(fold(form), entry.id)
    return MappingProxyType(found)


@lru_cache(maxsize=131_072)
def tells(word: str) -> bool:
    """Tell whether a folded word says anything: no function word, number or single character does.

    >>> [tells(word) for word in ("电池", "我们", "的", "2025", "二十几", "gb300")]
    [True, False, False, False, False, True]
    """
    return len(word) > 1 and word[0].isalpha() and not is_function_word(word) and part_of_speech(word) != "m"


def rarity(term: str) -> float:
    """Return how much a term says by itself, whatever corpus it stands in: the rarer in Chinese posts, the more.

    >>> rarity("公司") < rarity("海啸")
    True
    """
    return _common().get(term, _RARE)


@lru_cache(maxsize=131_072)
def subject(term: str) -> float:
    """Return how fit a term is to say what a text is about: nouns and names wholly, verbs and adjectives in part.

    >>> subject("电池") > subject("便宜") > subject("仍然")
    True
    """
    tag = "" if term.isascii() else part_of_speech(term)
    return _SUBJECTS.get(tag[:1], 1.0) if tag else _UNKNOWN if len(term) == _SHORT else 1.0


@cache
def _common() -> Mapping[str, float]:
    listed = lexicon.read("common_words.toml")["common"]
    return {word: log(1 + entry["every"]) for entry in listed for word in entry["words"].split()}


def spoken(found: Iterable[str]) -> list[str]:
    """Return the words without marks and spaces between them: what texts that are nearly the same share."""
    every = list(found)
    unspoken = {word for word in set(every) if not word[0].isalnum()}
    return [word for word in every if word not in unspoken]
