"""The names the lexicon knows, and where a text uses them.

One dictionary of people, companies and products, matched over folded text: both scripts, both widths, any point
between the parts of a foreign name. Whether a weak form (`short`, `ambiguous`) is meant, the caller decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.errors import LexiconError
from service.lexicon.plain_tables import plain_tables
from service.lexicon.tickers import tickers_in
from service.model import EntityKind, Span
from service.script import fold

_FILES = {"people.toml": EntityKind.PERSON, "companies.toml": EntityKind.COMPANY, "products.toml": EntityKind.PRODUCT}
_LISTS = ("en", "hant", "hans", "short", "ambiguous", "tickers")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_POINT = re.compile(f"(?<=[{_HAN}])[.·](?=[{_HAN}a-z])|(?<=[a-z])[.·](?=[{_HAN}])")
_MARKS = str.maketrans({"’": "'", "‘": "'", "\xa0": " ", "\n": " ", "‐": "-", "‑": "-"})
_BETWEEN = "\x00"  # stands in no name
_JOINED = 4  # Han characters a foreign name needs to be written without its points
_WORD = re.compile(r"[^\W_\u3040-\u9fff\uf900-\ufaff]|_")


class Strength(IntEnum):
    """How surely a form names its bearer."""

    FULL = 0
    SHORT = 1  # only where a fuller form stands in the same post
    AMBIGUOUS = 2  # also a word or another's name: needs evidence


@dataclass(frozen=True, slots=True)
class LexiconName:
    """A bearer of names: the first of `en`, `hant` and `hans` is the one to show."""

    id: str
    kind: EntityKind
    en: tuple[str, ...] = ()
    hant: tuple[str, ...] = ()
    hans: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()

    def forms(self) -> Iterator[tuple[str, Strength]]:
        """Yield every form once with its strength; a form listed as weak is weak wherever else it stands."""
        yield from ((form, Strength.AMBIGUOUS) for form in self.ambiguous)
        yield from ((form, Strength.SHORT) for form in self.short if form not in self.ambiguous)
        full, weak = (*self.en, *self.hant, *self.hans), {fold_name(form) for form in (*self.ambiguous, *self.short)}
        yield from ((form, Strength.FULL) for form in full if not weak or fold_name(form) not in weak)


class Bearer(NamedTuple):
    """One whom a form may name."""

    entry: LexiconName
    strength: Strength
    form: str  # as the lexicon writes it


class Hit(NamedTuple):
    """A form of the lexicon at a place of a text, and who bears it: the surest first."""

    span: Span
    bearers: tuple[Bearer, ...]


def fold_name(text: str) -> str:
    """Return `text` folded for comparing names, one character for one.

    >>> fold_name("伊隆．馬斯克"), fold_name("Molly O’Shea")
    ('伊隆·马斯克', "molly o'shea")
    """
    return _POINT.sub("·", fold(text).translate(_MARKS))


@cache
def entries() -> Mapping[str, LexiconName]:
    """Return all people, companies and products of the lexicon by id.

    Raises:
        LexiconError: an entry lacks its id or a name, holds something else than lists of strings, or takes an id twice.
    """
    found: dict[str, LexiconName] = {}
    for file, kind in _FILES.items():
        if files(lexicon).joinpath(file).is_file():
            for entry in parse(_read(file, kind), kind, file):
                if entry.id in found:
                    raise LexiconError(f"{file}: the id {entry.id} is given twice")
                found[entry.id] = entry
    return MappingProxyType(found)


def _read(file: str, kind: EntityKind) -> Mapping[str, Any]:
    text = files(lexicon).joinpath(file).read_bytes().decode("utf-8", errors="replace")
    tables = None if "\ufffd" in text else plain_tables(text, str(kind))  # no UTF-8: the other reader says so
    return lexicon.read(file) if tables is None else {str(kind): tables}


def parse(table: Mapping[str, Any], kind: EntityKind, file: str) -> Iterator[LexiconName]:
    """Yield the entries of a parsed lexicon file.

    Raises:
        LexiconError: an entry has no id or no name, or a list of it is no list of strings.
    """
    for record in table.get(str(kind), ()):
        lists = {key: record.get(key, []) for key in _LISTS}
        if not isinstance(record.get("id"), str) or not any(lists[key] for key in ("en", "hant", "hans")):
            raise LexiconError(f"{file}: an entry needs an id and a name: {record}")
        for key, forms in lists.items():
            if not isinstance(forms, list) or not all(isinstance(form, str) and form.strip() for form in forms):
                raise LexiconError(f"{file}: {record['id']}: {key} must be a list of names")
        yield LexiconName(record["id"], kind, **{key: tuple(forms) for key, forms in lists.items()})


@cache
def cues(name: str) -> tuple[str, ...]:
    """Return the list `name` of ``name_cues.toml`` or ``personal_names.toml``, in their order."""
    table = lexicon.read("name_cues.toml") | lexicon.read("personal_names.toml")
    return tuple(table[name])


class _Dictionary(NamedTuple):
    matcher: AhoCorasick
    bearers: tuple[tuple[Bearer, ...], ...]  # by the number of the pattern


@cache
def _dictionary() -> _Dictionary:
    bearers: dict[str, list[Bearer]] = {}
    listed = [Bearer(entry, strength, form) for entry in entries().values() for form, strength in entry.forms()]
    folded = fold_name(_BETWEEN.join(of.form for of in listed)).split(_BETWEEN)  # at once: each call has its price
    for of, form in zip(listed, folded, strict=True):
        for spelling in _spellings(form):
            bearers.setdefault(spelling, []).append(of)
    ordered = tuple(tuple(sorted(of, key=_surest) if len(of) > 1 else of) for of in bearers.values())
    return _Dictionary(AhoCorasick(list(bearers), matchkind=MatchKind.Standard), ordered)


def _surest(bearer: Bearer) -> tuple[Strength, str]:
    return bearer.strength, bearer.entry.id


def _spellings(folded: str) -> set[str]:
    """Return the form, and without its points where it is long enough to be no other word."""
    joined = folded.replace("·", "")
    return {folded, joined} if len(joined) >= _JOINED and not joined.isascii() else {folded}


@cache
def _guards() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for a folded form the words that, right before or right behind it, make it another word."""
    table: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for guard in lexicon.read("name_cues.toml")["guard"]:
        before, after = (tuple(fold_name(word) for word in guard.get(side, ())) for side in ("before", "after"))
        table.update((fold_name(form), (before, after)) for form in guard["forms"])
    return table


