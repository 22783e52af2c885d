"""`wenmai ingest` and `wenmai inspect`: posts stored, and what would be stored of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import Engine
from sqlmodel import Session

from service import editing
from service.changes import foreseen
from service.cli import show
from service.cli.batches import Batch, batches, follow, scratch
from service.cli.database import opened
from service.cli.near import complete_source
from service.cli.proposed import Proposed, asking_model
from service.mining import opened as opened_miners
from service.model import Dialect
from service.query.posts import posts
from service.settings import EngineName, Settings

Paths = Annotated[list[Path], typer.Argument(help="Posts, sites, vaults, or a folder of them", exists=True)]
Name = Annotated[
    str | None,
    typer.Option("--source", help="Name of the source; default: the folder's name", autocompletion=complete_source),
]
Miners = Annotated[
    EngineName | None,
    typer.Option("--engine", help="Where many posts are mined: processes of this machine, or nodes of a Ray cluster"),
]
Address = Annotated[
    str | None,
    typer.Option(help="Host and port of the Ray cluster's head, as 10.0.0.5:6379; default: a cluster of this machine"),
]
Kind = Annotated[Dialect | None, typer.Option("--kind", help="How the posts are read; default: told by the posts")]

_out, _err = Console(), Console(stderr=True)


def ingest(
    paths: Paths,
    source: Name = None,
    kind: Kind = None,
    miners: Miners = None,
    address: Address = None,
    dry_run: show.DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a source")] = False,
) -> None:
    """Store posts in the database of WENMAI_DATABASE_URL."""
    settings = Settings()
    engine = opened(settings)
    failed = 0
    with opened_miners(*_chosen(settings, miners, address)) as others:
        for batch in batches(paths, settings, source, kind):
            if dry_run:
                failed += _foretold(engine, batch, as_json=as_json)
                continue
            report = follow(engine, batch, _err, others)
            show.report(_out, show.facts(batch.site.name, report), as_json=as_json)
            failed += report.failed
    raise typer.Exit(1 if failed else 0)


def _chosen(settings: Settings, miners: EngineName | None, address: str | None) -> tuple[EngineName, str | None]:
    """Return which engine is to mine, and where it is; what is typed outranks the settings."""
    name = miners or settings.engine
    if address is not None and name is not EngineName.RAY:
        raise typer.BadParameter("only --engine ray has one", param_hint="--address")
    return name, address or settings.ray_address


def _foretold(engine: Engine, batch: Batch, *, as_json: bool) -> int:
    """Tell what ingesting a batch would change, and return how many of its posts cannot be read."""
    found, unread = foreseen(engine, editing.settled(engine, batch.site), batch.sources)
    show.planned(_out, show.plan(batch.site.name, found, unread), as_json=as_json)
    return len(unread)


def inspect(
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a post")] = False,
    source: Name = None,
    kind: Kind = None,
    llm: Annotated[bool, typer.Option("--llm", help="Ask the settings' model, and show what it proposes")] = False,
) -> None:
    """Show what would be extracted from posts, without storing it."""
    settings = Settings()
    failed = 0
    with scratch() as engine:
        proposed = asking_model(engine, settings) if llm else Proposed()
        found = list(batches(paths, settings, source, kind))
        for batch in found:
            report = follow(engine, batch, _err)
            proposed.note(batch.site.name)
            failed += report.failed
            show.troubles(_err, show.facts(batch.site.name, report))
        with Session(engine) as session:
            for post in posts(session):
                if as_json:
                    sys.stdout.write(proposed.as_json(post) + "\n")
                else:
                    show.post(_out, post, _text_of(found, post.article.source, post.path))
                    proposed.show(_out, post)
    raise typer.Exit(1 if failed else 0)


def _text_of(found: list[Batch], source: str, path: str) -> list[str]:
    """Return the lines of a post's file, to show excerpts from."""
    for batch in found:
        if batch.site.name == source and path in batch.texts:
            return batch.texts[path].split("\n")
    return []
