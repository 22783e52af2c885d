"""Tables: a bare number in a cell takes its unit from the headings of its column and row, or from the table's own.

What a heading says is told in ``headings``, a column ``單位`` among them. Where column and row tell different units,
and for numbers that are told to be years, ranks or shares, nothing is read. Every figure of a cell takes the names of
its row and column, which say what it is a figure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from service.extraction.figures import headings, qualifiers
from service.extraction.figures.headings import Measure
from service.extraction.figures.masks import Masks
from service.extraction.figures.numerals import Numeral, scan
from service.extraction.figures.regions import Region
from service.extraction.figures.settling import tidy
from service.model import Approx, Block, BlockKind, Document, Figure, Quantity, Span

_SIGN = re.compile(r"(?:约|近|逾|超过?|不到|不足|[~≈>≥<≤+]=?)? ?(\()?")
_PLAIN = re.compile(r"[-−]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,18})(?:\.[0-9]{1,12})?")  # by far the most
_JOINT = re.compile(" ?(?:--?|–|—|~|至|到) ?")
_OTHERS = re.compile(
    "率|比|倍|%|次|人|家|数$|每股|^(?:年[度份]?|季度?|月份?|日期|时间|期间)$|排名|名次|编号|序号|代号|代码"
    "|eps|roe|roa|margin|ratio|growth|yoy|qoq|p/|ev/|ttm|pe$|pb$"
)  # what a table has beside the amounts in its unit
_ORDER = re.compile(
    r"#|no\.?|id|rank|排名|名次|编号|序号?|项次|次序|排序"
)  # what a column that only numbers the rows is called
_FIRST_YEAR, _NO_YEAR = 1000, 3000
_LONGEST_CELL = 32
_LONGEST_NUMBER = 4  # digits, of a row
_MOST_BESIDE = 4  # cells that may name a row


@dataclass(slots=True)
class _Table:
    """The cells of one table by row and column, and the measure that is told of all of them."""

    caption: str
    cells: dict[tuple[int, int], Block] = field(default_factory=dict)
    last: tuple[int, int] = (-1, -1)


class TableReader:
    """Reads the cells of a document that hold nothing but a number."""

    def __init__(self, document: Document, folded: str, region: Region, masks: Masks) -> None:
        self.document, self.folded, self.region, self.masks = document, folded, region, masks

    def figures(self, found: Iterable[Figure]) -> list[Figure]:
        """Return `found` with the figures that headings make of bare numbers, in reading order.

        A cell in which figures were found already is left alone, unless all they tell is a magnitude: 30 萬 in a
        column of euros.
        """
        bare = {
            figure.span.start for figure in found if figure.quantity.unit == "count" and not figure.quantity.counted
        }
        tables = list(self._tables())
        taken = Masks(figure.span for figure in found if figure.span.start not in bare)
        cells = [figure for one in tables for figure in self._of_table(one, taken)]
        covered = Masks(figure.span for figure in cells)
        kept = [figure for figure in found if not covered.touches(*figure.span)]
        return self._named(tables, sorted([*kept, *cells], key=lambda figure: figure.span))

    def _tables(self) -> Iterator[_Table]:
        """Yield the tables, each with the heading or paragraph that tells of its unit."""
        titles: list[str] = []
        last, current = "", None
        for block in self.document.blocks:
            if block.kind is not BlockKind.CELL or block.row is None or block.column is None:
                if current is not None:
                    yield current
                current = None
                last = self.folded[block.span.start : block.span.end][: headings.LONGEST]
                if block.kind is BlockKind.HEADING:
                    titles = [*titles[: block.level - 1], *[""] * (block.level - 1 - len(titles)), last]
                continue
            if current is not None and (block.row, block.column) <= current.last:
                yield current
                last, current = "", None
            if current is None:
                told = [text for text in (last, *reversed(titles)) if "单位" in text]
                current = _Table(told[0] if told else "")
            current.last = block.row, block.column
            current.cells[current.last] = block
        if current is not None:
            yield current

    def _of_table(self, one: _Table, taken: Masks) -> Iterator[Figure]:
        caption = self._label(one.caption) or self._of_corner(one)
        column_of_units = next((c for (r, c), cell in one.cells.items() if not r and self._text(cell) == "单位"), None)
        for (row, column), cell in one.cells.items():
            if not row or taken.touches(*cell.span) or column == column_of_units:
                continue
            heading, side = one.cells.get((0, column)), one.cells.get((row, 0))
            above = self._told(heading)
            beside = self._told(side) if column else None
            if beside is None and column_of_units is not None and column:
                beside = self._whole(one.cells.get((row, column_of_units)))
            measure = _agreed(above, beside)
            if measure is None and above is None and beside is None and caption is not None and column:
                measure = caption if not self._is_other(heading) and not self._is_other(side) else None
            if measure is not None and (figure := self._figure(cell, measure)) is not None:
                yield figure

    def _of_corner(self, one: _Table) -> Measure | None:
        """Return what the corner tells of the whole table, unless it heads a column of numbers: （億元）, 項目 (MW)."""
        first = [self._text(cell) for (_, column), cell in one.cells.items() if not column]
        numbers = any(_PLAIN.fullmatch(text) for text in first[1:])
        corner = one.cells.get((0, 0))
        if corner is None or (labelled := self._label(self._text(corner))) is not None or numbers:
            return labelled if corner is not None else None
        told = self._told(corner)
        return told if told is not None and told.kind in ("money", "physical") else None

    def _text(self, cell: Block) -> str:
        return self.folded[cell.span.start : cell.span.end].strip(" ")

    def _is_other(self, cell: Block | None) -> bool:
        return cell is not None and _OTHERS.search(self._text(cell)) is not None

    def _told(self, cell: Block | None) -> Measure | None:
        if cell is None or cell.span.end - cell.span.start > headings.LONGEST:
            return None
        return headings.heading(self.document.slice(cell.span).strip(" "), self.region).measure

    def _whole(self, cell: Block | None) -> Measure | None:
        if cell is None or cell.span.end - cell.span.start > headings.LONGEST:
            return None
        return headings.measured(self.document.slice(cell.span).strip(" "), self.region)

    def _label(self, text: str) -> Measure | None:
        return headings.labelled(text, self.region)

    # ── names of rows and columns ──

    def _named(self, tables: Iterable[_Table], figures: list[Figure]) -> list[Figure]:
        """Return the figures, those in cells with the names of their row and column."""
        places = [(cell.span, place, one) for one in tables for place, cell in one.cells.items()]
        spoken = {figure.span.start for figure in figures}
        named, at = [], 0
        for figure in figures:
            while at < len(places) and places[at][0].end <= figure.span.start:
                at += 1
            inside = at < len(places) and places[at][0].holds(figure.span)
            named.append(self._with_names(figure, places[at][2], places[at][1], spoken) if inside else figure)
        return named

    def _with_names(self, figure: Figure, one: _Table, place: tuple[int, int], spoken: set[int]) -> Figure:
        row, column = place
        if not row:
            return figure
        above, beside = self._name(one.cells.get((0, column))), self._beside(one, row, column, spoken)
        return replace(figure, row_heading=beside, column_heading=above)

    def _beside(self, one: _Table, row: int, column: int, spoken: set[int]) -> str | None:
        """Return the name of a row: its first cell, or where that only numbers it or is empty, the next that names."""
        number = None
        for at in range(min(column, _MOST_BESIDE)):
            cell = one.cells.get((row, at))
            if cell is None or (name := self._name(cell)) is None or self._is_order(one.cells.get((0, at))):
                continue
            if not at and self._counts_rows(cell, row):
                number = name
            elif not at or (any(map(str.isalpha, name)) and not _says_any(cell, spoken)):
                return name
        return number

    def _is_order(self, cell: Block | None) -> bool:
        return cell is not None and _ORDER.fullmatch(self._text(cell)) is not None

    def _counts_rows(self, cell: Block, row: int) -> bool:
        text = self._text(cell).rstrip(".、")
        return len(text) <= _LONGEST_NUMBER and text.isdecimal() and int(text) == row

    def _name(self, cell: Block | None) -> str | None:
        if cell is None or cell.span.end - cell.span.start > headings.LONGEST:
            return None
        return headings.heading(self.document.slice(cell.span).strip(" "), self.region).name

    # ── cells ──

    def _figure(self, cell: Block, measure: Measure) -> Figure | None:
        start, end = cell.span
        if (plain := _PLAIN.fullmatch(self.folded, start, end)) is not None and measure.kind != "calendar":
            if self.masks.touches(start, end):
                return None
            value = Decimal(plain[0].replace(",", "").replace("−", "-"))
            quantity = self._quantity(value, value, measure)
            return Figure(self.document.slice(cell.span), cell.span, cell.line, quantity, Approx.EXACT)
        return self._written(cell, measure)

    def _written(self, cell: Block, measure: Measure) -> Figure | None:
        """Read a number that is more than digits: 約 3.2 萬, 4~5, (12.3)."""
        start, end = cell.span
        sign = _SIGN.match(self.folded, start, end)
        if end - start > _LONGEST_CELL or sign is None:
            return None
        terms = self._numerals(sign.end(), end, closed=sign[1] is not None)
        span = Span(terms[0].start, terms[-1].end) if terms else None
        if span is None or self.masks.touches(*span) or _is_year(terms, measure):
            return None
        low, high = terms[0].low, terms[-1].high
        if sign[1] is not None:
            low, high = -high, -low
        quantity = self._quantity(low, high, measure)
        approx = qualifiers.approx_of(self.folded, span, start, end, measure.kind, measure.code)
        return Figure(self.document.slice(span), span, self.document.line(span.start), quantity, approx)

    def _numerals(self, start: int, end: int, *, closed: bool) -> list[Numeral]:
        """Return the one number that fills the cell, or the two of a range, else none."""
        script = self.document.script
        first = scan(self.folded, start, script)
        if first is None or first.vague or first.end > end:
            return []
        numerals = [first]
        if (joint := _JOINT.match(self.folded, first.end, end)) is not None:
            second = scan(self.folded, joint.end(), script)
            if second is None or second.vague or second.low <= first.low or second.end > end:
                return []
            numerals.append(second)
        rest = self.folded[numerals[-1].end : end].strip(" ")
        return numerals if rest == (")" if closed else "") else []

    @staticmethod
    def _quantity(low: Decimal, high: Decimal, measure: Measure) -> Quantity:
        amount = measure.amount
        over = f"/{amount.over.code}" if amount.over is not None else ""
        counted = amount.unit.name if measure.kind == "count" and amount.unit is not None else None
        least = tidy(low * amount.low)
        most = least if high == low else tidy(high * amount.low)
        return Quantity(least, most, measure.code + over, counted=counted)


def _says_any(cell: Block, spoken: set[int]) -> bool:
    """Tell whether a figure begins in a cell."""
    return any(at in spoken for at in range(*cell.span))


def _agreed(above: Measure | None, beside: Measure | None) -> Measure | None:
    """Return the measure that column and row tell: the one there is, of two the one in percent, else the same."""
    if above is None or beside is None or above == beside:
        return above or beside
    shares = [one for one in (above, beside) if one.code == "%"]
    return shares[0] if len(shares) == 1 else None


def _is_year(terms: list[Numeral], measure: Measure) -> bool:
    years = all(term.plain and _FIRST_YEAR <= term.low < _NO_YEAR for term in terms)
    return measure.kind == "calendar" and years
