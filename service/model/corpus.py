"""The corpus: where posts come from, who its names are, and what editors decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from service.model.extraction import EntityKind
from service.model.text import Dialect


@dataclass(frozen=True, slots=True)
class Defaults:
    """Front matter that a site gives to posts which lack it: Jekyll's ``defaults``, Hugo's ``cascade``."""

    values: Mapping[str, object]  # JSON values
    path: str = ""  # folder below the site's root, or a glob; empty: everywhere
    kind: str = ""  # Jekyll: posts, pages, drafts or a collection; Hugo: page, section, home …; empty: any
    within: str = ""  # Hugo: the section, below content, whose page gives them; empty: the site
    language: str = ""  # Hugo: code of the pages' language; empty: any


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder whose files Hugo takes for content: ``contentDir`` or one of ``module.mounts``."""

    source: str  # folder below the site's root
    target: str = ""  # where it appears below content
    language: str = ""  # code; empty: as the names of its files tell


@dataclass(frozen=True, slots=True)
class SiteName:
    """Somebody or something that a site lists itself, with all its names: the first is the one shown."""

    kind: str  # an `EntityKind`
    names: tuple[str, ...]
    id: str = ""  # the lexicon's or the site's own; empty: whose the name is, is told from the name
    weak: tuple[str, ...] = ()  # names that are other words too: they need evidence


@dataclass(frozen=True, slots=True)
class Site:
    """A source as declared: what a post's dialect, dates and URL depend on besides the post itself."""

    name: str
    dialect: Dialect | None = None  # None: told from the posts
    base_url: str | None = None
    # section → pattern, as the generator writes them; `section:posts` is Hugo's pattern for pages of another kind
    permalinks: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    timezone: str | None = None  # IANA name
    languages: Mapping[str, str] = field(default_factory=dict)  # code → folder of its own, empty where all share one
    language_in_path: bool = False  # the site's own language has a folder in addresses too
    ugly_urls: bool = False  # pages are files: `/posts/tea.html`
    date_sources: tuple[str, ...] = ()  # where Hugo takes a page's date from, in order; empty: as it comes
    defaults: tuple[Defaults, ...] = ()  # the later ones outrank the earlier
    collections: Mapping[str, bool] = field(default_factory=dict)  # Jekyll: name → published; empty: not known
    collections_dir: str = ""  # Jekyll: the folder that holds the collections
    excludes: tuple[str, ...] = ()  # what is no part of the site, as the generator's patterns say it
    includes: tuple[str, ...] = ()  # Jekyll: names that are part of it though they begin with `_` or a dot
    plugins: tuple[str, ...] = ()  # of the generator: what they do to addresses counts
    generator: str = ""  # what builds the site where its dialect does not say: hexo, vuepress …
    mounts: tuple[Mount, ...] = ()  # Hugo: where content lies; empty: in `content` and the languages' own folders
    disabled_languages: tuple[str, ...] = ()  # Hugo: they have no pages
    by_language: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # code → fields of its own
    ugly_sections: tuple[str, ...] = ()  # Hugo: sections whose pages are files where not all are
    updated_sources: tuple[str, ...] = ()  # as `date_sources`, for the last change
    case_kept: bool = False  # Hugo: addresses are not put in lower case
    accents_removed: bool = False  # Hugo: `é` is `e` in addresses
    taxonomies: Mapping[str, str] = field(default_factory=dict)  # Hugo: singular → key of front matter
    # Hugo: `language/path` → title and slug of each section that has a page; empty: not known, all folders count
    sections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    render: Mapping[str, object] = field(
        default_factory=dict
    )  # the site's own words, as `script.Preferences` stores them
    names: tuple[SiteName, ...] = ()  # people and companies that the site lists
    told: tuple[str, ...] = ()  # the fields that the site's own files tell, where an editor declares others


def completed(declared: Site, found: Site) -> Site:
    """Return the site as `declared` by an editor, and for the rest as its own files tell now.

    What they told before is forgotten. Where the editor says that another generator builds it, they tell nothing.

    >>> blog = completed(Site("blog", base_url="https://blog.example/"), Site("a", Dialect.HUGO, ugly_urls=True))
    >>> blog.name, blog.dialect, blog.base_url, blog.ugly_urls, blog.told
    ('blog', <Dialect.HUGO: 'hugo'>, 'https://blog.example/', True, ('dialect', 'ugly_urls'))
    """
    said = {name: value for name, value in _given(declared).items() if name not in declared.told}
    others = said.get("dialect", found.dialect) is not found.dialect
    told = {} if others else {name: value for name, value in _given(found).items() if name not in said}
    values: dict[str, Any] = {**told, **said}
    return Site(declared.name, **values, told=tuple(sorted(told)))


def _given(site: Site) -> dict[str, Any]:
    """Return the fields of `site` that say something."""
    bare = Site(site.name)
    values = {item.name: getattr(site, item.name) for item in fields(site) if item.name not in ("name", "told")}
    return {name: value for name, value in values.items() if value != getattr(bare, name)}


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

    `edit` replaces fields of the entity (`value`: kind, name, hant, hans, en; None goes back to what is extracted),
    `alias` gives it another name (`name`), `unalias` takes one from it (`name`, `into`: who has it then), `merge` makes
    it part of another (`into`, the id that stays). `split` and `not_this` say that some of its names, or what some
    articles call so, are another's (`names`, `articles` or `source`, `into`); `new` says that the decision made `into`
    up. `reject` says that a name, or whatever is named by the entity, is no entity (`name`, `article` or `source`);
    without an entity it holds for whoever bears the name.
    """

    kind: str
    entity_id: str | None
    value: Mapping[str, object]
