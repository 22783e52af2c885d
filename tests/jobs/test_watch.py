"""Who counts as dead: who shows no sign of life for a while, or was a process of this machine that is no more."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from service.jobs.watch import LEASE, Watch, alive, ended, owner_name
from service.store.tables import JobRow


class Clock:
    """Time as a test wants it."""

    def __init__(self) -> None:
        self.moment = 1000.0

    def __call__(self) -> float:
        return self.moment


def job(owner: str | None, beat: int = 1) -> JobRow:
    return JobRow(id="j", source="s", status="running", created="", owner=owner, beat=beat)


def test_who_shows_no_sign_of_life_is_dead_after_the_lease() -> None:
    clock = Clock()
    one = Watch(owner_name(), clock)
    assert one.gone([job("elsewhere:7:ab")]) == []
    clock.moment += LEASE - 1
    assert one.gone([job("elsewhere:7:ab")]) == []
    clock.moment += 1
    assert len(one.gone([job("elsewhere:7:ab")])) == 1


def test_each_sign_of_life_gives_the_whole_lease_again() -> None:
    clock = Clock()
    one = Watch(owner_name(), clock)
    for beat in range(5):
        assert one.gone([job("elsewhere:7:ab", beat)]) == []
        clock.moment += LEASE - 1


def test_a_job_without_an_owner_and_one_s_own_are_nobody_s_remains() -> None:
    clock, owner = Clock(), owner_name()
    one = Watch(owner, clock)
    for _ in range(3):
        assert one.gone([job(None), job(owner)]) == []
        clock.moment += LEASE


def test_a_process_of_this_machine_that_ended_is_dead_at_once() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert Watch(owner_name()).gone([job(f"{socket.gethostname()}:{process.pid}:ab")])
    assert not Watch(owner_name()).gone([job(f"elsewhere:{process.pid}:ab")])


def test_a_process_that_had_this_one_s_number_is_dead_and_a_sibling_is_not() -> None:
    other = owner_name()
    assert Watch(owner_name()).gone([job(other)])
    alive(other)
    assert not Watch(owner_name()).gone([job(other)])
    ended(other)
    assert Watch(owner_name()).gone([job(other)])


def test_a_living_process_of_somebody_else_is_not_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_number: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    assert not Watch(owner_name()).gone([job(f"{socket.gethostname()}:{os.getpid() + 1}:ab")])
