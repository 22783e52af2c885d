"""What is understood of a sentence that is looked up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.extraction.claims import find_claims
from service.extraction.figures import find_figures
from service.extraction.names import find_names
from service.extraction.times import find_times
from service.lexicon.names import entries, query_names
from service.lexicon.spelling import respell
from service.model import Document, Figure, Span, Time
from service.query.columns import DECISION, ENTITY, ENTITY_NAME
from service.query.lookup.amounts import Amount, amount, classifiers, put, span_of_days, telling, told
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses, spared
from service.query.lookup.concept import Concept
from service.query.lookup.concepts import Named, concepts
from service.query.lookup.placing import placed
from service.query.lookup.remembered import remembered
from service.query.lookup.vocabulary import senses, stance
from service.query.merges import merges
from service.reading import read_plain
from service.script import fold, narrow
from service.segmentation import part_of_speech
from service.store.prepared import Prepared

_LATIN = re.compile(r"[a-z0-9]")
_UNSTORED = re.compile("[\x00\ud800-\udfff]")  # what no database stores
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
_PAIR: Final = 2  # characters of the shortest name
_REACH: Final = 12  # characters, or words written apart, of the longest name that is looked for
_WITHIN: Final = re.compile(r"[a-z0-9](?=[a-z0-9])")
_SHORT_REACH: Final = 6  # in a long text
_NAMES: Final = 2000  # that are looked for, about
_BEARERS: Final = Prepared(
    lambda among: select(ENTITY_NAME.c.entity_id, ENTITY_NAME.c.folded).where(among(ENTITY_NAME.c.folded, "names"))
)
_MERGED: Final = Prepared(lambda _: select(DECISION.c.id).where(DECISION.c.kind == "merge").limit(1))
_FORMS: Final = Prepared(
    lambda among: (
        select(ENTITY.c.id, ENTITY.c.kind, ENTITY_NAME.c.folded)
        .outerjoin(ENTITY_NAME, ENTITY_NAME.c.entity_id == ENTITY.c.id)
        .where(among(ENTITY.c.id, "entities"))
    )
)
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

    @remembered
    def sought(self) -> frozenset[str]:
        """Return the entities that it is about, and does not only let speak."""
        return frozenset(self.entities) - self.speakers

    @remembered
    def told(self) -> tuple[tuple[Amount, ...], tuple[Amount, ...]]:
        """Return the amounts it is about, and those that only say when; but for what it denies."""
        return told(tuple(one for one in self.amounts if not one.denied))

    @remembered
    def given(self) -> float:
        """Return how much it tells where a claim gives all of its amounts."""
        return sum(map(telling, self.amounts))


def understand(session: Session, text: str) -> Question:
    """Return what `text` speaks of, in terms of the corpus."""
    said = narrow(text[:_LONGEST])
    named, known = _named(session, said)
    document = read_plain(_in_digits(said))
    figures, times = find_figures(document), find_times(document)
    bounded = [time for time in times if time.low or time.high]
    numbers = [*(figure.span for figure in figures), *(time.span for time in bounded)]
    whens = [time.span for time in times if not (time.low or time.high)]
    clauses = Clauses(respell(fold(said)))
    return Question(
        text=text,
        concepts=concepts(said, named, numbers, whens),
        entities=tuple(dict.fromkeys(name.entity for name in named if name.entity in known)),
        figures=figures,
        amounts=placed(_amounts(figures, times), clauses),
        asks=_asks(clauses.folded),
        counts=_counts(clauses.folded),
        counted=_counted(clauses.folded),
        clauses=clauses,
        kinds=frozenset(known.values()),
        speakers=_speakers(document, named, figures, times),
    )


def as_asked(candidate: Candidate, text: str, times: Iterable[tuple[Span, bool]]) -> Question:
    """Return a claim as what is looked up, as its own post tells: whatever else a corpus knows.

    `times` are those of the claim, each with whether a calendar tells it. What a sentence leaves to its post, whose
    currency it is or of which year, is known.
    """
    said, surface = narrow(text[:_LONGEST]), candidate.clauses.folded
    found = [one for one in candidate.mentions if 0 <= one[0].start < one[0].end <= len(said)]
    named = [Named(span, entity, _listed_forms(entity) | {surface[span.start : span.end]}) for span, entity, _ in found]
    when = list(times)
    numbers = [Span(row.start - candidate.start, row.end - candidate.start) for row in candidate.figures]
    numbers += [span for span, known in when if known]
    return Question(
        text=text,
        concepts=concepts(said, named, numbers, [span for span, known in when if not known]),
        entities=tuple(dict.fromkeys(entity for _, entity, _ in found)),
        figures=(),
        amounts=candidate.amounts,
        asks=False,
        counts=None,
        counted=None,
        clauses=candidate.clauses,
        kinds=frozenset(kind for _, _, kind in found),
        speakers=frozenset({candidate.speaker} if candidate.speaker else ()),
    )


@lru_cache(maxsize=4096)
def _listed_forms(entity: str) -> frozenset[str]:
    """Return the names of an entity of the lexicon, or the one that an id of `candidates.described` is made of."""
    entry = entries().get(entity)
    forms = (*entry.en, *entry.hant, *entry.hans) if entry is not None else (entity.partition(":")[2],)
    return frozenset(respell(fold(form)) for form in forms if form)


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


def _speakers(
    document: Document, named: Collection[Named], figures: Sequence[Figure], times: Sequence[Time]
) -> frozenset[str]:
    if not named:  # whom a sentence lets speak is only asked of those that are known
        return frozenset()
    claims = find_claims(document, find_names(document)[0], figures, times)
    spans = [claim.speaker.span for claim in claims if claim.speaker is not None]
    return frozenset(name.entity for name in named if any(name.span.overlaps(span) for span in spans))


def _amounts(figures: Iterable[Figure], times: Iterable[Time]) -> Iterator[Amount]:
    for figure in figures:
        yield put(_amount(figure), figure.span)
    for time in times:
        period = span_of_days(time.low, time.high, time.surface) if time.kind == "explicit" else None
        if period is not None:
            yield put(period, time.span)


def _amount(figure: Figure) -> Amount:
    quantity = figure.quantity
    low, high = float(quantity.low), float(quantity.high)
    return amount(low, high, quantity.unit, quantity.per, figure.approx, quantity.counted, figure.surface)


def _named(session: Session, text: str) -> tuple[list[Named], dict[str, str]]:
    """Return the names of `text`, those of the lexicon and those that only the corpus knows, and the kinds it knows."""
    found = [
        (entity, span) for entity, _, span in query_names(text) if not (_common(text, span) or _astride(text, span))
    ]
    merged = merges(session) if found and _MERGED.rows(session) else {}
    spans = [(merged.get(entity, entity), span) for entity, span in found]
    spans += _of_corpus(session, text, [span for _, span in spans])
    names, kinds = _known(session, {entity for entity, _ in spans})
    surface = respell(fold(text))
    named = [Named(span, entity, names[entity] | {surface[span.start : span.end]}) for entity, span in spans]
    return named, kinds


def _common(text: str, span: Span) -> bool:
    """Tell whether a name is written like a word, and is one: `cadence`, but `Cadence`."""
    surface = text[span.start : span.end]
    return surface.islower() and surface.isascii() and surface in senses()


def _astride(text: str, span: Span) -> bool:
    """Tell whether a name of two characters is only the end of one word and the beginning of the next: 红海航线."""
    around = fold(text[max(span.start - 1, 0) : span.end + 1])
    if span.end - span.start != _PAIR or len(around) != _PAIR + 2:
        return False
    return bool(part_of_speech(around[:2]) and part_of_speech(around[2:]))


def _of_corpus(session: Session, text: str, taken: Iterable[Span]) -> list[tuple[str, Span]]:
    places = _places(_UNSTORED.sub(" ", fold(text)))
    rows = _BEARERS.rows(session, names=list(places)) if places else ()
    found, used = [], list(taken)
    for entity, name in sorted(rows, key=lambda row: (-len(row[1]), row[0])):
        start = places[name]
        span = Span(start, start + len(name))
        if not any(span.overlaps(other) for other in used):
            used.append(span)
            found.append((entity, span))
    return found


def _places(folded: str) -> dict[str, int]:
    """Return what of a text may be a name, with where it first stands: whole words, of any that are written apart."""
    within = {match.end() for match in _WITHIN.finditer(folded)}
    cuts = [at for at in range(len(folded) + 1) if at not in within]
    reach = max(_SHORT_REACH, min(_REACH, _NAMES // len(cuts)))
    found: dict[str, int] = {}
    blank = [character.isspace() for character in folded]
    for place, start in enumerate(cuts[:-1]):
        if not blank[start]:
            for end in cuts[place + 1 : place + 1 + reach]:
                if end - start > 1 and not blank[end - 1]:
                    found.setdefault(folded[start:end], start)
    return found


def _known(session: Session, entities: Collection[str]) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """Return all folded names of entities, and of which kind those are that the corpus knows."""
    names: dict[str, set[str]] = {entity: set() for entity in entities}
    kinds = {}
    for row in _FORMS.rows(session, entities=sorted(entities)) if entities else ():
        kinds[row.id] = row.kind
        if row.folded is not None:
            names[row.id].add(respell(row.folded))
    return {entity: frozenset(forms) for entity, forms in names.items()}, kinds
