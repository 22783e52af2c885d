"""Words of a query against folded text: how both become comparable, whatever script they are written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, false, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from service.lexicon import read
from service.lexicon.spelling import respell
from service.query.synonyms import alternatives, known_words, listed
from service.script import fold
from service.segmentation import cut

Words = list[tuple[str, ...]]  # each word of a query with its alternatives

_MOST_CHUNKS = 8
_SHORT = 4  # letters of a Latin word that is looked for as a whole: `ai` is no part of `said`
_BETWEEN = re.compile(r"\s+|[;!?()\[\]{}<>\"。、「」『』【】《》〈〉“”‘’…—]+|[,:](?!\d)")
_AROUND = ".,:'·-_/\\|*~`^=&"
_LONGEST = 200  # characters of a query that count


def clean(text: str) -> str:
    """Return `text` without what no database stores: NUL and lone surrogates.

    >>> clean("a" + chr(0) + "b")
    'ab'
    """
    return "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")


def folded(text: str) -> str:
    """Return a name or tag as the folded columns hold it, without space around it.

    >>> folded(" 航運 ")
    '航运'
    """
    return fold(clean(text)).strip()


def chunks(query: str) -> list[str]:
    """Return the folded words of `query`, split at spaces and punctuation, each once, in order.

    >>> chunks("碼頭，Crane 碼頭？ 1,200 C++")
    ['码头', 'crane', '1,200', 'c++']
    """
    parts = (part.strip(_AROUND) for part in _BETWEEN.split(respell(fold(clean(query[:_LONGEST])))))
    return list(dict.fromkeys(part for part in parts if any(map(str.isalnum, part))))[:_MOST_CHUNKS]


def segments(query: str) -> list[str]:
    """Return the words of `query` that say something, those written without spaces told apart.

    Known words are kept whole, so that what is around them is cut the same in the words of any region. A single
    character says something only where there is nothing else.

    >>> segments("起重机什么时候停的？"), segments("伺服器的散热")
    (['起重机'], ['伺服器', '散热'])
    """
    found = [word for chunk in chunks(query) for word in _cut(chunk) if _tells(word)]
    longer = [word for word in found if len(word) > 1 or word.isascii() or word in known_words()]
    return list(dict.fromkeys(longer or found))[:_MOST_CHUNKS]


def _tells(word: str) -> bool:
    words, characters = idle_words()
    return word in known_words() or (word not in words and characters.isdisjoint(word) and word.isalnum())


def _cut(chunk: str) -> Iterator[str]:
    end = 0
    for span in listed(chunk):
        yield from cut(chunk[end : span.start])
        yield chunk[span.start : span.end]
        end = span.end
    yield from cut(chunk[end:])


def is_whole(part: str) -> bool:
    """Tell whether `part` is a short Latin word, which is looked for as a whole."""
    return len(part) <= _SHORT and part.isascii() and part.isalpha()


def stands(folded: str, start: int, end: int) -> bool:
    """Tell whether what was found there is a word: a short Latin one must begin and end where it does, and a number.

    >>> stands("the said ai", 5, 7), stands("the said ai", 9, 11), stands("碼頭", 0, 1), stands("2030 年", 0, 1)
    (False, True, True, False)
    """
    part, before, behind = folded[start:end], folded[max(start - 1, 0) : start], folded[end : end + 1]
    if part.isdecimal():
        return not before.isdecimal() and not behind.isdecimal()
    if not is_whole(part):
        return True
    return not (before.isascii() and before.isalnum()) and not (behind.isascii() and behind.isalpha())


def holds(folded: str, word: tuple[str, ...]) -> bool:
    """Tell whether a folded text holds one of the alternatives of a word."""
    return any(_has(folded, part) for part in word)


def _has(folded: str, part: str) -> bool:
    start = folded.find(part)
    while start >= 0 and not stands(folded, start, start + len(part)):
        start = folded.find(part, start + 1)
    return start >= 0


class _Place(FunctionElement[int]):
    """Where a string first stands in another, from 1; 0 where it does not: many times faster than LIKE on SQLite."""

    name = "place"
    type = Integer()
    inherit_cache = True


@compiles(_Place)
def _instr(element: _Place, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(_Place, "postgresql")
def _strpos(element: _Place, compiler: SQLCompiler, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


def place_of(column: Any, part: Any) -> ColumnElement[int]:
    """Return where `part` first stands in `column`, from 1; 0 where it does not."""
    return _Place(column, part)


def contains(column: Any, part: str) -> ColumnElement[bool]:
    """Return the condition that the folded `column` holds `part` literally."""
    return place_of(column, literal(part, String)) > 0


def contains_any(column: Any, parts: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that the folded `column` holds one of `parts`."""
    return or_(*(contains(column, part) for part in parts))


def each_word(query: str | None, condition: Callable[[tuple[str, ...]], ColumnElement[bool]]) -> list[Any]:
    """Return the condition for every word of a query; nothing fulfils punctuation alone, all an empty query."""
    if query is None or not clean(query).strip():
        return []
    return [condition(word) for word in words(query)] or [false()]


@cache
def idle_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words and the characters that tell no text from another, folded."""
    listed = read("function_words.toml")
    return frozenset(map(fold, [*listed["words"], *listed["latin"]])), frozenset(fold(listed["characters"]))


def words(query: str) -> list[tuple[str, ...]]:
    """Return the words of a query, each with the words other regions use for the same thing, itself first.

    What is written with a space is one word where the lexicon knows it as one.

    >>> words("貝殼 Crane")
    [('贝壳',), ('crane',)]
    """
    return _joined(chunks(query))


def telling_words(query: str) -> list[tuple[str, ...]]:
    """Return the words of a query as `words` does, but of a sentence those that it is about."""
    return _joined(segments(query))


def _joined(rest: list[str]) -> list[tuple[str, ...]]:
    found = []
    while rest:
        length = next((n for n in range(len(rest), 1, -1) if " ".join(rest[:n]) in known_words()), 1)
        found.append(alternatives(" ".join(rest[:length])))
        rest = rest[length:]
    return found
