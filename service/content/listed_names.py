"""People and companies that a site lists itself: ``data/people.*``, ``data/companies.*``, ``lexicon.toml``.

Hugo keeps such lists in `data`, Jekyll in `_data`, as YAML, TOML, JSON or CSV: a list of records or of names, or
records by their ids. ``lexicon.toml`` holds tables ``[[person]]``, ``[[company]]`` and ``[[product]]``.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import yaml

from service.content.decoding import read_utf8
from service.errors import ContentError
from service.model import EntityKind, SiteName

logger = logging.getLogger(__name__)

LEXICON: Final = "lexicon.toml"
_LISTS: Final = {"people": EntityKind.PERSON, "persons": EntityKind.PERSON, "companies": EntityKind.COMPANY}
_FOLDERS: Final = ("data", "_data")
_FORMATS: Final = ("yaml", "yml", "toml", "json", "csv")
_NAMES: Final = ("name", "title", "full_name", "zh", "zh_tw", "zh_cn", "hant", "hans", "en", "english")
_NAMES_TOO: Final = ("姓名", "名稱", "名称", "中文名", "英文名", "公司", "公司名稱", "公司名称")
_ALIASES: Final = (
    "aliases",
    "alias",
    "names",
    "short",
    "also_known_as",
    "別名",
    "别名",
    "簡稱",
    "简称",
    "又稱",
    "又称",
)
_WEAK: Final = ("ambiguous", "weak")
_IDS: Final = ("id", "slug", "key")
_MAX_BYTES: Final = 8_000_000
_MAX_RECORDS: Final = 100_000
_MAX_NAMES: Final = 40  # of one bearer
_NAME = re.compile(r"\S(?:.{0,78}\S)?\Z")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,19}\Z")


def is_list_of_names(path: str) -> bool:
    """Tell whether the file at `path` may list people or companies.

    >>> is_list_of_names("blog/data/people.yaml"), is_list_of_names("lexicon.toml"), is_list_of_names("data/teas.yaml")
    (True, True, False)
    """
    *folders, name = path.split("/")
    stem, _, ending = name.rpartition(".")
    listed = folders[-1:] != [] and folders[-1] in _FOLDERS and stem in _LISTS and ending in _FORMATS
    return name == LEXICON or listed


def site_names(folder: Path) -> tuple[SiteName, ...]:
    """Return whom the site at `folder` lists; without the lists that cannot be read, which the log tells of."""
    found: list[SiteName] = []
    for file in _files(folder):
        try:
            found += _read(file, file.relative_to(folder).as_posix())
        except ContentError as error:
            logger.warning("%s/%s", folder.name, error.detail)
    return tuple(found[:_MAX_RECORDS])


def read_names(folder: Path) -> None:
    """Read the lists of the site at `folder`, to tell what is wrong with them.

    Raises:
        ContentError: a list cannot be read.
    """
    for file in _files(folder):
        _read(file, file.relative_to(folder).as_posix())


def _files(folder: Path) -> list[Path]:
    lists = (folder / top / f"{name}.{ending}" for top in _FOLDERS for name in _LISTS for ending in _FORMATS)
    return [file for file in (folder / LEXICON, *lists) if file.is_file()]


def _read(file: Path, path: str) -> list[SiteName]:
    text = read_utf8(file, path, max_bytes=_MAX_BYTES)
    try:
        return names_in(text, path)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, csv.Error, ValueError, RecursionError) as error:
        raise ContentError(f"{path} cannot be read: {str(error).splitlines()[0][:200]}", path=path) from error


def names_in(text: str, path: str) -> list[SiteName]:
    r"""Return whom the list at `path` holds; records that give no name are left out.

    >>> names_in("- name: 林小雲\n  aliases: [小雲, Cloud Lin]\n", "data/people.yaml")[0].names
    ('林小雲', '小雲', 'Cloud Lin')

    Raises:
        ValueError: it is not written in its format (of TOML, YAML and CSV: the parser's own error).
    """
    name = path.rpartition("/")[2]
    values = _parsed(text, name.rpartition(".")[2])
    if name == LEXICON:
        tables = values if isinstance(values, dict) else {}
        return [one for kind in EntityKind for one in _listed(tables.get(str(kind)), kind)]
    return [*_listed(values, _LISTS[name.partition(".")[0]])]


def _parsed(text: str, ending: str) -> object:
    if ending == "toml":
        return tomllib.loads(text)
    if ending == "csv":
        return list(csv.DictReader(io.StringIO(text)))
    return json.loads(text) if ending == "json" else yaml.load(text, yaml.CSafeLoader)


def _listed(values: object, kind: EntityKind) -> Iterator[SiteName]:
    """Yield the bearers of a list of records or names, or of records by their ids."""
    if isinstance(values, dict) and len(values) == 1 and isinstance(next(iter(values.values())), list):
        values = next(iter(values.values()))  # TOML has no list at its top
    records: Iterable[tuple[str, object]] = ()
    if isinstance(values, dict):
        records = ((str(key), value) for key, value in values.items())
    elif isinstance(values, list):
        records = (("", value) for value in values[:_MAX_RECORDS])
    for key, record in records:
        if (one := _bearer(key, record, kind)) is not None:
            yield one


def _bearer(key: str, record: object, kind: EntityKind) -> SiteName | None:
    if isinstance(record, str):
        record = {"name": record}
    if not isinstance(record, dict):
        return None
    fields = {str(name).strip().lower().replace("-", "_").replace(" ", "_"): value for name, value in record.items()}
    names = [*dict.fromkeys(_texts(fields, (*_NAMES_TOO, *_NAMES, *_ALIASES)))]
    weak = [*dict.fromkeys(_texts(fields, _WEAK))]
    ident = next((text for text in (*_texts(fields, _IDS), key) if _ID.match(text)), "")
    strong = [name for name in names if name not in weak]
    return SiteName(str(kind), tuple(strong[:_MAX_NAMES]), ident, tuple(weak[:_MAX_NAMES])) if strong else None


def _texts(fields: Mapping[str, object], wanted: Iterable[str]) -> Iterator[str]:
    """Yield the texts of the `wanted` fields; in a single text of aliases, marks part one from the other."""
    for name in wanted:
        value = fields.get(name)
        parts = re.split("[;；、|]", value) if isinstance(value, str) and name in _ALIASES else value
        for part in parts if isinstance(parts, list) else [parts]:
            if isinstance(part, str) and _NAME.match(part.strip()) and len(part.strip()) > 1:
                yield part.strip()
