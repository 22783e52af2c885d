"""A text as the model reads it: Chinese characters, Latin words, numbers and marks, each with what is known of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate, chain
from typing import Final, NamedTuple

from service.extraction.names.latin_runs import corporate, given_names, words_of
from service.extraction.names.words import Words
from service.lexicon.name_cues import cue_places, folded_cues
from service.lexicon.name_folding import fold_name
from service.segmentation import part_of_speech

LONGEST: Final = 240  # characters of a line that are read together

_LONGEST_WORD: Final = 6  # characters of a word that the model knows
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_UNIT = re.compile(rf"[{_HAN}]|[{_LETTER}][{_LETTER}'’]*(?:[.-](?=[{_LETTER}]))?|[0-9]+(?:[.,][0-9]+)*|[^\s]|^ $")
STOP: Final = re.compile(r"[。！？!?；;\n]")

# The words that tell a name, by what they tell: each letter stands for lists of the lexicon's cues.
_CUES: Final[Mapping[str, tuple[str, ...]]] = {
    "r": ("roles", "common_roles", "firm_offices"),
    "t": ("titles", "titles_of_people", "family_titles"),
    "s": ("speech", "personal_speech"),
    "l": ("life",),
    "a": ("adverbs", "firm_adverbs"),
    "b": ("firm_before", "company_before", "workplace"),
    "d": ("firm_after", "firm_deals", "firm_deals_too", "firm_fate", "company_after"),
    "h": ("firm_has", "firm_clause", "firm_acts", "company_after_too", "firm_spends"),
    "e": ("company_endings", "businesses"),
    "y": ("sure_trades", "trades"),
    "x": ("larger_than_person", "larger_than_name", "no_trades"),
    "v": ("things_before", "things_behind"),
    "g": ("generic_parts", "generic_companies", "not_names", "not_company_starts"),
    "p": ("places",),
    "c": ("before_companies",),
    "z": ("double_surnames",),
}
_CHARACTERS: Final = (
    ("surnames", "S"),
    ("surnames_too", "s"),
    ("given_characters", "G"),
    ("given_characters_too", "g"),
    ("transliteration", "T"),
    ("never_in_names", "n"),
    ("not_in_names", "o"),
    ("place_endings", "p"),
)
_PERSONAL: Final = ("nr", "nrt", "nrfg")
_AS_IS: Final = ("ns", "nt", "nz")


class Near(NamedTuple):
    """The cues at a unit: the one it is part of, those that end before it and begin behind it, and the one after."""

    own: str
    left: str
    right: str
    far: str


@dataclass(frozen=True, eq=False, slots=True)
class Token:
    """The units of a word of the dictionary, or of what is no Chinese word, and what is known of each."""

    spans: tuple[tuple[int, int], ...]  # where they stand in it
    forms: tuple[str, ...]  # what each is told by: the folded character, the shape of a Latin word
    sorts: tuple[str, ...]  # the class of the character or word
    spots: tuple[str, ...]  # where in its word of the dictionary it stands, how long that is, what part of speech
    own: str  # the word, where it has several characters
    first: str  # the word that the token before has behind it
    last: str  # the word that the token behind has before it


class Row:
    """The units of a line, side by side."""

    def __init__(self, tokens: list[Token], starts: list[int], before: str, cued: Cued) -> None:
        self.tokens = tokens
        self.before = before  # the word before the line
        self._starts = starts
        self._cued = cued
        self._counts = list(accumulate([len(token.forms) for token in tokens], initial=0))

    def __len__(self) -> int:
        return self._counts[-1]

    @cached_property
    def forms(self) -> list[str]:
        """What each unit is told by."""
        return [*chain.from_iterable([token.forms for token in self.tokens])]

    @cached_property
    def sorts(self) -> list[str]:
        """The class of each unit."""
        return [*chain.from_iterable([token.sorts for token in self.tokens])]

    @cached_property
    def spots(self) -> list[str]:
        """Where in its word each unit stands."""
        return [*chain.from_iterable([token.spots for token in self.tokens])]

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """Of each unit the word before its own, its own where it has several characters, and the next."""
        befores = (self.before, *(token.last for token in self.tokens))
        behinds = (*(token.first for token in self.tokens[1:]), "")
        rows = zip(self.tokens, befores, behinds, strict=False)
        return [(before, token.own, behind) for token, before, behind in rows for _ in token.forms]

    def span(self, place: int) -> tuple[int, int]:
        """Return where the unit of number `place` stands in the text."""
        number = bisect_right(self._counts, place) - 1
        start, end = self.tokens[number].spans[place - self._counts[number]]
        return self._starts[number] + start, self._starts[number] + end

    def near(self, place: int) -> Near | None:
        """Return the cues at the unit of number `place`, or nothing where there are none."""
        return self._cued.near(*self.span(place))


def lines(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of `text` begin and end, none longer than the model reads at once."""
    end = len(text) if last is None else last
    while first < end:
        stop = min(first + LONGEST, end)
        match = STOP.search(text, first, stop)
        stop = match.end() if match else stop
        yield first, stop
        first = stop


