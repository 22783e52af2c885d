"""Front matter of any generator, in English or Chinese, → one vocabulary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from service import lexicon
from service.model import Dialect, Header, Moment, Original, Site
from service.reading.bylines import names_in, unlinked
from service.reading.dates import read_date
from service.reading.frontmatter import FrontMatter
from service.script import fold

_MAX_VALUES = 5_000
_MAX_DEPTH = 20
_MAX_INT = 2**53
_MAX_BITS = 1_000  # of an integer that is still written out
_UNSPACED = re.compile(r"[\s_-]+")
_SEPARATORS = re.compile(r"\s*[,，、;；]\s*")
_URL = re.compile(r"https?://[^\s<>\"'）)」]+")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*){0,9})")
_DATED_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ](.*))?$")
_LOST = re.compile("[\x00\ud800-\udfff]")


@cache
def known_keys() -> Mapping[str, tuple[str, int]]:
    """Return, for every key as compared, the field it fills and its rank among the keys of that field."""
    fields: Mapping[str, list[str]] = lexicon.read("headers.toml")["keys"]
    return {
        compared(key): (name, rank) for name, keys in reversed(list(fields.items())) for rank, key in enumerate(keys)
    }


def compared(key: str) -> str:
    """Return `key` as it is compared: script, width, case, spaces, hyphens and underscores left out."""
    return _UNSPACED.sub("", fold(key.strip()))


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
    found, rest = entries(data if isinstance(data, dict) else {})
    reader = _Reader(found, rest, front, path, dialect, site)
    header = reader.header()
    return header, reader.keys


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
        self.keys: dict[str, str] = {}

    def header(self) -> Header:
        hidden = any(e.value is False for e in self.found.get("published", ()))  # Jekyll: `published: false`
        named = self.date_of_name()
        published = named if named and self.dialect is Dialect.HUGO else self.moment("published") or named
        updated = self.moment("updated")
        if published is None and self.dialect is Dialect.HUGO:
            published = updated
        return Header(
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
            language=self.line("language") or self.site.language,
            original=self.original(),
            people=self.names("people"),
            companies=self.names("companies"),
            rest=self.rest,
        )

    def title(self) -> str | None:
        for entry in self.found.get("title", ()):
            if isinstance(entry.value, str) and entry.value.strip():
                self.keys["title"] = entry.key
                return entry.value.strip()
            if isinstance(entry.value, (int, float)) and (written := _as_written(self.front.raw, entry.key)):
                self.keys["title"] = entry.key
                return written
        return None

    def line(self, field: str) -> str | None:
        for entry in self.found.get(field, ()):
            if isinstance(entry.value, (str, int)) and not isinstance(entry.value, bool) and str(entry.value).strip():
                self.keys[field] = entry.key
                return str(entry.value).strip()
            if entry.value is not None:
                self.rest[entry.key] = entry.value
        return None

    def moment(self, field: str) -> Moment | None:
        moments = [read_date(entry.value, self.site.timezone) for entry in self.found.get(field, ())]
        return next((moment for moment in moments if moment), None)

    def date_of_name(self) -> Moment | None:
        match = self.dated_name()
        return read_date(match[1]) if match else None

    def dated_name(self) -> re.Match[str] | None:
        if self.dialect is Dialect.HUGO and self.site.date_sources[:1] != (":filename",):
            return None
        return _DATED_NAME.match(PurePosixPath(self.path).stem)

    def slug(self) -> str | None:
        named = self.dated_name() if self.dialect is Dialect.HUGO else None
        return self.line("slug") or (named[2] if named else None)

    def draft(self) -> bool:
        if self.dialect is Dialect.JEKYLL and "_drafts" in PurePosixPath(self.path).parts[:-1]:
            return True
        values = [entry.value for entry in self.found.get("draft", ())]
        return any(value is True or str(value).strip().lower() in ("true", "yes", "是") for value in values)

    def labels(self, field: str) -> tuple[str, ...]:
        labels: list[str] = []
        given = self.found.get(field, [])
        if self.dialect is Dialect.JEKYLL:  # `tag` outranks `tags` there
            given = [entry for entry in given if not compared(entry.key).endswith("s")] or given
        for entry in given:
            labels += self.split_labels(entry, field)
        bare = (unlinked(label.lstrip("#") if field == "tags" else label) for label in labels)
        return tuple(dict.fromkeys(label for label in bare if label))

    def split_labels(self, entry: Entry, field: str) -> list[str]:
        if not isinstance(entry.value, str):
            return _strings(entry.value)
        value = " ".join(entry.value.split())  # long runs of blanks would cost the pattern dear
        if field == "keywords":
            return _SEPARATORS.split(value)
        plural = compared(entry.key).endswith("s")
        if self.dialect is Dialect.JEKYLL:
            return [label.rstrip(",，") for label in entry.value.split()] if plural else [entry.value]
        if self.dialect is Dialect.HUGO:
            return [entry.value]
        words = value.split()
        marked = len(words) > 1 and all(word.startswith("#") for word in words)
        return words if marked else _SEPARATORS.split(value)

    def categories(self) -> tuple[str, ...]:
        folders: tuple[str, ...] = ()
        parts = PurePosixPath(self.path).parts
        if self.dialect is Dialect.JEKYLL and "_posts" in parts:
            folders = parts[: parts.index("_posts")]
        return tuple(dict.fromkeys([*folders, *self.labels("categories")]))

    def names(self, field: str) -> tuple[str, ...]:
        names: list[str] = []
        for entry in self.found.get(field, ()):
            given = [entry.value] if isinstance(entry.value, str) else _strings(entry.value)
            values = [name for value in given for name in names_in(value, split=isinstance(entry.value, str))]
            if values:
                self.keys.setdefault(field, entry.key)
            names += values
        return tuple(dict.fromkeys(names))

    def original(self) -> Original | None:
        url = name = None
        for entry in [*self.found.get("original_url", ()), *self.found.get("original", ())]:
            more_url, more_name = _origin(entry.value)
            url, name = url or more_url, name or (more_name if "url" not in compared(entry.key) else None)
            if not more_url and entry in self.found.get("original_url", ()):
                self.rest[entry.key] = entry.value
        name = next((str(e.value) for e in self.found.get("original_name", ()) if isinstance(e.value, str)), name)
        return Original(url, name) if url or name else None


def _origin(value: object) -> tuple[str | None, str | None]:
    """Return the URL and the name in what a post gives as its source: a URL, a name, a Markdown link or both."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        found = {str(key).lower(): item for key, item in value.items() if isinstance(item, str)}
        return found.get("url") or found.get("link"), found.get("name") or found.get("title")
    if not isinstance(value, str) or not value.strip():
        return None, None
    if match := _MARKDOWN_LINK.search(value):
        return match[2], match[1] or None
    match = _URL.search(value)
    name = unlinked(value[: match.start()].strip(" ：:（(<-—|") if match else value)
    return (match[0] if match else None), name or None


