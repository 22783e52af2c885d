"""Labels that tell things of one kind apart: phase two and phase one, factory B and factory A, the third quarter.

A sentence about one of them says nothing of another, though all else in both is the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from service.lexicon import read
from service.query.lookup.clauses import Clauses
from service.script import fold

_NUMERALS: Final = {c: str(n) for n, c in enumerate("〇一二三四五六七八九十")} | {"首": "1"}


def of_another_label(mine: Clauses, at: int, theirs: Clauses, place: int, above: str = "") -> bool:
    """Tell whether what stands at `at` is of another phase, model or class than what stands at `place`.

    What a sentence leaves to its title is told `above` it.

    >>> of_another_label(Clauses("二期投資 30 億"), 5, Clauses("一期投資 20 億"), 5)
    True
    """
    if not (labels(mine.folded) and (labels(theirs.folded) or labels(above))):
        return False
    asked, said = _labelled(mine, at), {**labels(above), **_labelled(theirs, place)}
    return any(asked[kind].isdisjoint(said[kind]) for kind in asked.keys() & said.keys())


def _labelled(clauses: Clauses, at: int) -> Mapping[str, frozenset[str]]:
    """Return the labels of each kind in the clause at `at`, else in all of the sentence."""
    whole = labels(clauses.folded)
    clause = clauses.around(at)
    within = labels(clauses.folded[clause.start : clause.end]) if whole else whole
    return {**whole, **within}


@lru_cache(maxsize=2048)
def labels(folded: str) -> Mapping[str, frozenset[str]]:
    """Return the labels that a text gives things, by kind of thing.

    >>> sorted(labels("二期和第三季")["期"])
    ['2']
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for match in _pattern().finditer(folded):
        if match["side"]:
            found[match["of"]].add(match["side"])
        else:
            found[match["kind"]].add(_NUMERALS.get(match["label"], match["label"]))
    return {kind: frozenset(said) for kind, said in found.items()}


@cache
def _pattern() -> re.Pattern[str]:
    kinds = sorted((fold(kind) for kind in read("stance.toml")["labels"]["kinds"]), key=lambda kind: (-len(kind), kind))
    counted = "一二三四五六七八九十"
    alone = f"(?<![a-z0-9.{counted}百千万亿两几数创连共分近逾])"  # 七季 in 创七季新高 counts
    label = rf"{alone}(?:第\s?)?(?P<label>[a-z]|[0-9]{{1,3}}|[{counted}首])"
    sided = "|".join(fold(kind) for kind in read("stance.toml")["labels"]["sided"])
    return re.compile(
        rf"{label}[-\s]?(?P<kind>{'|'.join(map(re.escape, kinds))})|(?P<side>[东西南北左右])(?P<of>{sided})"
    )
