"""Grids: the cells of a table by row and column, and what its headings say of each: its unit and its name.

The first row heads the columns; where it has gaps and a second row of words fills them, both do, and a gap takes the
unit of the heading to its left: ``營收（億元）`` over 國內 and 海外. The first cells of a row head the row.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from service.extraction.figures import headings
from service.extraction.figures.headings import Heading, Measure
from service.extraction.figures.regions import Region
from service.model import Block, BlockKind, Document

_OTHERS = re.compile(
    "率|比|倍|%|次|人|家|数$|每股|^(?:年[度份]?|季度?|月份?|日期|时间|期间)$|排名|名次|编号|序号|代号|代码"
    "|eps|roe|roa|margin|ratio|growth|yoy|qoq|p/|ev/|ttm|pe$|pb$"
)  # what a table has beside the amounts in its unit
_RATES = re.compile("率|比$|比重|占比|增减|成长|增长|增幅|涨幅|跌幅|降幅|倍|%|yoy|qoq|cagr|排名|名次")
_ORDER = re.compile(
    r"#|no\.?|id|rank|排名|名次|编号|序号?|项次|次序|排序"
)  # what a column that only numbers the rows is called
_NUMBER = re.compile(r"[-−+(]?[0-9][0-9,.]{0,30}[%)]?")
_LONGEST_NUMBER = 4  # digits, of a row
_MOST_BESIDE = 4  # cells that may name a row
_MOST_JOINED = 12  # columns under one heading
_UNIT = "单位"
_NOTHING = Heading(None, None)
_CAPTION_KINDS = ("money", "physical")


class Grid:
    """The cells of one table. `caption` is the text that tells of its unit, folded, or empty."""

    def __init__(self, document: Document, folded: str, region: Region, caption: str) -> None:
        self.document, self.folded, self.region, self.caption = document, folded, region, caption
        self.cells: dict[tuple[int, int], Block] = {}
        self.last = (-1, -1)
        self._heads: dict[tuple[int, int], Heading] = {}
        self._shares: dict[tuple[int, int], bool] = {}
        self._columns: dict[int, Heading] = {}
        self._sides: dict[int, list[tuple[int, str, bool]]] = {}

    def add(self, row: int, column: int, cell: Block) -> None:
        """Take the next cell, in reading order."""
        self.last = row, column
        self.cells[self.last] = cell

    def ready(self) -> None:
        """Find out, all cells being there, in how many rows the headings stand and what tells of the whole table."""
        self.width = 1 + max(column for _, column in self.cells)
        self.heads = 2 if self._is_headed_twice() else 1
        self.whole = headings.labelled(self.caption, self.region) or self._of_corner()
        self.units = next((c for c in range(self.width) if self.text(0, c) == _UNIT), None)

    def text(self, row: int, column: int) -> str:
        """Return what a cell says, folded; nothing where there is none."""
        cell = self.cells.get((row, column))
        return self.folded[cell.span.start : cell.span.end].strip(" ") if cell is not None else ""

    # ── units ──

    def measure(self, row: int, column: int) -> Measure | None:
        """Return what one in a cell is worth, as the headings of its column and row tell, or else the table's own."""
        if column == self.units:
            return None
        above = self.column(column).measure
        beside = self._head(row, 0).measure if column else None
        if beside is None and self.units is not None and column:
            beside = self._of_unit(row)
        if above is None and beside is None and self.whole is not None and column:
            return None if self._is_other(0, column) or self._is_other(row, 0) else self.whole
        measure = _agreed(above, beside)
        compares = measure is not None and measure.kind != "ratio" and (above is None or beside is None)
        return None if compares and self._compares(row, column, above) else measure

    def _compares(self, row: int, column: int, above: Measure | None) -> bool:
        """Tell whether the heading that tells no unit is of shares or growth: the 5.2 of 人數 in the column 年增率."""
        place = (row, 0) if above is not None else (0, column)
        if (known := self._shares.get(place)) is None:
            known = self._shares[place] = _RATES.search(self.text(*place)) is not None
        return known and column > 0

    def _of_unit(self, row: int) -> Measure | None:
        cell = self.cells.get((row, self.units or 0))
        if cell is None or cell.span.end - cell.span.start > headings.LONGEST:
            return None
        return headings.measured(self.document.slice(cell.span).strip(" "), self.region)

    def _of_corner(self) -> Measure | None:
        """Return what the corner tells of the whole table, unless it heads a column of numbers: （億元）, 項目 (MW)."""
        numbers = any(column == 0 and row and _NUMBER.fullmatch(self.text(row, 0)) for row, column in self.cells)
        if (labelled := headings.labelled(self.text(0, 0), self.region)) is not None or numbers:
            return labelled
        told = self._head(0, 0).measure
        return told if told is not None and told.kind in _CAPTION_KINDS else None

    def _is_other(self, row: int, column: int) -> bool:
        return _OTHERS.search(self.text(row, column)) is not None

    # ── names ──

    def column(self, column: int) -> Heading:
        """Return what the headings of a column say."""
        if (known := self._columns.get(column)) is None:
            known = self._columns[column] = self._twice(column) if self.heads > 1 else self._head(0, column)
        return known

    def row(self, row: int, column: int, spoken: Collection[int]) -> str | None:
        """Return the name of a row: its first cell before `column`, or where that only numbers it, the next that names.

        `spoken` are the places where figures of other cells begin: what tells one names nothing.
        """
        sides = self._sides.get(row)
        if sides is None:
            sides = self._sides[row] = list(self._beside(row, spoken))
        names = [(name, counts) for at, name, counts in sides if at < column]
        return next((name for name, counts in names if not counts), names[-1][0] if names else None)

    def _beside(self, row: int, spoken: Collection[int]) -> Iterator[tuple[int, str, bool]]:
        """Yield the cells that may name a row up to the first that does: place, name, whether it only numbers it."""
        for at in range(_MOST_BESIDE):
            cell = self.cells.get((row, at))
            name = self._head(row, at).name
            if cell is None or name is None or _ORDER.fullmatch(self.text(0, at)):
                continue
            if not at and self._counts_rows(row):
                yield at, name, True
            elif not at or (any(map(str.isalpha, name)) and not any(place in spoken for place in range(*cell.span))):
                yield at, name, False
                return

    def _counts_rows(self, row: int) -> bool:
        text = self.text(row, 0).rstrip(".、")
        return len(text) <= _LONGEST_NUMBER and text.isdecimal() and int(text) == row

    # ── headings ──

    def _head(self, row: int, column: int) -> Heading:
        """Return what a cell says as a heading."""
        place = row, column
        if (known := self._heads.get(place)) is None:
            known = self._heads[place] = self._read(self.cells.get(place))
        return known

    def _read(self, cell: Block | None) -> Heading:
        if cell is None or cell.span.end - cell.span.start > headings.LONGEST:
            return _NOTHING
        written = self.document.slice(cell.span).strip(" ")
        return Heading(None, written) if _NUMBER.fullmatch(written) else headings.heading(written, self.region)

    def _is_headed_twice(self) -> bool:
        """Tell whether the second row goes on heading: it fills gaps of the first, in words, and names no row."""
        filled = [column for column in range(1, self.width) if self.text(1, column)]
        gaps = [column for column in filled if not self.text(0, column)]
        if not gaps or self.text(1, 0) or len(gaps) == self.width - 1:
            return False
        return not any(_NUMBER.fullmatch(self.text(1, column)) for column in filled)

    def _twice(self, column: int) -> Heading:
        """Return what a heading of two rows says: 營收 國內, in the unit that either of them tells."""
        at = next((at for at in range(column, max(column - _MOST_JOINED, 0), -1) if self.text(0, at)), column)
        above, below = self._head(0, at), self._head(1, column)
        names = [name for name in (above.name, below.name) if name]
        return Heading(below.measure or above.measure, " ".join(names) or None)


def grids(document: Document, folded: str, region: Region) -> Iterator[Grid]:
    """Yield the tables, each with the heading or paragraph that tells of its unit."""
    titles: list[str] = []
    last, current = "", None
    for block in document.blocks:
        if block.kind is not BlockKind.CELL or block.row is None or block.column is None:
            if current is not None:
                yield current
            current = None
            last = folded[block.span.start : block.span.end][: headings.LONGEST]
            if block.kind is BlockKind.HEADING:
                titles = [*titles[: block.level - 1], *[""] * (block.level - 1 - len(titles)), last]
            continue
        if current is not None and (block.row, block.column) <= current.last:
            yield current
            last, current = "", None
        if current is None:
            told = next((text for text in (last, *reversed(titles)) if _UNIT in text), "")
            current = Grid(document, folded, region, told)
        current.add(block.row, block.column, block)
    if current is not None:
        yield current


def _agreed(above: Measure | None, beside: Measure | None) -> Measure | None:
    """Return the measure that column and row tell: the one there is, of two the one in percent, else the same."""
    if above is None or beside is None or above == beside:
        return above or beside
    shares = [one for one in (above, beside) if one.code == "%"]
    return shares[0] if len(shares) == 1 else None
