"""How figures and times are read, beside the peers that read Chinese numbers: on the peers' own cases, and how fast.

Every reader gets the same cases in the same run, as they are and turned to Traditional by OpenCC (``s2t``), then the
same prose, and wenmai alone what is hard to read. Times are processor time on one core.

    python -m bench.figures [--rounds N] [--write] [FOLDER …]

A folder is a site, a vault, or holds several; without one, those of `bench.reading` are read. The peers are installed
at the first run (`bench.peers`); where that cannot be done, their columns say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import process_time

import opencc

from bench.figure_cases import PARTS, Case, Reading, cases, is_read
from bench.peers import PINS, MissingPeerError, ask, versions
from bench.reading import folders
from bench.report import command, conditions, table
from service.content import find, find_sources
from service.extraction.figures import find_figures, find_numbers, parse_numeral, parse_quantity
from service.extraction.times import find_times
from service.model import Approx, Block, BlockKind, Dialect, Document, Figure, Header, Moment, Script, Source, Span
from service.reading import read
from service.script import detect

TITLE = "Figures compared"
OURS = "wenmai"
_MOST_FILES, _MOST_BYTES = 1_000_000, 50_000_000
_MOST_TEXT = 1_000_000  # characters of each script
_SECONDS = 10.0  # that a peer may read prose
_MEGABYTE = 1e6
_HOSTILE = ("九", "1,", "年", "1-", "3萬")
_TIMES = (125_000, 250_000, 500_000, 1_000_000)  # that it is repeated
_LONG = 5.0  # seconds after which no more of it is read
_LASTING = {"s": 1.0, "day": 86400.0, "week": 604800.0, "month": 2629746.0, "year": 31556952.0}
_NOTE = """\
Cases that the peers' own projects test, tier `core` ({cases}); first as they are, then turned to Traditional. A reader
is judged by the values it can return, at the place where it says one; "–": it does not attempt this. recognizers-text
has no model of ranges in Python; jionlp reads money and times; cn2an reads numerals and rewrites those of a sentence,
without places; quantulum3 is made for English. None of our exceptions is taken out: our own tests name each case that
we hold to be wrong for today's readers. The first four rows are read by `find_numbers`, `parse_numeral` and
`parse_quantity`, which take every number. The service keeps of them only what is a figure of a post: {kept} of the
percentages, for a numeral with blanks within it is none to it."""
_PACE = """\
The same prose for all, processor time on one core: wenmai finds all figures, tables among them, and all times of each
post; of a peer every model that it has for these cases runs on each paragraph, for about {seconds:.0f} seconds or to
the end."""
_HARD = """\
What is hard to read, repeated so many times: seconds, up to the first length that takes more than {long:.0f}, and how
many times as long as half of it that took."""


# ── ours, as a peer is asked ──


def ours(case: Case) -> list[Reading]:
    """Return what wenmai reads of a case."""
    if case.part in ("number", "percent", "range"):
        return list(_numbers(case))
    if case.part == "value":
        return _value(case.text)
    document = _document(case)
    if case.part == "date":
        return [(time.span.start, time.span.end, time.low, time.high, None) for time in find_times(document)]
    return [_figure(figure, case.part) for figure in find_figures(document)]


def _numbers(case: Case) -> Iterator[Reading]:
    for number in find_numbers(case.text, Script.HANT):
        if case.part != "percent" or number.percent:
            low = number.high if number.approx is Approx.UNDER else number.low
            high = number.low if number.approx is Approx.OVER else number.high
            yield number.span.start, number.span.end, float(low), float(high), "%" if number.percent else None


def _kept(asked: Sequence[Case]) -> tuple[int, int]:
    """Return how many of the percentages the service's own reader of posts reads, and how many there are."""
    cases_of = [case for case in asked if case.part == "percent"]
    found = [[_figure(figure, case.part) for figure in find_figures(_document(case))] for case in cases_of]
    read_of = [[reading for reading in readings if reading[4] == "%"] for readings in found]
    return sum(map(is_read, cases_of, read_of)), len(cases_of)


def _value(text: str) -> list[Reading]:
    try:
        value = float(parse_numeral(text, Script.HANT))
    except ValueError:
        try:
            value = float(parse_quantity(text, Script.HANT)[0].low)
        except ValueError:
            return []
    return [(0, len(text), value, value, None)]


def _figure(figure: Figure, part: str) -> Reading:
    low, high = float(figure.quantity.low), float(figure.quantity.high)
    unit = figure.quantity.unit
    if part == "duration":
        low, high = low * _LASTING.get(unit, 0.0), high * _LASTING.get(unit, 0.0)
    return figure.span.start, figure.span.end, low, high, unit


def _document(case: Case) -> Document:
    """Return a post of one paragraph."""
    moment = Moment(datetime.fromisoformat(case.reference), case.reference, zone_known=False)
    block = Block(BlockKind.PARAGRAPH, Span(0, len(case.text)), 1)
    return _page(case.text, (block,), Header(published=moment))


def _page(text: str, blocks: tuple[Block, ...], header: Header) -> Document:
    return Document(
        path="case.md",
        dialect=Dialect.MARKDOWN,
        script=detect(text),
        header=header,
        title="",
        text=text,
        blocks=blocks,
        headings=(),
        links=(),
        media=(),
        code=(),
        anchors=(),
    )


