"""The commands: what they take, and what they end with. 0: done; 1: some posts could not be read; 2: nothing done."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy import Engine
from sqlmodel import Session

from service import __version__, logs
from service.cli import keeping, show, tokens
from service.cli.asking import ask, who
from service.cli.batches import Batch, batches, follow, scratch
from service.cli.database import opened
from service.cli.exporting import decide, export, widget
from service.cli.git import git
from service.cli.near import complete_source
from service.cli.propose import propose
from service.cli.proposed import Proposed, asking_model
from service.cli.push import push
from service.cli.watch import watch
from service.errors import WenmaiError
from service.model import Dialect
from service.query.posts import posts
from service.settings import Settings
from service.store import engine as store

app = typer.Typer(
    name="wenmai",
    help="Reads posts written in Chinese and makes them answerable.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

app.add_typer(tokens.app, name="token")
for command in (
    who,
    ask,
    export,
    widget,
    decide,
    push,
    git,
    watch,
    propose,
    keeping.backup,
    keeping.restore,
    keeping.resolve,
    keeping.reindex,
):
    app.command()(command)

Paths = Annotated[list[Path], typer.Argument(help="Posts, sites, vaults, or a folder of them", exists=True)]
Name = Annotated[
    str | None,
    typer.Option("--source", help="Name of the source; default: the folder's name", autocompletion=complete_source),
]
Kind = Annotated[Dialect | None, typer.Option("--kind", help="How the posts are read; default: told by the posts")]

_out, _err = Console(), Console(stderr=True)


def main() -> None:
    """Run the command line; an error of ours is one sentence on stderr and exit code 2."""
    try:
        app()
    except WenmaiError as error:
        _fail(str(error))
    except ValidationError as error:
        if error.title != Settings.__name__:
            raise
        _fail(_unusable(error))


def _unusable(error: ValidationError) -> str:
    """Return what is wrong with the settings, each by its name in the environment and without its value."""
    told = (f"WENMAI_{'_'.join(map(str, found['loc'][:1])).upper()}: {found['msg']}" for found in error.errors())
    return "the settings cannot be used: " + "; ".join(told)


def _fail(sentence: str) -> NoReturn:
    _err.print(f"wenmai: {sentence}", style="bold red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(2)


def _version(asked: bool) -> None:
    if asked:
        _out.print(f"wenmai {__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version")
    ] = False,
) -> None:
    """Reads posts written in Chinese and makes them answerable."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on", min=0, max=65535)] = 8000,
) -> None:
    """Migrate the database, ingest WENMAI_CONTENT where set, and serve."""
    # The other commands need no HTTP, and are there in half the time without it.
    import uvicorn  # noqa: PLC0415

    from service.api.app import create_app  # noqa: PLC0415
    from service.api.wire import SERVED  # noqa: PLC0415

    settings = Settings()
    logs.configure(settings)
    application = create_app(settings)
    shown = "localhost" if host in ("0.0.0.0", "127.0.0.1", "::") else host  # noqa: S104 - compared, not bound
    _err.print(f"wenmai {__version__}: the API and its docs are at http://{shown}:{port}/docs", highlight=False)
    _err.print(_admin_hint(settings), markup=False, highlight=False, soft_wrap=True)
    uvicorn.run(application, host=host, port=port, log_config=None, access_log=False, **SERVED)


def _admin_hint(settings: Settings) -> str:
    """Say what the admin token is; a generated one is shown only on a terminal, since logs are read by others."""
    from service.api.tokens import admin_token, token_path  # noqa: PLC0415

    if settings.admin_token:
        return "The admin token is that of WENMAI_ADMIN_TOKEN."
    path = token_path(settings).resolve()
    token = f" {admin_token(settings)}, kept" if sys.stderr.isatty() else ""
    return f"The admin token is{token} in {path}"


@app.command()
def ingest(
    paths: Paths,
    source: Name = None,
    kind: Kind = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a source")] = False,
) -> None:
    """Store posts in the database of WENMAI_DATABASE_URL."""
    settings = Settings()
    engine = opened(settings)
    failed = 0
    for batch in batches(paths, settings, source, kind):
        report = follow(engine, batch, _err)
        show.report(_out, show.facts(batch.site.name, report), as_json=as_json)
        failed += report.failed
    raise typer.Exit(1 if failed else 0)


@app.command()
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


@app.command()
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Posts to check; default: WENMAI_CONTENT", exists=True)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for the database, and one a source")] = False,
) -> None:
    """Report settings, database and posts that need attention, as path:line: sentence."""
    from service.api.tokens import admin_token  # noqa: PLC0415 - see `serve`

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