def _strings(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    if isinstance(value, dict):
        named = [str(item) for key, item in value.items() if str(key).lower() in ("name", "title") and item]
        return named or [text for item in value.values() if isinstance(item, dict) for text in _strings(item)]
    return [] if value is None or isinstance(value, bool) else [str(value)]


def _as_written(raw: str, key: str) -> str:
    match = re.search(r"^[ \t]*[\"']?" + re.escape(key) + r"[\"']?[ \t]*[:=][ \t]*([^#\n]*)", raw, re.MULTILINE)
    return match[1].strip().strip("\"',") if match else ""


def json_value(value: object, budget: list[int], depth: int = 0) -> Any:
    """Return `value` as JSON can hold it; what exceeds the budget or depth is left out."""
    budget[0] -= 1
    if budget[0] < 0 or depth > _MAX_DEPTH:
        return None
    if isinstance(value, Mapping):
        return {
            _LOST.sub("", str(key)): json_value(item, budget, depth + 1) for key, item in value.items() if budget[0] > 0
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        return [json_value(item, budget, depth + 1) for item in value if budget[0] > 0]
    return _json_scalar(value)


def _json_scalar(value: object) -> bool | int | float | str | None:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < _MAX_INT else str(value) if value.bit_length() < _MAX_BITS else None
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    return _LOST.sub("", value.decode(errors="replace") if isinstance(value, bytes) else str(value))
