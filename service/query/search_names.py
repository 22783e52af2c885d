"""Entities that fit a query by their names, what else they are called, and Latin names written with a slip.

All names are kept in one text for each version of the corpus: to find those that hold a word is to look through it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query import corpus
from service.query.columns import ENTITY, ENTITY_NAME
from service.query.matching import Words, folded, holds, is_whole
from service.store.terms import TOKEN

_EXACT, _PREFIX, _PART, _AMONG = 1.0, 0.8, 0.5, 0.45  # how well a name of an entity fits
_MOST: Final = 300  # names that begin with a word, and as many that hold it elsewhere
_BEARERS: Final = 3  # entities of one name; a name that more have stands for none of them
_MOST_JOINED: Final = 4  # words of a query that are one name
_MOST_NAMES: Final = 12  # that one entity is looked for by
_FEWEST: Final = 4  # letters of a name in which a slip is understood
_LONG: Final = 8  # letters of one in which two are
_MOST_SLIPS: Final = 5  # names that are looked for in place of another


@dataclass(frozen=True)
class Names:
    """All folded names with their entities, one a line."""

    text: str
    entities: Sequence[str]

    @cached_property
    def _ends(self) -> list[int]:
        ends, end = [], 0
        for line in self.text.splitlines(keepends=True):
            end += len(line)
            ends.append(end)
        return ends

    @cached_property
    def latin(self) -> frozenset[str]:
        """The Latin words that names are made of."""
        return frozenset(word for _, _, word in TOKEN.findall(self.text) if word.isascii() and len(word) >= _FEWEST)

    def holding(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield the names that hold `part`, each with its entity."""
        start = self.text.find(part) if part else -1
        while start >= 0:
            line = bisect_right(self._ends, start)
            yield self._name(line), self.entities[line]
            start = self.text.find(part, self._ends[line])

    def beginning(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield the names that begin with `part`, each with its entity, in their order."""
        line = bisect_left(range(len(self.entities)), part, key=self._name)
        while line < len(self.entities) and self._name(line).startswith(part):
            yield self._name(line), self.entities[line]
            line += 1

    def _name(self, line: int) -> str:
        return self.text[self._ends[line - 1] if line else 0 : self._ends[line] - 1]


_kept: WeakKeyDictionary[Any, tuple[int, Names]] = WeakKeyDictionary()  # by engine


def names(session: Session) -> Names:
    """Return the names of all entities, gathered once for each version of the corpus."""
    version, known = corpus.version(session), _kept.get(session.get_bind())
    if known and version and known[0] == version:
        return known[1]
    rows = session.execute(select(ENTITY_NAME.c.folded, ENTITY_NAME.c.entity_id)).all()
    lines = sorted((" ".join(name.split()), entity) for name, entity in rows)
    gathered = Names("".join(f"{name}\n" for name, _ in lines), [entity for _, entity in lines])
    _kept[session.get_bind()] = version, gathered
    return gathered


def entities(session: Session, whole: Sequence[str], words: Words) -> dict[str, float]:
    """Return the entities whose name the query is or is part of, or whose whole name is one of its words, with scores.

    `whole` is the query as a name, in all ways to say it.
    """
    scores: dict[str, float] = {}
    known = names(session)
    for part in whole:
        named = chain(islice(known.beginning(part), _MOST), islice(known.holding(part), _MOST))
        for name, entity in named if part else ():
            if not is_whole(part) or holds(name, (part,)):
                scores[entity] = max(scores.get(entity, 0.0), _fit(name, part))
    among = [part for word in words for part in word] if len(words) > 1 else []
    for _, entity in session.execute(_BY_NAME.where(ENTITY_NAME.c.folded.in_(among))) if among else ():
        scores[entity] = max(scores.get(entity, 0.0), _AMONG)
    return scores


_BY_NAME = select(ENTITY_NAME.c.folded, ENTITY_NAME.c.entity_id)


def _fit(whole: str, name: str) -> float:
    """Return how well a name fits: the more of it was asked for, the better."""
    if whole == name:
        return _EXACT
    share = len(name) / len(whole) / 10
    return (_PREFIX if whole.startswith(name) else _PART) + share


def with_names(session: Session, words: Words) -> Words:
    """Return the words, each that is the name of an entity with the other names this is shown by.

    Words one after the other that are a name together are one word.
    """
    runs = {(at, end): " ".join(word[0] for word in words[at:end]) for at, end in _runs(len(words))}
    said = {part for word in words for part in word} | set(runs.values())
    columns = (ENTITY_NAME.c.folded, ENTITY.c.name, ENTITY.c.hant, ENTITY.c.hans, ENTITY.c.en, ENTITY.c.aliases)
    statement = select(*columns).join(ENTITY, ENTITY.c.id == ENTITY_NAME.c.entity_id).order_by(ENTITY.c.id)
    bearers: dict[str, list[list[str]]] = {}
    for part, name, hant, hans, en, aliases in session.execute(statement.where(ENTITY_NAME.c.folded.in_(said))):
        shown = [folded(form) for form in (name, hant, hans, en, *aliases) if form]
        bearers.setdefault(part, []).append(list(dict.fromkeys(form for form in shown if len(form) > 1)))
    found, at = list[tuple[str, ...]](), 0
    while at < len(words):
        end = next((end for end in range(len(words), at + 1, -1) if runs.get((at, end)) in bearers), at + 1)
        found.append(_widened(words[at] if end == at + 1 else (runs[at, end],), bearers))
        at = end
    return found


def _runs(number: int) -> Iterator[tuple[int, int]]:
    return ((at, end) for at in range(number) for end in range(at + 2, min(at + _MOST_JOINED, number) + 1))


def _widened(word: tuple[str, ...], bearers: dict[str, list[list[str]]]) -> tuple[str, ...]:
    found = [form for part in word for some in bearers.get(part, [])[:_BEARERS] for form in some[:_MOST_NAMES]]
    few = all(len(bearers.get(part, ())) <= _BEARERS for part in word)
    return tuple(dict.fromkeys([*word, *found])) if few else word


def slips(session: Session, word: str) -> list[str]:
    """Return the Latin words of names that `word` may be meant for: a letter or two otherwise, the likeliest first."""
    if len(word) < _FEWEST or not (word.isascii() and word.isalpha()):
        return []
    most = 1 if len(word) < _LONG else 2
    alike = (other for other in names(session).latin if abs(len(other) - len(word)) <= most)
    close = ((distance(word, other, most), other) for other in alike if len({*word} ^ {*other}) <= 2 * most)
    return [other for steps, other in sorted(close) if steps <= most][:_MOST_SLIPS]


def distance(one: str, other: str, most: int) -> int:
    """Return in how many steps one word becomes the other, `most` + 1 for any more.

    A letter is added, dropped, changed, or swapped with its neighbour (Damerau, 1964; optimal string alignment).

    >>> distance("mask", "musk", 2), distance("slasher", "slahser", 2), distance("abcd", "wxyz", 2)
    (1, 1, 3)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                steps = min(steps, earlier[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
