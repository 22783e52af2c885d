"""Pairs of claims are put to a model: how it sees them is kept, marked as its word, and outranked by all others."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final, NamedTuple

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from service.proposing.asking import Proposer
from service.proposing.failures import ProposalError
from service.proposing.replies import PairReply, pair_reply_of, prompt, prompt_version
from service.store.corpus_version import bump
from service.store.engine import writing
from service.store.tables import TABLES

logger = logging.getLogger(__name__)

_PROPOSAL: Final = TABLES["pair_proposal"]


class Two(NamedTuple):
    """Two claims by id, the one that sorts first first, with what each says."""

    one: str
    other: str
    one_text: str
    other_text: str


def two(claim: str, text: str, other: str, other_text: str) -> Two:
    """Return two claims in their order.

    >>> two("b", "茶", "a", "酒")
    Two(one='a', other='b', one_text='酒', other_text='茶')
    """
    (first, said), (last, also) = sorted([(claim, text), (other, other_text)])
    return Two(first, last, said, also)


def propose_pairs(engine: Engine, proposer: Proposer, pairs: Iterable[Two]) -> int:
    """Ask about pairs that were not asked about yet, as far as the budget goes; return how many answers were kept.

    An answer that does not quote both claims is dropped; what fails is logged and counted.
    """
    fresh = _fresh(engine, proposer, dict.fromkeys(pairs))[: proposer.budget]
    proposer.counts["asked"] += len(fresh)
    kept = 0
    with ThreadPoolExecutor(proposer.concurrency, "proposer") as pool:
        for pair, reply in zip(fresh, pool.map(lambda one: _asked(proposer, one), fresh), strict=True):
            if isinstance(reply, ProposalError):
                proposer.counts[reply.kind] += 1
                logger.warning("%s, %s: no proposal: %s", pair.one, pair.other, reply)
            elif reply.one_quote not in pair.one_text or reply.other_quote not in pair.other_text:
                proposer.counts["dropped"] += 1
            else:
                proposer.counts["taken"] += 1
                _keep(engine, proposer, pair, reply)
                kept += 1
    return kept


def _fresh(engine: Engine, proposer: Proposer, pairs: Iterable[Two]) -> list[Two]:
    with Session(engine) as session:
        return [pair for pair in pairs if not list(_standing(session, proposer, pair))]


def _standing(session: Session, proposer: Proposer, pair: Two) -> Iterator[str]:
    """Yield the proposal on a pair that this model made, asked in these words."""
    same = (_PROPOSAL.c.one == pair.one, _PROPOSAL.c.other == pair.other)
    asked = (_PROPOSAL.c.model == proposer.endpoint.model, _PROPOSAL.c.prompt == prompt_version("pair"))
    yield from session.scalars(select(_PROPOSAL.c.relation).where(*same, *asked))


def _asked(proposer: Proposer, pair: Two) -> PairReply | ProposalError:
    try:
        return pair_reply_of(proposer.endpoint.ask(prompt("pair"), {"one": pair.one_text, "other": pair.other_text}))
    except ProposalError as error:
        return error


def _keep(engine: Engine, proposer: Proposer, pair: Two, reply: PairReply) -> None:
    made = datetime.now(UTC).isoformat(timespec="seconds")
    by = {"model": proposer.endpoint.model, "prompt": prompt_version("pair"), "made_at": made}
    row = {"one": pair.one, "other": pair.other, **reply.model_dump(), **by}
    with writing(engine) as session:
        session.execute(delete(_PROPOSAL).where(_PROPOSAL.c.one == pair.one, _PROPOSAL.c.other == pair.other))
        session.execute(insert(_PROPOSAL), [row])
        bump(session)  # the pages of both claims show it
