"""Related articles: by the entities, tags and words that two share and few others have, by links and by claims.

Each kind gives a share from 0 to 1 of what it could; the score is their weighted sum. Lengths are evened out, so that
the longest posts are not related to everything. Claims are compared for the nearest articles only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from heapq import nlargest
from itertools import accumulate
from math import log, sqrt
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, and_, bindparam, func, select
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
from service.query.wording import Wording
from service.script import fold
from service.store.standing import standing

_WEIGHTS = {"entity": 0.35, "link": 0.2, "text": 0.2, "claim": 0.15, "tag": 0.1}
_MOST_KEYS = 64  # of the article's own entities, tags or terms: the rarest are enough
_MOST_HOLDERS = 500  # articles that have a key; what more have is left aside
_MOST_SHARERS = 2000  # articles that have them, counted once for each: the commonest keys tell the least
_MOST_CANDIDATES = 100  # of each kind, whose lengths are then evened out
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


@dataclass(frozen=True, slots=True)
class _Keys:
    """What articles may share, and the column that holds it; `once`: an article has each key once."""

    table: Table
    key: ColumnElement[str]
    kind: str | None  # that a row must be of
    once: bool

    def of(self, table: FromClause, *, by_article: bool = False) -> Select[Any]:
        """Return the rows of the table, or an alias of it, that count."""
        statement = select(table.c[self.key.name].label("key"), table.c.article_id)
        if self.kind is None:
            return statement if self.once else statement.where(table.c[self.key.name].is_not(None))
        # By article: as an expression, or SQLite would look for all that are of this kind.
        kind = table.c.kind.concat("") if by_article else table.c.kind
        return statement.where(kind == self.kind)


_SOURCES = {
    "entity": _Keys(MENTION, MENTION.c.entity_id, None, once=False),
    "tag": _Keys(LABEL, LABEL.c.folded, "tag", once=False),
    "text": _Keys(ARTICLE_TERM, ARTICLE_TERM.c.term, None, once=True),
}


def _candidates(session: Session, article_id: str) -> dict[str, _Shared]:
    found: dict[str, _Shared] = defaultdict(_Shared)
    total = session.execute(select(func.count()).select_from(ARTICLE)).scalar_one()
    for kind, keys in _SOURCES.items():
        weights = _weights(session, article_id, keys, total)
        for other, shared in _sharing(session, article_id, keys, weights).items():
            found[other].kinds[kind] = shared
    for other, reason in _linked(session, article_id):
        found[other].links.append(reason)
        found[other].kinds["link"][reason.direction] = 1.0
    return found


def _weights(session: Session, article_id: str, keys: _Keys, total: int) -> dict[str, float]:
    """Return how much each of the article's own keys tells: the fewer articles have it, the more.

    They are counted up to a bound: what more articles have tells next to nothing.
    """
    mine = (
        keys.of(keys.table, by_article=True)
        .where(keys.table.c.article_id == article_id)
        .with_only_columns(keys.key.label("key"))
    )
    own = mine.distinct().subquery()
    others = keys.table.alias("others")
    held = keys.of(others).where(others.c[keys.key.name] == own.c.key).with_only_columns(others.c.article_id)
    held = (held if keys.once else held.distinct()).limit(_MOST_HOLDERS + 1).correlate(own)
    number = select(func.count()).select_from(held.subquery()).scalar_subquery()
    counts = {row.key: row.number for row in session.execute(select(own.c.key, number.label("number")))}
    most = min(total * _TELLING if total >= _ENOUGH else total, _MOST_HOLDERS)
    rarest = sorted((number, key) for key, number in counts.items() if 1 < number <= most)[:_MOST_KEYS]
    reached = accumulate(number for number, _ in rarest)
    rarest = [one for one, rows_read in zip(rarest, reached, strict=True) if rows_read <= _MOST_SHARERS]
    alone = sum(log(1 + total) for number in counts.values() if number == 1)
    weights = {key: log(1 + total / number) for number, key in rarest}
    whole = sum(weights.values()) + alone
    return {key: weight / whole for key, weight in weights.items()}


def _sharing(
    session: Session, article_id: str, keys: _Keys, weights: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """Return for every other article the keys it shares, each with its weight, less where it has many more keys."""
    if not weights:
        return {}
    statement = keys.of(keys.table).where(keys.key.in_(weights))
    rows_read = session.execute(statement if keys.once else statement.distinct()).all()
    shared: dict[str, list[str]] = defaultdict(list)
    for key, other in sorted(map(tuple, rows_read)):  # a sum of floats depends on its order
        shared[other].append(key)
    shared.pop(article_id, None)
    near = nlargest(_MOST_CANDIDATES, shared, key=lambda other: (sum(weights[key] for key in shared[other]), other))
    sizes = _sizes(session, keys, [article_id, *near])
    longer = {other: sqrt(max(sizes[other] / sizes[article_id], 1.0)) for other in near}
    return {other: {key: weights[key] / longer[other] for key in shared[other]} for other in near}


def _sizes(session: Session, keys: _Keys, articles: Iterable[str]) -> dict[str, int]:
    """Return how many keys each article has."""
    found = keys.of(keys.table, by_article=True).where(keys.table.c.article_id.in_(list(articles))).subquery()
    number = func.count() if keys.once else func.count(func.distinct(found.c.key))
    statement = select(found.c.article_id, number.label("number")).group_by(found.c.article_id)
    return {row.article_id: row.number for row in session.execute(statement)}


def _linked(session: Session, article_id: str) -> list[tuple[str, LinkReason]]:
    """Return the articles that this one links to and those that link here."""
    reasons: list[tuple[str, LinkReason]] = []
    for direction in ("out", "in"):
        for row in session.execute(_leading(direction), {"article": article_id}):
            reason = {"direction": direction, "relation": row.relation, "note": row.note}
            reasons.append((row.other, LinkReason.model_validate(reason | {"weight": _WEIGHTS["link"]})))
    return reasons


@cache
def _leading(direction: str) -> Select[Any]:
    """Return the statement of the links from an article or to it: so large that it is made only once."""
    article: Any = [bindparam("article")]
    found = leading_from(article) if direction == "out" else leading_to(article)
    same = and_(LINK.c.article_id == found.c.article_id, LINK.c.ordinal == found.c.ordinal)
    other = found.c.to_id if direction == "out" else found.c.article_id
    statement = select(other.label("other"), LINK.c.relation, LINK.c.note).join(found, same)
    return statement.order_by(other, LINK.c.ordinal)


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
    # An expression, so that SQLite does not look for all tags by their kind.
    statement = select(LABEL.c.folded, func.min(LABEL.c.value).label("value")).where(LABEL.c.kind.concat("") == "tag")
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
