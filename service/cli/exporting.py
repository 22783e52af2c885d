"""What goes out: everything stored, the editors' decisions, files for a static site, and the pieces that show them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from sqlmodel import Session

from service import deciding
from service.cli import show
from service.cli.database import opened
from service.cli.near import complete_source, of_a_source
from service.cli.static import Written, static_files
from service.cli.static_folder import update
from service.deciding import judging
from service.errors import WenmaiError
from service.query.posts import posts
from service.web.snippets import PLACES, Generator, snippet

_out, _err = Console(), Console(stderr=True)


class AddressError(WenmaiError):
    """What was given is no address of a service."""


def export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; default: standard output")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Of this source alone", autocompletion=complete_source)
    ] = None,
    decisions: Annotated[
        bool, typer.Option("--decisions", help="The editors' decisions as TOML instead; `wenmai decide` takes them")
    ] = False,
    static: Annotated[
        Path | None, typer.Option(help="Folder of a static site: small JSON files by page URL instead", file_okay=False)
    ] = None,
    lang: Annotated[
        list[Written] | None, typer.Option(help="Of --static: a variant to write besides the posts' own; default: all")
    ] = None,
    as_json: show.AsJson = False,
) -> None:
    """Write everything stored as JSON lines: one object a post, the same bytes for the same corpus."""
    engine = opened()
    with Session(engine) as session:
        source = of_a_source(session, source)
        if static is not None:
            _static(session, static, source, lang or list(Written), as_json=as_json)
            return
        everything = (post.model_dump_json() + "\n" for post in posts(session, source))
        lines = iter([judging.all_exported(session)]) if decisions else everything
        if output is None:
            sys.stdout.writelines(lines)
        else:
            _write(output, lines)


def _static(session: Session, folder: Path, source: str | None, langs: list[Written], *, as_json: bool) -> None:
    variants = [one.value for one in dict.fromkeys(langs) if one is not Written.ORIGINAL]
    done = update(folder, _counted(static_files(session, source, variants)))
    if as_json:
        sys.stdout.write(json.dumps(asdict(done)) + "\n")
    else:
        show.line(_err, f"{done.written} written, {done.unchanged} unchanged, {done.removed} removed")


def _counted(files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield the files, counting them on a terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.completed} files"))
    with Progress(*columns, console=_err, transient=True, disable=not _err.is_terminal) as progress:
        task = progress.add_task("", total=None)
        for file in files:
            yield file
            progress.advance(task)


def _write(output: Path, lines: Iterator[str]) -> None:
    """Write the file whole or not at all."""
    fresh = output.with_name(output.name + ".part")
    with fresh.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    fresh.replace(output)


def decide(
    file: Annotated[Path, typer.Argument(help="As `wenmai export --decisions` writes it", exists=True, dir_okay=False)],
    as_json: show.AsJson = False,
) -> None:
    """Take editors' decisions on who is who from a TOML file: all of them or none; those that stand stay."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise deciding.DecisionError(f"{file} is not UTF-8.") from error
    new = judging.all_imported(opened(), text)
    if as_json:
        sys.stdout.write(json.dumps({"new": new}) + "\n")
    else:
        show.line(_out, f"{new} decisions are new.")


def widget(
    site: Annotated[Generator, typer.Argument(help="What builds the site")],
    api: Annotated[str, typer.Option(envvar="WENMAI_URL", help="Address of the service")] = "http://localhost:8000",
    static: Annotated[str | None, typer.Option(help="Address of a static export, for Obsidian Publish")] = None,
) -> None:
    """Print what a site needs to show related posts and claims: a partial, an include, a component or a script."""
    try:
        text = snippet(site, api, static)
    except ValueError as error:
        raise AddressError(str(error)) from error
    sys.stdout.write(text)
    if _out.is_terminal:
        place, static = PLACES[site]
        show.line(_err, f"# goes to {place}" + (f"; `wenmai export --static {static}` for the files" if static else ""))
