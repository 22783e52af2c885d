"""What a model proposed of posts that are inspected, what was dropped, and why."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.text import Text
from sqlalchemy import Engine

from service.cli import show
from service.errors import SettingsError
from service.proposing.asking import Proposer
from service.proposing.configured import ask_model
from service.proposing.grounding import Proposal
from service.query.posts import Post
from service.settings import Settings


class Proposed:
    """The proposals of the posts that were read so far; none where no model is asked."""

    def __init__(self, proposer: Proposer | None = None) -> None:
        self._proposer = proposer
        self._of: dict[tuple[str, str], tuple[Proposal, ...]] = {}

    def note(self, source: str) -> None:
        """Remember what was proposed of the posts of a source, which have just been read."""
        if self._proposer is not None:
            self._of |= {(source, path): found for path, found in self._proposer.last.proposals.items()}

    def as_json(self, post: Post) -> str:
        """Return a post as JSON, with its proposals where a model was asked."""
        if self._proposer is None:
            return post.model_dump_json()
        told = [_fields(one) for one in self._proposals(post)]
        return json.dumps(post.model_dump(mode="json") | {"proposals": told}, ensure_ascii=False)

    def show(self, console: Console, post: Post) -> None:
        """Print the proposals of a post."""
        rows = ([Text(str(value or "")) for value in _fields(one).values()] for one in self._proposals(post))
        if self._proposer is not None:
            show.rows(console, "Proposals", ["kind", "quote", "line", "start", "end", "dropped"], rows)

    def _proposals(self, post: Post) -> tuple[Proposal, ...]:
        return self._of.get((post.article.source, post.path), ())


def asking_model(engine: Engine, settings: Settings) -> Proposed:
    """Have what goes into `engine` put to the settings' model, and return what will come of it.

    Raises:
        SettingsError: they name no model.
    """
    proposer = ask_model(engine, settings)
    if proposer is None:
        raise SettingsError("No model is configured: set WENMAI_LLM_BASE_URL and WENMAI_LLM_MODEL.")
    return Proposed(proposer)


def _fields(one: Proposal) -> dict[str, Any]:
    start, end = one.span or (None, None)
    return {"kind": one.kind, "quote": one.quote, "line": one.line, "start": start, "end": end, "dropped": one.dropped}
