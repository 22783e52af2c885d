"""Why a link stands where it does: said behind it, before it, in the items below it, or in the columns beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.model import Block, BlockKind, Link, Span
from service.reading.links import reasons
from service.reading.links.fields import Fields
from service.reading.links.reasons import Reason
from service.reading.markdown.found import FoundLink
from service.script import fold

_LONGEST_REASON = 1_000
_MOST_ITEMS = 20  # below an item that may say why its link is there
_TOGETHER = re.compile(r"[ \t]*(?:[,、/&+]|和|与|及|以及|and)?[ \t]*")  # between links that share a reason
_REST = re.compile(r"[\s.,;:、。!?]*")
_FARTHEST = 12  # characters between links that stand together

_Roles = dict[int | None, str]  # of a table's columns
_Row = dict[str, Span]  # cells of a row by their roles


def read_links(found: Sequence[FoundLink], blocks: Sequence[Block], text: str, fields: Fields) -> tuple[Link, ...]:
    """Return the links, each with the reason that is given for it."""
    if not found:
        return ()
    page = _Page(found, blocks, text, fields)
    said = page.behind()
    page.share_back(said)
    page.below(said)
    page.beside(said)
    page.before(said)
    return tuple(_link(link, said.get(number), text) for number, link in enumerate(found))


_MOST_LISTED = 100  # links under one label
_PARTS = " \t,、;/|&+和与及"  # what parts links that are listed


class _Page:
    """The links of a document, by their places in its folded text."""

    def __init__(self, found: Sequence[FoundLink], blocks: Sequence[Block], text: str, fields: Fields) -> None:
        self.found, self.blocks, self.folded, self.fields = found, blocks, fold(text), fields
        self.starts = [block.span.start for block in blocks]

    def block_at(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def placed(self) -> list[int]:
        """Return the numbers of the links that show where they stand."""
        return [number for number, link in enumerate(self.found) if link.start >= 0] if self.blocks else []

    def block_of(self, number: int) -> Block:
        return self.blocks[self.block_at(self.found[number].start)]

    def behind(self) -> dict[int, Reason]:
        """Return what stands right behind each link, up to the next one that has a reason of its own."""
        said: dict[int, Reason] = {}
        limit = len(self.folded)
        for number in reversed(self.placed()):
            link, end = self.found[number], self.block_of(number).span.end
            stop = min(limit if link.end <= limit else end, end, link.end + _LONGEST_REASON)
            reason = reasons.behind(self.folded[link.end : stop]) if link.end < stop else None
            reason = reason and reason.shifted(link.end)
            if reason and not self._lists_links(number, reason.relation or reason.whole):
                said[number] = reason
            limit = link.start if reason else end
        return said

    def _lists_links(self, number: int, value: Span) -> bool:
        """Tell whether a value is nothing but further links, which the label is for: 关联：[[乙]]、[[丙]]."""
        left, at = "", value.start
        for link in self.found[number + 1 : number + _MOST_LISTED]:
            if at <= link.start and link.end <= value.end:
                left, at = left + self.folded[at : link.start], link.end
        return at > value.start and not (left + self.folded[at : value.end]).strip(_PARTS)

    def share_back(self, said: dict[int, Reason]) -> None:
        """Give links that stand together what is said behind the last of them."""
        for number, following in reversed(list(self._together(_TOGETHER))):
            if following in said and number not in said:
                said[number] = said[following]

    def _together(self, between: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        for one, other in pairwise(self.placed()):
            end, start = self.found[one].end, self.found[other].start
            if end <= start <= end + _FARTHEST and between.fullmatch(self.folded, end, start):
                yield one, other

    def below(self, said: dict[int, Reason]) -> None:
        """Give the links of a list's item what the items below it say."""
        for number in self.placed():
            index = self.block_at(self.found[number].start)
            block = self.blocks[index]
            if block.kind is not BlockKind.ITEM or number in said or not self._ends(number, block):
                continue
            parts = [self._item(below) for below in self._deeper(index)]
            if reason := _joined([part for part in parts if part]):
                said[number] = reason
        self.share_back(said)

    def _ends(self, number: int, block: Block) -> bool:
        """Tell whether nothing follows a link in its block."""
        return _REST.fullmatch(self.folded, self.found[number].end, block.span.end) is not None

    def _deeper(self, index: int) -> Iterator[Block]:
        for block in self.blocks[index + 1 : index + 1 + _MOST_ITEMS]:
            if block.kind is not BlockKind.ITEM or block.level <= self.blocks[index].level:
                return
            yield block

    def _item(self, block: Block) -> Reason | None:
        reason = reasons.alone(self.folded[block.span.start : min(block.span.end, block.span.start + _LONGEST_REASON)])
        return reason.shifted(block.span.start) if reason else None

    def beside(self, said: dict[int, Reason]) -> None:
        """Give the links of a table what the columns for it say."""
        cells = self._cells()
        for number in self.placed() if cells else ():
            roles, row = cells.get(self.block_at(self.found[number].start), ({}, {}))
            column = self.block_of(number).column
            if number not in said and roles.get(column) == "link" and (reason := _joined([_of_row(row)])):
                said[number] = reason

    def _cells(self) -> dict[int, tuple[_Roles, _Row]]:
        """Return what the columns of each cell's table are for and where its row says it, by the cell's block."""
        cells: dict[int, tuple[_Roles, _Row]] = {}
        roles: _Roles = {}
        row: _Row = {}
        last: int | None = None
        for index, block in enumerate(self.blocks):
            if block.row == 0 and last != 0:
                roles = {}
            if block.row == 0 and (role := reasons.headings().get(self.folded[slice(*block.span)].strip())):
                roles[block.column] = role
            if block.row and roles:
                row = row if block.row == last else {}
                row.setdefault(roles.get(block.column, ""), block.span)
                cells[index] = roles, row
            last = block.row
        return cells

    def before(self, said: dict[int, Reason]) -> None:
        """Give links what the line says before them, and those of an inline field its key."""
        given = {number: reason for number in self.placed() if (reason := self._lead(number))}
        for number, following in self._together(_TOGETHER):
            if number in given and following not in given:
                given[following] = given[number]
        given |= {number: reason for number in self.placed() if (reason := self._field(number))}
        for number, reason in given.items():
            own = said.get(number)
            said[number] = _joined([own, reason]) or own if own else reason

    def _lead(self, number: int) -> Reason | None:
        left, start = self._line(number)
        reason = reasons.before(self.folded[left:start])
        return reason.shifted(left) if reason else None

    def _field(self, number: int) -> Reason | None:
        key = self.fields.key_at(self.found[number].start)
        at = self.folded.rfind(fold(key), *self._line(number)) if key else -1
        return _joined([Reason(Span(at, at + len(key)), None, Span(0, 0))]) if key and at >= 0 else None

    def _line(self, number: int) -> tuple[int, int]:
        """Return where the line of a link begins, as far as it matters, and where the link does."""
        start = self.found[number].start
        left = max(self.block_of(number).span.start, start - _LONGEST_REASON)
        return max(self.folded.rfind("\n", left, start) + 1, left), start


def _of_row(row: _Row) -> Reason:
    return Reason(row.get("relation"), row.get("note"), Span(0, 0))


def _joined(parts: Sequence[Reason]) -> Reason | None:
    """Return several reasons as one: the first relation and the first note that are given."""
    relation = next((part.relation for part in parts if part.relation), None)
    note = next((part.note for part in parts if part.note), None)
    told = [span for span in (relation, note) if span]
    if not told:
        return None
    return Reason(relation, note, Span(min(span.start for span in told), max(span.end for span in told)))


def _link(link: FoundLink, reason: Reason | None, text: str) -> Link:
    span = Span(link.start, link.end) if link.end > link.start >= 0 else None
    relation, note = (text[slice(*part)] if part else None for part in (reason or (None, None))[:2])
    whole = reason.whole if reason else None
    return Link(link.kind, link.target, link.alias, link.heading, link.block, relation, note, link.line, span, whole)