class Cued:
    """Where cues stand in a folded text."""

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self._all = cue_places(folded, *_lists())
        self._starts = [start for start, _ in self._all]
        self._begins = dict(self._all)
        self._ends = {end: start for start, end in self._all}

    def near(self, start: int, end: int) -> Near | None:
        """Return the cues at the unit from `start` to `end`, or nothing where there are none."""
        folded = self._folded
        own, before = self._within(start), start - 1 if folded[start - 1 : start] == " " else start
        left = self._letters(self._ends.get(before, before), before)
        behind = end + 1 if folded[end : end + 1] == " " else end
        stop = self._begins.get(behind)
        if stop is None:
            return Near(own, left, "", "") if own or left else None
        after = stop + 1 if folded[stop : stop + 1] == " " else stop
        far = self._letters(after, self._begins.get(after, after))
        return Near(own, left, self._letters(behind, stop), far)

    def _within(self, place: int) -> str:
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self._all[number][1]:
            return ""
        start, end = self._all[number]
        return self._letters(start, end) + ("B" if place == start else "E" if place == end - 1 else "I")

    def _letters(self, start: int, end: int) -> str:
        """Return what the cue from `start` to `end` tells, or nothing where there is none."""
        return _letters()[self._folded[start:end]] if start < end else ""


def read_units(text: str, words: Words, cued: Cued, start: int, end: int) -> Row:
    """Return the units of the words of `text` that begin between `start` and `end`.

    `words` and `cued` are those of the folded text.
    """
    number, stop = bisect_left(words.starts, start), bisect_left(words.starts, end)
    before = words.all[number - 1] if number else ""
    tokens, starts = [], []
    while number < stop:
        first, behind = words.starts[number], number + 1
        token = _word(words.all[number])
        if token is None:
            while behind < stop and _word(words.all[behind]) is None:
                behind += 1
            token = _other(text[first : words.starts[behind]], words.all[number], words.all[behind - 1])
        tokens.append(token)
        starts.append(first)
        number = behind
    return Row(tokens, starts, before, cued)


def token_of(word: str) -> Token:
    """Return the units of a word of a folded text."""
    return _word(word) or _other(word, word, word)


@lru_cache(maxsize=65536)
def _word(word: str) -> Token | None:
    """Return the units of a Chinese word, or nothing where it is none."""
    if not ("\u3400" <= word[0] <= "\u9fff" and "\u3400" <= word[-1] <= "\u9fff"):
        return None
    told = [_told(character) for character in word]
    spans = tuple((place, place + 1) for place in range(len(word)))
    own = word if 1 < len(word) <= _LONGEST_WORD else ""
    forms, sorts = tuple(form for form, _ in told), tuple(sort for _, sort in told)
    return Token(spans, forms, sorts, _spots(word), own, word, word)


@lru_cache(maxsize=4096)
def _other(text: str, word: str, last: str) -> Token:
    """Return the units of what is no Chinese word: Latin ones, numbers, marks; `word` and `last` are its ends."""
    spans, forms, sorts = [], [], []
    for match in _UNIT.finditer(text):
        form, sort = _told(match[0])
        spaced = sort[0] == "L" and text[match.start() - 1 : match.start()] == " "
        spans.append(match.span())
        forms.append("_" + form if spaced else form)
        sorts.append(sort)
    own = word if 1 < len(word) <= _LONGEST_WORD else ""
    return Token(tuple(spans), tuple(forms), tuple(sorts), ("-",) * len(forms), own, word, last)


def _spots(word: str) -> tuple[str, ...]:
    part = part_of_speech(word)
    sort = "R" if part in _PERSONAL else part.upper() if part in _AS_IS else part[:1]
    if len(word) == 1:
        return (f"S{sort}",)
    length = min(len(word), 4)
    return (f"B{length}{sort}", *[f"I{length}{sort}"] * (len(word) - 2), f"E{length}{sort}")


@lru_cache(maxsize=32768)
def _told(unit: str) -> tuple[str, str]:
    """Return what a unit is told by, and its class: there is no end of Latin words and numbers, so these by shape."""
    if unit[0].isdigit():
        return "0", "0"
    if unit[0].isalpha() and unit[0] < "\u2e80":
        sort = _latin(unit.rstrip(".-'’"))
        return sort + ("-" if unit[-1] in ".-" else ""), sort
    form = fold_name(unit)
    return form, _sorts().get(form, "H" if "\u3400" <= form < "\ua000" else form)


def shape_of(word: str) -> str:
    """Return the class of a Latin word: a given name, a word for a thing, an acronym, one with a capital.

    >>> shape_of("Quorvex"), shape_of("CPU")
    ('LC', 'LU')
    """
    return _told(word)[1]


def _latin(word: str) -> str:
    for lists, sort in _LATIN_SORTS:
        if word in lists():
            return sort
    if word.isupper():
        return "LU" if len(word) > 1 else "L1"
    return "Ll" if not word[:1].isupper() else "LC" if word[1:].islower() else "LM"


_LATIN_SORTS: Final = (
    (given_names, "Lg"),
    (corporate, "Lc"),
    (lambda: words_of("things", "generic_words", "everyday", "latin_roles"), "Lt"),
    (lambda: words_of("particles"), "Lp"),
)


@cache
def _sorts() -> Mapping[str, str]:
    lists = {name: folded_cues(name) for name, _ in _CHARACTERS}
    return {
        character: "".join(letter for name, letter in _CHARACTERS if character in lists[name])
        for character in sorted(frozenset().union(*lists.values()))
        if len(character) == 1
    }


@cache
def _letters() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for letter, lists in _CUES.items():
        for word in folded_cues(*lists):
            table[word] = table.get(word, "") + letter
    return table


@cache
def _lists() -> tuple[str, ...]:
    return tuple(name for lists in _CUES.values() for name in lists)
