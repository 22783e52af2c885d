"""Front matter of any generator, in English or Chinese, → one vocabulary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from service.model import Dialect, Header, Moment, Original, Problem, Site
from service.reading.addresses.hugo_pages import hugo_page, page_language
from service.reading.headers.bylines import names_in, unlinked
from service.reading.headers.dates import read_date
from service.reading.headers.frontmatter import FrontMatter
from service.reading.headers.jekyll_header import folder_categories, is_quoted, jekyll_labels, jekyll_moment
from service.reading.headers.keys import compared, known_keys
from service.reading.headers.values import as_written, json_value, lines_above, source_of, strings

_MAX_VALUES = 5_000
_SEPARATORS = re.compile(r"\s*[,，、;；]\s*")
_DATED_NAME = re.compile(r"((?:\d{2})?\d{2}-\d{1,2}-\d{1,2})(?:[-_ ](.*))?$")
_FULL_YEAR = re.compile(r"\d{4}-")
_SINGLE = ("title", "published", "updated", "slug", "url", "description", "language")
_PARAMS = frozenset(
    {"authors", "tags", "categories", "keywords", "original", "original_url", "original_name", "people", "companies"}
)
_YES = frozenset({"true", "yes", "on", "1", "y", "是"})
# Where the generators take the date of a page from, in order: https://gohugo.io/configuration/front-matter/#dates
_HUGO_DATES = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
_LIKE = "2026-01-30T08:00:00+08:00"
_HUGO_CHANGES = ("lastmod", "modified")
_JEKYLL_DATES = ("date", ":filename")


class Entry:
    """A value of the header, with the key it stands under as the post writes it."""

    __slots__ = ("key", "value")

    def __init__(self, key: str, value: Any) -> None:
        self.key, self.value = key, value


def entries(data: Mapping[str, Any]) -> tuple[dict[str, list[Entry]], dict[str, Any]]:
    """Return the values of `data` by field, the most specific key first, and what no field takes."""
    ranked: dict[str, list[tuple[int, Entry]]] = {}
    rest: dict[str, Any] = {}
    for key, value in data.items():
        if known := known_keys().get(compared(key)):
            ranked.setdefault(known[0], []).append((known[1], Entry(key, value)))
        else:
            rest[key] = value
    return {name: [e for _, e in sorted(found, key=lambda f: f[0])] for name, found in ranked.items()}, rest


def read_header(front: FrontMatter, path: str, dialect: Dialect, site: Site) -> tuple[Header, dict[str, str]]:
    """Return the header, and for each field the key its value came from."""
    data = json_value(front.data, [_MAX_VALUES])
    found, rest = entries(_with_params(data) if dialect is Dialect.HUGO else data)
    reader = _Reader(found, rest, front, path, dialect, site)
    header = reader.header()
    return header, reader.keys


def _with_params(data: dict[str, Any]) -> dict[str, Any]:
    """Return `data` with what stands under Hugo's ``params``, where it fills a field that nothing else fills."""
    params = next((value for key, value in data.items() if key.lower() == "params" and isinstance(value, dict)), {})
    filled = {known_keys().get(compared(key), ("",))[0] for key in data}
    fields = {key: known_keys().get(compared(key), ("",))[0] for key in params}
    return data | {key: params[key] for key, field in fields.items() if field in _PARAMS - filled}


def is_written(key: str, data: Mapping[str, Any]) -> bool:
    """Tell whether `key` stands in the front matter `data` itself, or under Hugo's ``params`` there."""
    return key in data or any(key in value for value in data.values() if isinstance(value, Mapping))


def _entries(data: Mapping[str, Any]) -> list[Entry]:
    return [Entry(key, value) for key, value in data.items()]


