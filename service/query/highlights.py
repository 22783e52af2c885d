"""Where the words of a query stand: spans into the original text, with the sentence around them."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.answers import ClaimAnswer, Highlight
from service.query.columns import ARTICLE
from service.query.matching import stands
from service.query.places import Anchors, line_at
from service.script import fold

_MOST = 3  # places shown of a hit, or one of each word where there are more words
_FARTHEST = 60  # characters on either side in which a sentence is looked for to begin or end
_END = re.compile(r"[。！？!?；;…\n]+[」』”’）)]*|\.(?=\s)")  # of a sentence, with the marks that close behind it
_PAUSE = re.compile(r"[，,、：:]\s?")


def in_articles(session: Session, ids: Collection[str], words: list[tuple[str, ...]]) -> dict[str, list[Highlight]]:
    """Return the first places of each article that hold a word, in reading order."""
    if not ids:
        return {}
    statement = select(ARTICLE.c.id, ARTICLE.c.text, ARTICLE.c.folded, ARTICLE.c.anchors).where(ARTICLE.c.id.in_(ids))
    return {row.id: _in_text(row.text, spans(row.folded, words), row.anchors) for row in session.execute(statement)}


def in_claims(
    session: Session, claims: Collection[ClaimAnswer], words: list[tuple[str, ...]]
) -> dict[str, list[Highlight]]:
    """Return the first places of each claim that hold a word; offsets are those of its article's text."""
    if not claims:
        return {}
    articles = {claim.article.id for claim in claims}
    statement = select(ARTICLE.c.id, ARTICLE.c.anchors).where(ARTICLE.c.id.in_(articles))
    anchors: dict[str, Anchors] = {row.id: row.anchors for row in session.execute(statement)}
    return {claim.id: _in_claim(claim, words, anchors[claim.article.id]) for claim in claims}


def _in_claim(claim: ClaimAnswer, words: list[tuple[str, ...]], anchors: Anchors) -> list[Highlight]:
    places = spans(fold(claim.text), words)
    told = {"text": claim.text, "parts": cut_at(claim.text, places)}
    moved = [(claim.start + start, claim.start + end) for start, end in places]
    return [Highlight(**told, start=start, end=end, line=line_at(anchors, start)) for start, end in moved]


def spans(folded: str, words: list[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Return where `folded` holds the words: of each word its first place, then more, no two overlapping.

    >>> spans("码头停了，码头又开了，海港没停", [("码头",), ("海港", "港口")])
    [(0, 2), (5, 7), (11, 13)]
    """
    places = [_places(folded, word) for word in words]
    ranked = sorted((rank, span) for found in places for rank, span in enumerate(found))
    chosen: list[tuple[int, int]] = []
    for _, (start, end) in ranked:
        if len(chosen) < max(_MOST, len(words)) and all(end <= other[0] or other[1] <= start for other in chosen):
            chosen.append((start, end))
    return sorted(chosen)


def _places(folded: str, word: tuple[str, ...]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for part in word:
        start = folded.find(part)
        while start >= 0 and len(found) < _MOST * len(word):
            if stands(folded, start, start + len(part)):
                found.append((start, start + len(part)))
            start = folded.find(part, start + len(part))
    return sorted(found)[: 2 * _MOST]


def _in_text(text: str, places: list[tuple[int, int]], anchors: Anchors) -> list[Highlight]:
    found: list[Highlight] = []
    for start, end in places:
        left, right = snippet(text, start, end)
        within = [(max(a, left) - left, min(b, right) - left) for a, b in places if a < right and b > left]
        parts = cut_at(text[left:right], within)
        found.append(Highlight(text=text[left:right], parts=parts, start=start, end=end, line=line_at(anchors, start)))
    return found


def cut_at(text: str, places: list[tuple[int, int]]) -> list[str]:
    """Return a text in parts, of which every other one, from the second on, is one of `places`.

    >>> cut_at("碼頭停了，碼頭又開了", [(0, 2), (5, 7)])
    ['', '碼頭', '停了，', '碼頭', '又開了']
    """
    bounds = [0, *(bound for place in places for bound in place), len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


def snippet(text: str, start: int, end: int) -> tuple[int, int]:
    r"""Return where the sentence around a hit begins and ends; of a long one, what stands between pauses.

    >>> said = "港口停了。起重機壞了三天，要等零件！誰修？"
    >>> said[slice(*snippet(said, 5, 8))]
    '起重機壞了三天，要等零件！'
    >>> snippet("渡輪停了。\n\n誰修？", 0, 2)
    (0, 5)
    """
    lowest, highest = max(start - _FARTHEST, 0), min(end + _FARTHEST, len(text))
    left = _last(_END, text, lowest, start, 0 if lowest == 0 else None)
    if left is None:
        left = _last(_PAUSE, text, lowest, start, lowest)
    ending = _END.search(text, end, highest)
    if ending:
        marks = ending[0].rstrip("\n")
        return left or 0, ending.start() + len(marks)
    pauses = [pause.end() for pause in _PAUSE.finditer(text, end, highest)] if highest < len(text) else []
    return left or 0, pauses[-1] if pauses else highest


def _last(mark: re.Pattern[str], text: str, first: int, last: int, otherwise: int | None) -> int | None:
    """Return the end of the last mark before `last`."""
    found = otherwise
    for match in mark.finditer(text, first, last):
        found = match.end()
    return found
