"""An article's text as readers see it: blocks of runs, each with what was found there."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.model import Script
from service.query.answers.articles import ArticleRef
from service.query.answers.base import Answer, End, Line, Start
from service.query.prose import Prose


class Run(Answer):
    """A stretch of text all of which belongs to the same mention, figure, claim and link, or to none."""

    text: Prose = Field(examples=["12 萬噸"])
    line: Line
    start: Start
    end: End
    entity: str | None = Field(default=None, description="Id of whom or what it names.", examples=["marie-curie"])
    figure: str | None = Field(default=None, description="Id of the figure it is.", examples=["7c1be0a94d22f3e5"])
    claim: str | None = Field(default=None, description="Id of the claim it is part of.", examples=["b0d41f6e93a7c825"])
    href: str | None = Field(default=None, description="Where it links to, as written.", examples=["港口/起重機"])
    article: str | None = Field(default=None, description="Id of the article that link leads to.")


class TextBlock(Answer):
    """A paragraph, heading, list item, table cell or piece of code."""

    kind: Literal["front", "heading", "text", "fixed"] = Field(
        description="`front`: what the front matter shows; `fixed`: code and addresses; `text`: the cells of a table "
        "row, too, which share their line.",
        examples=["text"],
    )
    level: int | None = Field(default=None, description="Of a heading.", examples=[2])
    line: Line
    start: Start
    end: End
    runs: list[Run]


class ArticleText(ArticleRef):
    """A stretch of an article's text, and where the next one starts."""

    script: Script = Field(examples=["Hant"])
    blocks: list[TextBlock]
    next: str | None = Field(default=None, description="Cursor of the next blocks; null at the end.")
    total: int = Field(description="How many blocks the article has.", examples=[42])
