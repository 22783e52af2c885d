"""Processes are forked from one that has loaded the lexicons, and never from the caller."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing import get_all_start_methods

import pytest

from service.workers import pool, started
from tests import processes  # noqa: F401 - what processes are forked from has all of the service

# A caller that works with two processes, tells the number of one, and waits to be killed.
CALLER = """
import os, time
from service import workers
workers._CONTEXT.set_forkserver_preload([])
working = workers.pool(2)
print(working.submit(os.getpid).result(), flush=True)
time.sleep(60)
"""


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_pool_works_apart_from_the_caller() -> None:
    with pool(1) as working:
        assert working.submit(os.getpid).result() != os.getpid()


@pytest.mark.skipif("forkserver" not in get_all_start_methods(), reason="processes cannot be forked here")
def test_after_the_first_pool_the_next_ones_start_at_once() -> None:
    with pool(1) as working:
        parent = working.submit(os.getppid).result()
    assert started()
    assert parent != os.getpid()
    with pool(1) as working:
        assert working.submit(os.getppid).result() == parent


@pytest.mark.skipif("forkserver" not in get_all_start_methods(), reason="processes cannot be forked here")
def test_processes_end_when_their_caller_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", CALLER], stdout=subprocess.PIPE, text=True) as caller:
        assert caller.stdout is not None
        worker = int(caller.stdout.readline())
        caller.kill()
    for _ in range(200):
        if not is_there(worker):
            break
        time.sleep(0.1)
    assert not is_there(worker)
