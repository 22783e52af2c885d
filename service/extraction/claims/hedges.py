"""What weakens a claim, and how far that reaches: 可能, 據說.

What is only possible is so to the end of its clause, what is hearsay to the end of the sentence or to who is named as
the source of the rest. A word that weakens an amount alone (大概三百人) is the figure's, not the claim's.
"""

from __future__ import annotations

import re
from functools import cache

from service.extraction.claims.cue_words import Cues, Finder, bits, finder, masks
from service.model import Document, Hedge, HedgeKind, Span

_CLAUSE_END = re.compile(r"[,;:。!?]")
_SENTENCE_END = re.compile(r"[;。!?]")
_AMOUNT = re.compile(r"[有是在要]?[第约近]? ?[\d一二两三四五六七八九十百千万亿几数半]")
_CLOSING = "」』”’）)\"'"
_MOST = 8  # that are told of one sentence


def find_hedges(document: Document, folded: str, span: Span, cues: Cues) -> tuple[Hedge, ...]:
    """Return the words in the sentence at `span` that weaken what it claims, in order.

    `folded` is the folded text of the document, `cues` what cues stand in the sentence.
    """
    if not cues.mask & _hedging().bits:
        return ()
    found = []
    for word, at, stop in _hedging().read(cues)[:_MOST]:
        hearsay = bool(masks()[word] & bits("hedges", "hearsay"))
        if hearsay or not _AMOUNT.match(folded, stop, span.end):
            kind = HedgeKind.HEARSAY if hearsay else HedgeKind.POSSIBILITY
            scope = Span(at, _reach(folded, stop, span.end, _SENTENCE_END if hearsay else _CLAUSE_END))
            found.append(Hedge(document.slice(Span(at, stop)), Span(at, stop), kind, scope))
    return tuple(found)


@cache
def _hedging() -> Finder:
    return finder("hedges", "possible", "hearsay")


def _reach(folded: str, start: int, end: int, ending: re.Pattern[str]) -> int:
    """Return where the stretch ends that a hedge before `start` weakens, without what closes it."""
    mark = ending.search(folded, start, end)
    stop = mark.start() if mark else end
    while stop > start and folded[stop - 1] in _CLOSING:
        stop -= 1
    return stop
