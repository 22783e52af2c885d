"""`wenmai token`: keys for editors and CI jobs, made and ended where the database is."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from service import access
from service.access import Scope
from service.cli import show
from service.cli.database import opened

app = typer.Typer(help="Make, list and revoke tokens for editors and CI jobs.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Who or what holds it")]

_out, _err = Console(), Console(stderr=True)


@app.command()
def add(
    name: Name,
    scopes: Annotated[list[Scope], typer.Option("--scope", help="What it may be used for; may be given twice")],
    days: Annotated[int | None, typer.Option(help="After how many days it ends", min=1, max=3650)] = None,
    as_json: show.AsJson = False,
) -> None:
    """Make a token and print it: only its digest is kept, so it is shown this once."""
    token = access.issue(opened(), name, scopes, days)
    if as_json:
        made = {"name": name, "scopes": sorted(set(scopes)), "token": token}
        show.outcome(_out, made, as_json=True)
        return
    show.line(_err, f"The token {name}, for {', '.join(sorted(set(scopes)))}; it is not shown again:")
    sys.stdout.write(token + "\n")


@app.command("list")
def list_tokens(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a token")] = False) -> None:
    """Show the tokens, without their secrets."""
    with Session(opened()) as session:
        found = access.tokens(session)
    if as_json:
        sys.stdout.writelines(json.dumps(token._asdict(), ensure_ascii=False) + "\n" for token in found)
        return
    table = Table("name", "scopes", "made", "ends")
    for token in found:
        table.add_row(token.name, ", ".join(token.scopes), token.made_at, token.ends_at or "when revoked")
    _out.print(table if found else "There is no token but that of the settings.")


@app.command()
def revoke(name: Name, as_json: show.AsJson = False) -> None:
    """End a token: from the next request on it opens nothing."""
    access.revoke(opened(), name)
    show.outcome(_out, {"revoked": name}, f"The token {name} is revoked.", as_json=as_json)
