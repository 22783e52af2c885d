"""The words of ``conditions.toml``, as they are looked for: folded, all in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from service.lexicon import read
from service.lexicon.spelling import places
from service.model import ConditionKind, Span
from service.script import fold

_FILE: Final = "conditions.toml"


@dataclass(frozen=True, slots=True)
class Word:
    """What a word tells, and what may not stand beside it."""

    role: str  # aspect | with | without | behind | if | case
    kind: ConditionKind
    aspect: str
    side: str
    about: str | None = None
    before: tuple[str, ...] = ()
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()

    def fits(self, folded: str, start: int, end: int) -> bool:
        """Tell whether the word at a place of a folded text is this one, and no part of another."""
        before, behind = folded[start - 1 : start], folded[end : end + 1]
        if before in self.not_after or behind in self.not_before:
            return False
        if folded[start].isascii() and _is_letter(folded[start], before):
            return False
        if folded[end - 1].isascii() and _is_letter(folded[end - 1], behind):
            return False
        return not self.before or folded.startswith(self.before, end)


def _is_letter(own: str, other: str) -> bool:
    return own.isalnum() and other.isascii() and other.isalnum()


def listed(section: str, key: str) -> tuple[str, ...]:
    """Return a list of the lexicon, folded, its longest words first."""
    return _sorted(read(_FILE)[section][key])


@cache
def characters(section: str, key: str) -> frozenset[str]:
    """Return the characters of a string of the lexicon, folded."""
    return frozenset(fold(read(_FILE)[section].get(key, "")))


@cache
def alike() -> frozenset[tuple[str, frozenset[str]]]:
    """Return the pairs of sides of an aspect of which one may be the other."""
    pairs = ((entry["name"], pair) for entry in read(_FILE)["aspect"] for pair in entry.get("alike", ()))
    return frozenset((name, frozenset(pair)) for name, pair in pairs)


def found_words(folded: str) -> Iterator[tuple[Word, Span]]:
    """Yield the words that stand in a folded text, the longest at each place, in order."""
    matcher, of = _matcher()
    for start, end in places(matcher, folded):
        for word in of[folded[start:end]]:
            if word.fits(folded, start, end):
                yield word, Span(start, end)
                break


@cache
def _matcher() -> tuple[AhoCorasick, dict[str, list[Word]]]:
    of: dict[str, list[Word]] = {}
    for written, word in _words():
        of.setdefault(fold(written), []).append(word)
    return AhoCorasick(list(of), matchkind=MatchKind.LeftmostLongest), of


def _words() -> Iterator[tuple[str, Word]]:
    data = read(_FILE)
    for entry in data["aspect"]:
        for side, words in entry["sides"].items():
            yield from ((one, _of_aspect(entry, side)) for one in words)
    part, case = data["part"], data["case"]
    for role in ("with", "without", "behind"):
        side = "with" if role == "with" else "without"
        word = _guarded(Word(role, ConditionKind.SCOPE, "part", side))
        yield from ((one, word) for one in part[role])
    yield from ((one, Word("with", ConditionKind.SCOPE, "part", "with")) for one in part["turned"])
    for written, (side, about) in part["whole"].items():
        yield written, Word("aspect", ConditionKind.SCOPE, "part", side, fold(about))
    yield from ((one, _guarded(Word("if", ConditionKind.CASE, "case", "if"))) for one in case["words"])
    yield from ((one, Word("case", ConditionKind.CASE, "case", "if")) for one in case["behind"])


def _guarded(word: Word) -> Word:
    """Return a word of a section with what may not stand beside the section's words."""
    before, behind = (characters(word.aspect, key) for key in ("not_after", "not_before"))
    return replace(word, not_after=before, not_before=behind)


def _of_aspect(entry: dict[str, Any], side: str) -> Word:
    return Word(
        "aspect",
        ConditionKind(entry["kind"]),
        entry["name"],
        side,
        before=_sorted(entry.get("before", ())),
        not_after=frozenset(fold(entry.get("not_after", ""))),
        not_before=frozenset(fold(entry.get("not_before", ""))),
    )


def _sorted(words: Any) -> tuple[str, ...]:
    return tuple(sorted(map(fold, words), key=len, reverse=True))
