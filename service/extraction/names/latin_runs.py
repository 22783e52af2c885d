"""Capitalised Latin words in a row, as names are written: where they stand, and of what shape they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from service.lexicon.name_cues import cues
from service.model import Span

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_CAPITAL = f"[A-ZÀ-ÖØ-Þ][{_LETTER}0-9'’.&-]*"
_PARTICLE = "(?:van|von|de|der|den|da|di|du|la|le|bin|al|el|ter)"
_FIRST = f"[A-ZÀ-ÖØ-Þ](?<![{_LETTER}0-9_.@'’&-].)[{_LETTER}0-9'’.&-]*"  # the letter first: it is found at once
_RUN = re.compile(rf"{_FIRST}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{0,7}}")
_NAME_WORD = re.compile(rf"(?:[{_LETTER}][{_LETTER}'’-]*|(?:[A-Z]\.-?){{1,3}}|{_PARTICLE})\Z")
_ENDS_WITH_POINT = re.compile(r"\b[A-Z]\.$|Inc\.$|Corp\.$")
_LONGEST = 4  # words of a personal name, particles included


class Run(NamedTuple):
    """Capitalised Latin words in a row, without the roles at its ends."""

    span: Span
    words: tuple[str, ...]
    name: str  # the words as one


def find_runs(text: str, closed: bytearray) -> Iterator[Run]:
    """Yield the Latin runs of `text`, from left to right; none that is all `closed` (1 a character)."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        if closed.find(0, start, end) >= 0 and (run := trimmed(match[0], start)) is not None:
            yield run


def trimmed(text: str, start: int) -> Run | None:
    """Return the run that `text` is, without roles at its ends (`CEO Tim Cook`) and without closing points."""
    found = _trimmed(text)
    if found is None:
        return None
    first, words, name = found
    return Run(Span(start + first, start + first + len(name)), words, name)


@lru_cache(maxsize=16_384)
def _trimmed(text: str) -> tuple[int, tuple[str, ...], str] | None:
    """Return where the run begins in `text`, its words, and these as one."""
    words, start, roles = text.split(" "), 0, words_of("latin_roles")
    while words and words[0].strip(".") in roles:
        start += len(words.pop(0)) + 1
    while words and words[-1].strip(".") in roles and words[-1].strip(".") not in corporate():
        words.pop()
    if not words:
        return None
    words[-1] = _closed(words[-1])
    name = " ".join(words)
    return (start, tuple(words), name) if words[-1] else None


def _closed(word: str) -> str:
    if word.isalnum():
        return word
    word = word if _ENDS_WITH_POINT.search(word) else word.rstrip("'’.&-")
    return re.sub(r"['’]s$", "", word)


@lru_cache(maxsize=16_384)
def is_person_shaped(words: tuple[str, ...], *, least: int = 2) -> bool:
    """Tell whether `words` may be a personal name by their shape alone: `Molly O'Shea`, not `Model S` or `AI Lab`."""
    return (
        least <= len(words) <= _LONGEST
        and all(_NAME_WORD.match(word) for word in words)
        and not any(len(word) > 1 and word.isalpha() and word.isupper() for word in words)
        and len(words[-1]) > 1
        and words[-1] not in corporate()
        and words[-1] not in words_of("things")
        and (words[0] in given_names() or words[0] not in words_of("generic_words", "things"))
    )


@lru_cache(maxsize=16_384)
def is_company_shaped(words: tuple[str, ...]) -> bool:
    """Tell whether `words` are a company's name by their last one: `Duke Energy`, not `Venture Capital`."""
    return (
        1 < len(words) <= _LONGEST + 1
        and words[-1].strip(".,") in corporate()
        and words[0] not in words_of("generic_words")
        and words[-2] not in words_of("generic_words")
        and (len(words) > 2 or words[-2] not in corporate())  # noqa: PLR2004
        and not any(character.isdigit() for word in words for character in word)
    )


@cache
def words_of(*lists: str) -> frozenset[str]:
    """Return the words of `lists` of the lexicon's cues, as written."""
    return frozenset(word for name in lists for word in cues(name))


def given_names() -> frozenset[str]:
    """Return the Latin given names that are common enough to tell a person by."""
    return words_of("given_names")


def corporate() -> frozenset[str]:
    """Return the last words of companies' names."""
    return words_of("corporate_words", "corporate_words_too")