# ── the report ──


def compared(asked: Sequence[Case], prose: Sequence[str], seconds: float) -> tuple[dict[str, list[str]], list[str]]:
    """Return what is read of each part by reader, one cell each, with the pace last; and why a peer is missing."""
    half = len(asked) // 2
    columns, missing = {}, []
    for peer in PINS:
        try:
            answer = ask(peer, [case.asked() for case in asked], prose, seconds)
        except MissingPeerError as error:
            missing.append(str(error))
            continue
        read_of = answer["read"]
        size, spent = answer["pace"]
        columns[peer] = [*_cells(asked, read_of, half), f"{size / _MEGABYTE / max(spent, 1e-9):.3f}"]
    return columns, missing


def _cells(asked: Sequence[Case], readings: Sequence[Sequence[Reading] | None], half: int) -> list[str]:
    """Return for each part how many of its cases are read in either script, in percent."""
    done: Counter[tuple[str, bool]] = Counter()
    count = Counter(case.part for case in asked[:half])
    attempted = {case.part for case, found in zip(asked, readings, strict=True) if found is not None}
    for place, (case, found) in enumerate(zip(asked, readings, strict=True)):
        done[case.part, place < half] += found is not None and is_read(case, found)
    return [
        f"{_share(done[part, True], count[part])} · {_share(done[part, False], count[part])}"
        if part in attempted
        else "–"
        for part in PARTS
    ]


def _share(done: int, count: int) -> str:
    return f"{100 * done / count:.0f} %" if count else "–"


def documents(places: Iterable[Path]) -> list[Document]:
    """Return the posts in `places` as documents, so many of either script as are needed."""
    left = {Script.HANT: _MOST_TEXT, Script.HANS: _MOST_TEXT}
    found = []
    for place in places:
        for site, top in find_sources(place):
            for post in find(top, max_files=_MOST_FILES, max_bytes=_MOST_BYTES, site=site):
                if isinstance(post, Source) and left.get(detect(post.text), 0) > 0:
                    document = read(post, site)
                    left[detect(post.text)] -= len(document.text)
                    found.append(document)
    return found


def pace(posts: Sequence[Document], rounds: int) -> float:
    """Return how many megabytes of the posts' prose a second go through wenmai, the best of the rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = process_time()
        for post in posts:
            find_figures(post), find_times(post)
        best = min(best, process_time() - start)
    return sum(len(post.text.encode()) for post in posts) / _MEGABYTE / max(best, 1e-9)


def growth(unit: str, lengths: Sequence[int] = _TIMES) -> list[object]:
    """Return a row: the seconds that each number of repetitions of `unit` takes, and the last over the one before."""
    spent: list[float] = []
    for length in lengths:
        if not spent or spent[-1] < _LONG:
            spent.append(_hard(unit * length))
    cells = [f"{each:.2f}" for each in spent] + ["–"] * (len(lengths) - len(spent))
    return [f"`{unit}`", *cells, f"{spent[-1] / max(spent[-2], 1e-9):.1f}" if len(spent) > 1 else "–"]


def _hard(text: str) -> float:
    document = _page(text, (Block(BlockKind.PARAGRAPH, Span(0, len(text)), 1),), Header())
    start = process_time()
    find_figures(document), find_times(document)
    return process_time() - start


def run(places: Iterable[Path], rounds: int) -> str:
    """Return the report as Markdown."""
    as_they_are = cases()
    turned = [replace(case, text=opencc.OpenCC("s2t").convert(case.text)) for case in as_they_are]
    asked, posts = [*as_they_are, *turned], documents(places)
    prose = [post.slice(block.span) for post in posts for block in post.blocks if block.kind is not BlockKind.CODE]
    columns, missing = compared(asked, prose, _SECONDS)
    own = [*_cells(asked, [ours(case) for case in asked], len(as_they_are)), f"{pace(posts, rounds):.3f}"]
    return _report(as_they_are, {OURS: own, **columns}, missing)


def _report(asked: Sequence[Case], columns: Mapping[str, Sequence[str]], missing: Sequence[str]) -> str:
    count = Counter(case.part for case in asked)
    names = [f"{name} ({count[part]})" for part, name in PARTS.items()]
    rows = list(zip([*names, "prose, MB/s"], *columns.values(), strict=True))
    hard = table(["", *(f"{length:,}" for length in _TIMES), "growth"], map(growth, _HOSTILE))
    return "\n\n".join(
        [
            _NOTE.format(cases=f"{len(asked):,}", kept=_share(*_kept(asked))),
            *([f"Not compared: {'; '.join(missing)}."] if missing else []),
            table(["", *columns], rows),
            _PACE.format(seconds=_SECONDS),
            _HARD.format(long=_LONG),
            hard,
            f"{conditions(('opencc',))[:-1]}; {versions()}.",
        ]
    )


def main() -> None:
    """Run it from the command line."""
    command("bench.figures", __doc__ or "", TITLE, lambda given, rounds: run(given or folders(), rounds))


if __name__ == "__main__":
    main()
