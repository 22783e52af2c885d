"""What comes with every decision: who says it and why, and where it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

TOKEN_NAME = "admin"  # noqa: S105 - who speaks where nobody is named: whoever holds the admin token


@dataclass(frozen=True, slots=True)
class Word:
    """Who says it, why, and when (ISO 8601, UTC; empty: now)."""

    by: str | None = None
    why: str | None = None
    at: str = ""

    def columns(self) -> dict[str, str | None]:
        """Return the columns of `DecisionRow` that say so."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return {"made_by": self.by or TOKEN_NAME, "made_at": self.at or now, "why": self.why or None}


@dataclass(frozen=True, slots=True)
class Where:
    """Where a decision on a name holds: in one article, in a source, or (neither) everywhere."""

    article: str | None = None
    source: str | None = None

    def value(self) -> dict[str, str]:
        """Return the fields of a decision that say so.

        >>> Where(source="blog").value()
        {'source': 'blog'}
        """
        return {key: held for key, held in (("article", self.article), ("source", self.source)) if held}
