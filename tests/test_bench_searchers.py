"""The peers of search are installed once, and then found."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import peers, search


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BENCH_PEERS", str(tmp_path))
    monkeypatch.setenv("PATH", "/bin")
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setattr(sys, "path", [*sys.path])
    return tmp_path


def test_they_are_installed_once_and_found_by_this_process_and_its_children(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[Sequence[str]] = []

    def installs(command: Sequence[str], *_: object) -> str:
        installed.append(command)
        (home / "search" / "bin").mkdir(parents=True)
        return ""

    monkeypatch.setattr(peers, "_run", installs)
    told = [peers.with_searchers(), peers.with_searchers()]
    assert len(installed) == 1
    assert {*installed[0]} > {*peers.SEARCHERS}
    assert told[0] == told[1] == "tantivy 0.27.0, pagefind 1.5.2, hugo 0.168.0"
    assert sys.path[-1] == str(home / "search") == os.environ["PYTHONPATH"]
    assert os.environ["PATH"] == f"/bin{os.pathsep}{home / 'search' / 'bin'}"


def test_without_a_network_the_report_says_that_they_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> str:
        raise peers.MissingPeerError("the peers of search cannot be installed: no network")

    monkeypatch.setattr(peers, "_run", fails)
    assert search._peers() == "the peers of search cannot be installed: no network"
