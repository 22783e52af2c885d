"""What is found around an article or a query: related, search, graph."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from service.query.answers.articles import ArticleRef, ArticleSummary
from service.query.answers.base import Answer, End, Line, Page, RelationKind, Score, Start
from service.query.answers.claims import ClaimAnswer
from service.query.answers.entities import EntityAnswer
from service.query.prose import Prose


class EntityReason(Answer):
    """Both articles name this entity."""

    kind: Literal["entity"] = "entity"
    weight: Score
    entity: EntityAnswer


class LinkReason(Answer):
    """One article links to the other."""

    kind: Literal["link"] = "link"
    weight: Score
    direction: Literal["out", "in"] = Field(description="out: from the article that was asked about.", examples=["out"])
    relation: Prose | None = Field(default=None, examples=["補充"])
    note: Prose | None = Field(default=None, examples=["續談維修費用"])


class TagReason(Answer):
    """Both articles carry this tag."""

    kind: Literal["tag"] = "tag"
    weight: Score
    tag: Prose = Field(examples=["航運"])


class TextReason(Answer):
    """Both articles use these words, which few others do."""

    kind: Literal["text"] = "text"
    weight: Score
    terms: list[Prose] = Field(examples=[["起重", "码头"]])


class ClaimReason(Answer):
    """The articles hold claims about the same thing."""

    kind: Literal["claim"] = "claim"
    weight: Score
    relation: RelationKind
    claim: ClaimAnswer = Field(description="Of the article that was asked about.")
    other: ClaimAnswer


Reason = Annotated[EntityReason | LinkReason | TagReason | TextReason | ClaimReason, Field(discriminator="kind")]


class Related(Answer):
    """An article that has to do with another one, and why, the best reason first."""

    article: ArticleSummary
    kind: Literal["related", "duplicate", "translation"] = Field(
        default="related",
        description="duplicate: its text is nearly the same; translation: and it is in the other script or language.",
    )
    score: Score
    reasons: list[Reason]


class Highlight(Answer):
    """A hit within the original text, with some of what stands around it."""

    text: Prose = Field(
        description="The sentence around the hit, or of a long one what stands between pauses.",
        examples=["林若溪預計碼頭明年吞吐 12 萬噸。"],
    )
    parts: list[Prose] = Field(
        description="The text cut where hits begin and end: the second part is a hit, and so is every other one.",
        examples=[["林若溪預計", "碼頭", "明年吞吐 12 萬噸。"]],
    )
    start: Start
    end: End
    line: Line


class SearchHit(Answer):
    """Something found: of `article`, `entity` and `claim`, the one that `kind` names is given."""

    kind: Literal["article", "entity", "claim"] = Field(examples=["article"])
    score: Score
    article: ArticleSummary | None = None
    entity: EntityAnswer | None = None
    claim: ClaimAnswer | None = None
    highlights: list[Highlight] = Field(default_factory=list)


class Facet(Answer):
    """A value that articles have, and how many of those found do."""

    value: Prose = Field(examples=["航運"])
    count: int = Field(examples=[12])


class Facets(Answer):
    """The commonest values of each field among the articles found."""

    exact: bool = Field(description="False: some of the articles counted may hold the words only in parts.")
    source: list[Facet]
    tag: list[Facet]
    script: list[Facet]
    year: list[Facet]


class SearchPage(Page[SearchHit]):
    """What fits a query, best first."""

    facets: Facets | None = Field(default=None, description="Where they were asked for.")


class GraphNode(Answer):
    """An article or entity of a graph."""

    id: str = Field(description="Kind and id: what edges name.", examples=["entity:marie-curie"])
    kind: Literal["article", "entity"] = Field(examples=["entity"])
    depth: int = Field(ge=0, description="Steps from where the graph starts.", examples=[1])
    article: ArticleRef | None = None
    entity: EntityAnswer | None = None


class GraphEdge(Answer):
    """Two nodes that have to do with each other."""

    source: str = Field(examples=["article:3f9d2c51a0b47e68"])
    target: str = Field(examples=["entity:marie-curie"])
    kind: Literal["mention", "link"] = Field(examples=["mention"])
    count: int = Field(description="How often.", examples=[4])
    relation: Prose | None = Field(default=None, description="Of a link.", examples=["補充"])
    note: Prose | None = Field(default=None, description="Of a link.")


class PathStep(Answer):
    """Two entities that posts name together."""

    source: str = Field(description="Id of an entity.", examples=["marie-curie"])
    target: str = Field(description="Id of the next one.", examples=["sorbonne"])
    articles: int = Field(description="Posts that name both.", examples=[2])
    posts: list[ArticleRef] = Field(description="The newest of them, five at most.")


class PathAnswer(Answer):
    """The shortest way from one entity to another; empty where there is none."""

    entities: list[EntityAnswer]
    steps: list[PathStep]
    complete: bool = Field(description="Whether all was looked at: without a way and false, there may be one.")


class GraphAnswer(Answer):
    """What lies around an article or entity, breadth first."""

    nodes: list[GraphNode]
    edges: list[GraphEdge]
