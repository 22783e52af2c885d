"""`wenmai check`: settings, database and posts looked over."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import Engine
from sqlmodel import Session

from service.api.tokens import admin_token
from service.cli import keeping, show
from service.cli.batches import batches, follow, scratch
from service.query.posts import posts
from service.settings import Settings
from service.store import engine as store

_out, _err = Console(), Console(stderr=True)


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Posts to check; default: WENMAI_CONTENT", exists=True)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for the database, and one a source")] = False,
) -> None:
    """Report settings, database and posts that need attention, as path:line: sentence."""
    settings = Settings()
    admin_token(settings)
    with redirect_stdout(sys.stderr) if as_json else nullcontext():
        database = _database(store.create(settings.database_url))
    if as_json:
        sys.stdout.write(json.dumps({"database": database}) + "\n")
    amiss = sum(not right for name, right in database.items() if name != "ready")
    wanted = paths or ([settings.content] if settings.content else [])
    with scratch() as engine:
        for batch in batches(wanted, settings, None, None):
            report = follow(engine, batch, _err)
            show.report(_out, show.facts(batch.site.name, report), as_json=as_json)
            amiss += len(report.errors)
        with Session(engine) as session:
            for post in posts(session):
                show.unresolved(_err if as_json else _out, post)
    raise typer.Exit(1 if amiss else 0)


def _database(engine: Engine) -> dict[str, bool]:
    """Say how the database is, and return it: whether it is ready, and which of its indexes are right."""
    ready = store.ready(engine)
    show.line(_out, f"The database {'is ready' if ready else 'will be migrated at the next start'}.")
    return {
        "ready": ready,
        "search": keeping.index_is_right(engine),
        "claims": keeping.claims_are_right(engine),
        "names": keeping.names_are_right(engine),
    }
