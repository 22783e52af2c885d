"""A dictionary of the forms that bearers go by, matched over folded text in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.lexicon.name_entries import Bearer, LexiconName, Strength
from service.lexicon.name_folding import fold_name
from service.model import Span

_BETWEEN = "\x00"  # stands in no name
_JOINED = 4  # Han characters a foreign name needs to be written without its points
_WORD = re.compile(r"[^\W_\u3040-\u9fff\uf900-\ufaff]|_")
_LONE = re.compile("[\ud800-\udfff]")

Guard = tuple[tuple[str, ...], tuple[str, ...]]


class Hit(NamedTuple):
    """A form of the lexicon at a place of a text, and who bears it: the surest first."""

    span: Span
    bearers: tuple[Bearer, ...]


class _Form(NamedTuple):
    """A folded form: whether it begins and ends as a word of letters does, its guard, and its bearers."""

    left: bool
    right: bool
    guard: Guard | None
    bearers: tuple[Bearer, ...]


class Forms:
    """The forms of some bearers."""

    def __init__(self, entries: Iterable[LexiconName]) -> None:
        bearers: dict[str, list[Bearer]] = {}
        listed = [Bearer(entry, strength, form) for entry in entries for form, strength in entry.forms()]
        folded = fold_name(_BETWEEN.join(of.form for of in listed)).split(_BETWEEN)  # at once: each call has its price
        for of, form in zip(listed, folded, strict=True) if listed else ():
            for spelling in _spellings(form):
                bearers.setdefault(spelling, []).append(of)
        self._forms = tuple(_form(spelling, of) for spelling, of in bearers.items())
        self._matcher = AhoCorasick(list(bearers), matchkind=MatchKind.Standard)

    def hits(self, text: str, folded: str, *, any_case: bool = False) -> Iterator[Hit]:
        """Yield where `text` uses the forms as whole words in a sensible case; they may overlap."""
        for number, start, end in self._found(folded):
            left, right, guard, bearers = self._forms[number]
            if (left and _runs_up_to(folded, start)) or (right and _runs_on(folded, end)):
                continue
            if guard and (folded.startswith(guard[1], end) or folded.endswith(guard[0], 0, start)):
                continue
            if (left or right) and not any_case:
                bearers = tuple(of for of in bearers if _case_fits(text[start:end], of.form))
            if bearers:
                yield Hit(Span(start, end), bearers)

    def _found(self, folded: str) -> list[tuple[int, int, int]]:
        try:
            found: list[tuple[int, int, int]] = self._matcher.find_matches_as_indexes(folded, overlapping=True)
        except UnicodeEncodeError:  # it refuses lone surrogates, which are part of no name
            found = self._matcher.find_matches_as_indexes(_LONE.sub("?", folded), overlapping=True)
        return found


def _form(spelling: str, bearers: list[Bearer]) -> _Form:
    once = {of.entry.id: of for of in sorted(bearers, key=_surest, reverse=True)}
    left, right = (_WORD.match(character) is not None for character in (spelling[0], spelling[-1]))
    return _Form(left, right, _guards().get(spelling), tuple(reversed(once.values())))


def _surest(bearer: Bearer) -> tuple[Strength, str]:
    return bearer.strength, bearer.entry.id


def _spellings(folded: str) -> set[str]:
    """Return the form, and without its points where it is long enough to be no other word."""
    joined = folded.replace("·", "")
    return {folded, joined} if len(joined) >= _JOINED and not joined.isascii() else {folded}


@cache
def _guards() -> Mapping[str, Guard]:
    """Return for a folded form the words that, right before or right behind it, make it another word."""
    table: dict[str, Guard] = {}
    for guard in lexicon.read("name_cues.toml")["guard"]:
        before, after = (tuple(fold_name(word) for word in guard.get(side, ())) for side in ("before", "after"))
        table.update((fold_name(form), (before, after)) for form in guard["forms"])
    return table


def _runs_up_to(folded: str, start: int) -> bool:
    """Tell whether letters or digits, or the mark of an address, run right up to `start`."""
    before = folded[start - 1 : start]
    return before in ("@", ".") or _WORD.match(before) is not None


def _runs_on(folded: str, end: int) -> bool:
    """Tell whether letters or digits run on at `end`, be it behind the mark of an address."""
    after = folded[end : end + 2]
    return _WORD.match(after) is not None or (after[:1] in (".", "@") and _WORD.match(after, 1) is not None)


def _case_fits(surface: str, form: str) -> bool:
    if surface == form or form == form.lower() or not surface.isascii():
        return True
    if surface.islower():  # nobody coins OpenAI by accident, whatever its case
        return " " not in form and re.search("[a-z][A-Z]", form) is not None
    if surface.isupper():
        return len(surface) > 2 or form.isupper()  # noqa: PLR2004
    return surface[0].isupper() or form[0].islower()
