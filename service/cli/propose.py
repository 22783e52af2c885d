"""`wenmai propose`: pairs of claims whose words leave open how they stand to each other are put to the model."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Annotated, Final

import typer
from rich.console import Console
from sqlalchemy.orm import Session

from service.cli import show
from service.cli.database import opened
from service.errors import SettingsError
from service.proposing.asking import Proposer
from service.proposing.configured import ask_model
from service.proposing.pairs import Two, propose_pairs, two
from service.query.claims import claim, claims
from service.settings import Settings

_out = Console()
_FAILURES: Final = frozenset({"asked", "kept", "taken", "dropped"})


def propose(
    most: Annotated[int, typer.Option(min=1, help="Most claims that are looked at, the newest first")] = 200,
    as_json: show.AsJson = False,
) -> None:
    """Ask the settings' model how claims of different posts stand to each other, where their words leave it open."""
    settings = Settings()
    engine = opened(settings)
    proposer = ask_model(engine, settings)
    if proposer is None:
        raise SettingsError("No model is configured: set WENMAI_LLM_BASE_URL and WENMAI_LLM_MODEL.")
    with Session(engine) as session:
        pairs = list(_open(session, most))
    propose_pairs(engine, proposer, pairs)
    if as_json:
        sys.stdout.write(json.dumps(dict(proposer.counts), sort_keys=True) + "\n")
    else:
        show.line(_out, _told(proposer))


def _told(proposer: Proposer) -> str:
    counts = proposer.counts
    failed = sum(number for kind, number in counts.items() if kind not in _FAILURES)
    return f"{counts['asked']} asked, {counts['taken']} kept, {counts['dropped']} dropped, {failed} failed"


def _open(session: Session, most: int) -> Iterator[Two]:
    """Yield the newest claims that hold figures, each with the one of another post that is nearest to it."""
    page, seen = claims(session, limit=min(most, 100)), 0
    while True:
        for one in page.items[: most - seen]:
            related = claim(session, one.id).related if one.figures else []
            if related and related[0].judgement is None:
                yield two(one.id, one.text, related[0].claim.id, related[0].claim.text)
        seen += len(page.items)
        if page.next is None or seen >= most:
            return
        page = claims(session, limit=min(most - seen, 100), cursor=page.next)
