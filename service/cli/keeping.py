"""What keeps a corpus whole: backups, and its indexes and who is who built anew or compared with the rows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import Engine
from sqlmodel import Session

from service import pairing
from service.cli import show
from service.cli.database import opened
from service.store import backup as backups
from service.store import claim_index, entities, related_index, search_check, search_index
from service.store import engine as store
from service.store.corpus_version import bump

_out = Console()


def backup(
    file: Annotated[Path, typer.Argument(help="File to write: gzip over JSON lines", dir_okay=False)],
    as_json: show.AsJson = False,
) -> None:
    """Write all that is stored to one file, as it is at this moment; the service may go on running."""
    engine = opened()
    rows = backups.backup(engine, file)
    show.outcome(_out, {"rows": rows, "file": str(file)}, f"{rows} rows are in {file}.", as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="As `wenmai backup` writes it", exists=True, dir_okay=False)],
    as_json: show.AsJson = False,
) -> None:
    """Read a backup into an empty database of either kind: all of it or nothing."""
    engine = opened()
    rows = backups.restore(engine, file)
    show.outcome(_out, {"rows": rows}, f"{rows} rows are restored.", as_json=as_json)


def resolve(as_json: show.AsJson = False) -> None:
    """Decide anew who is who, from all names of the articles that are stored."""
    engine = opened()
    with store.writing(engine) as session:
        changed = entities.resolve_corpus(session)
        bump(session)
    show.outcome(_out, {"changed": changed}, f"{changed} rows are changed.", as_json=as_json)


def reindex(as_json: show.AsJson = False) -> None:
    """Build the search index anew from the articles that are stored."""
    engine = opened()
    with store.writing(engine) as session:
        number = search_index.reindex(session)
        claims = claim_index.reindex_claims(session)
        related_index.reindex_related(session)
        pairing.pair_anew(session)
        bump(session)
    sentences = (f"{number} articles are indexed.", f"{claims} claims are listed.")
    show.outcome(_out, {"articles": number, "claims": claims}, *sentences, as_json=as_json)


def index_is_right(engine: Engine) -> bool:
    """Say whether the search index is that of the articles that are stored."""
    if not store.ready(engine):
        return True
    with Session(engine) as session:
        found = search_check.compare(session)
    show.line(_out, f"The search index was made of {found.articles} articles with {found.terms} terms.")
    if not found.equal:
        amiss = (
            f"{len(found.missing)} articles, has {len(found.different)} otherwise and {len(found.left_over)} no more"
        )
        show.line(_out, f"It lacks {amiss} stored: `wenmai reindex` builds it anew.")
    return found.equal


def claims_are_right(engine: Engine) -> bool:
    """Say whether claims are looked up in an index of those that are stored."""
    if not store.ready(engine):
        return True
    with Session(engine) as session:
        stale = claim_index.stale_terms(session)
        related = related_index.stale_articles(session)
        pairs = pairing.stale_pairs(session)
    if stale:
        show.line(_out, f"The index of claims is wrong in {stale} terms: `wenmai reindex` builds it anew.")
    if related:
        show.line(_out, f"The index of related articles is wrong in {related} rows: `wenmai reindex` builds it anew.")
    if pairs:
        show.line(_out, f"{pairs} pairs of claims stand otherwise than is stored: `wenmai reindex` judges them anew.")
    return not (stale or related or pairs)


def names_are_right(engine: Engine) -> bool:
    """Say whether who is who is what deciding all names anew gives."""
    if not store.ready(engine):
        return True
    with store.writing(engine) as session:
        stale = entities.stale_rows(session)
    told = f"would change {stale} rows: `wenmai resolve` does it" if stale else "would change nothing"
    show.line(_out, f"Deciding anew who is who {told}.")
    return not stale
