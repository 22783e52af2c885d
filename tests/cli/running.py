"""The command line, run in this process: starting one takes seconds."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from service.cli import main


class Ran(NamedTuple):
    """What a command ended with and printed."""

    code: int
    out: str
    err: str


def run(folder: Path, *arguments: str | Path, **settings: str) -> Ran:
    """Run a command in `folder`, on a database there, with `settings` by their names in the environment."""
    given = {"WENMAI_DATABASE_URL": f"sqlite:///{folder / 'test.db'}", "WENMAI_CONTENT": ""} | settings
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        for name, value in given.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["wenmai", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
    code = ended.value.code or 0
    assert isinstance(code, int)
    return Ran(code, out.getvalue(), err.getvalue())
