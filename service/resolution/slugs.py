"""Readable ids: the lexicon's, else a slug of the Latin name, else the pinyin of the Chinese one.

An id depends on the set of names alone, not on the order or number of posts they came from.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import count

from service.lexicon.names import cues, entries, fold_name
from service.model import EntityKind
from service.resolution.groups import Node
from service.script import fold

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_HAN = re.compile("[\u3400-\u9fff]")
_LONGEST = 80


@lru_cache(maxsize=65_536)
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
    alike: dict[str, list[Node]] = {}
    for node in groups:
        if node.key is None:
            alike.setdefault(base_of(node, groups[node]), []).append(node)
    taken = {*entries(), *made.values(), *reserved}
    for base in sorted(alike):
        told_apart = apart(base, alike[base], taken.__contains__)
        made.update(told_apart)
        taken.update(told_apart.values())
    return made


def base_of(leader: Node, names: Iterable[str]) -> str:
    """Return the id that the unlisted group of `leader` has where no other group's names make the same."""
    return slug(shown_first(names), leader.kind)


def apart(base: str, leaders: Iterable[Node], taken: Callable[[str], bool]) -> dict[Node, str]:
    """Return the ids of the groups whose names make the same `base`, given what else is `taken`.

    That is what the lexicon and decisions hold, and the ids of groups with a base that sorts before this one: so
    whose base sorts later never matters here, and groups of other bases matter only by the ids they took.
    """
    made: dict[Node, str] = {}
    own = set[str]()
    for leader in sorted(leaders, key=lambda node: (node.kind is not EntityKind.PERSON, node.code)):
        made[leader] = next(ident for ident in candidates(base, leader.kind) if ident not in own and not taken(ident))
        own.add(made[leader])
    return made


def candidates(base: str, kind: EntityKind) -> Iterator[str]:
    """Yield the ids for which a group is considered, the first free one being its own.

    >>> from itertools import islice
    >>> [*islice(candidates("ada-bloom", EntityKind.COMPANY), 3)]
    ['ada-bloom', 'ada-bloom-company', 'ada-bloom-2']
    """
    yield base
    if kind is not EntityKind.PERSON:
        yield f"{base}-{kind}"
    yield from (f"{base}-{number}" for number in count(2))
