"""Whether two claims can be of one thing: by whom they name, or by what their posts are called.

全台設有 69 家分行 is of the bank that its post is about, and need not name it. Of another post about another bank the
same words say nothing to the contrary, however alike they are: what tells the two apart stands in the titles alone.
So it is with what only businesses have, and with the entries of a page (市值: …). 月球的直徑 is the moon's anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import Final, NamedTuple

from service.lexicon.name_cues import longest_first
from service.query.answers import RelationKind
from service.query.lookup.candidates import Candidate
from service.segmentation import cut
from service.store.ids import bare

_WORDS: Final = re.compile(r"[a-z][a-z0-9+#.-]{2,}|[\u3400-\u9fff]+")
_NAME: Final = 3  # words of a title that is what its post is about: more are a headline
_SHORTEST: Final = 2  # characters of a word that tells what a post is about
_ENTRY: Final = re.compile(r"[^\s:;,。，；]{2,12} ?[:：]")  # 最大客戶：…: whose it is, the page says


class Ground(NamedTuple):
    """What tells whom a claim is of: its title with its section, its own words, both folded, and whom it names."""

    heading: str
    folded: str
    entities: AbstractSet[str | None]  # its speaker among them


def ground(claim: Candidate) -> Ground:
    """Return what tells whom a claim is of."""
    return Ground(claim.heading, claim.clauses.folded, claim.entities | {claim.speaker})


def seen_anew(one: Ground, other: Ground) -> RelationKind:
    """Return how two claims stand that seem to contradict each other: in the same words they agree.

    Where they have no common ground they are only related.
    """
    if bare(one.folded) == bare(other.folded):
        return "agree"
    return "conflict" if common_ground(one, other) else "related"


def common_ground(one: Ground, other: Ground) -> bool:
    """Tell whether two claims are not of what their posts leave unsaid, or may be of the same.

    They may where they name somebody alike, or a title shares a word with the other title or its claim. A title that
    is a date or a whole sentence tells nothing apart. Entries are of their pages, whomever they name.

    >>> common_ground(Ground("安和银行", "设有 69 家分行", set()), Ground("永泰银行", "设有 30 家分行", set()))
    False
    """
    entries = _ENTRY.match(one.folded) and _ENTRY.match(other.folded)
    if not entries and not (_has().search(one.folded) and _has().search(other.folded)):
        return True
    mine, theirs = _title(one.heading), _title(other.heading)
    if not (0 < len(mine) <= _NAME and 0 < len(theirs) <= _NAME) or not mine.isdisjoint(theirs):
        return True
    if any(word in other.folded for word in mine) or any(word in one.folded for word in theirs):
        return True
    return not entries and not one.entities.isdisjoint(other.entities - {None})


@cache
def _has() -> re.Pattern[str]:
    """Return what finds what only a business has or is measured by: 營收, 分行, 在手訂單."""
    return re.compile("|".join(map(re.escape, longest_first("firm_has", "firm_clause", "firm_measures"))))


@lru_cache(maxsize=16_384)
def _title(heading: str) -> frozenset[str]:
    """Return the words of a title, the first line of a heading."""
    found: set[str] = set()
    for run in _WORDS.findall(heading.partition("\n")[0]):
        words = [run] if run.isascii() else [word for word in cut(run) if len(word) >= _SHORTEST]
        found.update(words or ([run] if len(run) >= _SHORTEST else []))  # 久正 is a name that no dictionary has
    return frozenset(found)
