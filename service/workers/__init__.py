"""Processes that need not load the lexicons: each is forked from one that did so once, apart from the caller.

To fork the caller itself would take its threads and connections along. Where processes cannot be forked, each loads
them anew.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.process import parent_process
from threading import Event, Thread
from typing import Final

_FORKING: Final = "forkserver"
_CONTEXT: Final = get_context(_FORKING if _FORKING in get_all_start_methods() else "spawn")
_STARTED: Final = Event()

if _CONTEXT.get_start_method() == _FORKING:
    _CONTEXT.set_forkserver_preload(["service.workers.loaded"])


def pool(number: int) -> ProcessPoolExecutor:
    """Return a pool of so many processes, which start when they get something to do."""
    _STARTED.set()
    return ProcessPoolExecutor(number, mp_context=_CONTEXT, initializer=_end_with_caller)


def started() -> bool:
    """Tell whether there has been a pool: what others are forked from is there, and the next ones start at once."""
    return _STARTED.is_set() and _CONTEXT.get_start_method() == _FORKING


def _end_with_caller() -> None:
    """See to it that a process of a pool ends when its caller is killed, and would wait for work forever."""
    Thread(target=_leave, daemon=True).start()


def _leave() -> None:
    if (caller := parent_process()) is not None:
        caller.join()
        os._exit(1)
