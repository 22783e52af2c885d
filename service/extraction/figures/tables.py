"""Tables: a bare number in a cell takes its unit from the headings of its column and row, or from the table's own.

What a heading says is told in ``headings``, where it stands in ``grids``. Where column and row tell different units,
and for numbers that are told to be years, ranks or shares, nothing is read. Every figure of a cell takes the names of
its row and column, which say what it is a figure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from service.extraction.figures import qualifiers
from service.extraction.figures.grids import Grid, grids
from service.extraction.figures.headings import Measure
from service.extraction.figures.masks import Masks
from service.extraction.figures.numerals import Numeral, scan
from service.extraction.figures.regions import Region
from service.extraction.figures.settling import tidy
from service.model import Approx, Block, Document, Figure, Quantity, Span

_SIGN = re.compile(r"(?:约|近|逾|超过?|不到|不足|[~≈>≥<≤+]=?)? ?(\()?")
_PLAIN = re.compile(r"[-−]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,18})(?:\.[0-9]{1,12})?")  # by far the most
_JOINT = re.compile(" ?(?:--?|–|—|~|至|到) ?")
_FIRST_YEAR, _NO_YEAR = 1000, 3000
_LONGEST_CELL = 32


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
        tables = list(grids(self.document, self.folded, self.region))
        taken = Masks(figure.span for figure in found if figure.span.start not in bare)
        for one in tables:
            one.ready()
        cells = [figure for one in tables for figure in self._of_table(one, taken)]
        covered = Masks(figure.span for figure in cells)
        kept = [figure for figure in found if not covered.touches(*figure.span)]
        return list(self._named(tables, sorted([*kept, *cells], key=lambda figure: figure.span)))

    def _of_table(self, one: Grid, taken: Masks) -> Iterator[Figure]:
        for (row, column), cell in one.cells.items():
            if row < one.heads or (measure := one.measure(row, column)) is None or taken.touches(*cell.span):
                continue
            if (figure := self._figure(cell, measure)) is not None:
                yield figure

    def _named(self, tables: Iterable[Grid], figures: list[Figure]) -> Iterator[Figure]:
        """Yield the figures, those in cells with the names of their row and column."""
        places = [(cell.span.end, cell.span.start, place, one) for one in tables for place, cell in one.cells.items()]
        spoken = {figure.span.start for figure in figures}
        at = 0
        for figure in figures:
            start, end = figure.span
            while at < len(places) and places[at][0] <= start:
                at += 1
            if at < len(places) and places[at][1] <= start and end <= places[at][0]:
                (row, column), one = places[at][2:]
                if row >= one.heads:
                    figure = _with(figure, one.row(row, column, spoken), one.column(column).name)  # noqa: PLW2901
            yield figure

    # ── cells ──

    def _figure(self, cell: Block, measure: Measure) -> Figure | None:
        start, end = cell.span
        if (plain := _PLAIN.fullmatch(self.folded, start, end)) is not None and measure.kind != "calendar":
            if self.masks.touches(start, end):
                return None
            value = Decimal(plain[0].replace(",", "").replace("−", "-"))
            quantity = _quantity(value, value, measure)
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
        quantity = _quantity(low, high, measure)
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


def _with(figure: Figure, row: str | None, column: str | None) -> Figure:
    return Figure(figure.surface, figure.span, figure.line, figure.quantity, figure.approx, row, column)


def _quantity(low: Decimal, high: Decimal, measure: Measure) -> Quantity:
    amount = measure.amount
    over = f"/{amount.over.code}" if amount.over is not None else ""
    counted = amount.unit.name if measure.kind == "count" and amount.unit is not None else None
    least = tidy(low * amount.low)
    most = least if high == low else tidy(high * amount.low)
    return Quantity(least, most, measure.code + over, counted=counted)


def _is_year(terms: list[Numeral], measure: Measure) -> bool:
    years = all(term.plain and _FIRST_YEAR <= term.low < _NO_YEAR for term in terms)
    return measure.kind == "calendar" and years
