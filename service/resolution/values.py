"""What resolution takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from service.model import Entity, EntityKind

Name = tuple[EntityKind, str, str | None]  # kind, name and lexicon id: what an entity is decided for


class Place(NamedTuple):
    """A name as one article uses it; `surface` where editors speak of that surface, else empty."""

    name: Name
    surface: str
    article: str


@dataclass(frozen=True, slots=True)
class NameSeen:
    """A name as an article gives it, and how often."""

    kind: EntityKind
    name: str
    key: str | None  # the lexicon's id
    article: str
    count: int
    surface: str = ""  # what is written there; empty where no editor's decision speaks of it

    @property
    def named(self) -> Name:
        """Return what an entity is decided for."""
        return self.kind, self.name, self.key

    @property
    def place(self) -> Place:
        """Return what editors decide for: the name in its article."""
        return Place(self.named, self.surface, self.article)


@dataclass(frozen=True, slots=True)
class GlossSeen:
    """Two names an article says are one."""

    kind: EntityKind
    name: str
    gloss: str
    article: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who: the entities, whose each name is, and which ids have gone into which."""

    entities: tuple[Entity, ...]  # by id
    entity_of: Mapping[Name, str | None]  # None: an editor says that the name is no entity
    merged: Mapping[str, str]  # the id that went → the id that stays, however many merges lie between
    exceptions: Mapping[Place, str | None] = field(default_factory=lambda: MappingProxyType({}))  # by editors' word
    allows: Callable[[str, str], bool] = lambda _ident, _name: True  # may an entity have a name, by editors' word?

    def owner(self, place: Place) -> str | None:
        """Return whose the name is at a place; None: no entity's."""
        return self.exceptions[place] if place in self.exceptions else self.entity_of.get(place.name)
