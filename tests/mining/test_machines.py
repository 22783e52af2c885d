"""Two machines, as far as a network can tell: a head without processors, and a node that does all the mining."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.mining.clusters import at
from tests.mining.written import write
from tests.templates import copy_sqlite

pytest.importorskip("ray", reason="Ray has no wheels for this Python or machine", exc_type=ImportError)

MANY = 208  # enough to be mined by others
HEAD, NODE = "10.213.77.1", "10.213.77.2"


def ip(*words: str) -> None:
    """Run a command of iproute2."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


@pytest.fixture
def cable() -> Iterator[tuple[str, str]]:
    """The names of two network namespaces that are joined by a cable, with the addresses of the head and the node."""
    name = f"wm{secrets.token_hex(3)}"
    ends = (f"{name}a", f"{name}b")
    with ExitStack() as undone:
        try:
            for end in ends:
                ip("netns", "add", end)
                undone.callback(ip, "netns", "del", end)
            ip("link", "add", ends[0], "netns", ends[0], "type", "veth", "peer", "name", ends[1], "netns", ends[1])
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"this machine lets nobody make network namespaces: {error}")
        for end, address in zip(ends, (HEAD, NODE), strict=True):
            ip("-n", end, "addr", "add", f"{address}/24", "dev", end)
            ip("-n", end, "link", "set", end, "up")
            ip("-n", end, "link", "set", "lo", "up")
        yield ends


def test_two_machines_export_what_one_would(cable: tuple[str, str], tmp_path: Path) -> None:
    folder = write(MANY, tmp_path / "ferries")
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        copy_sqlite(tmp_path / name / "test.db")
    here, there = [("ip", "netns", "exec", end) for end in cable]
    with at(f"{HEAD}:6379") as started:
        started.lead(*here, processors=0)
        started.wait()
        started.join(*there, host=NODE)
        started.wait()
        told = subprocess.run(
            [
                *here,
                sys.executable,
                "-m",
                "service.cli",
                "ingest",
                folder,
                "--engine=ray",
                "--address",
                started.address,
            ],
            env=os.environ | {"WENMAI_DATABASE_URL": f"sqlite:///{tmp_path / 'there' / 'test.db'}", "no_proxy": "*"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert "posts are mined here" not in told.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.mining.processes", lambda: 0)
        ran = run(tmp_path / "here", "ingest", folder)
    assert (told.returncode, told.stdout.splitlines()[0]) == (ran.code, ran.out.splitlines()[0]), told.stderr
    assert run(tmp_path / "there", "export").out == run(tmp_path / "here", "export").out
