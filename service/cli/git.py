"""A repository at hand, into the database of the settings: what changed since the commit that was brought in last."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from service import editing
from service.changes import foreseen
from service.cli import show
from service.cli.database import opened
from service.content.git import Repository
from service.jobs.commits import Limits, bring, posts_at
from service.model import Dialect
from service.settings import Settings

_out = Console()


def git(
    repository: Annotated[Path, typer.Argument(help="A git working tree or bare repository", exists=True)],
    ref: Annotated[str, typer.Option("--ref", help="Branch, tag or commit")] = "HEAD",
    folder: Annotated[str, typer.Option("--folder", help="Where in it the site or vault lies")] = "",
    source: Annotated[str | None, typer.Option("--source", help="Name of the source; default: the folder's")] = None,
    kind: Annotated[Dialect | None, typer.Option("--kind", help="How posts are read; default: told by them")] = None,
    dry_run: show.DryRun = False,
    as_json: show.AsJson = False,
) -> None:
    """Store the posts of a commit; of the next one only what changed is read. Nothing is checked out, fetched or run.

    Exit code 0: all is in; 1: some posts could not be read; 2: nothing was stored.
    """
    settings = Settings()
    engine = opened(settings)
    name = source or repository.resolve().name.removesuffix(".git") or "notes"
    declared = editing.site_of(engine, name)
    limits = Limits(settings.max_files, settings.max_file_bytes)
    declared = replace(declared, dialect=kind) if kind else declared
    if dry_run:
        site, posts = posts_at(Repository(repository), declared, ref=ref, folder=folder, limits=limits)
        found, unread = foreseen(engine, site, posts, replace=True)
        show.planned(_out, show.plan(name, found, unread), as_json=as_json)
        raise typer.Exit(1 if unread else 0)
    brought = bring(engine, Repository(repository), declared, ref=ref, folder=folder, limits=limits)
    read = "all posts" if brought.read is None else f"{brought.read} posts that changed"
    if not as_json:
        show.line(_out, f"{name} is at {brought.commit[:12]}: {read} were read.")
    done = {**show.facts(name, brought.report), "commit": brought.commit, "read": brought.read}
    show.report(_out, done, as_json=as_json)
    raise typer.Exit(1 if brought.report.failed else 0)
