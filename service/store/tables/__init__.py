"""The tables: what is remembered of every article.

An article owns its headings, labels, links, media, mentions, glosses, figures, times, claims and terms: they go when
it goes, and are replaced with it in one transaction. Entities belong to the corpus: they are decided from all mentions
and glosses and from the editors' decisions, so a row's entity can change without its article being written again.
"""

from __future__ import annotations

from sqlmodel import SQLModel

from service.store.tables.access import TokenRow
from service.store.tables.articles import AddressRow, ArticleRow, HeadingRow, LabelRow, LinkKeyRow, LinkRow, MediaRow
from service.store.tables.corpus import CorpusRow, JobBatchRow, JobRow, SourceRow
from service.store.tables.entities import DecisionRow, EntityNameRow, EntityRow
from service.store.tables.facts import (
    ClaimPostingRow,
    ClaimRow,
    FigureRow,
    GlossRow,
    MentionRow,
    TimeRow,
)
from service.store.tables.following import DeliveryRow, FollowedRow, PushedRow
from service.store.tables.judgements import JudgementRow
from service.store.tables.names import (
    BearerRow,
    EntityNoteRow,
    NoteNameRow,
    SeenNameRow,
    TieRow,
    UnprovenRow,
)
from service.store.tables.pairs import ClaimPairRow
from service.store.tables.proposals import ModelReplyRow, PairProposalRow
from service.store.tables.related import RelatedArticleRow, RelatedPostingRow
from service.store.tables.search import (
    SearchDeadRow,
    SearchDocumentRow,
    SearchFreshRow,
    SearchPostingRow,
    SearchSegmentRow,
)

__all__ = [
    "TABLES",
    "AddressRow",
    "ArticleRow",
    "BearerRow",
    "ClaimPairRow",
    "ClaimPostingRow",
    "ClaimRow",
    "CorpusRow",
    "DecisionRow",
    "DeliveryRow",
    "EntityNameRow",
    "EntityNoteRow",
    "EntityRow",
    "FigureRow",
    "FollowedRow",
    "GlossRow",
    "HeadingRow",
    "JobBatchRow",
    "JobRow",
    "JudgementRow",
    "LabelRow",
    "LinkKeyRow",
    "LinkRow",
    "MediaRow",
    "MentionRow",
    "ModelReplyRow",
    "NoteNameRow",
    "PairProposalRow",
    "PushedRow",
    "RelatedArticleRow",
    "RelatedPostingRow",
    "SearchDeadRow",
    "SearchDocumentRow",
    "SearchFreshRow",
    "SearchPostingRow",
    "SearchSegmentRow",
    "SeenNameRow",
    "SourceRow",
    "TieRow",
    "TimeRow",
    "TokenRow",
    "UnprovenRow",
]

TABLES = SQLModel.metadata.tables  # by name, for statements that write or read many rows without making objects
