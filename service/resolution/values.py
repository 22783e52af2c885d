"""What resolution takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.model import Entity, EntityKind

Name = tuple[EntityKind, str, str | None]  # kind, name and lexicon id: what an entity is decided for


@dataclass(frozen=True, slots=True)
class NameSeen:
    """A name as an article gives it, and how often."""

    kind: EntityKind
    name: str
    key: str | None  # the lexicon's id
    article: str
    count: int


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
    entity_of: Mapping[Name, str]
    merged: Mapping[str, str]  # the id that went → the id that stays, however many merges lie between
