"""What a document says: names, figures, times and claims, each a span of its text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from service.model.text import Span


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    COMPANY = "company"
    ORGANIZATION = "organization"
    PRODUCT = "product"
    PLACE = "place"
    WORK = "work"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name seen at a place, not yet decided whose it is.

    `name` is the fullest form this document gives of the same bearer (`Maguire` → `Shaun Maguire`), and `key` the
    lexicon's id where the lexicon knows the form. Who it is, is decided over the whole corpus (`resolution`).
    """

    surface: str
    span: Span
    line: int
    kind: EntityKind
    name: str
    key: str | None
    role: str  # author | declared | speaker | mentioned …
    method: str  # front_matter | lexicon | gloss | short_form | context
    confidence: float


@dataclass(frozen=True, slots=True)
class Gloss:
    """Two names a post says are one: ``約翰．科里森（John Collison）``."""

    name: str
    gloss: str
    kind: EntityKind
    span: Span
    line: int


class Approx(StrEnum):
    """How sure a figure is said to be."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in base units: equal bounds where it is no range."""

    low: Decimal
    high: Decimal
    unit: str  # ISO 4217, SI, `%`, `x`, `count`, `year` …; compound with `/`
    per: str | None = None  # a rate said outside the number: 每瓦 25 美分 → `W`
    counted: str | None = None  # the classifier of a counted thing: 33 萬張 → 張


class ConditionKind(StrEnum):
    """In which way a figure is conditional."""

    SCOPE = "scope"  # what is counted in or left out, or which part is spoken of: 含運費, 假日
    BASIS = "basis"  # by which measure: 同比, 按固定匯率
    CASE = "case"  # what must be so: 若油價不變, 滿載


@dataclass(frozen=True, slots=True)
class Condition:
    """What a figure holds under, as the words at `span` say it.

    Figures of one `aspect` with different sides are of different things: neither contradicts the other. Of the aspects
    `part`, `measure` and `case`, `about` names (folded) what is counted in, measured by or supposed.
    """

    surface: str
    span: Span
    kind: ConditionKind
    aspect: str  # of lexicon/conditions.toml, or part | measure | case
    side: str  # of the aspect; with | without | by | if
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity at a place."""

    surface: str
    span: Span
    line: int
    quantity: Quantity
    approx: Approx
    row_heading: str | None = None  # of a cell, without its unit; of an item, its label: 營收：33 億元
    column_heading: str | None = None
    of: str | None = None  # in prose, what it is the value of: 營收 in 營收達 33 億元
    conditions: tuple[Condition, ...] = ()
    origin: str = "rules"  # or `proposed`, by a model


@dataclass(frozen=True, slots=True)
class Time:
    """A date, period or relative time at a place; bounds are ISO 8601 dates, None where they can't be told."""

    surface: str
    span: Span
    line: int
    low: str | None
    high: str | None
    kind: str  # explicit | relative


class ClaimKind(StrEnum):
    """In which mood something is claimed."""

    STATEMENT = "statement"
    PREDICTION = "prediction"
    PLAN = "plan"
    OPINION = "opinion"


class HedgeKind(StrEnum):
    """How a claim is weakened."""

    POSSIBILITY = "possibility"  # it may be so: 可能, 恐怕
    HEARSAY = "hearsay"  # somebody said so, nobody says who: 據說, 盛傳


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that weakens a claim, and the stretch of it that it weakens, the word with it."""

    surface: str
    span: Span
    kind: HedgeKind
    scope: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that asserts something, with whom it is put in the mouth of.

    `speaker` is a mention of this document (None: the author); mentions, figures and times are those within `span`.
    """

    surface: str
    span: Span
    line: int
    section: str | None  # text of the heading above
    speaker: Mention | None
    kind: ClaimKind
    quote: bool
    negated: bool
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    hedges: tuple[Hedge, ...] = ()
    speaker_origin: str = "rules"  # or `proposed`, by a model


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document, each list in reading order."""

    mentions: tuple[Mention, ...]
    glosses: tuple[Gloss, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    claims: tuple[Claim, ...]
    unproven: tuple[Mention, ...] = ()  # what may be names, should other documents prove them: no facts by themselves
