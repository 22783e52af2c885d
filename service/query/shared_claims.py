"""Claims of two articles that give the same figure for the same thing, or another one: found by words and amounts.

This is a look from afar, cheap enough for a list of related articles: only claims with figures are set beside each
other, and only those said in much the same words. `lookup` judges a single claim far more closely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, log
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.model import Approx
from service.query.answers import ClaimReason, RelationKind
from service.query.claim_rows import claim_answers
from service.query.columns import CLAIM, FIGURE, MENTION
from service.query.lookup.amounts import Amount, amount
from service.store.claim_terms import tells
from service.store.prepared import Prepared
from service.store.terms import terms

_MOST_READ = 80  # claims with a figure of one article
_AGREE = 0.35  # share of their words, the rare ones counting more, that two claims of one figure have in common
_CONFLICT = 0.6  # and two of another one: a figure is easily one of something else
_READ = ("article_id", "claim_id", "low", "high", "unit", "per", "approx", "counted", "text")
_TELLING = 3  # a count up to this is no figure to agree on


@dataclass(slots=True)
class _Said:
    """A claim with what is compared."""

    article: str
    negated: bool
    amounts: list[Amount] = field(default_factory=list)
    entities: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A claim of the article that was asked about and one of another article."""

    alike: float
    relation: RelationKind
    mine: str
    other: str


def shared_claims(session: Session, article_id: str, others: Collection[str], weight: float) -> dict[str, ClaimReason]:
    """Return, for those of `others` that give the same figure as the article, or another, the best pair of claims."""
    said = _said(session, [article_id, *others])
    if not _comparable(said.values(), article_id):
        return {}
    _add_words(session, said)
    best: dict[str, _Pair] = {}
    for pair in _pairs(said, article_id):
        best.setdefault(said[pair.other].article, pair)
    answers = claim_answers(session, {one for pair in best.values() for one in (pair.mine, pair.other)})
    return {
        article: ClaimReason(
            weight=round(pair.alike * weight, 4),
            relation=pair.relation,
            claim=answers[pair.mine],
            other=answers[pair.other],
        )
        for article, pair in best.items()
    }


def _said(session: Session, articles: Sequence[str]) -> dict[str, _Said]:
    """Return the claims of `articles` that hold a figure, by id."""
    found: dict[str, _Said] = {}
    numbers: Counter[str] = Counter()
    for row in _FIGURES.rows(session, articles=articles):
        if row.claim_id not in found:
            numbers[row.article_id] += 1
            if numbers[row.article_id] > _MOST_READ:
                continue
            found[row.claim_id] = _Said(row.article_id, bool(row.negated))
        approx = Approx(row.approx)
        found[row.claim_id].amounts.append(amount(row.low, row.high, row.unit, row.per, approx, row.counted, row.text))
    return found


def _comparable(said: Collection[_Said], article_id: str) -> bool:
    """Tell whether any amounts of the article and of another one can be set beside each other."""
    mine = [one for claim in said if claim.article == article_id for one in claim.amounts]
    others = [one for claim in said if claim.article != article_id for one in claim.amounts] if mine else []
    return any(one.comparable(two) for two in others for one in mine)


def _add_words(session: Session, said: Mapping[str, _Said]) -> None:
    for claim, folded in _FOLDED.rows(session, claims=said):
        said[claim].terms.update(filter(tells, terms(folded)))
    for claim, entity in _NAMED.rows(session, claims=said):
        said[claim].entities.add(entity)


def _pairs(said: Mapping[str, _Said], article_id: str) -> list[_Pair]:
    """Return the pairs that agree or conflict, the most alike first."""
    counts = Counter(term for one in said.values() for term in one.terms)
    rarity = {term: log(1 + len(said) / count) for term, count in counts.items()}
    whole = {claim: fsum(rarity[term] for term in one.terms) for claim, one in said.items()}  # in any order
    holding: dict[str, list[str]] = defaultdict(list)
    for claim, one in said.items():
        if one.article != article_id:
            for term in one.terms:
                holding[term].append(claim)
    found = []
    for mine in (claim for claim, one in said.items() if one.article == article_id):
        for other, shared in _sharing(said[mine], holding, rarity):
            alike = 2 * shared / (whole[mine] + whole[other])
            relation = _relation(said[mine], said[other], alike) if alike >= _AGREE else None
            if relation is not None:
                found.append(_Pair(alike, relation, mine, other))
    return sorted(found, key=lambda pair: (-pair.alike, pair.mine, pair.other))


def _sharing(
    mine: _Said, holding: Mapping[str, Sequence[str]], rarity: Mapping[str, float]
) -> Iterator[tuple[str, float]]:
    shared: dict[str, float] = defaultdict(float)
    for term in sorted(mine.terms):
        for other in holding.get(term, ()):
            shared[other] += rarity[term]
    yield from shared.items()


def _relation(mine: _Said, other: _Said, alike: float) -> RelationKind | None:
    pairs = [(one, two) for one in mine.amounts for two in other.amounts if one.comparable(two)]
    if mine.negated != other.negated or (mine.entities and other.entities and mine.entities.isdisjoint(other.entities)):
        return None
    agreeing = [one for one, two in pairs if one.agrees(two)]
    if any(one.kind != "count" or one.high > _TELLING for one in agreeing):
        return "agree"
    return "conflict" if pairs and not agreeing and alike >= _CONFLICT else None


_FIGURES: Final = Prepared(
    lambda among: (
        select(*(FIGURE.c[name] for name in _READ), CLAIM.c.negated)
        .join(CLAIM, CLAIM.c.id == FIGURE.c.claim_id)
        .where(among(FIGURE.c.article_id, "articles"))
        .order_by(FIGURE.c.article_id, FIGURE.c.ordinal)
    )
)
_FOLDED: Final = Prepared(lambda among: select(CLAIM.c.id, CLAIM.c.folded).where(among(CLAIM.c.id, "claims")))
_NAMED: Final = Prepared(
    lambda among: select(MENTION.c.claim_id, MENTION.c.entity_id).where(
        among(MENTION.c.claim_id, "claims"), MENTION.c.entity_id.is_not(None)
    )
)
