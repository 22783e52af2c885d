"""What a model proposed of the posts of one ingestion, and who is asked about what goes into a database.

Whoever stores posts knows this much of models, and no more: where none is configured, nothing else is loaded.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Protocol

from sqlalchemy import Engine

from service.errors import ContentError
from service.model import Document, Extraction, Site, Source
from service.proposing.grounding import Proposal, ground
from service.proposing.replies import Reply

logger = logging.getLogger(__name__)

Item = Source | ContentError
_OPTION: Final = "wenmai_proposer"


@dataclass
class Asked:
    """What a model proposed of the posts of one ingestion."""

    version: str = ""  # of model and prompt
    replies: dict[str, Reply] = field(default_factory=dict)  # by path
    unchanged: set[str] = field(default_factory=set)  # paths of what is stored as it would be now
    proposals: dict[str, tuple[Proposal, ...]] = field(default_factory=dict)  # by path, once merged
    counts: Counter[str] = field(default_factory=Counter)

    def marker(self, path: str) -> str:
        """Return what a post's hash holds of the model: nothing where it gave no answer, so that it is asked again."""
        return self.version if path in self.replies or path in self.unchanged else ""

    def merged(self, document: Document, extraction: Extraction) -> Extraction:
        """Return an extraction with what is proposed and holds; what the rules found stays as it is."""
        reply = self.replies.get(document.path)
        if reply is None:
            return extraction
        try:
            grounded = ground(document, extraction, reply)
        except Exception:  # a fault of ours must not cost the post
            logger.exception("%s: what the model proposed could not be used", document.path)
            self.counts["fault"] += 1
            return extraction
        self.proposals[document.path] = grounded.proposals
        for one in grounded.proposals:
            self.counts["dropped" if one.dropped else "taken"] += 1
        self.counts["dropped"] += reply.unreadable
        return grounded.extraction


class Asks(Protocol):
    """Who is asked: see `asking.Proposer`."""

    def ask(self, engine: Engine, site: Site, sources: Iterable[Item]) -> tuple[list[Item], Asked]:
        """Return the posts, and what is proposed of them."""


def attach(engine: Engine, proposer: Asks | None) -> None:
    """Have every ingestion into a database ask `proposer`: all who store posts there must ask the same one."""
    engine.update_execution_options(**{_OPTION: proposer})


def attached(engine: Engine) -> Asks | None:
    """Return who is asked about what goes into a database."""
    proposer: Asks | None = engine.get_execution_options().get(_OPTION)
    return proposer
