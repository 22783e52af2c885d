"""Shorter names of businesses that a post names in full: 海嵐 for 海嵐能源股份有限公司, 鴻達產險 for 鴻達財產保險.

Every post tells so what it calls whom in short. Other posts may learn it: whether two businesses go by one short name
is decided over all of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from service.extraction.names.han_companies import CALLED, own_part_of
from service.extraction.names.latin_runs import corporate, words_of
from service.extraction.names.page import Page
from service.lexicon.name_cues import folded_cues, word_places
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Gloss, Mention, Span

_LEGAL = re.compile(r"(?:控股)?(?:股份)?有限(?:责任)?公司\Z|,? (?:inc|corp|ltd|llc|plc|co)\.?\Z")
_FIRST: Final = 2  # characters that a contraction and the whole begin with
_SHORTEST: Final = 5  # letters of a single Latin word that stands for a name of several
_METHODS: Final = ("model", "context", "short_form")


class Shortened(NamedTuple):
    """The names of a post, short ones under the full one, and the pairs of these."""

    mentions: tuple[Mention, ...]
    glosses: tuple[Gloss, ...]


def shortened(page: Page, found: Iterable[Mention]) -> Shortened:
    """Return the names `found`, each business that no list knows under its fullest name."""
    found = tuple(_widened(page, one) for one in found)
    full = _full_of({fold_name(one.name): one.name for one in found if _is_unlisted(one)})
    mentions, pairs = [], dict[tuple[str, str], Gloss]()
    for one in found:
        name = full.get(fold_name(one.name)) if _is_unlisted(one) else None
        mentions.append(replace(one, name=name) if name else one)
        whole = name or one.name
        if _is_unlisted(one) and one.method in _METHODS and fold_name(one.surface) != fold_name(whole):
            gloss = Gloss(whole, one.surface, EntityKind.COMPANY, one.span, one.line)
            pairs.setdefault((fold_name(whole), fold_name(one.surface)), gloss)
    return Shortened(tuple(mentions), tuple(pairs.values()))


def short_in_brackets(page: Page, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield where the short name stands that a bracket gives to a business `found`: 臺灣高鐵公司（下稱「高鐵」）."""
    firms = [one for one in found if one.kind is EntityKind.COMPANY]
    for one in firms:
        match = CALLED.match(page.folded, one.span.end)
        short = match[1].strip() if match else ""
        if short and short not in folded_cues("generic_short_names"):
            for place in word_places(page.folded, [short]).get(short, ()):
                span = Span(*place)
                whole = page.words.edge(span.start) and page.words.edge(span.end)
                if page.open(span) and (whole or len(short) > _FIRST):
                    yield page.mention(span, EntityKind.COMPANY, one.name, one.key, how="short_form", sure=0.8)


def _widened(page: Page, one: Mention) -> Mention:
    """Return a Latin name with the words behind it that say what sort of business it is: `Tanner Hill|Capital`."""
    span = one.span
    while _is_unlisted(one) and one.surface[0].isascii() and page.text[span.end - 1].isalpha():
        word = page.capital_behind(span.end)
        longer = Span(span.start, span.end + 1 + len(word)) if word and word in corporate() else span
        if longer == span or not page.open(longer):
            break
        span = longer
    if span == one.span:
        return one
    return page.mention(span, one.kind, page.document.slice(span), None, how=one.method, sure=one.confidence)


def _is_unlisted(one: Mention) -> bool:
    return one.kind is EntityKind.COMPANY and one.key is None and one.role == "mentioned"


def fullest_of(names: Collection[str]) -> str | None:
    """Return the fullest of `names` where all others are short for it, else None: 鴻達產險 and 鴻達財產保險 are one."""
    longest = max(names, key=lambda name: (len(name), name))
    whole = fold_name(longest)
    return longest if all(name == longest or is_short_for(fold_name(name), whole) for name in names) else None


def _full_of(names: dict[str, str]) -> dict[str, str]:
    """Return for each folded name the one fuller name among `names` that it is short for."""
    found = {}
    for short in names:
        fuller = [name for name in names if name != short and is_short_for(short, name)]
        longest = max(fuller, key=lambda name: (len(name), name), default="")
        if fuller and all(name == longest or is_short_for(name, longest) for name in fuller):
            found[short] = names[longest]
    return found


@lru_cache(maxsize=16_384)
def is_short_for(short: str, full: str) -> bool:
    """Tell whether a folded name is a shorter one of the business of a `full` folded name.

    >>> is_short_for("海岚", "海岚能源"), is_short_for("鸿达产险", "鸿达财产保险"), is_short_for("海岚能源", "海岚置业")
    (True, True, False)
    >>> is_short_for("tanner hill", "tanner hill capital"), is_short_for("海岚科技", "海岚科技股份有限公司")
    (True, True)
    """
    bare = _LEGAL.sub("", full)
    if len(short) >= len(full) or not full.startswith(short[:_FIRST]):
        return False
    if bare == short:
        return True
    if short.isascii():
        return _is_latin_stem(short.split(" "), bare.split(" "))
    own = own_part_of(full) or own_part_of(bare)
    begins = bare.startswith(short) and (short.startswith(own) or own.startswith(short))
    return bool(own) and (begins or _contracts(short, bare, own))


def _is_latin_stem(short: list[str], full: list[str]) -> bool:
    """Tell whether a Latin name is another one without the words that say what sort of business it is."""
    rest = [word.title().strip(".,") for word in full[len(short) :]]
    trades = bool(rest) and all(word in corporate() for word in rest)
    lone = len(short) == 1 and (len(short[0]) < _SHORTEST or short[0].title() in words_of("everyday", "generic_words"))
    return full[: len(short)] == short and trades and not lone


def _contracts(short: str, full: str, own: str) -> bool:
    """Tell whether a name goes on, behind what is the business's own, with characters of the other's in their order."""
    if not short.startswith(own) or len(short) - len(own) != _FIRST:
        return False
    rest = iter(full[len(own) :])
    return all(character in rest for character in short[len(own) :])
