"""What looks like a business's name and is that of something else: a ship, a site, a place, an illness, a family.

What stands around any place of a name tells it for the whole post: 「晨鷗」號 is a ship wherever it is only 晨鷗.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from service.extraction.names.page import Page
from service.lexicon.name_cues import folded_cues, longest_first
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Mention

_METHODS: Final = ("model", "context", "short_form")
_NAMED_SHIP = re.compile(
    r"[」』”’\"] ?(?:号|轮(?![胎廓流船]))| ?号(?![0-9一-十码角志令称召线楼店机])|(?<=[」』”’\"])号"
)
_ILLNESS = re.compile("氏?(?:症|病(?!友|人|房|院|床)|综合征|症候群|杆菌|球菌|病毒)")
_PERSON = re.compile(" ?(?:先生|女士|小姐|太太|夫人|阿姨)(?!们)")
_KINDS: Final = frozenset("籍季赛届们")  # 西班牙籍, 上賽季
_OPENS: Final = '「『“‘"'
_REACH: Final = 6  # characters before a name that a word for a ship may take


def without_other_things(page: Page, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the names `found` without those of ships, sites and illnesses; people whom a title tells as people."""
    found = list(found)
    judged = [one for one in found if _is_open(one)]
    others = {fold_name(one.surface) for one in judged if _is_other(page, one)}
    people = {fold_name(one.surface) for one in judged if _is_person(page, one)} - others
    for one in found:
        form = fold_name(one.surface) if _is_open(one) else ""
        if form in people and one.kind is EntityKind.COMPANY:
            yield replace(one, kind=EntityKind.PERSON)
        elif form not in others:
            yield one


def _is_open(one: Mention) -> bool:
    """Tell whether only the text around a name says what it is: no list, bracket or header does."""
    return one.key is None and one.role == "mentioned" and one.method in _METHODS


def _is_other(page: Page, one: Mention) -> bool:
    if _ILLNESS.match(page.folded, one.span.end):
        return True
    if one.kind is not EntityKind.COMPANY:
        return False
    name = fold_name(one.surface)
    return name.endswith(longest_first("sites")) or name[-1] in _KINDS or _is_ship(page, one)


def _is_ship(page: Page, one: Mention) -> bool:
    """Tell whether a ship is named: 散裝船「晨鷗」, 「晨鷗」號."""
    if _NAMED_SHIP.match(page.folded, one.span.end):
        return True
    before = page.folded[max(one.span.start - _REACH, 0) : one.span.start].rstrip(_OPENS + " ")
    return before.endswith(_ships())


@cache
def _ships() -> tuple[str, ...]:
    return tuple(sorted(folded_cues("ships")))


def _is_person(page: Page, one: Mention) -> bool:
    """Tell whether a title that only people have stands behind what was taken for a business: 雨森先生."""
    titled = one.kind is EntityKind.COMPANY and _PERSON.match(page.folded, one.span.end)
    return bool(titled) and not one.surface.isascii()
