"""Whom a short name means that the model found by itself: the one whose full name it is a part of, if there is one.

雲嶺 is 雲嶺實業 where a post names both, 貝格 is 約翰·貝格, 遠帆 is 顧遠帆.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from service.extraction.names.modelled import METHOD
from service.lexicon.name_cues import folded_cues
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Mention

_SHORTEST: Final = 2  # characters of a part that stands for the whole


def with_fuller_names(found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions, those of the model that are parts of one full name with that one's name and kind."""
    found = list(found)
    firms = {fold_name(one.name): one for one in found if one.kind is EntityKind.COMPANY}
    humans = [one for one in found if one.kind is EntityKind.PERSON]
    people = {fold_name(name): one for one in humans for name in (one.surface, one.name)}
    for one in found:
        full = _full(fold_name(one.surface), one.kind, firms, people) if one.method == METHOD else None
        yield replace(one, kind=full.kind, name=full.name, key=full.key, method="short_form") if full else one


def _full(form: str, kind: EntityKind, firms: dict[str, Mention], people: dict[str, Mention]) -> Mention | None:
    """Return the one mention by a full name that `form` is a part of: of a business how it begins."""
    if len(form) < _SHORTEST:
        return None
    longer = [firms[name] for name in sorted(firms) if name.startswith(form) and len(name) > len(form) + 1]
    if not longer:
        longer = [people[name] for name in sorted(people) if form in _parts(name)]
        longer = longer if kind is EntityKind.PERSON else [one for one in longer if "·" in fold_name(one.name)]
    bearers = {one.key or one.name for one in longer}
    return longer[0] if len(bearers) == 1 else None


@lru_cache(maxsize=4096)
def _parts(folded: str) -> frozenset[str]:
    """Return the parts of a person's name that stand for it: those a point or space parts, a given name."""
    if "·" in folded or " " in folded:
        return frozenset(folded.replace(" ", "·").split("·"))
    family = 2 if folded[:2] in folded_cues("double_surnames") else 1
    given = folded[family:]
    return frozenset([given]) if len(given) == _SHORTEST and "\u3400" <= folded[0] <= "\u9fff" else frozenset()
