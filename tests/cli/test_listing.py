"""The commands are listed without what they need."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from service.cli import commands
from service.cli.listing import COMMANDS, made

HEAVY = ("sqlalchemy", "pydantic", "rjieba", "opencc", "mdit_py_plugins", "fastapi", "httpx2")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_listed_by_its_own_first_sentence(name: str) -> None:
    command = made(name)
    assert command.name == name
    assert " ".join(command.help.split("\n\n")[0].split()) == COMMANDS[name].sentence


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_asked_for_help_tells_its_options(name: str) -> None:
    told = CliRunner().invoke(commands.app, [name, "--help"])
    assert told.exit_code == 0
    assert f"wenmai {name} [OPTIONS]" in " ".join(told.output.split())


def test_a_command_that_is_not_there_is_told_with_those_that_are_near() -> None:
    told = CliRunner().invoke(commands.app, ["inspekt"])
    assert told.exit_code == 2
    assert "inspect" in told.output


def test_help_is_there_before_anything_heavy_is_read() -> None:
    asked = (
        "import sys\nfrom service.cli.commands import app\napp(['--help'], standalone_mode=False)\n"
        f"sys.exit(' '.join(name for name in {HEAVY!r} if name in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(name in done.stdout for name in COMMANDS)
