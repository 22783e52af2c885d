"""The shapes of all answers, as the REST contract names them.

Every string a reader sees as text is `Prose`; ids, paths, URLs, targets and offsets are plain. Offsets are half-open
code points of the original text, lines are 1-based lines of the file, whatever variant the prose is shown in.
"""

from __future__ import annotations

from service.query.answers.articles import (
    Article,
    ArticleCounts,
    ArticleRef,
    ArticleSummary,
    Heading,
    OriginalAnswer,
    ProblemAnswer,
)
from service.query.answers.base import Answer, End, Line, Number, Page, RelationKind, Score, Start
from service.query.answers.claims import (
    AskedFigure,
    ClaimAnswer,
    ClaimDetail,
    Evidence,
    FigureDetail,
    LookupAnswer,
    LookupCounts,
    LookupQuery,
)
from service.query.answers.decisions import DecisionAnswer
from service.query.answers.entities import (
    ArticleEntity,
    EntityAnswer,
    EntityCounts,
    EntityDetail,
    EntityNames,
    EntitySummary,
    MentionAnswer,
    NameEvidence,
    Neighbour,
)
from service.query.answers.facts import (
    BacklinkAnswer,
    FigureAnswer,
    LinkAnswer,
    LinkSuggestion,
    MediaAnswer,
    Resolved,
    TimeAnswer,
    UnlinkedMention,
)
from service.query.answers.found import (
    ClaimReason,
    EntityReason,
    GraphAnswer,
    GraphEdge,
    GraphNode,
    Highlight,
    LinkReason,
    Reason,
    Related,
    SearchHit,
    TagReason,
    TextReason,
)
from service.query.answers.jobs import JobAnswer, JobCounts, JobError

__all__ = [
    "Answer",
    "Article",
    "ArticleCounts",
    "ArticleEntity",
    "ArticleRef",
    "ArticleSummary",
    "AskedFigure",
    "BacklinkAnswer",
    "ClaimAnswer",
    "ClaimDetail",
    "ClaimReason",
    "DecisionAnswer",
    "End",
    "EntityAnswer",
    "EntityCounts",
    "EntityDetail",
    "EntityNames",
    "EntityReason",
    "EntitySummary",
    "Evidence",
    "FigureAnswer",
    "FigureDetail",
    "GraphAnswer",
    "GraphEdge",
    "GraphNode",
    "Heading",
    "Highlight",
    "JobAnswer",
    "JobCounts",
    "JobError",
    "Line",
    "LinkAnswer",
    "LinkReason",
    "LinkSuggestion",
    "LookupAnswer",
    "LookupCounts",
    "LookupQuery",
    "MediaAnswer",
    "MentionAnswer",
    "NameEvidence",
    "Neighbour",
    "Number",
    "OriginalAnswer",
    "Page",
    "ProblemAnswer",
    "Reason",
    "Related",
    "RelationKind",
    "Resolved",
    "Score",
    "SearchHit",
    "Start",
    "TagReason",
    "TextReason",
    "TimeAnswer",
    "UnlinkedMention",
]
