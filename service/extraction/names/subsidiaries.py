"""Businesses named after a listed one with what they deal in behind: 台新投信 is not 台新, 富邦亞洲基金 not 富邦.

What a business does as itself stays its own: 富邦銀行家 is nobody's, and 富邦證券 is listed by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from service.extraction.names.page import Page
from service.lexicon.name_cues import longest_first
from service.model import EntityKind, Mention, Span

_WHERE: Final = "(?:亚洲|亚太|大中华|中国|香港|台湾|美国|北美|欧洲|日本|新加坡|东方|全球|国际|海外)"


def with_subsidiaries(page: Page, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the names `found`, a listed business's with a trade of its own behind it as another business's."""
    for one in found:
        listed = one.kind is EntityKind.COMPANY and one.key is not None and one.method == "lexicon"
        match = _goes_on().match(page.folded, one.span.end) if listed and not one.surface[-1].isascii() else None
        span = Span(one.span.start, match.end()) if match else one.span
        if span == one.span or not (page.open(span) and page.words.edge(span.end)):
            yield one
        else:
            yield page.mention(span, one.kind, page.document.slice(span), None, how="context", sure=0.75)


@cache
def _goes_on() -> re.Pattern[str]:
    words = "|".join(map(re.escape, longest_first("subsidiary_trades")))
    return re.compile(f"{_WHERE}?(?:{words})(?!公司|们|经理|会|业|市场|部|组|系|类|股)")
