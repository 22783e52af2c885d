"""The corpus: where posts come from, who its names are, and what editors decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.model.extraction import EntityKind
from service.model.text import Dialect


@dataclass(frozen=True, slots=True)
class Defaults:
    """Front matter that a site gives to posts which lack it: Jekyll's ``defaults``, Hugo's ``cascade``."""

    values: Mapping[str, object]  # JSON values
    path: str = ""  # folder below the site's root, or a glob; empty: everywhere
    kind: str = ""  # Jekyll: posts, pages, drafts or a collection; empty: any


@dataclass(frozen=True, slots=True)
class Site:
    """A source as declared: what a post's dialect, dates and URL depend on besides the post itself."""

    name: str
    dialect: Dialect | None = None  # None: told from the posts
    base_url: str | None = None
    permalinks: Mapping[str, str] = field(default_factory=dict)  # section → pattern, as the generator writes them
    language: str | None = None
    timezone: str | None = None  # IANA name
    languages: Mapping[str, str] = field(default_factory=dict)  # code → folder of its own, empty where all share one
    language_in_path: bool = False  # the site's own language has a folder in addresses too
    ugly_urls: bool = False  # pages are files: `/posts/tea.html`
    date_sources: tuple[str, ...] = ()  # where Hugo takes a page's date from, in order; empty: as it comes
    defaults: tuple[Defaults, ...] = ()  # the later ones outrank the earlier


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what a set of names stands for; `id` is a readable slug."""

    id: str
    kind: EntityKind
    name: str
    hant: str | None = None
    hans: str | None = None
    en: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """An editor's word on an entity: outranks what is extracted.

    `edit` replaces fields of the entity (`value`: kind, name, hant, hans, en), `alias` gives it another name
    (`value`: name), `merge` makes another entity part of it (`value`: into, the id that stays).
    """

    kind: str
    entity_id: str
    value: Mapping[str, object]
