"""What is understood of a sentence that is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from service.extraction import extract
from service.lexicon.names import query_names
from service.model import Figure, Span
from service.query.columns import ENTITY, ENTITY_NAME
from service.query.lookup.candidates import names_of
from service.query.lookup.concepts import Concept, Named, concepts
from service.query.lookup.stance import Amount, amount, span_of_days
from service.query.merges import current_id
from service.reading import read_plain
from service.script import fold

_LATIN = re.compile(r"[a-z0-9]")
# Endings and words that make a sentence ask for something instead of claiming it, folded.
_ASKS = re.compile(
    r"[?？]|吗|呢$|多少|几[^十百千万亿]|什么|哪[个家里些年]|谁|何时|如何|是否|怎么"
    r"|\bhow (?:many|much|long)\b|\bwh(?:o|at|en|ich|ere)\b"
)
_COUNTS = re.compile(r"多少|几[^十百千万亿]|多[久长大高重]|\bhow (?:many|much|long)\b")


@dataclass(frozen=True)
class Question:
    """A sentence as it is compared with claims."""

    text: str
    concepts: tuple[Concept, ...]
    entities: tuple[str, ...]  # that the corpus knows
    figures: tuple[Figure, ...]
    amounts: tuple[Amount, ...]
    asks: bool  # leaves open what it is about: whoever fills it in says the same
    counts: bool  # asks for a number
    negated: bool


def understand(session: Session, text: str) -> Question:
    """Return what `text` speaks of, in terms of the corpus."""
    found = extract(read_plain(text))
    amounts = [_amount(figure) for figure in found.figures]
    periods = [span_of_days(time.low, time.high, time.surface) for time in found.times if time.kind == "explicit"]
    numbers = [*(figure.span for figure in found.figures), *(time.span for time in found.times)]
    named = _named(session, text)
    known = _known(session, {name.entity for name in named})
    return Question(
        text=text,
        concepts=concepts(text, named, numbers),
        entities=tuple(dict.fromkeys(name.entity for name in named if name.entity in known)),
        figures=found.figures,
        amounts=(*amounts, *(period for period in periods if period is not None)),
        asks=_ASKS.search(fold(text)) is not None,
        counts=_COUNTS.search(fold(text)) is not None,
        negated=any(claim.negated for claim in found.claims),
    )


def _amount(figure: Figure) -> Amount:
    quantity = figure.quantity
    low, high = float(quantity.low), float(quantity.high)
    return amount(low, high, quantity.unit, quantity.per, figure.approx, quantity.counted, figure.surface)


def _named(session: Session, text: str) -> list[Named]:
    """Return the names of `text`: those of the lexicon, and those that only the corpus knows."""
    spans = [(current_id(session, entity), span) for entity, _, span in query_names(text)]
    spans += _of_corpus(session, text, [span for _, span in spans])
    names = names_of(session, {entity for entity, _ in spans})
    surface = fold(text)
    return [
        Named(span, entity, names.get(entity, frozenset()) | {surface[span.start : span.end]}) for entity, span in spans
    ]


def _of_corpus(session: Session, text: str, taken: Iterable[Span]) -> list[tuple[str, Span]]:
    folded = fold(text)
    query = select(ENTITY_NAME.c.entity_id, ENTITY_NAME.c.folded).where(
        literal(folded).like("%" + ENTITY_NAME.c.folded + "%")
    )
    found, used = [], list(taken)
    rows = sorted(session.execute(query), key=lambda row: (-len(row.folded), row.entity_id))
    for entity, name in rows:
        start = folded.find(name)
        span = Span(start, start + len(name))
        if start >= 0 and len(name) > 1 and _whole(folded, span) and not any(span.overlaps(other) for other in used):
            used.append(span)
            found.append((entity, span))
    return found


def _whole(folded: str, span: Span) -> bool:
    before, behind = folded[span.start - 1 : span.start] if span.start else "", folded[span.end : span.end + 1]
    latin = _LATIN.match(folded[span.start]) is not None
    return not (latin and (_LATIN.match(before) or _LATIN.match(behind)))


def _known(session: Session, entities: Iterable[str]) -> set[str]:
    return set(session.execute(select(ENTITY.c.id).where(ENTITY.c.id.in_(sorted(entities)))).scalars())
