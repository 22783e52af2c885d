"""Figures: the quantities a post gives, in base units, with where and how sure.

What counts is narrower than what has a number: dates, orders, versions, idioms and 一 with a measure word are no
figures. ``numerals`` reads the number, ``amounts`` number and unit, ``cues`` the words around; here it is decided.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from service.extraction.conditions import with_roles
from service.extraction.figures.amounts import AmountReader
from service.extraction.figures.candidates import candidates
from service.extraction.figures.digits import skip_digits
from service.extraction.figures.doubts import counts, idioms, stands_alone
from service.extraction.figures.labels import with_labels
from service.extraction.figures.masks import Blocks, Masks, silent_spans
from service.extraction.figures.money import Wallet, understood
from service.extraction.figures.numerals import fold_prose
from service.extraction.figures.qualifiers import is_base
from service.extraction.figures.regions import Region, of_document, of_script, of_text
from service.extraction.figures.settling import Settled, as_figure, settle
from service.extraction.figures.tables import TableReader
from service.extraction.figures.terms import Amount
from service.extraction.times.finding import dated_spans
from service.model import Approx, Block, BlockKind, Document, Figure, Quantity, Script
from service.script import narrow

_WEEKLY = re.compile("周[一二三四五六]次")  # 每周四次 is no Thursday
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_PAUSE = re.compile(r"[，,。！？!?；;\n]")
_REGIONS = (Script.HANT, Script.HANS)
_NEAR = 60  # characters of a sentence looked at on either side
_JOINTS = frozenset(("甚至", "或", "或者", "和", "及", "", "到"))
_JOINT = 6
_CROWD, _APART = 500, 8  # more numbers of one block than this, in fewer characters each, are noise
_MOST = 60_000  # candidates looked at in one post: the largest posts that are prose hold half as many


def find_figures(document: Document) -> tuple[Figure, ...]:
    """Return the figures of `document` in reading order.

    Spans are into `document.text` and do not overlap; no figure crosses the end of a block.
    """
    folded = fold_prose(document.text)
    page = _Page(document, folded)
    figures = page.figures()
    if any(block.kind is BlockKind.CELL for block in document.blocks):
        figures = TableReader(document, folded, page.reader.region, page.masks).figures(figures)
    return tuple(with_roles(document, folded, list(with_labels(document, figures))))


def parse_quantity(surface: str, script: Script) -> tuple[Quantity, Approx]:
    """Return the quantity that `surface` writes, in base units, and how sure it is said to be.

    >>> quantity, approx = parse_quantity("約 20 億美元", Script.HANT)
    >>> int(quantity.low), quantity.unit, approx.value
    (2000000000, 'USD', 'about')

    A range shares magnitude and unit with its right end: 8-9 億美元 runs from 8e8 to 9e8 US dollars. 兆 is 10**12 in
    Traditional text; 兆瓦 is a megawatt in both. An amount that leaves a digit open (二十幾萬人) is vague.

    Raises:
        ValueError: `surface` holds no number with a unit.
    """
    folded = fold_prose(surface)
    region = of_script(script) if script in _REGIONS else of_text(surface)
    reader = AmountReader(narrow(surface), folded, script, region)
    for start in candidates(folded):
        amount = reader.read(start)
        if amount is not None and not (amount.unit is None and amount.first.numeral.bare):
            found = settle(amount, amount.unit, folded, region, 0)
            if found.kind != "none":
                figure = as_figure(surface, folded, found, 0, len(folded), 1)
                return figure.quantity, figure.approx
    raise ValueError(f"{surface[:40]!r} holds no number with one reading")


class _Page:
    """A document as it is searched for figures, once and from left to right."""

    def __init__(self, document: Document, folded: str) -> None:
        self.document, self.text, self.folded = document, document.text, folded
        self.blocks = Blocks(document)
        dated = (span for span in dated_spans(document) if not _WEEKLY.match(folded, span.end - 2))
        self.masks = Masks([*dated, *idioms(folded), *silent_spans(document)])
        self.region = of_document(document, folded)
        self.reader = AmountReader(narrow(document.text), folded, document.script, self.region or Region.CN)
        self.wallet = Wallet()
        self.last = -1  # where the figure before ends
        self.block: Block | None = None  # the one at hand, and how many numbers of it have been looked at
        self.seen = 0
        self.ends = [found.start() for found in _SENTENCE_END.finditer(folded)]

    def figures(self) -> list[Figure]:
        """Return the figures, a shared rate given to each."""
        figures: list[Figure] = []
        floor, last = 0, None
        for block, found in self._amounts():
            floor = max(floor, block.span.start)
            line = self.document.line(found.amount.start)
            figure = as_figure(self.text, self.folded, found, floor, block.span.end, line)
            same = figures and block is last
            figures.append(_sharing(self.folded, figures[-1], figure) if same else figure)
            floor = floor if found.kind == "calendar" and is_base(self.folded, found.amount.end) else found.amount.end
            last = block
        return figures

    def _amounts(self) -> Iterator[tuple[Block, Settled]]:
        """Yield the amounts that are figures, each with its block."""
        done = 0
        for at in islice(candidates(self.folded), _MOST):
            if at < done or self.masks.end_over(at) or (block := self.blocks.at(at)) is None:
                continue
            self._enter(block)
            if self._is_noise(at, block):
                done = block.span.end
                continue
            amount = self.reader.read(at)
            done = amount.end if amount is not None else skip_digits(self.folded, at)
            if amount is not None and self._is_figure(amount, at, block.span.start):
                found = self._decided(amount, block)
                if found.kind != "none":
                    self.last = found.amount.end
                    yield block, found

    def _is_noise(self, at: int, block: Block) -> bool:
        """Tell whether numbers have stood closer together up to `at` than those of any prose or list do."""
        self.seen = self.seen + 1 if block is self.block else 0
        self.block = block
        return self.seen > _CROWD and self.seen * _APART > at - block.span.start

    def _enter(self, block: Block) -> None:
        """Read on in `block`, which in a text of both scripts speaks for its own region."""
        if self.region is None and self.reader.limit != block.span.end:
            self.reader.region = of_text(self.document.slice(block.span))
        self.reader.limit = block.span.end

    def _is_figure(self, amount: Amount, at: int, floor: int) -> bool:
        if self.folded[at - 1 : at] == "/" and self.last == at - 1:
            floor = at  # 100 兆瓦/200 兆瓦时: a figure may follow a figure
        return stands_alone(self.folded, amount, at, floor) and counts(self.folded, amount)

    def _decided(self, amount: Amount, block: Block) -> Settled:
        sentence = bisect_right(self.ends, amount.start)
        unit = amount.unit
        if unit is None:
            around = self._sentence(amount, sentence, block)
            unit = understood(self.reader.text, self.folded, amount, sentence, self.wallet, around)
        found = settle(amount, unit, self.folded, self.reader.region, block.span.start)
        if found.kind == "money":
            found = found._replace(code=self.wallet.told(found.code, self.text[amount.start]))
            self.wallet.pay(found.code, sentence, found.amount)
        elif amount.unit is None and found.kind != "none":
            self.wallet.count(sentence)
        return found

    def _sentence(self, amount: Amount, sentence: int, block: Block) -> str:
        """Return the folded sentence up to the end of the clause the amount is in, or what of it is near."""
        left = self.ends[sentence - 1] + 1 if sentence else 0
        pause = _PAUSE.search(self.folded, amount.end, min(amount.end + _NEAR, block.span.end))
        right = pause.start() if pause else min(amount.end + _NEAR, block.span.end)
        return self.folded[max(left, amount.start - _NEAR, block.span.start) : right]


def _sharing(folded: str, before: Figure, figure: Figure) -> Figure:
    """Return `figure` with the rate it shares with the one before: 每年 1 萬次甚至 2 萬次."""
    quantity = figure.quantity
    if quantity.per or quantity.unit != before.quantity.unit or figure.span.start - before.span.end > _JOINT:
        return figure
    between = folded[before.span.end : figure.span.start].strip(" ,、")
    return replace(figure, quantity=replace(quantity, per=before.quantity.per)) if between in _JOINTS else figure
