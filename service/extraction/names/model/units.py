"""A text as the model reads it: Chinese characters, Latin words, numbers and marks, each with what is known of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
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
_STOP = re.compile(r"[。！？!?；;\n]")

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


class Row(NamedTuple):
    """The units of a line, side by side."""

    spans: list[tuple[int, int]]
    forms: list[str]  # what each is told by: the folded character, the shape of a Latin word
    sorts: list[str]  # the class of the character or word
    spots: list[str]  # where in its word of the dictionary it stands, how long that is, what part of speech
    words: list[tuple[str, str, str]]  # the word before its own, its own where it has several characters, the next
    near: dict[int, Near]  # the cues, by the number of the unit


class _Word(NamedTuple):
    """The units of a word of the dictionary: where they stand in it, and what each is told by."""

    spans: tuple[tuple[int, int], ...]
    forms: tuple[str, ...]
    sorts: tuple[str, ...]
    spots: tuple[str, ...]
    own: str


def lines(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of `text` begin and end, none longer than the model reads at once."""
    end = len(text) if last is None else last
    while first < end:
        stop = min(first + LONGEST, end)
        match = _STOP.search(text, first, stop)
        stop = match.end() if match else stop
        yield first, stop
        first = stop


class Cued:
    """Where cues stand in a folded text."""

    def __init__(self, folded: str) -> None:
        self.begins: dict[int, tuple[str, int]] = {}
        self.ends: dict[int, str] = {}
        self.within: dict[int, str] = {}
        self.touched = bytearray(len(folded) + 3)  # of each character: 1 where a cue is within or beside
        table = _letters()
        for start, end in cue_places(folded, *_lists()):
            letters = table[folded[start:end]]
            gap = folded[end : end + 1] == " "
            self.ends[end + gap] = self.ends[end] = letters
            self.begins[start] = letters, end
            if folded[start - 1 : start] == " ":
                self.begins[start - 1] = letters, end
            self.within.update(dict.fromkeys(range(start, end), letters + "I"))
            self.within[end - 1] = letters + "E"
            self.within[start] = letters + "B"
            self.touched[max(start - 1, 0) : end + 1 + gap] = b"\x01" * (end + 1 + gap - max(start - 1, 0))

    def near(self, start: int, end: int) -> Near | None:
        """Return the cues at the unit from `start` to `end`, or nothing where there are none."""
        own, left = self.within.get(start, ""), self.ends.get(start, "")
        right, after = self.begins.get(end, ("", 0))
        if not (own or left or right):
            return None
        return Near(own, left, right, self.begins.get(after, ("", 0))[0] if right else "")


def read_units(text: str, words: Words, cued: Cued, start: int, end: int) -> Row:
    """Return the units of the words of `text` that begin between `start` and `end`.

    `words` and `cued` are those of the folded text.
    """
    row = Row([], [], [], [], [], {})
    number, stop = bisect_left(words.starts, start), bisect_left(words.starts, end)
    while number < stop:
        first, behind = words.starts[number], number + 1
        if _is_han(words.all[number]):
            word = _word(words.all[number])
        else:
            while behind < stop and not _is_han(words.all[behind]):
                behind += 1
            word = _other(text[first : words.starts[behind]], words.all[number])
        before = words.all[number - 1] if number else ""
        _add(row, word, first, (before, word.own, words.all[behind] if behind < stop else ""))
        _cue(row, cued, len(word.forms))
        number = behind
    return row


def _add(row: Row, word: _Word, first: int, neighbours: tuple[str, str, str]) -> None:
    row.spans.extend([(first + left, first + right) for left, right in word.spans])
    row.forms.extend(word.forms)
    row.sorts.extend(word.sorts)
    row.spots.extend(word.spots)
    row.words.extend([neighbours] * len(word.forms))


def _cue(row: Row, cued: Cued, added: int) -> None:
    """Keep the cues at the last units of `row`."""
    if added and cued.touched.find(1, row.spans[-added][0], row.spans[-1][1] + 1) >= 0:
        for place in range(len(row.spans) - added, len(row.spans)):
            near = cued.near(*row.spans[place])
            if near:
                row.near[place] = near


def _is_han(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff" and "\u3400" <= word[-1] <= "\u9fff"


@lru_cache(maxsize=65536)
def _word(word: str) -> _Word:
    told = [_told(character) for character in word]
    spans = tuple((place, place + 1) for place in range(len(word)))
    own = word if 1 < len(word) <= _LONGEST_WORD else ""
    return _Word(spans, tuple(form for form, _ in told), tuple(sort for _, sort in told), _spots(word), own)


@lru_cache(maxsize=4096)
def _other(text: str, word: str) -> _Word:
    """Return the units of what is no Chinese word: Latin ones, numbers, marks."""
    spans, forms, sorts = [], [], []
    for match in _UNIT.finditer(text):
        form, sort = _told(match[0])
        spaced = sort[0] == "L" and text[match.start() - 1 : match.start()] == " "
        spans.append(match.span())
        forms.append("_" + form if spaced else form)
        sorts.append(sort)
    own = word if 1 < len(word) <= _LONGEST_WORD else ""
    return _Word(tuple(spans), tuple(forms), tuple(sorts), ("-",) * len(forms), own)


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
