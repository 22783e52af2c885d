"""How figures and times are read, beside the peers that read Chinese numbers: on the peers' own cases, and how fast.

Every reader gets the same cases in the same run, as they are and turned to Traditional by OpenCC (``s2t``), then the
same prose, and wenmai alone what is hard to read. Times are processor time on one core.

    python -m bench.figures [--rounds N] [--write] [FOLDER …]

A folder is a site, a vault, or holds several; without one, those of `bench.reading` are read. The peers are installed
at the first run (`bench.peers`); where that cannot be done, their columns say so.
"""

from __future__ import annotations

import re
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
from service.extraction.figures.units import match_classifier, match_unit
from service.extraction.times import find_times
from service.model import Approx, Block, BlockKind, Dialect, Document, Figure, Header, Moment, Script, Source, Span
from service.reading import read
from service.script import detect, fold

TITLE = "Figures compared"
OURS, SERVICE = "wenmai", "wenmai, of posts"
_NUMERIC = ("number", "percent", "range")
_APART = re.compile(
    "[零一二三四五六七八九十百千万亿点分之个] {1,3}[零一二三四五六七八九十百千万亿点分之]|[点分之] {1,3}[0-9]"
)
_MOST_FILES, _MOST_BYTES = 1_000_000, 50_000_000
_MOST_TEXT = 1_000_000  # characters of each script
_SECONDS = 10.0  # that a peer may read prose
_MEGABYTE = 1e6
_HOSTILE = ("九", "1,", "年", "1-", "3萬", "1月")
_TIMES = (125_000, 250_000, 500_000, 1_000_000)  # that it is repeated
_LONG = 5.0  # seconds after which no more of it is read
_LASTING = {"s": 1.0, "day": 86400.0, "week": 604800.0, "month": 2629746.0, "year": 31556952.0}
_NOTE = """\
Cases that the peers' own projects test, tier `core` ({cases}); first as they are, then turned to Traditional. A reader
is judged by the values it can return, at the place where it says one; "–": it does not attempt this. recognizers-text
has no model of ranges in Python; jionlp reads money and times; cn2an reads numerals and rewrites those of a sentence,
without places; quantulum3 is made for English. None of our exceptions is taken out: our own tests name each case that
we hold to be wrong for today's readers.

"wenmai, of posts" is what the service itself finds, `find_figures` and `find_times`: a number that measures or counts.
"wenmai" reads the first four rows by `find_numbers`, `parse_numeral` and `parse_quantity`, which take every number, and
the others as the service does. What the service leaves out of the first three rows: {left}."""
_PACE = """\
Processor time on one core, the same texts for all. Prose are the posts without a table ({prose}), the others hold
{cells} ({tables}); wenmai finds all figures and all times of each post. Of a peer every model that it has for these
cases runs on each paragraph of prose, for about {seconds:.0f} seconds or to the end."""
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


def of_posts(case: Case) -> list[Reading] | None:
    """Return what the service finds in a post that says just this, or None for a numeral alone, which is no post."""
    if case.part == "value":
        return None
    if case.part not in ("number", "percent", "range"):
        return ours(case)
    figures = [_bounded(figure) for figure in find_figures(_document(case))]
    return [reading for reading in figures if case.part != "percent" or reading[4] == "%"]


def _bounded(figure: Figure) -> Reading:
    """Return a figure with its open end open, and a part of a million as the percentage that the peers make of it."""
    start, end, low, high, unit = _figure(figure, "number")
    if unit == "x" and "分之" in figure.surface:
        low, high, unit = low * 100, high * 100, "%"
    return (
        start,
        end,
        None if figure.approx is Approx.UNDER else low,
        None if figure.approx is Approx.OVER else high,
        unit,
    )


def _numbers(case: Case) -> Iterator[Reading]:
    for number in find_numbers(case.text, Script.HANT):
        if case.part != "percent" or number.percent:
            low = number.high if number.approx is Approx.UNDER else number.low
            high = number.low if number.approx is Approx.OVER else number.high
            yield number.span.start, number.span.end, float(low), float(high), "%" if number.percent else None


def _left_out(asked: Sequence[Case]) -> str:
    """Return of what kind the cases are of which the service leaves out numbers, each with how many there are."""
    left = [case for case in asked if case.part in _NUMERIC and not is_read(case, of_posts(case) or ())]
    kinds = Counter(_why(case) for case in left)
    return ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())


def _why(case: Case) -> str:
    """Return why a case is none of the service's: the numbers of it measure and count nothing, or are written apart."""
    folded = fold(case.text)
    if _APART.search(folded):
        return "with blanks within a numeral"
    ends = [row["end"] for row in case.wanted if "end" in row]
    measured = any(match_unit(case.text, folded, at) or match_classifier(folded, at) for at in ends)
    measured = measured or bool(not ends and find_figures(_document(case)))
    return "others" if measured or case.part == "percent" else "bare numbers"


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


def _cells(asked: Sequence[Case], readings: Iterable[Sequence[Reading] | None], half: int) -> list[str]:
    """Return for each part how many of its cases are read in either script, in percent."""
    readings = list(readings)
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
    asked, half, posts = [*as_they_are, *turned], len(as_they_are), documents(places)
    tables = [post for post in posts if any(block.kind is BlockKind.CELL for block in post.blocks)]
    prose = [post for post in posts if all(block.kind is not BlockKind.CELL for block in post.blocks)]
    texts = [post.slice(block.span) for post in prose for block in post.blocks if block.kind is not BlockKind.CODE]
    columns, missing = compared(asked, texts, _SECONDS)
    paces = [f"{pace(prose, rounds):.3f}", f"{pace(tables, rounds):.3f}"]
    own = {
        SERVICE: [*_cells(asked, map(of_posts, asked), half), *paces],
        OURS: [*_cells(asked, map(ours, asked), half), *paces],
    }
    others = {peer: [*cells, "–"] for peer, cells in columns.items()}
    return _report(as_they_are, {**own, **others}, missing, prose, tables)


def _holds(posts: Sequence[Document]) -> str:
    """Return how much the posts hold."""
    size = sum(len(post.text.encode()) for post in posts) / _MEGABYTE
    figures, times = (sum(len(found(post)) for post in posts) for found in (find_figures, find_times))
    return f"{size:.2f} MB with {figures:,} figures and {times:,} times"


def _report(
    asked: Sequence[Case],
    columns: Mapping[str, Sequence[str]],
    missing: Sequence[str],
    prose: Sequence[Document],
    tables: Sequence[Document],
) -> str:
    count = Counter(case.part for case in asked)
    names = [f"{name} ({count[part]})" for part, name in PARTS.items()]
    rows = list(zip([*names, "prose, MB/s", "posts with tables, MB/s"], *columns.values(), strict=True))
    hard = table(["", *(f"{length:,}" for length in _TIMES), "growth"], map(growth, _HOSTILE))
    cells = sum(block.kind is BlockKind.CELL for post in tables for block in post.blocks)
    return "\n\n".join(
        [
            _NOTE.format(cases=f"{len(asked):,}", left=_left_out(asked)),
            *([f"Not compared: {'; '.join(missing)}."] if missing else []),
            table(["", *columns], rows),
            _PACE.format(seconds=_SECONDS, prose=_holds(prose), tables=_holds(tables), cells=f"{cells:,} cells"),
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