class _Reader:
    """Reads one field after another; values no field can use go to the rest."""

    def __init__(
        self,
        found: dict[str, list[Entry]],
        rest: dict[str, Any],
        front: FrontMatter,
        path: str,
        dialect: Dialect,
        site: Site,
    ) -> None:
        self.found, self.rest, self.front = found, rest, front
        self.path, self.dialect, self.site = path, dialect, site
        self.by_key = {compared(e.key): e for e in [*(e for es in found.values() for e in es), *_entries(rest)]}
        self.keys: dict[str, str] = {}
        self.used: set[str] = set()
        self.told: set[str] = set()
        self.name_dates = False  # the date is that of the file's name

    def header(self) -> Header:
        hidden = any(e.value is False for e in self.found.get("published", ()))  # Jekyll: `published: false`
        updated = self.updated()
        published = self.published() or (updated if self.dialect is Dialect.HUGO else None)
        header = Header(
            title=self.title(),
            published=published,
            updated=updated,
            authors=self.names("authors"),
            tags=self.labels("tags") or self.labels("keywords"),
            categories=self.categories(),
            aliases=self.labels("aliases"),
            slug=self.slug(),
            url=self.line("url"),
            draft=hidden or self.draft(),
            description=self.line("description"),
            language=self.line("language") or self.language_of_site(),
            original=self.original(),
            people=self.names("people"),
            companies=self.names("companies"),
            rest=self.rest,
        )
        self.keep_unused()
        return header

    def use(self, field: str, entry: Entry) -> None:
        self.keys.setdefault(field, entry.key)
        self.used.add(entry.key)

    def keep_unused(self) -> None:
        """Keep what a field that takes one value has been given beyond it."""
        for field in _SINGLE:
            for entry in self.found.get(field, ()):
                if entry.key not in self.used and entry.value not in (None, "") and not isinstance(entry.value, bool):
                    self.rest[entry.key] = entry.value

    def title(self) -> str | None:
        for entry in self.found.get("title", ()):
            text = entry.value if isinstance(entry.value, str) else self.title_of(entry)
            if text.strip():
                self.use("title", entry)
                return text.strip()
        return None

    def title_of(self, entry: Entry) -> str:
        """Return a title that the format takes for a number or list as it is written: ``2026``, ``1.50``, ``[港]``."""
        written = as_written(self.front.raw, entry.key) if entry.value is not None else ""
        if isinstance(entry.value, (list, dict)):
            return written if written[:1] in ("[", "{") else ""
        return written or ("" if entry.value is None else str(entry.value))

    def line(self, field: str) -> str | None:
        for entry in self.found.get(field, ()):
            if isinstance(entry.value, (str, int)) and not isinstance(entry.value, bool) and str(entry.value).strip():
                self.use(field, entry)
                return str(entry.value).strip()
        return None

    # ── Dates ──

    def published(self) -> Moment | None:
        if self.dialect is Dialect.HUGO:
            return self.sourced(self.site.date_sources or (":default",), _HUGO_DATES) or self.moment("published")
        if self.dialect is Dialect.JEKYLL:
            return self.sourced(_JEKYLL_DATES) or self.moment("published")
        return self.moment("published") or self.date_of_name()

    def updated(self) -> Moment | None:
        sources = self.site.updated_sources if self.dialect is Dialect.HUGO else ()
        given = [source for source in sources if compared(source) not in _HUGO_DATES[:4]]
        return self.sourced(given or (":default",), _HUGO_CHANGES) or self.moment("updated")

    def sourced(self, sources: Sequence[str], default: Sequence[str] = ()) -> Moment | None:
        """Return the first date of `sources`, keys or ``:filename``; ``:default`` stands for the default ones."""
        names = [name for source in sources for name in (default if source == ":default" else (source,))]
        for name in names:
            if name == ":filename":
                moment = self.date_of_name()
                self.name_dates = moment is not None
            else:
                entry = self.by_key.get(compared(name))
                moment = self.date_of(entry) if entry else None
            if moment:
                return moment
        return None

    def moment(self, field: str) -> Moment | None:
        moments = (self.date_of(entry) for entry in self.found.get(field, ()))
        return next((moment for moment in moments if moment), None)

    def date_of(self, entry: Entry) -> Moment | None:
        zone, value = self.site.timezone, entry.value
        if isinstance(value, dict):  # `last_update: {date: …}`
            value = value.get("date")
        jekyll = self.dialect is Dialect.JEKYLL and not self.site.generator
        plain = jekyll and not is_quoted(self.front.raw, entry.key)
        moment = (jekyll_moment(value, zone) if plain else None) or read_date(value, zone, day_first=jekyll)
        if moment:
            self.used.add(entry.key)
        elif isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
            self.tell_unread(entry)
        return moment

    def tell_unread(self, entry: Entry) -> None:
        key, above = compared(entry.key), lines_above(self.front.raw, entry.key)
        if above is None or entry.key in self.told or not (key.isascii() or "日期" in key):
            return  # ``時間：45 分鐘`` is none the writer meant for a date
        self.told.add(entry.key)
        detail = f"{entry.key}: {str(entry.value)[:40]!r} cannot be read as a date: write it like 2026-01-30 or {_LIKE}"
        self.front.problems.append(Problem(detail, self.front.line + above))

    def date_of_name(self) -> Moment | None:
        match = _DATED_NAME.match(self.file_name())
        if match is None or (self.dialect is not Dialect.JEKYLL and not _FULL_YEAR.match(match[1])):
            return None
        return read_date(match[1] if _FULL_YEAR.match(match[1]) else f"20{match[1]}")

    def file_name(self) -> str:
        if self.dialect is Dialect.HUGO:  # a bundle is called as its folder, and no name ends in its language
            return hugo_page(self.path, self.site).name
        return PurePosixPath(self.path).stem

    def language_of_site(self) -> str | None:
        return page_language(self.path, self.site) if self.dialect is Dialect.HUGO else self.site.language

    def slug(self) -> str | None:
        named = _DATED_NAME.match(self.file_name()) if self.name_dates else None
        return self.line("slug") or (named[2] if named and self.dialect is Dialect.HUGO else None)

    def draft(self) -> bool:
        if self.dialect is Dialect.JEKYLL and "_drafts" in PurePosixPath(self.path).parts[:-1]:
            return True
        return any(str(entry.value).strip().lower() in _YES for entry in self.found.get("draft", ()))

    # ── Labels and names ──

    def labels(self, field: str) -> tuple[str, ...]:
        labels: list[str] = []
        given = self.found.get(field, [])
        if self.dialect is Dialect.JEKYLL and field == "tags":  # `tag` outranks `tags` there
            given = [entry for entry in given if not compared(entry.key).endswith("s")] or given
        for entry in given:
            labels += self.split_labels(entry, field)
        bare = (unlinked(label.lstrip("#") if field == "tags" else label) for label in labels)
        return tuple(dict.fromkeys(label for label in bare if label))

    def split_labels(self, entry: Entry, field: str) -> list[str]:
        if not isinstance(entry.value, str):
            return strings(entry.value)
        generator = self.site.generator
        if self.dialect is Dialect.JEKYLL and field != "keywords" and not generator:
            plural = compared(entry.key).endswith("s") and not self.site.generator
            return jekyll_labels(entry.value, plural=plural)
        value = " ".join(entry.value.split())  # long runs of blanks would cost the pattern dear
        if field == "keywords":
            return _SEPARATORS.split(value)
        if self.dialect is Dialect.HUGO or generator == "hexo":
            return [entry.value]
        words = value.split()
        marked = len(words) > 1 and all(word.startswith("#") for word in words)
        return words if marked else _SEPARATORS.split(value)

    def categories(self) -> tuple[str, ...]:
        folders = folder_categories(self.path, self.site) if self.dialect is Dialect.JEKYLL else ()
        return tuple(dict.fromkeys([*folders, *self.labels("categories")]))

    def names(self, field: str) -> tuple[str, ...]:
        names: list[str] = []
        for entry in self.found.get(field, ()):
            given = [entry.value] if isinstance(entry.value, str) else strings(entry.value)
            values = [name for value in given for name in names_in(value, split=isinstance(entry.value, str))]
            if values:
                self.use(field, entry)
            names += values
        return tuple(dict.fromkeys(names))

    def original(self) -> Original | None:
        url = name = None
        for entry in [*self.found.get("original_url", ()), *self.found.get("original", ())]:
            more_url, more_name = source_of(entry.value)
            url, name = url or more_url, name or (more_name if "url" not in compared(entry.key) else None)
            if not more_url and entry in self.found.get("original_url", ()):
                self.rest[entry.key] = entry.value
        name = next((str(e.value) for e in self.found.get("original_name", ()) if isinstance(e.value, str)), name)
        return Original(url, name) if url or name else None
