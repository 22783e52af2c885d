"""What an entity is shown as: the lexicon's names where it has an entry, else the forms that were seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from service.lexicon.names import LexiconName, entries
from service.model import Entity, EntityKind, Script
from service.script import detect

_NAMES = ("en", "hant", "hans", "short", "ambiguous")
_HAN = re.compile("[\u3400-\u9fff]")


def describe(
    ident: str,
    kind: EntityKind,
    seen: Mapping[str, int],
    also: Iterable[str] = (),
    merged: Mapping[str, int] = MappingProxyType({}),
    allowed: Callable[[str], bool] = lambda _name: True,
) -> Entity:
    """Return the entity `ident` with its shown names.

    Args:
        ident: its id; where the lexicon has it, the lexicon's names are shown.
        kind: what it is, where the lexicon does not say.
        seen: every name seen for it, with how often.
        also: further names: what glosses and editors call it.
        merged: the names of those that were merged into it: shown only in a script it has no name of its own in.
        allowed: tells whether it may have a name that was not seen: editors take names away.
    """
    entry = _permitted(entries().get(ident), allowed)
    en, hant, hans = (own or other for own, other in zip(_forms(seen), _forms(merged), strict=True))
    if entry is not None:
        kind = entry.kind
        en, hant, hans = _first(entry.en, en), _first(entry.hant, hant), _first(entry.hans, hans)
    name = (en or hant or hans or ident) if entry is not None else _best(seen) or _best(merged) or ident
    names = {*seen, *merged, *filter(allowed, also), *(_all(entry) if entry is not None else ())}
    return Entity(ident, kind, name, hant, hans, en, tuple(sorted(names - {name, hant, hans, en})))


def _permitted(entry: LexiconName | None, allowed: Callable[[str], bool]) -> LexiconName | None:
    """Return the lexicon's entry without the names that editors took from it."""
    if entry is None or all(map(allowed, _all(entry))):
        return entry
    kept: dict[str, Any] = {field: tuple(filter(allowed, getattr(entry, field))) for field in _NAMES}
    return replace(entry, **kept)


def _first(listed: tuple[str, ...], seen: str | None) -> str | None:
    return listed[0] if listed else seen


def _all(entry: LexiconName) -> tuple[str, ...]:
    return tuple(name for field in _NAMES for name in getattr(entry, field))


def _forms(seen: Mapping[str, int]) -> tuple[str | None, str | None, str | None]:
    """Return the best Latin, Traditional and Simplified name of those seen; one both scripts share is both."""
    scripts = {name: detect(name) for name in seen if _HAN.search(name)}
    latin = {name: number for name, number in seen.items() if name not in scripts}
    hant, hans = (
        {name: seen[name] for name, script in scripts.items() if script in (wanted, Script.OTHER)}
        for wanted in (Script.HANT, Script.HANS)
    )
    return _best(latin), _best(hant), _best(hans)


def _best(seen: Mapping[str, int]) -> str | None:
    return max(seen, key=lambda name: (seen[name], len(name), name)) if seen else None


def total(names: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return how often each name was seen in all."""
    counts: Counter[str] = Counter()
    for name, number in names:
        counts[name] += number
    return counts
