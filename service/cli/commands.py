"""The command `wenmai`, and what it ends with. 0: done; 1: some posts could not be read; 2: nothing done."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from service import __version__
from service.cli.listing import Commands
from service.errors import WenmaiError

app = typer.Typer(
    name="wenmai",
    help="Reads posts written in Chinese and makes them answerable.",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; an error of ours is one sentence on stderr and exit code 2."""
    try:
        app()
    except WenmaiError as error:
        _fail(str(error))
    except ValueError as error:
        _fail(_unusable(error))


def _unusable(error: ValueError) -> str:
    """Return what is wrong with the settings, each by its name in the environment and without its value."""
    # Who asks for help or for the version needs neither.
    from pydantic import ValidationError  # noqa: PLC0415

    from service.settings import Settings, misspelt  # noqa: PLC0415

    if (name := misspelt(error)) is not None:
        return f"the settings cannot be used: WENMAI_{name.upper()}: must be JSON"
    if not isinstance(error, ValidationError) or error.title != Settings.__name__:
        raise error
    told = (f"WENMAI_{'_'.join(map(str, found['loc'][:1])).upper()}: {found['msg']}" for found in error.errors())
    return "the settings cannot be used: " + "; ".join(told)


def _fail(sentence: str) -> NoReturn:
    from rich.console import Console  # noqa: PLC0415 - see above

    console = Console(stderr=True)
    console.print(f"wenmai: {sentence}", style="bold red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(2)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"wenmai {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version")
    ] = False,
) -> None:
    """Reads posts written in Chinese and makes them answerable."""
