"""Shares said by counting: 每三个人就有一个 is a third."""

from __future__ import annotations

import re
from typing import Final

from service.extraction.figures import parse_numeral
from service.model import Approx, Script, Span
from service.query.lookup.amounts import Amount, alike

_NUMERAL: Final = r"[0-9]{1,3}|[一二两三四五六七八九十百]{1,3}"
_CLASSIFIER: Final = "[个名位户人家只头台辆间所件条棵艘架座张次颗株]"
_AMONG: Final = re.compile(
    rf"(?:每|平均每)?(?P<all>{_NUMERAL})\s?(?P<of>{_CLASSIFIER})[^0-9,。;!?:]{{0,6}}?[有就中]\s?"
    rf"(?P<some>{_NUMERAL})\s?(?P<one>{_CLASSIFIER})"
)
_MOST: Final = 100  # of which some are told


def proportions(folded: str) -> tuple[Amount, ...]:
    """Return the shares that a text tells by counting.

    >>> [one.low for one in proportions("每五户有两户养猫")]
    [0.4]
    """
    if "有" not in folded and "就" not in folded and "中" not in folded:
        return ()
    return tuple(one for match in _AMONG.finditer(folded) if (one := _share(match)) is not None)


def _share(match: re.Match[str]) -> Amount | None:
    whole, part = (_value(match[name]) for name in ("all", "some"))
    if not 0 < part < whole <= _MOST or not alike(match["of"], match["one"]):
        return None
    share = part / whole
    return Amount(share, share, "share", Approx.EXACT, None, match[0], Span(*match.span()))


def _value(numeral: str) -> float:
    try:
        return float(parse_numeral(numeral, Script.HANS))
    except ValueError:
        return 0.0
