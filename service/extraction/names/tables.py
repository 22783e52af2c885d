"""Names in tables: the cells of a column whose heading says it lists businesses or people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.extraction.names.han import is_personal
from service.extraction.names.latin_runs import is_person_shaped
from service.extraction.names.page import Page, Taken
from service.extraction.names.proper import may_be_name
from service.lexicon.name_cues import folded_cues
from service.model import Block, BlockKind, EntityKind, Mention, Span
from service.segmentation import part_of_speech

_NAME = re.compile(r"(?:[\u4e00-\u9fff]{2,10}|[A-Z][\w&.'’-]*(?: [A-Z][\w&.'’-]*){0,3})\Z")


def in_tables(page: Page, taken: Taken) -> tuple[Mention, ...]:
    """Return the mentions that whole cells are, where nothing is `taken`."""
    return tuple(
        page.mention(block.span, kind, page.document.slice(block.span), None, how="context", sure=0.8)
        for block, kind in _cells(page)
        if page.open(block.span) and not taken.touches(block.span) and _fits(page, block.span, kind)
    )


def _cells(page: Page) -> Iterator[tuple[Block, EntityKind]]:
    """Yield the cells below a heading that tells what they name."""
    kinds: dict[int | None, EntityKind] = {}
    for block in page.document.blocks:
        if block.kind is not BlockKind.CELL:
            kinds = {}
        elif block.row == 0:
            heading = page.folded[slice(*block.span)].strip()
            kinds.pop(block.column, None)
            for kind, list_name in ((EntityKind.COMPANY, "company_columns"), (EntityKind.PERSON, "person_columns")):
                if heading in folded_cues(list_name):
                    kinds[block.column] = kind
        elif block.column in kinds:
            yield block, kinds[block.column]


def _fits(page: Page, span: Span, kind: EntityKind) -> bool:
    text = page.document.slice(span)
    if not _NAME.match(text):
        return False
    if kind is EntityKind.COMPANY:
        return not text.isupper() and (text[0].isascii() or _may_be_cell(page, span))
    return is_personal(page.folded[slice(*span)]) or is_person_shaped(tuple(text.split()))


def _may_be_cell(page: Page, span: Span) -> bool:
    """Tell whether a cell below such a heading is no sum, no place and no class of things: 合計, 台灣, 其他."""
    name = page.folded[slice(*span)]
    return name not in folded_cues("no_names_in_tables") and may_be_name(name) and part_of_speech(name)[:1] != "v"
