"""What is understood of a sentence that is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from service.extraction import extract
from service.lexicon.names import query_names
from service.lexicon.spelling import respell
from service.model import Extraction, Figure, Span
from service.query.columns import ENTITY, ENTITY_NAME
from service.query.lookup.amounts import Amount, amount, classifiers, span_of_days
from service.query.lookup.candidates import names_of, placed
from service.query.lookup.clauses import Clauses, spared
from service.query.lookup.concepts import Concept, Named, concepts
from service.query.lookup.vocabulary import senses, stance
from service.query.merges import merges
from service.reading import read_plain
from service.script import fold, narrow

_LATIN = re.compile(r"[a-z0-9]")
_LONGEST: Final = 600  # characters of a text that are understood; a claim is shorter
# English number words, which are read as the digits they stand for.
_SMALL: Final = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
}
_SPELLED = re.compile(rf"\b(?:{'|'.join(_SMALL)})\b(?= [a-z])", re.IGNORECASE)
_CLASSIFIED = re.compile(r"(?:几|多少)\s?([^\s\W])")
_KINDS: Final = {"money": "money", "time": "time", "date": "date", "power": "W", "share": "share"}


@dataclass(frozen=True)
class Question:
    """A sentence as it is compared with claims."""

    text: str
    concepts: tuple[Concept, ...]
    entities: tuple[str, ...]  # that the corpus knows
    figures: tuple[Figure, ...]
    amounts: tuple[Amount, ...]
    asks: bool  # leaves open what it is about: whoever fills it in says the same
    counts: str | None  # the kind of number it asks for: a dimension, `money`, or `any`; None where it asks for none
    counted: str | None  # by which classifier
    clauses: Clauses
    kinds: frozenset[str]  # of the entities
    speakers: frozenset[str]  # entities it puts its words in the mouth of


def understand(session: Session, text: str) -> Question:
    """Return what `text` speaks of, in terms of the corpus."""
    said = narrow(text[:_LONGEST])
    found = extract(read_plain(_in_digits(said)))
    bounded = [time for time in found.times if time.low or time.high]
    numbers = [*(figure.span for figure in found.figures), *(time.span for time in bounded)]
    whens = [time.span for time in found.times if not (time.low or time.high)]
    named = _named(session, said)
    known = _known(session, {name.entity for name in named})
    clauses = Clauses(respell(fold(said)))
    return Question(
        text=text,
        concepts=concepts(said, named, numbers, whens),
        entities=tuple(dict.fromkeys(name.entity for name in named if name.entity in known)),
        figures=found.figures,
        amounts=placed(_amounts(found), clauses),
        asks=_asks(clauses.folded),
        counts=_counts(clauses.folded),
        counted=_counted(clauses.folded),
        clauses=clauses,
        kinds=frozenset(known.values()),
        speakers=_speakers(found, named),
    )


def _in_digits(text: str) -> str:
    """Return `text` with small English number words as digits at their ends, so that places stay."""
    return _SPELLED.sub(lambda match: _SMALL[match[0].lower()].rjust(len(match[0])), text)


def _asks(folded: str) -> bool:
    """Tell whether a sentence leaves open what it asks for; one that asks whether something is so says what."""
    if next(spared("asks", folded), None):
        return True
    return stance("asks", "mark").search(folded) is not None and stance("asks", "either").search(folded) is not None


def _counts(folded: str) -> str | None:
    if stance("asks", "counts").search(folded) is None and stance("asks", "date").search(folded) is None:
        return None
    return next((kind for key, kind in _KINDS.items() if stance("asks", key).search(folded)), "any")


def _counted(folded: str) -> str | None:
    match = _CLASSIFIED.search(folded)
    return match[1] if match and any(match[1] in group for group in classifiers()) else None


def _speakers(found: Extraction, named: Iterable[Named]) -> frozenset[str]:
    spans = [claim.speaker.span for claim in found.claims if claim.speaker is not None]
    return frozenset(name.entity for name in named if any(name.span.overlaps(span) for span in spans))


def _amounts(found: Extraction) -> Iterator[Amount]:
    for figure in found.figures:
        yield replace(_amount(figure), span=figure.span)
    for time in found.times:
        period = span_of_days(time.low, time.high, time.surface) if time.kind == "explicit" else None
        if period is not None:
            yield replace(period, span=time.span)


def _amount(figure: Figure) -> Amount:
    quantity = figure.quantity
    low, high = float(quantity.low), float(quantity.high)
    return amount(low, high, quantity.unit, quantity.per, figure.approx, quantity.counted, figure.surface)


def _named(session: Session, text: str) -> list[Named]:
    """Return the names of `text`: those of the lexicon, and those that only the corpus knows."""
    merged = merges(session)
    found = [(entity, span) for entity, _, span in query_names(text) if not _common(text, span)]
    spans = [(merged.get(entity, entity), span) for entity, span in found]
    spans += _of_corpus(session, text, [span for _, span in spans])
    names = names_of(session, {entity for entity, _ in spans})
    surface = respell(fold(text))
    return [
        Named(span, entity, names.get(entity, frozenset()) | {surface[span.start : span.end]}) for entity, span in spans
    ]


def _common(text: str, span: Span) -> bool:
    """Tell whether a name is written like a word, and is one: `cadence`, but `Cadence`."""
    surface = text[span.start : span.end]
    return surface.islower() and surface.isascii() and surface in senses()


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


def _known(session: Session, entities: Iterable[str]) -> dict[str, str]:
    query = select(ENTITY.c.id, ENTITY.c.kind).where(ENTITY.c.id.in_(sorted(entities)))
    return {row.id: row.kind for row in session.execute(query)}
