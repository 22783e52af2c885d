"""What mines posts elsewhere, as `service.mining.mine` sees it: there is one for one machine, and one for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from service.mining.task import Mined, Task
from service.model import Site

Result = Callable[[], list[Mined | None]]  # waits for what came of some posts; None: the caller mines it


class Engine(Protocol):
    """Processes that mine posts, some at a time."""

    ahead: int  # how many parts may be under way: what is mined and not yet written is bounded

    def submit(self, site: Site, tasks: Sequence[Task]) -> Result:
        """Have posts mined, and return where to wait for what comes of them, in their order."""
        ...

    def close(self) -> None:
        """Leave what is under way, and end what was started."""
        ...
