"""What speaks for a Latin name that the trained model takes for a business's, besides the model.

Posts on software are full of names that are built alike (Raft Group, Spring Bean), and a model that sees a few words
cannot tell them apart. What is said of a name at any of its places counts for the whole post.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Final

from service.extraction.names.latin_runs import words_of
from service.extraction.names.page import Page
from service.lexicon.name_cues import longest_first
from service.model import Span

_GLOSSED: Final = re.compile(r"[\u3400-\u9fff] ?\((?:[0-9]{4,6}, ?)?$")  # 永泰祥 (Yongtaixiang, or with its code before
_GLOSS: Final = re.compile(r" ?\([\u3400-\u9fff]")
_BEFORE: Final = ("firm_before", "company_before", "businesses")
_BEHIND: Final = ("firm_after", "company_after", "firm_deals", "firm_deals_too")


def backed(page: Page, spans: Collection[Span], firms: Iterable[Span]) -> frozenset[str]:
    """Return the names at `spans`, folded, that look like a business's or stand as one, and never as a thing's.

    `firms` are where businesses are named that other evidence tells.
    """
    starts = sorted(span.start for span in firms)
    named = {page.folded[slice(*span)] for span in spans if _is_backed(page, span, starts)}
    return frozenset(named - {page.folded[slice(*span)] for span in spans if _is_thing(page, span)})


def _is_backed(page: Page, span: Span, firms: Sequence[int]) -> bool:
    """Tell whether a name looks like a business's, or stands in a line with one, in a bracket or beside a cue."""
    words = page.text[slice(*span)].split()
    if len(words) > 1 and words[-1].strip(".,") in words_of("corporate_words"):
        return True
    start, end = page.folded.rfind("\n", 0, span.start) + 1, page.folded.find("\n", span.end)
    line, beside = page.folded[start : end if end > 0 else None], bisect_left(firms, start)
    if (beside < len(firms) and (end < 0 or firms[beside] < end)) or _of_firms().search(line):
        return True
    if _GLOSSED.search(page.folded, start, span.start) or _GLOSS.match(page.folded, span.end):
        return True
    return page.cued_before(span.start, *_BEFORE) or page.cued_behind(span.end, *_BEHIND)


@cache
def _of_firms() -> re.Pattern[str]:
    """Return what finds that a line is of businesses: 競爭同業: Quorvex、Hailan. 客户端 is none."""
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first('firm_lines')))})(?!端)")


def _is_thing(page: Page, span: Span) -> bool:
    """Tell whether what stands beside a name makes it a thing's: 使用 Spring Bean."""
    return page.cued_before(span.start, "things_before") or page.cued_behind(span.end, "things_behind")
