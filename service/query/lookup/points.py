"""Points of a game or a rating, 得了 34 分: what has no unit but is compared like any count."""

from __future__ import annotations

import re
from typing import Final

from service.extraction.figures import parse_numeral
from service.model import Approx, Script, Span
from service.query.lookup.amounts import Amount

# No time (三點五分, 五分鐘), no share (三分之一), no other word that begins so (三分球, 五分店), and not 十分.
_POINTS: Final = re.compile(
    r"(?<![点时第之百.\d〇一二三四五六七八九十两])(?P<number>\d{1,3}(?:\.\d{1,2})?|[二三四五六七八九两]?十[一二三四五六七八九]|[二三四五六七八九]十|[二两三四五六七八九])"
    r"\s?分(?=$|[^钟之球线店司校部行院子析别成享配工期机区担裂手类量明歧散布割离组队数流秒])"
)


def points(folded: str) -> tuple[Amount, ...]:
    """Return the points that a text tells.

    >>> [one.low for one in points("他得了 34 分，打了十分钟")]
    [34.0]
    """
    return tuple(map(_amount, _POINTS.finditer(folded))) if "分" in folded else ()


def _amount(match: re.Match[str]) -> Amount:
    value = float(parse_numeral(match["number"], Script.HANS))
    return Amount(value, value, "count", Approx.EXACT, "分", match[0], Span(*match.span()))
