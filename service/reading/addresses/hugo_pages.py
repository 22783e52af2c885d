"""What a file below a Hugo site's content is there: which kind of page, of which section, in which language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from service.model import Mount, Site
from service.reading.addresses.hugo_slugs import lower
from service.reading.addresses.in_a_row import in_a_row

_TAXONOMIES = {"tag": "tags", "category": "categories"}  # where a site declares none
_OWN = frozenset({"base_url", "permalinks", "timezone", "ugly_urls", "language"})  # what a language may have of its own
# A suffix that a site which declares no languages means as one: those that Chinese sites are translated to.
_LANGUAGE = re.compile(r"(?:zh(?:-[a-z]{2,4}){0,2}|yue|nan|en(?:-[a-z]{2})?|ja|ko|fr|de|es|pt(?:-br)?|ru|it|vi|th|id)$")


@dataclass(frozen=True, slots=True)
class HugoPage:
    """A page by its place below content.

    `folders` are those it lies in as they are written; a section's own is the last of them. `name` is what a page is
    called, of a bundle its folder's name; a section has none.
    """

    kind: str  # page | section | home | taxonomy | term; stray: it lies where the site takes no content from
    folders: tuple[str, ...]
    name: str
    language: str  # code in lower case; empty: not known

    @property
    def path(self) -> str:
        """The path that the site's own globs are held against: ``/posts/my-tea``."""
        parts = [*self.folders, *([self.name] if self.kind == "page" else [])]
        return "/" + "/".join(map(lowered, parts))


def lowered(name: str) -> str:
    """Return the name of a file or folder as Hugo compares it.

    >>> lowered("My Tea")
    'my-tea'
    """
    return lower(name).replace(" ", "-")


@in_a_row
def hugo_page(path: str, site: Site) -> HugoPage:
    """Return the page that the file at `path` gives.

    >>> hugo_page("content/posts/tea/index.zh-tw.md", Site("a"))
    HugoPage(kind='page', folders=('posts',), name='tea', language='zh-tw')
    """
    parts, language = _below_content(path, site)
    if parts[0] == "content":
        return HugoPage("stray", parts[1:-1], PurePosixPath(path).stem, "")
    name, told = _parted(PurePosixPath(parts[-1]).stem, site)
    folders, code = parts[:-1], told or language or default_language(site)
    if name == "_index":
        return HugoPage(_branch_kind(folders, site), folders, "", code)
    if name == "index" and folders:
        return HugoPage("page", folders[:-1], folders[-1], code)
    return HugoPage("page", folders, name, code)


def for_language(site: Site, code: str) -> Site:
    """Return `site` with what it declares for one of its languages alone."""
    own: Any = {key: value for key, value in site.by_language.get(code, {}).items() if key in _OWN}
    return replace(site, **own) if own else site


def default_language(site: Site) -> str:
    """Return the code of the language that files are in which tell none; empty where it is not known."""
    own = (site.language or "").lower()
    codes = [code.lower() for code in site.languages]
    return codes[0] if len(codes) == 1 and own not in codes else own


def page_language(path: str, site: Site) -> str | None:
    """Return the language of the page that the file at `path` gives, as the site declares it or by its code.

    A folder called as one of the languages counts too: a build may mount it in ways that no file of the site tells.
    """
    page = hugo_page(path, site)
    code = page.language
    first = page.folders[0].lower() if page.folders else ""
    if code == default_language(site) and first in (known.lower() for known in site.languages):
        code = first
    if code in ("", default_language(site)) and not site.by_language.get(code):
        return site.language
    return str(site.by_language.get(code, {}).get("language") or code)


def language_prefix(site: Site, code: str) -> str:
    """Return what the addresses of pages in a language begin with: ``/en``, or nothing."""
    codes = [known.lower() for known in site.languages]
    hosts = [known for known in codes if known not in site.disabled_languages]
    if hosts and all(site.by_language.get(known, {}).get("base_url") for known in hosts):
        return ""  # each has a host, or a folder, of its own
    return f"/{code}" if code and (code != default_language(site) or site.language_in_path) else ""


def singular_keys(site: Site) -> Mapping[str, str]:
    """Return the site's taxonomies: what one term is called → the key of front matter that lists them."""
    return site.taxonomies or _TAXONOMIES


def _branch_kind(folders: tuple[str, ...], site: Site) -> str:
    if not folders:
        return "home"
    if lowered(folders[0]) in map(lowered, singular_keys(site).values()):
        return "taxonomy" if len(folders) == 1 else "term"
    return "section"


def mounts(site: Site) -> Iterator[Mount]:
    """Yield the folders that the site takes its content from."""
    if site.mounts:
        yield from site.mounts
        return
    yield from (Mount(folder, "", code) for code, folder in site.languages.items() if folder)
    if not site.languages or not all(site.languages.values()):
        yield Mount("content")


def _below_content(path: str, site: Site) -> tuple[tuple[str, ...], str]:
    """Return the parts of `path` below content and the language of the folder it is mounted from, if it has one."""
    parts = PurePosixPath(path).parts or ("",)
    found = [(mount, PurePosixPath(mount.source).parts) for mount in mounts(site)]
    held = [(mount, source) for mount, source in found if parts[: len(source)] == source and len(parts) > len(source)]
    if not held:
        return parts, ""
    mount, source = max(held, key=lambda item: len(item[1]))
    if mount.language in site.disabled_languages:
        return ("content",), ""
    return (*PurePosixPath(mount.target).parts, *parts[len(source) :]), mount.language.lower()


def _parted(stem: str, site: Site) -> tuple[str, str]:
    """Return a file's name and the language that it ends in: ``tea.zh-tw``."""
    name, dot, suffix = stem.rpartition(".")
    code = suffix.lower()
    if not dot or not name:
        return stem, ""
    if site.languages:
        known = {known.lower() for known in site.languages} | set(site.disabled_languages)
        return (name, code) if code in known else (stem, "")
    return (name, code) if _LANGUAGE.match(code) else (stem, "")
