"""What a page of a static site asks for: its related posts, claims that others share or dispute, and whom it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.answers import ArticleEntity, ArticleRef, ClaimAnswer, ClaimReason, Reason, Related
from service.query.answers.base import Answer
from service.query.articles import entities_of
from service.query.columns import ADDRESS, ARTICLE, AnyRow
from service.query.conflicts import conflicts
from service.query.related import related
from service.query.variants import in_variant
from service.reading.addresses.urls import url_key

_MOST_RELATED: Final = 10
_MOST_REASONS: Final = 4
_MOST_CLAIMS: Final = 20
_MOST_CONFLICTS: Final = 10_000
_SPARE: Final = 2  # times as many are looked at: drafts and what has no page are left out

Shown = dict[str, Any]


class Pair(Answer):
    """A claim of a page, and what another post says of the same thing."""

    claim: ClaimAnswer
    other: ClaimAnswer
    relation: str


class PageAnswer(Answer):
    """Everything a page shows, before it is put into the reader's variant."""

    related: list[Related]
    claims: list[Pair]
    entities: list[ArticleEntity]


def pages(session: Session, source: str | None) -> Sequence[AnyRow]:
    """Return the posts that are published: those with an address, no drafts; of one source where it is named."""
    columns = [ARTICLE.c[name] for name in ("id", "url", "title", "published", "source")]
    statement = select(*columns).where(ARTICLE.c.url.is_not(None), ARTICLE.c.draft.is_(False))
    if source is not None:
        statement = statement.where(ARTICLE.c.source == source)
    return session.execute(statement.order_by(ARTICLE.c.source, ARTICLE.c.path)).all()


def pages_by_key(
    session: Session, rows: Sequence[AnyRow], langs: Sequence[str]
) -> Iterator[tuple[str, str, list[Shown]]]:
    """Yield (language, key, pages) for every address, in the order of the keys.

    A page's own address holds what it shows; another address that leads to it, such as the one that Quartz gives a
    note, names the first one: ``same``.
    """
    sources, disputed = _sources(session), _disputed(session)
    own, others = _by_own_key(rows), _by_other_key(session, rows)
    for key in sorted(own.keys() | others.keys()):
        answers = [(row, _answer(session, row, disputed.get(row.id, []))) for row in own.get(key, ())]
        pointers = [{"url": row.url, "same": url_key(row.url)} for row in others.get(key, ())]
        for lang in langs:
            shown = [_page(row, in_variant(answer, lang, session), sources) for row, answer in answers]
            yield lang, key, [*shown, *pointers]


def _sources(session: Session) -> dict[str, str]:
    return {row.id: row.source for row in session.execute(select(ARTICLE.c.id, ARTICLE.c.source))}


def _by_own_key(rows: Sequence[AnyRow]) -> dict[str, list[AnyRow]]:
    found: dict[str, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[url_key(row.url)].append(row)
    return found


def _by_other_key(session: Session, rows: Sequence[AnyRow]) -> dict[str, list[AnyRow]]:
    by_id = {row.id: row for row in rows}
    statement = select(ADDRESS.c.key, ADDRESS.c.article_id).where(ADDRESS.c.kind == "alias").distinct()
    found: dict[str, list[AnyRow]] = defaultdict(list)
    for key, article in session.execute(statement.order_by(ADDRESS.c.key, ADDRESS.c.article_id)):
        row = by_id.get(article)
        if row is not None and key != url_key(row.url):
            found[key].append(row)
    return found


def _answer(session: Session, row: AnyRow, disputed: Sequence[Pair]) -> PageAnswer:
    near = [one for one in related(session, row.id, limit=_SPARE * _MOST_RELATED) if not one.article.draft]
    reasons = (reason for one in near for reason in one.reasons if isinstance(reason, ClaimReason))
    shared = [
        Pair(claim=one.claim, other=one.other, relation=one.relation) for one in reasons if one.relation != "related"
    ]
    return PageAnswer(
        related=[one for one in near if _reached(one.article.url, one.article.source == row.source)][:_MOST_RELATED],
        claims=_ordered([*shared, *disputed]),
        entities=entities_of(session, row.id, limit=100).items,
    )


def _reached(url: str | None, at_home: bool) -> bool:
    """Tell whether a reader can go there: an address without a host leads nowhere from another site."""
    return url is not None and (at_home or url.startswith(("http://", "https://")))


def _ordered(pairs: Sequence[Pair]) -> list[Pair]:
    """Return each pair once, those that disagree first, then as they stand in the post."""
    once = {(pair.claim.id, pair.other.id): pair for pair in pairs}
    return sorted(once.values(), key=lambda one: (one.relation != "conflict", one.claim.line))[:_MOST_CLAIMS]


def _disputed(session: Session) -> dict[str, list[Pair]]:
    """Return the disagreements of the corpus by the article that one side stands in; a draft's are its own."""
    drafts = set(session.execute(select(ARTICLE.c.id).where(ARTICLE.c.draft)).scalars())
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in conflicts(session, limit=_MOST_CONFLICTS).items:
        for claim, other in ((pair.claim, pair.other), (pair.other, pair.claim)):
            if other.article.id not in drafts:
                found[claim.article.id].append(Pair(claim=claim, other=other, relation="conflict"))
    return found


def _page(row: AnyRow, answer: PageAnswer, sources: Mapping[str, str]) -> Shown:
    return {
        "url": row.url,
        "related": [
            {"article": _ref(one.article), "reasons": [_reason(reason) for reason in one.reasons[:_MOST_REASONS]]}
            for one in answer.related
        ],
        "claims": [
            _pair(pair, leads=_reached(pair.other.article.url, sources.get(pair.other.article.id) == row.source))
            for pair in answer.claims
        ],
        "entities": [_entity(one) for one in answer.entities],
    }


def _ref(article: ArticleRef) -> Shown:
    return {"title": article.title, "url": article.url}


def _reason(reason: Reason) -> Shown:
    shown = reason.model_dump(mode="json", include={"kind", "direction", "relation", "note", "tag", "terms"})
    if reason.kind == "entity":
        shown["entity"] = {"id": reason.entity.id, "name": reason.entity.name}
    return {name: value for name, value in shown.items() if value is not None}


def _pair(pair: Pair, *, leads: bool) -> Shown:
    there = _ref(pair.other.article) if leads else {"title": pair.other.article.title, "url": None}
    return {
        "claim": {"id": pair.claim.id, "text": pair.claim.text, "line": pair.claim.line},
        "other": {"id": pair.other.id, "text": pair.other.text, "article": there},
        "relation": pair.relation,
    }


def _entity(one: ArticleEntity) -> Shown:
    named = {"id": one.entity.id, "kind": one.entity.kind.value, "name": one.entity.name}
    return named | {"names": one.entity.names.model_dump(), "surfaces": one.surfaces, "mentions": len(one.mentions)}