def scan(text: str, *, any_case: bool = False, folded: str | None = None) -> tuple[Hit, ...]:
    """Return where `text` uses forms of the lexicon, from left to right, the longest first, none overlapping.

    Latin forms match whole words only, in a sensible case: `xAI` and `XAI`, but `apple` is a fruit unless `any_case`.
    Whoever has the folded text already may give it.
    """
    folded, dictionary = fold_name(text) if folded is None else folded, _dictionary()
    found: list[Hit] = []
    for number, start, end in dictionary.matcher.find_matches_as_indexes(folded, overlapping=True):
        if not _bounded(folded, start, end) or _guarded(folded, start, end):
            continue
        bearers = dictionary.bearers[number]
        fitting = {of.entry.id: of for of in reversed(bearers) if any_case or _case_fits(text[start:end], of.form)}
        if fitting:
            found.append(Hit(Span(start, end), tuple(reversed(fitting.values()))))
    return tuple(_leftmost_longest(found))


def _leftmost_longest(hits: Iterable[Hit]) -> Iterator[Hit]:
    end = 0
    for hit in sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end)):
        if hit.span.start >= end:
            yield hit
            end = hit.span.end


def _bounded(folded: str, start: int, end: int) -> bool:
    """Tell whether a form is a whole word: Latin letters and digits do not go on beyond it."""
    before, after = folded[start - 1 : start], folded[end : end + 2]
    if _WORD.match(folded[start]) and (_WORD.match(before) or before in ("@", ".")):
        return False
    if not _WORD.match(folded[end - 1]):
        return True
    return not (_WORD.match(after) or (after[:1] in (".", "@") and _WORD.match(after, 1)))


def _guarded(folded: str, start: int, end: int) -> bool:
    before, after = _guards().get(folded[start:end], ((), ()))
    return folded.startswith(after, end) or folded.endswith(before, 0, start)


def _case_fits(surface: str, form: str) -> bool:
    if surface == form or form == form.lower() or not surface.isascii():
        return True
    if surface.islower():  # nobody coins OpenAI by accident, whatever its case
        return " " not in form and re.search("[a-z][A-Z]", form) is not None
    if surface.isupper():
        return len(surface) > 2 or form.isupper()  # noqa: PLR2004
    return surface[0].isupper() or form[0].islower()


def lookup(name: str) -> tuple[Bearer, ...]:
    """Return who bears `name` as a whole, in any case and script, or whose id it is; the surest first.

    >>> [bearer.entry.id for bearer in lookup("elon-musk")]
    ['elon-musk']
    """
    entry = entries().get(fold_name(name).strip())
    if entry is not None:
        return (Bearer(entry, Strength.FULL, name),)
    hits = scan(name.strip(), any_case=True)
    return hits[0].bearers if len(hits) == 1 and hits[0].span == (0, len(name.strip())) else ()


def query_names(text: str) -> tuple[tuple[str, str, Span], ...]:
    """Return what a query names: ids with the surface and span that name them, in reading order.

    Tickers and weak forms are allowed here, since whoever asks means something by every word.

    >>> [(id, surface) for id, surface, _ in query_names("马斯克 的公司")]
    [('elon-musk', '马斯克')]
    """
    named = [
        (bearer.entry.id, text[hit.span.start : hit.span.end], hit.span)
        for hit in scan(text, any_case=text == text.lower())
        for bearer in hit.bearers
        if bearer.strength is hit.bearers[0].strength
        and (len(bearer.form) > 1 or text[slice(*hit.span)] == bearer.form)
    ]
    taken = [span for _, _, span in named]
    named += [
        (ident, text[slice(*span)], span)
        for ticker, span in tickers_in(text)
        for ident in _bearers_of(ticker)
        if not any(span.overlaps(other) for other in taken)
    ]
    return tuple(sorted(named, key=lambda item: (item[2], item[0])))


@cache
def _tickers() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for entry in entries().values():
        for ticker in entry.tickers:
            table[ticker.upper()] = (*table.get(ticker.upper(), ()), entry.id)
    return table


def _bearers_of(ticker: str) -> tuple[str, ...]:
    """Return whose stock a code is; Hong Kong's are written with and without the zeros before them."""
    table = _tickers()
    return table.get(ticker) or table.get(ticker.zfill(5), ())
