"""Articles and everything that hangs on one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from service.api.linked_data import LISTED, described, represented
from service.api.problems import documented
from service.api.replies import NOT_MODIFIED, Cursor, Limit, Reads, Text
from service.model import Script
from service.query import article_text, articles, claim_ld, related
from service.query.answers import (
    Article,
    ArticleEntity,
    ArticleSummary,
    BacklinkAnswer,
    ClaimAnswer,
    FigureAnswer,
    LinkAnswer,
    LinkSuggestion,
    MediaAnswer,
    Page,
    Related,
    UnlinkedMention,
)
from service.query.answers.text import ArticleText

router = APIRouter(prefix="/v1", tags=["articles"], responses=NOT_MODIFIED | documented(400, 404, 422))

_Day = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
Day = Annotated[_Day | None, Field(description="A year, month or day", examples=["2026-01"])]
Url = Annotated[Text, Query(description="The page's address in any form", examples=["https://blog.example/2026/02/a/"])]


@router.get("/articles", summary="List articles", response_model=Page[ArticleSummary])
def list_articles(
    reader: Reads,
    source: Annotated[Text | None, Query(description="Name of a site or vault")] = None,
    tag: Annotated[Text | None, Query(description="A tag or category, in either script")] = None,
    entity: Annotated[Text | None, Query(description="Id of an entity they name")] = None,
    script: Script | None = None,
    since: Day = None,
    until: Day = None,
    q: Annotated[Text | None, Query(description="Words they hold, in either script")] = None,
    drafts: Annotated[bool, Query(description="False: without those that are not published yet")] = True,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Return article summaries, newest first."""
    page = articles.articles(
        reader.session,
        source=source,
        tag=tag,
        entity=entity,
        script=script,
        since=since,
        until=until,
        q=q,
        drafts=drafts,
        limit=limit,
        cursor=cursor,
    )
    return reader.answer(page)


@router.get("/articles/{article_id}", summary="Read an article", response_model=Article)
def get_article(reader: Reads, article_id: Text) -> Response:
    """Return one article: what it declares, its headings, how much was found in it."""
    article = articles.article(reader.session, article_id)
    return reader.answer(article, language=_language(article.script))


def _language(script: Script) -> str | None:
    return f"zh-{script.value}" if script in (Script.HANT, Script.HANS) else None


@router.get("/articles/{article_id}/text", summary="Read its text", response_model=ArticleText)
def get_article_text(reader: Reads, article_id: Text, limit: Limit = 100, cursor: Cursor = None) -> Response:
    """Return an article's text, block by block, cut where mentions, figures, claims and links begin and end."""
    text = article_text.article_text(reader.session, article_id, limit=limit, cursor=cursor)
    return reader.answer(text, language=_language(text.script))


@router.get("/articles/{article_id}/entities", summary="Whom and what it names", response_model=Page[ArticleEntity])
def get_article_entities(reader: Reads, article_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the people, companies and products of an article, with every mention."""
    return reader.answer(articles.entities_of(reader.session, article_id, limit=limit, cursor=cursor))


@router.get("/articles/{article_id}/figures", summary="Its figures", response_model=Page[FigureAnswer])
def get_article_figures(reader: Reads, article_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the quantities of an article in base units."""
    return reader.answer(articles.figures_of(reader.session, article_id, limit=limit, cursor=cursor))


@router.get("/articles/{article_id}/links", summary="Where it leads", response_model=Page[LinkAnswer])
def get_article_links(reader: Reads, article_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the links of an article as written, with their reasons and what they lead to."""
    return reader.answer(articles.links_of(reader.session, article_id, limit=limit, cursor=cursor))


@router.get("/articles/{article_id}/backlinks", summary="What leads to it", response_model=Page[BacklinkAnswer])
def get_article_backlinks(reader: Reads, article_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the links of other articles that lead to this one."""
    return reader.answer(articles.backlinks_of(reader.session, article_id, limit=limit, cursor=cursor))


@router.get(
    "/articles/{article_id}/unlinked-mentions",
    summary="Where it is named and not linked",
    response_model=Page[UnlinkedMention],
)
def get_unlinked_mentions(reader: Reads, article_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the places in other articles of its source where its title or another name of it stands unlinked.

    Names of fewer than two characters, everyday words and parts of longer names do not count. A page may hold fewer
    than `limit` places while `next` is given.
    """
    return reader.answer(articles.unlinked_mentions_of(reader.session, article_id, limit=limit, cursor=cursor))


@router.get(
    "/articles/{article_id}/link-suggestions", summary="What it could link to", response_model=Page[LinkSuggestion]
)
def get_link_suggestions(reader: Reads, article_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the places of an article where the titles or names of others of its source stand unlinked."""
    return reader.answer(articles.link_suggestions_for(reader.session, article_id, limit=limit, cursor=cursor))


@router.get("/articles/{article_id}/media", summary="Its images and embeds", response_model=Page[MediaAnswer])
def get_article_media(reader: Reads, article_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the images and embeds of an article."""
    return reader.answer(articles.media_of(reader.session, article_id, limit=limit, cursor=cursor))


@router.get(
    "/articles/{article_id}/claims",
    summary="What it claims",
    response_model=Page[ClaimAnswer],
    responses=described("A graph of `Claim`s.", LISTED),
)
def get_article_claims(reader: Reads, article_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the claims of an article, with who says them; as JSON-LD where `Accept` prefers it."""
    page = articles.claims_of(reader.session, article_id, limit=limit, cursor=cursor)
    return represented(reader, page, lambda shown: claim_ld.claims_document(reader.session, shown.items))


async def _wanted(
    source: Annotated[Text | None, Query(description="Only articles of this site or vault")] = None,
    since: Day = None,
    exclude: Annotated[list[Text], Field(max_length=100), Query(description="Ids of articles to leave out")] = [],  # noqa: B006
    newer: Annotated[bool, Query(description="Only articles published after this one")] = False,
) -> related.Wanted:
    return related.Wanted(source, since, tuple(exclude), newer)


Wanted = Annotated[related.Wanted, Depends(_wanted)]


@router.get("/articles/{article_id}/related", summary="Related articles", response_model=Page[Related])
def get_article_related(reader: Reads, article_id: Text, wanted: Wanted, limit: Limit = 10) -> Response:
    """Return the articles nearest to this one, best first, each with the reasons why.

    Of copies of it, the nearest alone is listed, marked as `duplicate`, or as `translation` where it is in the other
    script. Drafts are never listed.
    """
    return reader.answer(Page[Related](items=related.related(reader.session, article_id, limit, wanted)))


@router.get("/related", summary="Related articles, by URL", response_model=Page[Related])
def get_related(reader: Reads, url: Url, wanted: Wanted, limit: Limit = 10) -> Response:
    """Return what `/v1/articles/{id}/related` does for the page at this address: what a static site calls."""
    article = articles.resolve_url(reader.session, url)
    return reader.answer(Page[Related](items=related.related(reader.session, article.id, limit, wanted)))


@router.get("/resolve", summary="The article behind a URL", response_model=ArticleSummary)
def get_resolve(reader: Reads, url: Url) -> Response:
    """Return the article whose page has this address, old addresses included."""
    article = articles.resolve_url(reader.session, url)
    return reader.answer(article, language=_language(article.script))
