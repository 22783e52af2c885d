"""What a site's own configuration says of it: Hugo's and Jekyll's files → `Site`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from service.content.listed_names import is_list_of_names
from service.content.walking import walk

HUGO = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json")
JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
GENERATED = (*HUGO, *JEKYLL, "_posts", "content")
_MAX_CONFIG = 1_000_000
_MAX_VALUES = 20_000
_MAX_DEPTH = 20
_SAMPLE = 20  # posts looked at to tell a vault from a folder of Markdown
_VAULT = re.compile(rb"!?\[\[[^\[\]\n]+\]\]|^[^\x00-\x7f][^:\n]{0,60}:\s", re.MULTILINE)
_SECTION_PAGE = re.compile(r"_index(?:\.[\w-]+)?\.(?:md|markdown)$", re.IGNORECASE)
_MAX_FILES = 20_000
_SETTINGS = (".toml", ".yaml", ".yml", ".json", ".edn", ".ts", ".js", ".mts", ".mjs", ".cts", ".cjs")
_NO_SETTINGS = frozenset({"data", "_data", "static", "assets", "public", "resources", "node_modules", "themes", "i18n"})
_DEEPEST_SETTINGS = 4  # folders: `site-main/docs/src/.vitepress`
FORMATS = ("toml", "yaml", "yml", "json")

Files = Mapping[str, str]  # those of a site that say something of the site itself, by their paths from its root


def looks_like_vault(posts: Iterable[Path]) -> bool:
    """Tell whether a third of the first `posts` hold wiki-links or front matter in Chinese."""
    sample = list(islice(posts, _SAMPLE))
    linked = sum(1 for post in sample if _VAULT.search(post.read_bytes()[:_MAX_CONFIG]))
    return bool(sample) and linked * 3 >= len(sample)


def is_site_file(path: str) -> bool:
    """Tell whether the file at `path` may say something of the site itself: its configuration or a section's page."""
    parts = path.split("/")
    if len(parts) == 1:
        return path in HUGO or path in JEKYLL or path == "Gemfile"
    return _SECTION_PAGE.match(parts[-1]) is not None or (parts[0] == "config" and parts[-1].endswith(FORMATS))


def may_tell(path: str) -> bool:
    """Tell whether the file at `path` may be one that a generator or an app keeps its settings in.

    >>> may_tell("blog/config/_default/hugo.toml"), may_tell("blog/data/people.json"), may_tell("blog/data/teas.json")
    (True, True, False)
    """
    *folders, name = path.split("/")
    if is_list_of_names(path):
        return True
    if len(folders) > _DEEPEST_SETTINGS or not _NO_SETTINGS.isdisjoint(folders):
        return False
    return name == "Gemfile" or name.endswith(_SETTINGS)


def site_files(folder: Path) -> Files:
    """Return the files of the site at `folder` that say something of the site itself."""
    top, files, left = folder.resolve(), dict[str, str](), _MAX_FILES
    for path in walk(top, top):
        if not is_site_file(path) or (top / path).stat().st_size > _MAX_CONFIG:
            continue
        left -= 1
        if left < 0:
            break
        files[path] = (top / path).read_text(encoding="utf-8-sig", errors="replace")
    return files


def read_config(files: Files, names: Iterable[str]) -> Mapping[str, Any]:
    """Return the first of the configuration files called `names` that can be read; its keys in lower case."""
    for name in names:
        if name in files and (config := parsed(files[name], name)):
            return config
    return {}


def parsed(text: str, name: str) -> Mapping[str, Any]:
    """Return what the configuration file `name` declares, its keys in lower case; nothing where it can't be read."""
    try:
        data = _parsed(text, name)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError):
        return {}
    bounded = _bounded(data, [_MAX_VALUES])
    return {key.lower(): value for key, value in bounded.items()} if isinstance(bounded, dict) else {}


class _Loader(yaml.CSafeLoader):
    """Reads a value with a tag of its own (``!!python/name:…`` in MkDocs) as null, where others give the file up."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def _parsed(text: str, name: str) -> object:
    if name.endswith("toml"):
        return tomllib.loads(text)
    return json.loads(text) if name.endswith("json") else yaml.load(text, _Loader)  # noqa: S506 - a safe loader's own


def _bounded(value: object, budget: list[int], depth: int = 0) -> Any:
    """Return `value` as JSON can hold it; what YAML's aliases blow up beyond the budget is left out."""
    budget[0] -= 1
    if budget[0] < 0 or depth > _MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {str(key): _bounded(item, budget, depth + 1) for key, item in value.items() if budget[0] > 0}
    if isinstance(value, (list, set)):
        return [_bounded(item, budget, depth + 1) for item in value if budget[0] > 0]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def text_of(value: object) -> str | None:
    """Return a configured text without its outer blanks; None where there is none."""
    return value.strip() or None if isinstance(value, str) else None


def address_of(value: object) -> str | None:
    """Return a configured web address; None where it is none."""
    text = text_of(value)
    return text if text and text.startswith(("http://", "https://")) else None
