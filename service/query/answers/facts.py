"""What stands at a place of an article: figures, times, links, media."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.model import Approx, ConditionKind, HedgeKind
from service.query.answers.articles import ArticleRef
from service.query.answers.base import Answer, End, Line, Number, Start
from service.query.answers.entities import EntityAnswer
from service.query.prose import Prose

Origin = Literal["rules", "proposed"]


class ConditionAnswer(Answer):
    """What a figure holds under: figures of one aspect and different sides do not contradict each other."""

    text: Prose = Field(examples=["不含運費"])
    start: Start
    end: End
    kind: ConditionKind = Field(
        description="`scope`: what is counted in or left out, or which part; `basis`: by which measure; "
        "`case`: what must be so.",
        examples=["scope"],
    )
    aspect: str = Field(description="`part`, `measure`, `case`, `income_tax`, `compared_with` …", examples=["part"])
    side: str = Field(description="Of the aspect: `with` or `without`, `before` or `after` …", examples=["without"])
    about: str | None = Field(
        default=None, description="What is left out, measured by or supposed; script folded.", examples=["运费"]
    )


class FigureAnswer(Answer):
    """A quantity at a place, in base units."""

    id: str = Field(examples=["7c1be0a94d22f3e5"])
    text: Prose = Field(examples=["12 萬噸"])
    line: Line
    start: Start
    end: End
    low: Number = Field(description="Lower bound, multiplier applied.", examples=[120000000])
    high: Number = Field(description="Upper bound; equal to `low` where it is no range.", examples=[120000000])
    unit: str = Field(description="ISO 4217, SI base, `%`, `x`, `count` …", examples=["kg"])
    per: str | None = Field(default=None, description="A rate said outside the number.", examples=["year"])
    approx: Approx = Field(examples=["about"])
    counted: str | None = Field(default=None, description="Classifier of a counted thing.", examples=["座"])
    row_heading: Prose | None = Field(
        default=None,
        description="What the row of a table, or the label of its line, says it is of.",
        examples=["高雄港"],
    )
    column_heading: Prose | None = Field(default=None, description="Without the unit.", examples=["吞吐量"])
    of: Prose | None = Field(default=None, description="In prose, what it is the value of.", examples=["吞吐量"])
    conditions: list[ConditionAnswer] = Field(default_factory=list, description="What it holds under.")
    origin: Origin = Field(default="rules", description="`proposed`: by a model; its words are there.")
    claim: str | None = Field(default=None, description="Id of the claim it stands in.", examples=["b0d41f6e93a7c825"])


class Converted(Answer):
    """A figure's bounds in the unit that was asked for."""

    low: float = Field(examples=[120])
    high: float = Field(examples=[120])
    unit: str = Field(description="As asked.", examples=["kt"])


class TimeAnswer(Answer):
    """A date, period or relative time at a place; bounds are null where they cannot be told."""

    text: Prose = Field(examples=["2025 年第三季"])
    line: Line
    start: Start
    end: End
    low: str | None = Field(default=None, description="First day.", examples=["2025-07-01"])
    high: str | None = Field(default=None, description="Last day.", examples=["2025-09-30"])
    kind: Literal["explicit", "relative"] = Field(examples=["explicit"])


class HedgeAnswer(Answer):
    """A word that weakens a claim, and the stretch of it that it weakens; offsets are those of the original."""

    text: Prose = Field(examples=["可能"])
    kind: HedgeKind = Field(description="It may be so, or somebody unnamed says so.", examples=["possibility"])
    start: Start
    end: End
    scope_start: int = Field(description="Where what it weakens begins.", examples=[18])
    scope_end: int = Field(description="Where what it weakens ends.", examples=[31])


class Resolved(Answer):
    """What a link leads to within the corpus: an article, or else an entity."""

    article: ArticleRef | None = None
    entity: EntityAnswer | None = None


class LinkAnswer(Answer):
    """A link as written, and what it leads to."""

    kind: Literal["wiki", "markdown", "auto", "property"] = Field(
        description="`property`: declared in the front matter.", examples=["wiki"]
    )
    target: str = Field(description="Path or URL as written, without alias.", examples=["港口/起重機"])
    alias: Prose | None = Field(default=None, description="The shown text.", examples=["起重機那篇"])
    heading: str | None = Field(default=None, examples=["成本"])
    block: str | None = Field(default=None, examples=["a1b2c3"])
    relation: Prose | None = Field(default=None, description="Why it is linked.", examples=["補充"])
    note: Prose | None = Field(default=None, examples=["續談維修費用"])
    line: Line
    resolved: Resolved | None = None


class BacklinkAnswer(LinkAnswer):
    """A link of another article that leads here."""

    article: ArticleRef = Field(description="The article that holds the link.")


class UnlinkedMention(Answer):
    """A place where a name of an article stands in running text and is no link."""

    article: ArticleRef = Field(description="The article that holds the place.")
    surface: Prose = Field(examples=["起重機"])
    line: Line
    start: Start
    end: End
    context: Prose = Field(description="The line of text around it.", examples=["碼頭新買的起重機還沒開箱。"])


class LinkSuggestion(UnlinkedMention):
    """A place where a name of another article stands in this one and is no link."""

    article: ArticleRef = Field(description="The article that the place could be linked to.")


class MediaAnswer(Answer):
    """An image or embed."""

    kind: Literal["image", "embed"] = Field(examples=["image"])
    name: str | None = Field(default=None, description="Of an embed.", examples=["youtube"])
    target: str | None = Field(default=None, description="Path or URL of an image.", examples=["images/crane.webp"])
    alt: Prose | None = Field(default=None, examples=["黃昏的貨櫃碼頭"])
    args: list[str] = Field(default_factory=list, examples=[["dQw4w9WgXcQ"]])
    line: Line
