"""A whole post as one object: what `inspect` and `export` give, in the shapes of the REST contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query import articles, rows
from service.query.answers import (
    Answer,
    Article,
    ArticleEntity,
    ClaimAnswer,
    FigureAnswer,
    Heading,
    LinkAnswer,
    MediaAnswer,
    Page,
    ProblemAnswer,
    TimeAnswer,
)
from service.query.columns import ARTICLE, TIME

T = TypeVar("T")
_PAGE = 100


class Post(Answer):
    """All that is known of one post."""

    path: str
    article: Article
    headings: list[Heading] = Field(default_factory=list)
    entities: list[ArticleEntity] = Field(default_factory=list)
    figures: list[FigureAnswer] = Field(default_factory=list)
    times: list[TimeAnswer] = Field(default_factory=list)
    links: list[LinkAnswer] = Field(default_factory=list)
    media: list[MediaAnswer] = Field(default_factory=list)
    claims: list[ClaimAnswer] = Field(default_factory=list)
    problems: list[ProblemAnswer] = Field(default_factory=list)


def posts(session: Session, source: str | None = None) -> Iterator[Post]:
    """Yield every stored post (of `source`, where given), by source and path."""
    query = select(ARTICLE.c.id).order_by(ARTICLE.c.source, ARTICLE.c.path)
    if source is not None:
        query = query.where(ARTICLE.c.source == source)
    for article_id in session.execute(query).scalars().all():
        yield post(session, article_id)


def post(session: Session, article_id: str) -> Post:
    """Return one post.

    Raises:
        NotFoundError: there is no article with this id.
    """
    article = articles.article(session, article_id)
    times = session.execute(select(TIME).where(TIME.c.article_id == article_id).order_by(TIME.c.ordinal))
    return Post(
        path=article.path,
        article=article,
        headings=article.headings,
        entities=_all(articles.entities_of, session, article_id),
        figures=_all(articles.figures_of, session, article_id),
        times=[rows.time(row) for row in times],
        links=_all(articles.links_of, session, article_id),
        media=_all(articles.media_of, session, article_id),
        claims=_all(articles.claims_of, session, article_id),
        problems=article.problems,
    )


def _all(pages: Callable[..., Page[T]], session: Session, article_id: str) -> list[T]:
    page = pages(session, article_id, limit=_PAGE)
    items = list(page.items)
    while page.next:
        page = pages(session, article_id, limit=_PAGE, cursor=page.next)
        items += page.items
    return items
