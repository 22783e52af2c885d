"""Whose names are once editors have spoken: their decisions, one after the other, over what the posts say themselves.

Every mention keeps a bearer of its own, and merges only say who that bearer is part of: so a merge that is taken back
leaves every other decision as it was, and a decision made later sees what those before it made of the corpus.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from service.model import Decision
from service.resolution.groups import normal
from service.resolution.values import Name, NameSeen, Place

Bearer = str | None  # the id of an entity; None: the name is no entity there


class Limits(NamedTuple):
    """The articles, or the source, that a decision holds in."""

    articles: frozenset[str]
    source: str | None

    def hold(self, place: Place) -> bool:
        """Tell whether `place` lies within."""
        return place.article in self.articles or (self.source is not None and place.source == self.source)


@dataclass
class Decided:
    """What the decisions come to: whose every place is, what became part of what, and which names are whose."""

    bearers: dict[Place, Bearer]  # before merges
    into: dict[str, str] = field(default_factory=dict)  # as merged, one step at a time
    given: dict[str, tuple[str, str]] = field(
        default_factory=dict
    )  # name as compared → whose it is, as the editor wrote
    denied: dict[str, set[Bearer]] = field(default_factory=dict)  # name as compared → whose it is not; None: anybody's
    fields: dict[str, dict[str, object]] = field(default_factory=dict)  # edits, None for what went back
    cut: set[Place] = field(default_factory=set)  # taken for what is written there, not for the full name it stands for

    def current(self, ident: Bearer) -> Bearer:
        """Return the id that `ident` is part of by now."""
        while ident is not None and ident in self.into:
            ident = self.into[ident]
        return ident

    def mark(self, place: Place, names: Collection[str]) -> None:
        """Keep whether a place was decided on by what is written there rather than by the full name."""
        (self.cut.add if names and normal(place.name[1]) not in names else self.cut.discard)(place)

    def allows(self, ident: str, name: str) -> bool:
        """Tell whether `name` may stand among the names of the entity `ident`."""
        compared = normal(name)
        if compared in self.given:
            return self.current(self.given[compared][0]) == ident
        barred = self.denied.get(compared, ())
        return None not in barred and all(self.current(other) != ident for other in barred)


def decide(seen: Iterable[NameSeen], organic: Mapping[Name, str], decisions: Iterable[Decision]) -> Decided:
    """Return what `decisions` (the oldest first) make of the names whose bearers the posts tell (`organic`).

    Of two decisions that contradict each other the later one holds; a merge that would close a circle does not.
    """
    decided = Decided({one.place: organic[one.named] for one in seen})
    index = _Index(decided.bearers)
    for decision in decisions:
        if (rule := _RULES.get(decision.kind)) is not None:
            rule(decided, index, decision)
    return decided


def names_of(decision: Decision) -> frozenset[str]:
    """Return the names a decision speaks of, as they are compared.

    >>> sorted(names_of(Decision("split", "a", {"names": ["王偉", "Wang Wei"]})))
    ['wang wei', '王伟']
    """
    return frozenset(map(normal, _listed(decision, "name", "names")))


def coined(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the ids that decisions made up: the posts' own entities get others."""
    return frozenset(
        into for one in decisions if one.value.get("new") is True and isinstance(into := one.value.get("into"), str)
    )


class _Index:
    """Finds places by name and by article, built when the first decision asks."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = places
        self._named: dict[str, list[Place]] | None = None
        self._within: dict[tuple[str, str], list[Place]] | None = None

    def named(self, name: str, *, shorts: bool = True) -> Iterator[Place]:
        """Yield the places that `name` stands at, and those that stand for it in short.

        Where the name itself is short for a fuller one of its article, it counts only with `shorts`.
        """
        if self._named is None:
            self._named = defaultdict(list)
            for place in self._places:
                for form in {normal(place.name[1]), normal(place.surface)} - {""}:
                    self._named[form].append(place)
        for place in self._named.get(name, ()):
            full, said = normal(place.name[1]), normal(place.surface)
            if (said in full) if full == name else (shorts or said not in full):
                yield place

    def within(self, limits: Limits) -> Iterator[Place]:
        if self._within is None:
            self._within = defaultdict(list)
            for place in self._places:
                self._within["article", place.article].append(place)
                self._within["source", place.source].append(place)
        for article in limits.articles:
            yield from self._within.get(("article", article), ())
        if limits.source is not None:
            yield from self._within.get(("source", limits.source), ())

    def scope(self, decision: Decision) -> set[Place]:
        """Return the places that a decision speaks of, whoever bears them."""
        names, limits = names_of(decision), limits_of(decision)
        if names:
            found = {place for name in names for place in self.named(name)}
            return found if limits is None else set(filter(limits.hold, found))
        return set(self._places) if limits is None else set(self.within(limits))


def _listed(decision: Decision, one: str, many: str) -> list[str]:
    values = decision.value.get(many)
    listed: list[Any] = [decision.value.get(one), *(values if isinstance(values, (list, tuple)) else ())]
    return [value for value in listed if isinstance(value, str) and value.strip()]


def limits_of(decision: Decision) -> Limits | None:
    """Return what a decision is limited to; None: it holds everywhere."""
    if not decision.value.keys() & {"article", "articles", "source"}:
        return None
    source = decision.value.get("source")
    return Limits(frozenset(_listed(decision, "article", "articles")), source if isinstance(source, str) else None)


def _merge(decided: Decided, _index: _Index, decision: Decision) -> None:
    """Of two merges of one id the later holds; one that would close a circle is left out."""
    target, ident = decision.value.get("into"), decision.entity_id
    if not isinstance(target, str) or ident is None:
        return
    former = decided.into.pop(ident, None)
    if decided.current(target) != ident:
        decided.into[ident] = target
    elif former is not None:
        decided.into[ident] = former


def _edit(decided: Decided, _index: _Index, decision: Decision) -> None:
    if decision.entity_id is not None:
        decided.fields.setdefault(decision.entity_id, {}).update(decision.value)


def _give(decided: Decided, index: _Index, decision: Decision) -> None:
    """Give a name to an entity; where it is short for a fuller one, it stays with whom its post says it stands for."""
    for name in _listed(decision, "name", "names"):
        if decision.entity_id is not None:
            compared = normal(name)
            decided.given[compared] = (decision.entity_id, name)
            decided.denied.get(compared, set()).difference_update({decision.entity_id, None})
            for place in index.named(compared, shorts=False):
                decided.bearers[place] = decision.entity_id
                decided.mark(place, {compared})


def _take(decided: Decided, index: _Index, decision: Decision) -> None:
    """Take what a decision speaks of from its entity (from anybody, where it names none) and give it to another."""
    into = decision.value.get("into")
    bearer = into if isinstance(into, str) and decision.kind != "reject" else None
    owner, names = decided.current(decision.entity_id), names_of(decision)
    for place in index.scope(decision):
        held = decided.bearers[place]
        if decision.entity_id is None or (held is not None and decided.current(held) == owner):
            decided.bearers[place] = bearer
            decided.mark(place, names)
    if limits_of(decision) is None:
        for name in names:
            decided.denied.setdefault(name, set()).add(owner)
            if name in decided.given and owner in (None, decided.current(decided.given[name][0])):
                del decided.given[name]


_RULES: Mapping[str, Callable[[Decided, _Index, Decision], None]] = {
    "merge": _merge,
    "edit": _edit,
    "alias": _give,
    "unalias": _take,
    "split": _take,
    "not_this": _take,
    "reject": _take,
}
