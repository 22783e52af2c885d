"""Writes articles: all rows of one are replaced together, in bulk, within the caller's transaction."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.model import Document, Extraction, Site
from service.store.article_rows import article_rows
from service.store.bulk import insert_rows
from service.store.claim_index import add_claims, forget_claims
from service.store.fact_rows import fact_rows
from service.store.ids import article_id, claim_id, content_hash, figure_id
from service.store.related_index import add_related, forget_related
from service.store.search_index import add_article, forget
from service.store.tables import TABLES

__all__ = ["article_id", "claim_id", "content_hash", "delete_article", "delete_source", "figure_id", "save"]

_ARTICLE, _SOURCE = TABLES["article"], TABLES["source"]


def save(session: Session, site: Site, document: Document, extraction: Extraction, content_hash: str) -> None:
    """Store an article with all that was found in it, in place of what was stored of it before.

    The row of its source must be there. Its mentions belong to no entity until the corpus is resolved.
    """
    identifier = article_id(site.name, document.path)
    delete_article(session, identifier)
    rows = article_rows(identifier, site, document, content_hash) | fact_rows(identifier, extraction)
    for table, values in rows.items():
        if values:
            insert_rows(session, TABLES[table], values)
    add_article(session, rows["article"][0])
    add_claims(session, rows)
    add_related(session, rows["article"][0], rows)


def delete_article(session: Session, article_id: str) -> None:
    """Remove an article and all that hangs on it; an unknown id removes nothing."""
    if session.execute(select(_ARTICLE.c.id).where(_ARTICLE.c.id == article_id)).first() is None:
        return
    forget(session, [article_id])
    forget_claims(session, [article_id])
    forget_related(session, [article_id])
    session.execute(delete(_ARTICLE).where(_ARTICLE.c.id == article_id))


def delete_source(session: Session, name: str) -> None:
    """Remove a source with all its articles; an unknown name removes nothing."""
    articles = select(_ARTICLE.c.id).where(_ARTICLE.c.source == name)
    forget(session, articles)
    forget_claims(session, articles)
    forget_related(session, articles)
    session.execute(delete(_SOURCE).where(_SOURCE.c.name == name))
