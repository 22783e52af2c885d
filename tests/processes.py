"""Processes to be killed, or to come in each other's way: forked from one that has read all of the service.

So each is there at once, where a new one takes seconds to import the service and its lexicons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import service.workers  # noqa: F401 - what it would have loaded is what the tests have loaded, and more

FORKING = get_context("forkserver")
FORKING.set_forkserver_preload(["tests.warm"])


@contextmanager
def process(run: Callable[..., None], *arguments: object) -> Iterator[BaseProcess]:
    """Give a process that runs a function of a module; whatever it does, it is gone at the end."""
    started = FORKING.Process(target=run, args=arguments, daemon=False)  # it may have processes of its own
    started.start()
    try:
        yield started
    finally:
        started.kill()
        started.join()
        started.close()


@contextmanager
def telling(run: Callable[..., None], *arguments: object) -> Iterator[tuple[BaseProcess, Connection]]:
    """Give a process whose function takes a connection first, and the other end, where one reads what it tells."""
    told, tells = FORKING.Pipe(duplex=False)
    with told, process(run, tells, *arguments) as started:
        tells.close()
        yield started, told
