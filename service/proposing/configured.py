"""Who is asked as the settings say: nobody, unless they name an endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Engine

from service.proposing.asked import attach
from service.settings import Settings

if TYPE_CHECKING:
    from service.proposing.asking import Proposer


def ask_model(engine: Engine, settings: Settings) -> Proposer | None:
    """Have what goes into the database put to the settings' model, and return who asks it; None where there is none."""
    if settings.llm_base_url is None:
        return None
    from service.proposing.asking import Proposer  # noqa: PLC0415 - its client takes long to load, and few ask a model

    proposer = Proposer.of(settings)
    attach(engine, proposer)
    return proposer
