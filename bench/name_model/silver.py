"""Sentences of real posts, labelled by what is certain of them: the names that the lexicon and glosses give.

A sentence that holds what may be a name besides is left out: it would teach that the name is none.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.name_model.marked import Part, Sentence
from bench.reading import trees
from service.extraction.names.finding import find_with_unproven
from service.extraction.names.model.units import lines
from service.model import BlockKind, Document, EntityKind, Mention
from service.reading import read

_PROSE = (
    BlockKind.TITLE,
    BlockKind.DESCRIPTION,
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.CAPTION,
    BlockKind.HEADING,
)
_KINDS = {EntityKind.PERSON: "P", EntityKind.COMPANY: "O"}
_CERTAIN = ("lexicon", "gloss", "front_matter")
_LENGTH = (8, 160)  # characters of a sentence


def silver(places: Iterable[Path], posts: int, seed: int) -> Iterator[Sentence]:
    """Yield labelled sentences of `posts` posts of each of the trees below `places`, evenly drawn."""
    draw = random.Random(seed)
    for place in places:
        found = [(post, tree.site) for tree in trees(place) for post in tree.posts]
        for post, site in draw.sample(found, min(posts, len(found))):
            yield from _sentences(read(post, site))


def _sentences(document: Document) -> Iterator[Sentence]:
    mentions, _, unproven = find_with_unproven(document, modelled=False)
    left_out = [mention for mention in (*mentions, *unproven) if mention.method not in _CERTAIN]
    sure = [mention for mention in mentions if mention.method in _CERTAIN]
    for block in document.blocks:
        if block.kind in _PROSE:
            for start, end in lines(document.text, *block.span):
                if _LENGTH[0] <= end - start <= _LENGTH[1] and not any(_meets(one, start, end) for one in left_out):
                    yield _marked(document.text, start, end, [one for one in sure if _meets(one, start, end)])


def _meets(mention: Mention, start: int, end: int) -> bool:
    return mention.span.start < end and mention.span.end > start


def _marked(text: str, start: int, end: int, mentions: list[Mention]) -> Sentence:
    parts, last = [], start
    for mention in mentions:
        first, stop = max(mention.span.start, start), min(mention.span.end, end)
        parts += [Part(text[last:first])] if first > last else []
        parts.append(Part(text[first:stop], _KINDS.get(mention.kind, "W")))
        last = stop
    return (*parts, Part(text[last:end])) if last < end else tuple(parts)
