"""Entities, and where posts name them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.model import EntityKind
from service.query.answers.articles import ArticleRef
from service.query.answers.base import Answer, End, Line, Score, Start
from service.query.prose import Prose

EvidenceKind = Literal["lexicon", "decision", "note", "declared", "gloss", "mention"]


class EntityNames(Answer):
    """An entity's own form in each script."""

    hant: str | None = Field(default=None, examples=["瑪麗·居禮"])
    hans: str | None = Field(default=None, examples=["玛丽·居里"])
    en: str | None = Field(default=None, examples=["Marie Curie"])


class EntityAnswer(Answer):
    """A person, company or other thing that posts name."""

    id: str = Field(description="A readable slug.", examples=["marie-curie"])
    kind: EntityKind = Field(examples=["person"])
    name: str = Field(description="The form for the reader's variant.", examples=["Marie Curie"])
    names: EntityNames = Field(default_factory=EntityNames)
    aliases: list[str] = Field(default_factory=list, examples=[["居禮夫人", "居里夫人"]])


class EntityCounts(Answer):
    """Where an entity turns up."""

    articles: int = Field(default=0, examples=[5])
    mentions: int = Field(default=0, examples=[23])
    claims: int = Field(default=0, description="Claims that name it.", examples=[14])
    said: int = Field(default=0, description="Claims put in its mouth.", examples=[2])


class EntitySummary(EntityAnswer):
    """An entity as lists show it."""

    articles: int = Field(default=0, description="How many articles name it.", examples=[5])


class EntityDetail(EntityAnswer):
    """An entity and how much there is of it."""

    counts: EntityCounts = Field(default_factory=EntityCounts)


class MentionAnswer(Answer):
    """A place where an entity is named."""

    surface: Prose = Field(description="As written there.", examples=["居禮夫人"])
    line: Line
    start: Start
    end: End
    method: str = Field(description="How it was found.", examples=["lexicon"])
    confidence: float = Field(ge=0, le=1, examples=[0.95])


class ArticleEntity(Answer):
    """An entity within one article."""

    entity: EntityAnswer
    role: str = Field(description="author, declared, speaker or mentioned.", examples=["speaker"])
    surfaces: list[Prose] = Field(description="Every form the post uses.", examples=[["居禮夫人", "Curie"]])
    mentions: list[MentionAnswer]


class Neighbour(Answer):
    """An entity that turns up together with another one."""

    entity: EntityAnswer
    articles: int = Field(description="Articles that name both.", examples=[3])
    claims: int = Field(description="Claims that name both.", examples=[2])
    weight: Score
    posts: list[ArticleRef] = Field(default_factory=list, description="The newest posts that name both, at most five.")


class NameEvidence(Answer):
    """Why a name is an entity's: what says so, and where."""

    name: str = Field(description="The name, as it is said there.", examples=["居禮夫人"])
    kind: EvidenceKind = Field(
        description="`lexicon`: listed for it; `decision`: an editor's word; `note`: a note about it; `declared`: in a "
        "post's front matter; `gloss`: a post says that two names are one; `mention`: posts name it so.",
        examples=["gloss"],
    )
    other: str | None = Field(default=None, description="Of a gloss the name it ties this one to.", examples=["Curie"])
    article: ArticleRef | None = Field(default=None, description="Where it is said: of several the first.")
    line: int | None = Field(default=None, examples=[12])
    start: int | None = Field(default=None, description="First code point in the original text.", examples=[340])
    end: int | None = Field(default=None, description="Code point behind the last one.", examples=[354])
    surface: Prose | None = Field(default=None, description="As written there.", examples=["居禮夫人（Marie Curie）"])
    method: str | None = Field(default=None, description="How a mention was found.", examples=["context"])
    count: int = Field(default=1, description="How often it is said so.", examples=[3])
    decision: int | None = Field(default=None, description="Number of the editor's decision.", examples=[7])
    by: str | None = Field(default=None, description="Who decided.", examples=["lin"])
    at: str | None = Field(default=None, description="When: ISO 8601, UTC.", examples=["2026-03-01T08:30:00+00:00"])
    why: str | None = Field(default=None, examples=["One woman, by her title and by her name."])
