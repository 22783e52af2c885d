"""Related articles: by the entities, tags and words that two share and few others have, by links and by claims.

Each kind gives a share from 0 to 1 of what it could; the score is their weighted sum. Lengths are evened out, so that
the longest posts are not related to everything. Claims are compared for the nearest articles only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import accumulate
from math import log, sqrt

from sqlalchemy import ColumnElement, FromClause, and_, func, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import rows
from service.query.answers import (
    ClaimReason,
    EntityAnswer,
    EntityReason,
    LinkReason,
    Reason,
    Related,
    TagReason,
    TextReason,
)
from service.query.columns import ARTICLE, ARTICLE_TERM, LABEL, LINK, MENTION
from service.query.links import leading_from, leading_to
from service.query.matching import clean
from service.query.shared_claims import shared_claims
from service.query.standing import standing
from service.query.wording import Wording
from service.script import fold

_WEIGHTS = {"entity": 0.35, "link": 0.2, "text": 0.2, "claim": 0.15, "tag": 0.1}
_MOST_KEYS = 64  # of the article's own entities, tags or terms: the rarest are enough
_MOST_SHARERS = 4000  # articles that have them, counted once for each: the commonest keys tell the least
_MOST_CANDIDATES = 200  # of each kind, whose lengths are then evened out
_LOOKED_AT = 50  # articles, the nearest by all but claims, that are looked at closely
_MOST_COMPARED = 12  # of them, whose claims are compared
_MOST_REASONS = 12
_MOST_TERMS = 8  # shown of those shared
_TELLING = 0.5  # what more than this share of all articles have tells nothing, once there are enough of them
_ENOUGH = 8  # articles


@dataclass(slots=True)
class _Shared:
    """What one candidate shares: of each kind, key → share of what the kind could give."""

    kinds: dict[str, dict[str, float]] = field(default_factory=lambda: {kind: {} for kind in _WEIGHTS})
    links: list[LinkReason] = field(default_factory=list)
    claim: ClaimReason | None = None
    standing: float = 1.0

    def score(self) -> float:
        """Return the weighted sum, from 0 to 1."""
        each = (weight * min(sum(self.kinds[kind].values()), 1.0) for kind, weight in _WEIGHTS.items())
        return round(sum(each) * self.standing, 4)


def related(session: Session, article_id: str, limit: int = 10) -> list[Related]:
    """Return the articles nearest to one, best first, each with the reasons why, the weightiest first.

    Raises:
        NotFoundError: no article has this id.
    """
    wanted = clean(article_id)
    if session.execute(select(ARTICLE.c.id).where(ARTICLE.c.id == wanted)).first() is None:
        raise NotFoundError(f"there is no article {article_id}")
    found = _candidates(session, wanted)
    near = dict(_best(found)[: max(limit, _LOOKED_AT)])
    for row in session.execute(_STANDING.where(ARTICLE.c.id.in_(near))):
        found[row.id].standing = standing(row.path, row.title, row.length)
    near = dict(_best({other: found[other] for other in near}))
    claims = shared_claims(session, wanted, list(near)[:_MOST_COMPARED], _WEIGHTS["claim"])
    for other, reason in claims.items():
        found[other].claim, found[other].kinds["claim"] = reason, {reason.other.id: reason.weight / _WEIGHTS["claim"]}
    return _answers(session, wanted, _best({other: found[other] for other in near})[:limit], found)


_STANDING = select(ARTICLE.c.id, ARTICLE.c.path, ARTICLE.c.title, func.length(ARTICLE.c.text).label("length"))


def _best(found: Mapping[str, _Shared]) -> list[tuple[str, float]]:
    """Return the articles with their scores, best first, those with none left out."""
    best = sorted((-shared.score(), other) for other, shared in found.items())
    return [(other, -score) for score, other in best if score < 0]


def _candidates(session: Session, article_id: str) -> dict[str, _Shared]:
    found: dict[str, _Shared] = defaultdict(_Shared)
    total = session.execute(select(func.count()).select_from(ARTICLE)).scalar_one()
    sources = (
        ("entity", MENTION, "entity_id", MENTION.c.entity_id.is_not(None)),
        ("tag", LABEL, "folded", LABEL.c.kind == "tag"),
        ("text", ARTICLE_TERM, "term", ARTICLE_TERM.c.count > 0),
    )
    for kind, table, column, condition in sources:
        weights = _weights(session, article_id, table, column, condition, total)
        for other, keys in _sharing(session, article_id, table, column, condition, weights).items():
            found[other].kinds[kind] = keys
    for other, reason in _linked(session, article_id):
        found[other].links.append(reason)
        found[other].kinds["link"][reason.direction] = 1.0
    return found


def _weights(
    session: Session, article_id: str, table: FromClause, column: str, condition: ColumnElement[bool], total: int
) -> dict[str, float]:
    """Return how much each of the article's own keys tells: the fewer articles have it, the more."""
    mine = select(table.c[column]).where(table.c.article_id == article_id, condition)
    number = func.count(func.distinct(table.c.article_id)).label("number")
    statement = select(table.c[column].label("key"), number).where(table.c[column].in_(mine), condition)
    counts = {row.key: row.number for row in session.execute(statement.group_by(table.c[column]))}
    most = total * _TELLING if total >= _ENOUGH else total
    rarest = sorted((number, key) for key, number in counts.items() if 1 < number <= most)[:_MOST_KEYS]
    reached = accumulate(number for number, _ in rarest)
    rarest = [one for one, rows_read in zip(rarest, reached, strict=True) if rows_read <= _MOST_SHARERS]
    alone = sum(log(1 + total) for number in counts.values() if number == 1)
    weights = {key: log(1 + total / number) for number, key in rarest}
    whole = sum(weights.values()) + alone
    return {key: weight / whole for key, weight in weights.items()}


