"""What resolution takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from service.model import Entity, EntityKind

Name = tuple[EntityKind, str, str | None]  # kind, name and lexicon id: what an entity is decided for


class Place(NamedTuple):
    """Where a name stands: all places that no editor's decision can tell apart are one.

    `surface` and `article` may be empty where no decision speaks of that surface or article.
    """

    name: Name
    surface: str
    article: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class NameSeen:
    """A name as an article (or, with `article` empty, all of a source that no decision speaks of) gives it."""

    kind: EntityKind
    name: str
    key: str | None  # the lexicon's id
    article: str
    count: int
    surface: str = ""  # what is written there; may be empty where no editor's decision speaks of it
    source: str = ""

    @property
    def named(self) -> Name:
        """Return what an entity is decided for."""
        return self.kind, self.name, self.key

    @property
    def place(self) -> Place:
        """Return what editors decide for: the name in its article."""
        return Place(self.named, self.surface, self.article, self.source)


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
