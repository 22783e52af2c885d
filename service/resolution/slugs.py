"""Readable ids: the lexicon's, else a slug of the Latin name, else the pinyin of the Chinese one.

An id depends on the set of names alone, not on the order or number of posts they came from.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import count

from service.lexicon.names import cues, entries, fold_name
from service.model import EntityKind
from service.resolution.groups import Node
from service.script import fold

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_HAN = re.compile("[\u3400-\u9fff]")
_LONGEST = 80


def slug(name: str, kind: EntityKind) -> str:
    """Return the id that `name` makes by itself.

    >>> slug("Molly O'Shea", EntityKind.PERSON), slug("王小明", EntityKind.PERSON)
    ('molly-oshea', 'wang-xiaoming')
    """
    text = _pinyin(fold_name(name), kind) if _HAN.search(name) else name
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    made = _NOT_SLUG.sub("-", plain.lower())[:_LONGEST].strip("-")
    return made or "entity-" + hashlib.sha256(fold(name).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _pinyin(folded: str, kind: EntityKind) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  takes half a second to load, and few names need it

    parts = [lazy_pinyin(part) for part in folded.split("·")]
    if kind is EntityKind.PERSON and len(parts) == 1 and len(folded) == len(parts[0]):
        family = 2 if any(folded.startswith(fold(name)) for name in cues("double_surnames")) else 1
        own = "".join(parts[0][family:])
        # A pen name of two characters is one word: 寶玉 is baoyu, and so is anybody of whom no more is known.
        return f"{''.join(parts[0][:family])}-{own}" if len(folded) > 2 else "".join(parts[0])  # noqa: PLR2004
    if kind is EntityKind.PERSON:
        return "-".join("".join(part) for part in parts)
    return "-".join("-".join(part) for part in parts)


def shown_first(names: Iterable[str]) -> str:
    """Return the name an id is made of: a Latin one before a Chinese one, a full one before a part of it.

    Of two full Latin names it is the shorter, so that an id stays as it is when a fuller name (with a middle name, a
    legal form) comes later; of Chinese names the longest.

    >>> shown_first(["約翰．科里森", "John Patrick Collison", "John Collison", "Collison"])
    'John Collison'
    """
    return min(names, key=_rank)


def _rank(name: str) -> tuple[bool, bool, int, str, str]:
    han = bool(_HAN.search(name))
    return han, len(name.split()) == 1, -len(name) if han or " " not in name.strip() else len(name), fold(name), name


def ids(groups: Mapping[Node, frozenset[str]], reserved: Iterable[str] = ()) -> dict[Node, str]:
    """Return the id of each group of names: no two are the same, and none is `reserved` or the lexicon's own."""
    made = {node: node.key for node in groups if node.key is not None}
    wanted = {node: slug(shown_first(groups[node]), node.kind) for node in groups if node.key is None}
    taken = {*entries(), *made.values(), *reserved}
    for node in sorted(wanted, key=lambda node: (wanted[node], node.kind is not EntityKind.PERSON, repr(node))):
        made[node] = _free(wanted[node], node.kind, taken)
        taken.add(made[node])
    return made


def _free(base: str, kind: EntityKind, taken: Iterable[str]) -> str:
    if base not in taken:
        return base
    named = f"{base}-{kind}"
    if named not in taken and kind is not EntityKind.PERSON:
        return named
    return next(f"{base}-{number}" for number in count(2) if f"{base}-{number}" not in taken)
