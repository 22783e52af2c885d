"""Claims, what others say to them, and what a looked-up text meets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.model import Approx, ClaimKind
from service.query.answers.articles import ArticleRef
from service.query.answers.base import Answer, End, Line, Number, RelationKind, Score, Start
from service.query.answers.entities import EntityAnswer
from service.query.answers.facts import Converted, FigureAnswer, HedgeAnswer, Origin, TimeAnswer
from service.query.prose import Prose

JudgedRelation = Literal["same", "different", "conflict"]


class ClaimAnswer(Answer):
    """A sentence that asserts something, with who says it and where."""

    id: str = Field(description="Derived from its article and text.", examples=["b0d41f6e93a7c825"])
    article: ArticleRef
    text: Prose = Field(examples=["林若溪預計碼頭明年吞吐 12 萬噸。"])
    line: Line
    start: Start
    end: End
    section: Prose | None = Field(default=None, description="The heading above.", examples=["合約的三個漏洞"])
    speaker: EntityAnswer | None = Field(default=None, description="Who says it; null: the author.")
    speaker_origin: Origin = Field(default="rules", description="`proposed`: a model did.")
    kind: ClaimKind = Field(examples=["prediction"])
    quote: bool = Field(description="A direct quotation.", examples=[False])
    negated: bool = Field(examples=[False])
    entities: list[EntityAnswer] = Field(default_factory=list)
    figures: list[FigureAnswer] = Field(default_factory=list)
    times: list[TimeAnswer] = Field(default_factory=list)
    hedges: list[HedgeAnswer] = Field(default_factory=list, description="What weakens it, and how far that reaches.")


class ProposedRelation(Answer):
    """How a model sees two claims: a proposal that decides nothing."""

    relation: RelationKind = Field(examples=["conflict"])
    model: str = Field(examples=["a-small-model"])
    quote: Prose = Field(description="The words of the one that it rests on.", examples=["12 萬噸"])
    other_quote: Prose = Field(description="And those of the other.", examples=["30 萬噸"])


class Evidence(Answer):
    """A claim set beside another one, and why."""

    claim: ClaimAnswer
    relation: RelationKind = Field(examples=["conflict"])
    score: Score
    why: list[Prose] = Field(default_factory=list, examples=[["same subject", "12 萬噸 against 30 萬噸"]])
    judgement: int | None = Field(default=None, description="The number of the editor's judgement that says so.")
    proposed: ProposedRelation | None = Field(
        default=None, description="What a model proposes, where words decide nothing."
    )


class ClaimDetail(ClaimAnswer):
    """A claim with what other articles say to it; nothing here says which is true."""

    agreeing: list[Evidence] = Field(default_factory=list)
    conflicting: list[Evidence] = Field(default_factory=list)
    related: list[Evidence] = Field(default_factory=list)


class Conflict(Answer):
    """Two claims of different articles that can't both hold."""

    claim: ClaimAnswer
    other: ClaimAnswer
    size: float = Field(description="How far apart: orders of magnitude; 1 where one denies the other.", examples=[0.4])
    why: list[Prose] = Field(default_factory=list, examples=[["differs: 12 萬噸, not 30 萬噸"]])
    judgement: int | None = Field(default=None, description="The number of the editor's judgement that says so.")


class JudgementAnswer(Answer):
    """An editor's judgement on two claims: it outranks what their words tell."""

    id: int = Field(examples=[7])
    one: str = Field(description="Id of a claim.", examples=["b0d41f6e93a7c825"])
    other: str = Field(description="Id of the other.", examples=["f4c0a1b2d3e4f567"])
    relation: JudgedRelation = Field(examples=["same"])
    one_text: str
    other_text: str
    made_by: str | None = None
    made_at: str | None = None
    why: str | None = None


class FigureDetail(FigureAnswer):
    """A figure with its article and the claim it stands in."""

    article: ArticleRef
    said_in: ClaimAnswer | None = Field(default=None, description="The claim that `claim` is the id of.")
    converted: Converted | None = Field(default=None, description="In the unit of the request, where it names one.")


class AskedFigure(Answer):
    """A figure of the text that was asked about; offsets are those of that text."""

    text: Prose = Field(examples=["30 萬噸"])
    start: Start
    end: End
    low: Number = Field(examples=[300000000])
    high: Number = Field(examples=[300000000])
    unit: str = Field(examples=["kg"])
    per: str | None = None
    approx: Approx = Field(examples=["exact"])
    counted: str | None = None


class LookupQuery(Answer):
    """What was understood of the text that was asked about."""

    text: str = Field(description="As asked.", examples=["碼頭每年吞吐 30 萬噸"])
    entities: list[EntityAnswer] = Field(default_factory=list)
    figures: list[AskedFigure] = Field(default_factory=list)


class LookupCounts(Answer):
    """How many claims agree, conflict or are about the same thing."""

    agree: int = Field(default=0, examples=[1])
    conflict: int = Field(default=0, examples=[2])
    related: int = Field(default=0, examples=[4])


class LookupAnswer(Answer):
    """Who says the same, who says otherwise, and where: best first, nothing when nothing fits."""

    query: LookupQuery
    counts: LookupCounts = Field(default_factory=LookupCounts)
    matches: list[Evidence] = Field(default_factory=list)
