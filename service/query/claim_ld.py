"""Claims as schema.org's ``Claim``: who says it, what about, and where it appears, in JSON-LD."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from service.query import json_ld
from service.query.answers import ClaimAnswer, ClaimDetail, EntityAnswer
from service.query.columns import ARTICLE, CLAIM, AnyRow
from service.query.json_ld import Item, told, urn
from service.store.prepared import Prepared, decoded

_BESIDE: Final = 32  # characters of the text before and behind a claim that tell its place
_BEGIN = case((CLAIM.c.start > _BESIDE, CLAIM.c.start - _BESIDE), else_=0)
_PLACES: Final = Prepared(
    lambda among: (
        select(
            *(CLAIM.c[name] for name in ("id", "article_id", "text", "start", "end", "line")),
            *(ARTICLE.c[name] for name in ("url", "title", "published", "authors", "language", "script", "source")),
            func.substr(ARTICLE.c.text, _BEGIN + 1, CLAIM.c.start - _BEGIN).label("before"),
            func.substr(ARTICLE.c.text, CLAIM.c.end + 1, _BESIDE).label("behind"),
        )
        .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
        .where(among(CLAIM.c.id, "claims"))
    )
)


def claim_document(session: Session, claim: ClaimDetail) -> Item:
    """Return one claim with who and what it is about; where others agree, with where it was said first."""
    agreeing = [evidence.claim for evidence in claim.agreeing]
    places = _places(session, [claim.id, *(one.id for one in agreeing)])
    item = _whole(claim, places[claim.id])
    if agreeing and (first := _first([places[one.id] for one in (claim, *agreeing)])) is not None:
        item["firstAppearance"] = _appearance(first)
    return json_ld.document(item)


def claims_document(session: Session, claims: Sequence[ClaimAnswer]) -> Item:
    """Return a graph of claims, each as it stands alone."""
    places = _places(session, [one.id for one in claims])
    return json_ld.document([_whole(one, places[one.id]) for one in claims])


def claim_items(session: Session, claims: Sequence[ClaimAnswer]) -> list[Item]:
    """Return claims for a graph that holds their articles and entities, which are named by their ids alone."""
    places = _places(session, [one.id for one in claims])
    return [_claim(one, places[one.id], whole=False) for one in claims]


def _places(session: Session, ids: Collection[str]) -> dict[str, AnyRow]:
    return {row.id: row for row in _PLACES.rows(session, claims=set(ids))} if ids else {}


def _first(places: Sequence[AnyRow]) -> AnyRow | None:
    """Return the earliest of the places whose post has a date."""
    dated = [row for row in places if row.published]
    return min(dated, key=lambda row: (row.published, row.article_id, row.start), default=None)


def _whole(claim: ClaimAnswer, place: AnyRow) -> Item:
    return _claim(claim, place, whole=True)


def _claim(claim: ClaimAnswer, place: AnyRow, *, whole: bool) -> Item:
    """Return a claim: its author is who says it, which need not be who wrote the post."""
    authors: list[Item] = json_ld.people(decoded(place.authors))
    return told(
        {
            "@id": urn(f"claim:{claim.id}"),
            "@type": "Claim",
            "text": claim.text,
            "inLanguage": json_ld.language(place),
            "author": _spoken(claim.speaker, whole=whole) if claim.speaker else authors,
            "about": [_named(one, whole=whole) for one in claim.entities if one != claim.speaker],
            "mentions": [json_ld.figure(one) for one in claim.figures],
            "temporalCoverage": json_ld.period(claim.times),
            "appearance": _appearance(place, title=claim.article.title if whole else None),
        }
    )


def _spoken(one: EntityAnswer, *, whole: bool) -> Item:
    return json_ld.speaker(one) if whole else _named(one, whole=False)


def _named(one: EntityAnswer, *, whole: bool) -> Item:
    return json_ld.entity(one) if whole else {"@id": urn(f"entity:{one.id}")}


def _appearance(place: AnyRow, title: str | None = None) -> Item:
    """Return where a claim stands: the passage, part of its article."""
    article = urn(f"article:{place.article_id}")
    named = {"headline": title, "url": place.url, "author": json_ld.people(decoded(place.authors))} if title else {}
    where = {"exact": place.text, "prefix": place.before, "suffix": place.behind}
    return told(
        {
            "@type": ["CreativeWork", "SpecificResource"],
            "url": place.url,
            "datePublished": place.published,
            "isPartOf": told({"@id": article, "@type": "Article", **named}),
            "source": article,
            "selector": json_ld.selectors(place.start, place.end, place.line, **where),
        }
    )
