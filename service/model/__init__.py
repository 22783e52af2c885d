"""What a post says: frozen values that travel from floor to floor.

``Source`` (a file as found) → ``Document`` (a post understood) → ``Extraction`` (what it says).

The rule that holds them together: ``Document.text`` is the post's prose in its own script, title and description
included, and every mention, figure, time, claim and link is a half-open span of code points into it:
``document.text[x.span.start:x.span.end] == x.surface``. Lines and columns are 1-based places in the file.
"""

from service.model.corpus import Decision, Defaults, Entity, Mount, Site, SiteName, completed
from service.model.document import (
    Anchor,
    Block,
    BlockKind,
    Document,
    Header,
    Heading,
    Link,
    Media,
    Moment,
    Original,
)
from service.model.extraction import (
    Approx,
    Claim,
    ClaimKind,
    Condition,
    ConditionKind,
    EntityKind,
    Extraction,
    Figure,
    Gloss,
    Hedge,
    HedgeKind,
    Mention,
    Quantity,
    Time,
)
from service.model.text import Dialect, Place, Problem, Script, Source, Span

__all__ = [
    "Anchor",
    "Approx",
    "Block",
    "BlockKind",
    "Claim",
    "ClaimKind",
    "Condition",
    "ConditionKind",
    "Decision",
    "Defaults",
    "Dialect",
    "Document",
    "Entity",
    "EntityKind",
    "Extraction",
    "Figure",
    "Gloss",
    "Header",
    "Heading",
    "Hedge",
    "HedgeKind",
    "Link",
    "Media",
    "Mention",
    "Moment",
    "Mount",
    "Original",
    "Place",
    "Problem",
    "Quantity",
    "Script",
    "Site",
    "SiteName",
    "Source",
    "Span",
    "Time",
    "completed",
]
