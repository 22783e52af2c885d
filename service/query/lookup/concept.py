"""One thing that a text speaks of, and how another text speaks of it: by a form, nearly, or as its contrary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from service.model import Span
from service.query.lookup.remembered import remembered
from service.segmentation import part_of_speech

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_WORD = re.compile(r"[a-z][a-z0-9]*")
_SPELLED: Final = 7  # letters of a word that may be misspelt
_LONG: Final = 3  # characters of a word that can be near to another
_HALF: Final = 0.5  # share of its pairs it must have in common
_TIME: Final = "t"
_KINDRED: Final = 0.85  # what a word that comes close counts
_NONE: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A concept in a text: how much of it, where (None where it can't be told), and whether as its contrary."""

    share: float
    span: Span | None = None
    contrary: bool = False
    last: Span | None = None  # where it stands for the last time: what is put right is said again


ABSENT: Final = Found(0.0)


@dataclass(frozen=True)
class Concept:
    """One thing a text speaks of.

    `forms`, `near` and `contrary` are folded words; `entity` is its id where the corpus knows it; `named` tells that
    it is a proper name, and `span` where the text speaks of it.
    """

    forms: frozenset[str]
    entity: str | None = None
    near: frozenset[str] = _NONE
    contrary: frozenset[str] = _NONE
    named: bool = False
    span: Span = field(default=Span(0, 2), compare=False)
    _hash: int = field(init=False, repr=False, compare=False, default=0)
    usual: int = field(default=0, compare=False)  # characters of its Chinese words, on average; 0: as the text says it

    def __post_init__(self) -> None:
        """Remember the hash: concepts are looked up many times for each claim."""
        object.__setattr__(self, "_hash", hash((self.forms, self.entity, self.near, self.contrary, self.named)))

    def __hash__(self) -> int:
        """Return the hash of what is compared."""
        return self._hash

    @property
    def length(self) -> int:
        """Return how many characters long the text says it, or would in the words of no region in particular."""
        return self.usual or self.span.end - self.span.start

    @property
    def latin(self) -> bool:
        """Tell whether it is said in Latin letters."""
        return self._wording.latin

    @property
    def when(self) -> bool:
        """Tell whether it only says when: 去年."""
        return self._wording.when

    @property
    def words(self) -> frozenset[str]:
        """Return all words by which it can be found."""
        return self._wording.words

    @property
    def pieces(self) -> tuple[str, ...]:
        """Return strings of which a text holds one if it holds any of the concept: most texts hold none."""
        return self._wording.pieces

    @remembered
    def _wording(self) -> _Wording:
        return _wording(self.forms, self.near, self.contrary)

    def touches(self, folded: str) -> bool:
        """Tell whether a text may hold anything of it."""
        return any(map(folded.__contains__, self.pieces))

    def find(self, folded: str) -> Found:
        """Return how much of the concept stands in `folded`, and where it first does.

        1 for one of its forms, Latin ones as whole words; less for a word that comes close. Of a longer Han word, the
        share of its character pairs counts in part: 太阳能板 is near to 太阳能电池.
        """
        return self.found(folded) if self.touches(folded) else ABSENT

    def found(self, folded: str) -> Found:
        """Return the same of a text that is known to touch it."""
        wording = self._wording
        for words, share, contrary, nowhere in wording.ways:
            there = [word for word in words if word in folded]
            if there and (found := _places(there, folded, nowhere)):
                return Found(share, found[0], contrary, found[1])
        if not wording.long:  # as with most
            return ABSENT
        return max([_alike(form, pairs, folded) for form, pairs in wording.long])


class _Way(NamedTuple):
    """Words by which a concept is found, what each counts, and what is said of where the last one stands in Latin."""

    words: tuple[str, ...]
    share: float
    contrary: bool
    nowhere: Span


