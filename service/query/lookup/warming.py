"""Sets up what the first lookups would: lexicons, automata and patterns, which take over a second and then stay."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Final

from service.extraction import extract
from service.lexicon import read
from service.lexicon.names import query_names
from service.lexicon.spelling import respell
from service.model import Figure
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.pairs import side, verdict
from service.query.lookup.scan import TABLES
from service.query.lookup.vocabulary import stance
from service.reading import read_plain
from service.script import fold
from service.segmentation import part_of_speech
from service.store.prepared import AnyRow

# What reading a sentence may need is set up as sentences need it: these have numbers, dates and speakers of most kinds.
_SENTENCES: Final = (
    "水庫管理局長陳怡安說，去年 3 月蓄水率只有 41%，比前年同期少兩成，今年七月底前不會供水給 Acme 的三座工廠。",
    "据市政府上周一公布，2031 年第二季度起有轨电车每小时最多运送 1.2 万人，票价约 3 元，氣溫超過 38 度就停駛嘅。",
    "The ferry line cost US$45 million in 2019, about twice as much as planned; who paid for it?",
)

_UNHEARD: Final = "嘅"  # no word of the segmenter's dictionary: at the first of these it compiles patterns of its own


def warm() -> None:
    """Set up, by understanding and judging some sentences, what a lookup needs apart from its database."""
    part_of_speech(_UNHEARD)
    for table in TABLES:
        for key in read("stance.toml")[table]:
            stance(table, key)
    for sentence in _SENTENCES:
        query_names(sentence)
        figures = [_row(figure) for figure in extract(read_plain(sentence)).figures]
        clauses = Clauses(respell(fold(sentence)))
        one = side(Candidate("", "", 0, clauses, frozenset(), (), None, "", ("", ""), 0, figures, ()), sentence)
        verdict(one, one)


def _row(figure: Figure) -> AnyRow:
    told, span = figure.quantity, figure.span
    said = {
        "unit": told.unit,
        "per": told.per,
        "approx": figure.approx,
        "counted": told.counted,
        "text": figure.surface,
    }
    return SimpleNamespace(low=float(told.low), high=float(told.high), start=span.start, end=span.end, **said)
