"""Tables: a bare number in a cell takes its unit from the headings of its column and row, or from the table's own.

What a heading says: ``營收（億元）``, ``占比 %``, ``單價/元``, ``單位：千噸``, a column ``單位``. Where column and row
tell different units, and for numbers that are told to be years, ranks or shares, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from service.extraction.figures import qualifiers
from service.extraction.figures.amounts import AmountReader
from service.extraction.figures.masks import Masks
from service.extraction.figures.numerals import Numeral, fold_prose, scan
from service.extraction.figures.regions import Region
from service.extraction.figures.settling import tidy
from service.extraction.figures.terms import Amount
from service.extraction.figures.units import table
from service.model import Approx, Block, BlockKind, Document, Figure, Quantity, Script, Span
from service.script import narrow

_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,16})[)）\]】]")
_LABEL = re.compile(r"单位 ?(?:为|是|[:：])? ?([^,，;；。()（）\[\]【】]{1,16})")
_BEHIND_SLASH = re.compile(r"/ ?([^/]{1,8})$")
_BEHIND_NAME = re.compile(r"[^\x00-\x7f] ?([A-Za-z°μ²³/]{2,8})$")  # 重量kg
_SIGN = re.compile(r"(?:约|近|逾|超过?|不到|不足|[~≈>≥<≤+]=?)? ?(\()?")
_PLAIN = re.compile(r"[-−]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,18})(?:\.[0-9]{1,12})?")  # by far the most
_JOINT = re.compile(" ?(?:--?|–|—|~|至|到) ?")
_SINGLE = frozenset("smgV%")  # of one letter, only these are units in brackets: (L) and (W) are losses and wins
_NAMED = ("money", "physical", "ratio")
_ORDERS = frozenset("名组班集章节回页部季期课")  # in brackets, these number as often as they count
_OTHERS = re.compile(
    "率|比|倍|%|次|人|家|数$|每股|^(?:年[度份]?|季度?|月份?|日期|时间|期间)$|排名|名次|编号|序号|代号|代码"
    "|eps|roe|roa|margin|ratio|growth|yoy|qoq|p/|ev/|ttm|pe$|pb$"
)  # what a table has beside the amounts in its unit
_FIRST_YEAR, _NO_YEAR = 1000, 3000
_LONGEST_CELL = 32
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class _Measure:
    """What one in a cell is worth: an amount of one, in base units."""

    amount: Amount
    code: str
    kind: str


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
        taken = Masks(figure.span for figure in found if figure.span.start not in bare)
        cells = [figure for one in self._tables() for figure in self._of_table(one, taken)]
        covered = Masks(figure.span for figure in cells)
        kept = [figure for figure in found if not covered.touches(*figure.span)]
        return sorted([*kept, *cells], key=lambda figure: figure.span)

    def _tables(self) -> Iterator[_Table]:
        """Yield the tables, each with the heading or paragraph that tells of its unit."""
        headings: list[str] = []
        last, current = "", None
        for block in self.document.blocks:
            if block.kind is not BlockKind.CELL or block.row is None or block.column is None:
                if current is not None:
                    yield current
                current = None
                last = self.folded[block.span.start : block.span.end][:_LONGEST_HEADING]
                if block.kind is BlockKind.HEADING:
                    headings = [*headings[: block.level - 1], *[""] * (block.level - 1 - len(headings)), last]
                continue
            if current is not None and (block.row, block.column) <= current.last:
                yield current
                last, current = "", None
            if current is None:
                told = [text for text in (last, *reversed(headings)) if "单位" in text]
                current = _Table(told[0] if told else "")
            current.last = block.row, block.column
            current.cells[current.last] = block
        if current is not None:
            yield current

    def _of_table(self, one: _Table, taken: Masks) -> Iterator[Figure]:
        corner = one.cells.get((0, 0))
        caption = self._label(one.caption) or (self._label(self._text(corner)) if corner is not None else None)
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

    def _text(self, cell: Block) -> str:
        return self.folded[cell.span.start : cell.span.end].strip(" ")

    def _is_other(self, cell: Block | None) -> bool:
        return cell is not None and _OTHERS.search(self._text(cell)) is not None

    def _told(self, cell: Block | None) -> _Measure | None:
        if cell is None or cell.span.end - cell.span.start > _LONGEST_HEADING:
            return None
        return _heading(self.document.slice(cell.span).strip(" "), self.region)

    def _whole(self, cell: Block | None) -> _Measure | None:
        if cell is None or cell.span.end - cell.span.start > _LONGEST_HEADING:
            return None
        return _measure(self.document.slice(cell.span).strip(" "), self.region)

    def _label(self, text: str) -> _Measure | None:
        labelled = _LABEL.search(text)
        return _measure(labelled[1].strip(" "), self.region) if labelled else None

    # ── cells ──

    def _figure(self, cell: Block, measure: _Measure) -> Figure | None:
        start, end = cell.span
        if (plain := _PLAIN.fullmatch(self.folded, start, end)) is not None and measure.kind != "calendar":
            if self.masks.touches(start, end):
                return None
            value = Decimal(plain[0].replace(",", "").replace("−", "-"))
            quantity = self._quantity(value, value, measure)
            return Figure(self.document.slice(cell.span), cell.span, cell.line, quantity, Approx.EXACT)
        return self._written(cell, measure)

    def _written(self, cell: Block, measure: _Measure) -> Figure | None:
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
    def _quantity(low: Decimal, high: Decimal, measure: _Measure) -> Quantity:
        amount = measure.amount
        over = f"/{amount.over.code}" if amount.over is not None else ""
        counted = amount.unit.name if measure.kind == "count" and amount.unit is not None else None
        least = tidy(low * amount.low)
        most = least if high == low else tidy(high * amount.low)
        return Quantity(least, most, measure.code + over, counted=counted)


def _agreed(above: _Measure | None, beside: _Measure | None) -> _Measure | None:
    """Return the measure that column and row tell: the one there is, of two the one in percent, else the same."""
    if above is None or beside is None or above == beside:
        return above or beside
    shares = [one for one in (above, beside) if one.code == "%"]
    return shares[0] if len(shares) == 1 else None


def _is_year(terms: list[Numeral], measure: _Measure) -> bool:
    years = all(term.plain and _FIRST_YEAR <= term.low < _NO_YEAR for term in terms)
    return measure.kind == "calendar" and years


@lru_cache(maxsize=4096)
def _heading(text: str, region: Region) -> _Measure | None:
    """Return the measure that the text of a heading tells, in brackets, behind a slash, or as all it says."""
    folded = fold_prose(text)
    if (labelled := _LABEL.search(folded)) is not None:
        return _measure(labelled[1].strip(" "), region)
    for found in reversed(list(_BRACKETS.finditer(text))):
        before = folded[found.start() - 1 : found.start()] if found.start() else ""
        joined = before.isascii() and before.isalpha()
        if (measure := _bracketed(found[1].strip(" "), region, joined=joined)) is not None:
            return measure
    if folded.endswith("%"):
        return _measure("%", region)
    behind = (pattern.search(text) for pattern in (_BEHIND_SLASH, _BEHIND_NAME))
    for written in (text, *(found[1] for found in behind if found)):
        measure = _measure(written, region) if len(written) > 1 or not written.isascii() else None
        if measure is not None and measure.kind in _NAMED:
            return measure
    return None


def _bracketed(written: str, region: Region, *, joined: bool) -> _Measure | None:
    """Return the measure in brackets: (s) of ``Item(s)`` is none, nor what numbers as often as it counts."""
    if written.isascii() and len(written) == 1 and (joined or written not in _SINGLE):
        return None
    measure = _measure(written, region)
    counts = measure is not None and measure.kind == "count"
    return None if counts and written in _ORDERS else measure


@lru_cache(maxsize=4096)
def _measure(written: str, region: Region) -> _Measure | None:
    """Return what one is worth by the name of a unit: 億元, 千噸, 元/公斤, US$, 新台幣百萬元."""
    for text in _ones(written):
        folded = fold_prose(text)
        at = folded.index("1")
        amount = AmountReader(narrow(text), folded, Script.HANT, region).read(at)
        if amount is None or amount.unit is None or amount.end != len(text) or amount.unit.asks or amount.unit.measure:
            continue
        if amount.low == amount.high > 0:
            return _Measure(amount, amount.unit.told(region), amount.unit.kind)
    return None


def _ones(written: str) -> Iterator[str]:
    """Yield `written` with a one where its number would stand."""
    folded = fold_prose(written)
    for length in range(min(4, len(written)), 0, -1):
        if written[:length] in table().before or folded[:length] in table().before:
            yield f"{written[:length]}1{written[length:]}"
            break
    if not any(character.isdigit() for character in written):
        yield f"1{written}"
