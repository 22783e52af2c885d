"""What is left and what is gone: 只剩六成 and 少了四成 are one, since both make up the whole."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from service.lexicon import read
from service.query.lookup.amounts import Amount
from service.query.lookup.clauses import Clauses
from service.query.lookup.vocabulary import stance
from service.script import fold

_BEFORE: Final = 14  # characters before an amount that tell whether it is left or gone
_OPPOSITE: Final = {"over": "under", "under": "over"}


def complement(asked: Amount, mine: Clauses, said: Amount, theirs: Clauses) -> Amount | None:
    """Return what of the whole an amount leaves, where the one tells what is left and the other what is gone."""
    if asked.kind != "share" or said.kind != "share" or not 0 < said.low <= said.high < 1:
        return None
    left, gone = is_left(mine, asked), is_left(theirs, said)
    if not ((left and is_gone(theirs, said)) or (gone and is_gone(mine, asked))):
        return None
    approx = type(said.approx)(_OPPOSITE.get(said.approx.value, said.approx.value))
    return replace(said, low=1 - said.high, high=1 - said.low, approx=approx)


def is_left(clauses: Clauses, share: Amount) -> bool:
    """Tell whether a share is what is left of a whole, or of what there was: 只剩六成, 是去年的六成."""
    return _left().search(_before(clauses, share)) is not None


def is_gone(clauses: Clauses, share: Amount) -> bool:
    """Tell whether a share is what a whole has lost."""
    if clauses.operator(share.span) == "less":
        return True
    return clauses.has("operator", "lost") and stance("operator", "lost").search(_before(clauses, share)) is not None


def _before(clauses: Clauses, share: Amount) -> str:
    start = max(clauses.around(share.span.start).start, share.span.start - _BEFORE)
    return clauses.folded[start : share.span.start]


@cache
def _left() -> re.Pattern[str]:
    earlier = "|".join(re.escape(fold(word)) for word in read("opposites.toml")["earlier"]["words"])
    return re.compile(
        rf"(?:剩|仅存|仅余)(?!下?的|余的)[^,]{{0,10}}$|(?:{earlier}|[0-9十百]年前|[0-9]年代?|当年|当时|高峰期?|全盛时?期?)的[约近]?\s?$"
    )
