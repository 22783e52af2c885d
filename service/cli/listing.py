"""The commands by name, without what they need: that is imported when one is called.

All of it takes more than a second, which nobody who mistypes a name, asks for help or completes one need wait for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pkgutil import resolve_name
from typing import Any, Final, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group


class Listed(NamedTuple):
    """A command as the list of all shows it: where it is written, and its first sentence."""

    place: str  # module:name, as entry points have it
    sentence: str


COMMANDS: Final[Mapping[str, Listed]] = {
    "who": Listed(
        "service.cli.asking:who", "Tell who somebody is: all names with their evidence, and what is said of them."
    ),
    "ask": Listed(
        "service.cli.asking:ask",
        "Tell who says the same as a sentence, who says otherwise, and where. Nobody is judged.",
    ),
    "export": Listed(
        "service.cli.exporting:export",
        "Write everything stored as JSON lines: one object a post, the same bytes for the same corpus.",
    ),
    "widget": Listed(
        "service.cli.exporting:widget",
        "Print what a site needs to show related posts and claims: a partial, an include, a component or a script.",
    ),
    "decide": Listed(
        "service.cli.exporting:decide",
        "Take editors' decisions on who is who from a TOML file: all of them or none; those that stand stay.",
    ),
    "push": Listed(
        "service.cli.push:push",
        "Send a folder's posts to a running service: what changed goes in, what is gone goes.",
    ),
    "git": Listed(
        "service.cli.git:git",
        "Store the posts of a commit; of the next one only what changed is read. Nothing is checked out, fetched or"
        " run.",
    ),
    "watch": Listed(
        "service.cli.watch:watch",
        "Store a folder's posts now and whenever one is saved, until you end it: what is gone from the folder goes.",
    ),
    "propose": Listed(
        "service.cli.propose:propose",
        "Ask the settings' model how claims of different posts stand to each other, where their words leave it open.",
    ),
    "backup": Listed(
        "service.cli.keeping:backup",
        "Write all that is stored to one file, as it is at this moment; the service may go on running.",
    ),
    "restore": Listed(
        "service.cli.keeping:restore", "Read a backup into an empty database of either kind: all of it or nothing."
    ),
    "resolve": Listed(
        "service.cli.keeping:resolve", "Decide anew who is who, from all names of the articles that are stored."
    ),
    "reindex": Listed("service.cli.keeping:reindex", "Build the search index anew from the articles that are stored."),
    "serve": Listed("service.cli.serve:serve", "Migrate the database, ingest WENMAI_CONTENT where set, and serve."),
    "ingest": Listed("service.cli.posts:ingest", "Store posts in the database of WENMAI_DATABASE_URL."),
    "inspect": Listed("service.cli.posts:inspect", "Show what would be extracted from posts, without storing it."),
    "check": Listed(
        "service.cli.check:check",
        "Report settings, database and posts that need attention, as path:line: sentence.",
    ),
    "token": Listed("service.cli.tokens:app", "Make, list and revoke tokens for editors and CI jobs."),
}


class Commands(TyperGroup):
    """The commands: listed by their first sentence, and made when one is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = {name: TyperCommand(name, help=listed.sentence) for name, listed in COMMANDS.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that is called, whole, with its name and what is left of the words."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, made(str(name)) if listed else None, rest


def made(name: str) -> Any:
    """Return a command with its options, by its name."""
    written = resolve_name(COMMANDS[name].place)
    around = typer.Typer()
    if isinstance(written, typer.Typer):
        around.add_typer(written, name=name)
    else:
        around.command(name)(written)
    return get_group(around).commands[name]
