"""Articles as lists and readers get them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from service.model import Dialect, Script
from service.query.answers.base import Answer, End, Line, Start
from service.query.prose import Prose


class ArticleRef(Answer):
    """An article, named."""

    id: str = Field(description="Derived from source and path.", examples=["3f9d2c51a0b47e68"])
    title: Prose = Field(examples=["港口起重機為何停擺"])
    url: str | None = Field(default=None, examples=["https://blog.example/2026/02/harbour-cranes/"])


class OriginalAnswer(Answer):
    """What the post reports on, or where it first appeared."""

    url: str | None = Field(default=None, examples=["https://radio.example/episodes/81"])
    name: Prose | None = Field(default=None, examples=["海港電台"])


class ArticleSummary(ArticleRef):
    """An article as lists show it."""

    source: str = Field(description="Name of its site or vault.", examples=["blog"])
    path: str = Field(description="Path within its source.", examples=["content/posts/harbour-cranes.md"])
    script: Script = Field(examples=["Hant"])
    language: str | None = Field(default=None, description="As the post or its site declares it.", examples=["zh-TW"])
    published: str | None = Field(default=None, description="ISO 8601.", examples=["2026-02-03T09:00:00+08:00"])
    updated: str | None = Field(default=None, description="ISO 8601.", examples=["2026-02-05"])
    authors: list[Prose] = Field(default_factory=list, examples=[["陳曉嵐"]])
    tags: list[Prose] = Field(default_factory=list, examples=[["航運", "港口"]])
    categories: list[Prose] = Field(default_factory=list, examples=[["產業"]])
    draft: bool = Field(default=False, examples=[False])
    original: OriginalAnswer | None = None
    description: Prose | None = Field(default=None, examples=["一個月的等待與三份合約。"])


class Heading(Answer):
    """A heading of an article's body."""

    level: int = Field(ge=1, le=6, examples=[2])
    text: Prose = Field(examples=["合約的三個漏洞"])
    line: Line
    start: Start
    end: End


class ArticleCounts(Answer):
    """How much was found in an article."""

    entities: int = Field(default=0, examples=[7])
    mentions: int = Field(default=0, examples=[31])
    figures: int = Field(default=0, examples=[12])
    times: int = Field(default=0, examples=[4])
    claims: int = Field(default=0, examples=[18])
    links: int = Field(default=0, examples=[3])
    backlinks: int = Field(default=0, examples=[1])
    media: int = Field(default=0, examples=[2])


class ProblemAnswer(Answer):
    """Something a post got wrong that did not stop it from being read."""

    detail: str = Field(examples=["the date 2026-02-31 does not exist"])
    line: int | None = Field(default=None, examples=[4])


class Article(ArticleSummary):
    """One article: what it declares, its headings, how much was found in it."""

    dialect: Dialect = Field(examples=["hugo"])
    aliases: list[Prose] = Field(default_factory=list, description="Other names or old URLs.", examples=[[]])
    headings: list[Heading] = Field(default_factory=list)
    counts: ArticleCounts = Field(default_factory=ArticleCounts)
    problems: list[ProblemAnswer] = Field(default_factory=list)
    extra: dict[str, Any] = Field(default_factory=dict, description="Front matter of other keys, as given.")