@dataclass(frozen=True, eq=False)
class _Wording:
    """What can be told of the words of a concept alone: they are said of many."""

    forms: frozenset[str]
    near: frozenset[str]
    contrary: frozenset[str]

    @remembered
    def latin(self) -> bool:
        return all(form[:1] in _LETTERS for form in self.forms)

    @remembered
    def when(self) -> bool:
        return any(part_of_speech(form) == _TIME for form in self.forms if len(form) > 1)

    @remembered
    def words(self) -> frozenset[str]:
        return self.forms | self.near

    @remembered
    def pieces(self) -> tuple[str, ...]:
        pieces = {piece for form in self.forms for piece in _pieces(form)} | self.near | self.contrary
        return tuple(piece for piece in pieces if not any(other in piece for other in pieces - {piece}))

    @remembered
    def ways(self) -> tuple[_Way, ...]:
        ways = ((self.forms, 1.0, False), (self.near, _KINDRED, False), (self.contrary, 1.0, True))
        return tuple(
            _Way(tuple(words), share, contrary, Span(-1, max(map(len, words)) - 1))
            for words, share, contrary in ways
            if words
        )

    @remembered
    def long(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the forms a text may hold in part, with the pairs of characters of those that are not Latin."""
        forms = [form for form in sorted(self.forms) if len(form) >= _LONG]
        return tuple((form, () if form[:1] in _LETTERS else tuple(a + b for a, b in pairwise(form))) for form in forms)


_wording = lru_cache(maxsize=16_384)(_Wording)


def _places(there: Sequence[str], folded: str, nowhere: Span) -> tuple[Span, Span] | None:
    """Return where the first of words that a text holds stands, and the last; None where none stands as a word."""
    if len(there) == 1 and there[0][:1] not in _LETTERS:  # as mostly
        size, first = len(there[0]), folded.find(there[0])
        last = folded.rfind(there[0], first)
        return (place := Span(first, first + size)), place if last == first else Span(last, last + size)
    han = [word for word in there if word[:1] not in _LETTERS]
    places = [Span(at := folded.find(word), at + len(word)) for word in han]
    if len(han) < len(there):
        latin = [_whole(word, folded) for word in there if word[:1] in _LETTERS]
        places += [span for span in latin if span is not None]
    if not places:
        return None
    return min(places), max([Span(at := folded.rfind(word), at + len(word)) for word in han], default=nowhere)


def _pieces(form: str) -> set[str]:
    """Return strings of which a text holds one where it holds a form in part: pairs, or one half of a Latin word."""
    if form[:1] not in _LETTERS:
        return {form} if len(form) < _LONG else {a + b for a, b in pairwise(form)}
    return {form} if len(form) < _SPELLED else {form[: len(form) // 2], form[len(form) // 2 :]}


def _alike(form: str, pairs: Sequence[str], folded: str) -> Found:
    if not pairs:
        return _misspelt(form, folded)
    places = [folded.find(pair) for pair in pairs]
    share = sum(place >= 0 for place in places) / len(pairs)
    at = max(places)
    return Found(share * _HALF, Span(at, at + 2)) if share >= _HALF else ABSENT


def _misspelt(form: str, folded: str) -> Found:
    """Find a longer Latin word that differs by one letter: TerraFab, TeraFab."""
    if len(form) < _SPELLED:
        return ABSENT
    for match in _WORD.finditer(folded):
        if abs(len(match[0]) - len(form)) <= 1 and _one_letter_apart(form, match[0]):
            return Found(_KINDRED, Span(*match.span()))
    return ABSENT


def _one_letter_apart(one: str, other: str) -> bool:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    shift = len(one) - len(other)
    return one[at + (shift >= 0) :] == other[at + (shift <= 0) :]


def _whole(form: str, folded: str) -> Span | None:
    """Return where a Latin word first stands as a whole word, or as its plural."""
    start = folded.find(form)
    while start >= 0:
        end = start + len(form)
        plural = folded[end : end + 1] == "s" and folded[end + 1 : end + 2] not in _LETTERS
        before = folded[start - 1 : start] if start else ""
        if before not in _LETTERS and (folded[end : end + 1] not in _LETTERS or plural):
            return Span(start, end)
        start = folded.find(form, start + 1)
    return None