def _sharing(
    session: Session,
    article_id: str,
    table: FromClause,
    column: str,
    condition: ColumnElement[bool],
    weights: Mapping[str, float],
) -> dict[str, dict[str, float]]:
    """Return for every other article the keys it shares, each with its weight, less where it has many more keys."""
    if not weights:
        return {}
    key = table.c[column]
    statement = select(table.c.article_id, key).where(key.in_(weights), condition).distinct()
    shared: dict[str, list[str]] = defaultdict(list)
    for other, one in sorted(map(tuple, session.execute(statement).all())):  # a sum of floats depends on its order
        shared[other].append(one)
    shared.pop(article_id, None)
    near = nlargest(_MOST_CANDIDATES, shared, key=lambda other: (sum(weights[key] for key in shared[other]), other))
    sizes = _sizes(session, table, column, condition, [article_id, *near])
    longer = {other: sqrt(max(sizes[other] / sizes[article_id], 1.0)) for other in near}
    return {other: {key: weights[key] / longer[other] for key in shared[other]} for other in near}


def _sizes(
    session: Session, table: FromClause, column: str, condition: ColumnElement[bool], articles: Iterable[str]
) -> dict[str, int]:
    number = func.count(func.distinct(table.c[column])).label("number")
    statement = select(table.c.article_id, number).where(table.c.article_id.in_(list(articles)), condition)
    return {row.article_id: row.number for row in session.execute(statement.group_by(table.c.article_id))}


def _linked(session: Session, article_id: str) -> list[tuple[str, LinkReason]]:
    """Return the articles that this one links to and those that link here."""
    reasons: list[tuple[str, LinkReason]] = []
    for direction, found in (("out", leading_from([article_id])), ("in", leading_to([article_id]))):
        same = and_(LINK.c.article_id == found.c.article_id, LINK.c.ordinal == found.c.ordinal)
        other = found.c.to_id if direction == "out" else found.c.article_id
        statement = select(other.label("other"), LINK.c.relation, LINK.c.note).join(found, same)
        for row in session.execute(statement.order_by(other, LINK.c.ordinal)):
            reason = {"direction": direction, "relation": row.relation, "note": row.note}
            reasons.append((row.other, LinkReason.model_validate(reason | {"weight": _WEIGHTS["link"]})))
    return reasons


def _answers(
    session: Session, article_id: str, best: list[tuple[str, float]], found: Mapping[str, _Shared]
) -> list[Related]:
    ids = [other for other, _ in best]
    articles = rows.summaries_by_id(session, ids)
    entities = rows.entities_by_id(session, {key for other in ids for key in found[other].kinds["entity"]})
    tags, texts = _tags(session, ids), _texts(session, [article_id, *ids])
    answers = []
    for other, score in best:
        shared = found[other]
        reasons = [*shared.links, *_entity_reasons(shared, entities), *_tag_reasons(shared, tags)]
        reasons += _text_reasons(shared, entities, texts[article_id], texts[other])
        reasons += [shared.claim] if shared.claim else []
        reasons.sort(key=lambda reason: -reason.weight)
        answers.append(Related(article=articles[other], score=score, reasons=reasons[:_MOST_REASONS]))
    return answers


def _tags(session: Session, articles: Collection[str]) -> dict[str, str]:
    """Return the tags of the articles as written, by what they are folded."""
    statement = select(LABEL.c.folded, func.min(LABEL.c.value).label("value")).where(LABEL.c.kind == "tag")
    statement = statement.where(LABEL.c.article_id.in_(articles)).group_by(LABEL.c.folded)
    return {row.folded: row.value for row in session.execute(statement)}


def _texts(session: Session, articles: Collection[str]) -> dict[str, Wording]:
    statement = select(ARTICLE.c.id, ARTICLE.c.text, ARTICLE.c.folded).where(ARTICLE.c.id.in_(articles))
    return {row.id: Wording(row.text, row.folded) for row in session.execute(statement)}


def _weighed(shared: _Shared, kind: str) -> dict[str, float]:
    """Return what each shared key adds to the score, the most first."""
    weights = {key: round(share * _WEIGHTS[kind], 4) for key, share in shared.kinds[kind].items()}
    return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0])))


def _entity_reasons(shared: _Shared, entities: Mapping[str, EntityAnswer]) -> list[Reason]:
    weights = _weighed(shared, "entity")
    return [EntityReason(weight=weight, entity=entities[key]) for key, weight in weights.items() if key in entities]


def _tag_reasons(shared: _Shared, tags: Mapping[str, str]) -> list[Reason]:
    return [TagReason(weight=weight, tag=tags.get(key, key)) for key, weight in _weighed(shared, "tag").items()]


def _text_reasons(shared: _Shared, entities: Mapping[str, EntityAnswer], mine: Wording, other: Wording) -> list[Reason]:
    """Return the words both use, without those that only repeat names of entities both name."""
    weights = _weighed(shared, "text")
    named = [entities[key] for key in shared.kinds["entity"] if key in entities]
    names = {fold(form) for one in named for form in (one.name, *one.names.model_dump().values(), *one.aliases) if form}
    terms = mine.shared_with(other.folded, weights, names, _MOST_TERMS)
    return [TextReason(weight=round(min(sum(weights.values()), 1.0), 4), terms=terms)] if terms else []
