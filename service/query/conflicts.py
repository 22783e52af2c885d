"""Where the corpus disagrees with itself: pairs of claims of different articles that can't both hold.

In two steps. From afar, claims that give a figure or deny something are set beside each other where they share rare
words; the nearest pairs are then judged as closely as a lookup does, from both sides. What editors judged outranks it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from service.query.answers import Conflict, Page
from service.query.claim_rows import claim_answers
from service.query.columns import ARTICLE, CLAIM, FIGURE, JUDGEMENT
from service.query.cursors import decode, encode, scope
from service.query.judgements import judged
from service.query.lookup import Verdicts, side_by_side
from service.query.matching import clean
from service.store.claim_terms import claim_terms

_MOST_CLAIMS: Final = 20_000  # set beside each other, those of the newest articles
_MOST_SHARERS: Final = 40  # claims that share a word: what more do tells nothing
_ALIKE: Final = 0.15  # share of their words, the rare ones counting more, that two claims must have in common
_MOST_PAIRS: Final = 400  # judged, the most alike
_DENIED: Final = 1.0  # how far apart a claim and its denial are, in orders of magnitude


class _Pair(NamedTuple):
    size: float
    one: str
    other: str
    why: tuple[str, ...]
    judgement: int | None


def conflicts(
    session: Session,
    *,
    source: str | None = None,
    article: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[Conflict]:
    """Return the disagreements of the corpus, or those with a source or an article, the largest first.

    How large one is: by how many orders of magnitude its amounts differ.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    name = scope("conflicts", source=source, article=article)
    start = 0 if cursor is None else int(decode(name, cursor, (int,))[0])
    found = _found(session, source, article)
    shown = found[start : start + limit]
    answers = claim_answers(session, {claim for pair in shown for claim in (pair.one, pair.other)})
    items = [_answer(pair, answers) for pair in shown if {pair.one, pair.other} <= answers.keys()]
    following = encode(name, [start + limit]) if start + limit < len(found) else None
    return Page[Conflict](items=items, next=following, total=len(found))


def _answer(pair: _Pair, answers: Mapping[str, Any]) -> Conflict:
    return Conflict(
        claim=answers[pair.one],
        other=answers[pair.other],
        size=round(pair.size, 4),
        why=list(pair.why),
        judgement=pair.judgement,
    )


def _found(session: Session, source: str | None, article: str | None) -> list[_Pair]:
    rows = _claims(session)
    wanted = {
        row.id
        for row in rows.values()
        if source in (None, row.source) and (article is None or row.article_id == clean(article))
    }
    near = _near(rows, _terms(session, rows), wanted)
    decided = judged(session, {claim for pair in near for claim in pair})
    open_pairs = [pair for pair in near if pair not in decided]
    pairs = [
        _Pair(_size(verdicts), one, other, verdicts.why, None)
        for (one, other), verdicts in side_by_side(session, open_pairs).items()
        if verdicts.conflict
    ]
    pairs += _judged_conflicts(session, source, article)
    return sorted(pairs, key=lambda pair: (-pair.size, pair.one, pair.other))


def _claims(session: Session) -> dict[str, Any]:
    counted = exists().where(FIGURE.c.claim_id == CLAIM.c.id)
    query = select(CLAIM.c.id, CLAIM.c.article_id, CLAIM.c.folded, ARTICLE.c.source)
    query = query.join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id).where(or_(counted, CLAIM.c.negated))
    newest = query.order_by(func.coalesce(ARTICLE.c.published, "").desc(), ARTICLE.c.id, CLAIM.c.ordinal)
    return {row.id: row for row in session.execute(newest.limit(_MOST_CLAIMS))}


def _terms(session: Session, rows: Mapping[str, Any]) -> dict[str, frozenset[int]]:
    """Return the words and the sizes of the amounts of each claim, as the index has them."""
    figures: dict[str, list[Any]] = defaultdict(list)
    query = select(FIGURE.c.claim_id, FIGURE.c.low, FIGURE.c.high, FIGURE.c.unit).where(FIGURE.c.claim_id.is_not(None))
    for row in session.execute(query).mappings():
        figures[row["claim_id"]].append(row)
    return {claim: frozenset(claim_terms(row.folded, figures[claim], ())) for claim, row in rows.items()}


def _near(rows: Mapping[str, Any], words: Mapping[str, frozenset[int]], wanted: set[str]) -> list[tuple[str, str]]:
    """Return the pairs of claims that share most, those of one article left out."""
    counts = Counter(term for held in words.values() for term in held)
    rarity = {term: math.log(1 + len(rows) / count) for term, count in counts.items()}
    whole = {claim: sum(rarity[term] for term in held) for claim, held in words.items()}
    shared: dict[tuple[str, str], float] = defaultdict(float)
    for term, pair in _sharing(words, counts):
        if not wanted.isdisjoint(pair) and rows[pair[0]].article_id != rows[pair[1]].article_id:
            shared[pair] += rarity[term]
    alike = {pair: 2 * weight / (whole[pair[0]] + whole[pair[1]]) for pair, weight in shared.items()}
    nearest = sorted((pair for pair in alike if alike[pair] >= _ALIKE), key=lambda pair: (-alike[pair], pair))
    return nearest[:_MOST_PAIRS]


def _sharing(words: Mapping[str, frozenset[int]], counts: Mapping[int, int]) -> Iterator[tuple[int, tuple[str, str]]]:
    holding: dict[int, list[str]] = defaultdict(list)
    for claim in sorted(words):
        for term in sorted(words[claim]):
            if 1 < counts[term] <= _MOST_SHARERS:
                holding[term].append(claim)
    for term, claims in sorted(holding.items()):
        for pair in combinations(claims, 2):
            yield term, pair


def _size(verdicts: Verdicts) -> float:
    ratios = [abs(math.log10(one / other)) for one, other in verdicts.amounts if one > 0 and other > 0]
    return max(ratios, default=_DENIED)


def _judged_conflicts(session: Session, source: str | None, article: str | None) -> Sequence[_Pair]:
    query = select(JUDGEMENT).where(JUDGEMENT.c.relation == "conflict")
    if article is not None:
        query = query.where(or_(JUDGEMENT.c.one_article == clean(article), JUDGEMENT.c.other_article == clean(article)))
    if source is not None:
        own = select(ARTICLE.c.id).where(ARTICLE.c.source == clean(source))
        query = query.where(or_(JUDGEMENT.c.one_article.in_(own), JUDGEMENT.c.other_article.in_(own)))
    rows = session.execute(query).all()
    ids = {claim for row in rows for claim in (row.one, row.other)}
    there = set(session.execute(select(CLAIM.c.id).where(CLAIM.c.id.in_(ids))).scalars())
    return [_Pair(_DENIED, row.one, row.other, (_told(row),), row.id) for row in rows if {row.one, row.other} <= there]


def _told(row: Any) -> str:
    return f"an editor judged so: {row.why}" if row.why else "an editor judged so"
