"""The tables as SQLAlchemy Core sees them: what the queries of this folder select from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Table
from sqlmodel import SQLModel

from service.store import tables

AnyRow = Row[*tuple[Any, ...]]


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


ADDRESS = _table(tables.AddressRow)
ARTICLE = _table(tables.ArticleRow)
BEARER = _table(tables.BearerRow)
CLAIM = _table(tables.ClaimRow)
CLAIM_PAIR = _table(tables.ClaimPairRow)
CLAIM_POSTING = _table(tables.ClaimPostingRow)
CORPUS = _table(tables.CorpusRow)
DECISION = _table(tables.DecisionRow)
ENTITY = _table(tables.EntityRow)
ENTITY_NAME = _table(tables.EntityNameRow)
FIGURE = _table(tables.FigureRow)
GLOSS = _table(tables.GlossRow)
HEADING = _table(tables.HeadingRow)
JUDGEMENT = _table(tables.JudgementRow)
LABEL = _table(tables.LabelRow)
LINK = _table(tables.LinkRow)
LINK_KEY = _table(tables.LinkKeyRow)
MEDIA = _table(tables.MediaRow)
MENTION = _table(tables.MentionRow)
RELATED_ARTICLE = _table(tables.RelatedArticleRow)
RELATED_POSTING = _table(tables.RelatedPostingRow)
SEARCH_DEAD = _table(tables.SearchDeadRow)
SEARCH_DOCUMENT = _table(tables.SearchDocumentRow)
SEARCH_FRESH = _table(tables.SearchFreshRow)
SEARCH_POSTING = _table(tables.SearchPostingRow)
SEARCH_SEGMENT = _table(tables.SearchSegmentRow)
SOURCE = _table(tables.SourceRow)
TIME = _table(tables.TimeRow)

# What a summary needs: never the text, which can be long.
_SUMMARY = """
    id source path url title script language published updated authors tags categories draft
    original_url original_name description
"""
SUMMARY = [ARTICLE.c[name] for name in _SUMMARY.split()]
