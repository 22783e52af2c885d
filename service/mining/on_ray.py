"""The engine of many machines: tasks of a Ray cluster, on each node of which this package is installed.

Tasks and not actors: a node that joins later takes part, and Ray itself begins anew what a lost node had. The lexicons
come with the package, once a process; the site, with the names it lists, is sent once a node. Posts are sent as they
were found, so that nodes share no disk.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from service.errors import SettingsError
from service.mining.engine import Result
from service.mining.on_node import code, packed, unpacked
from service.mining.reaching import reach
from service.mining.task import Mined, Task
from service.model import Site

if TYPE_CHECKING:
    from ray import ObjectRef

logger = logging.getLogger(__name__)

THIS_MACHINE: Final = "local"  # for an address: a cluster of this machine's own, which ends with the engine

_AHEAD: Final = 3  # parts for each processor of the cluster that are under way
_RETRIES: Final = 3  # times that a part is begun anew whose process or node was lost: a post may be what ends them
_MOST_SAID: Final = 300  # characters of an error of Ray's, which may hold a log
_PATIENCE: Final = 30.0  # seconds until it is asked whether there are nodes left, when nothing comes


class Cluster:
    """The nodes of a Ray cluster; this machine is one of them."""

    def __init__(self, address: str = THIS_MACHINE) -> None:
        """Connect to the cluster whose head is at `address`, a host and a port.

        Raises:
            SettingsError: Ray is not installed, or no such cluster answers, or not to us.
        """
        self._ray = _connected(address)
        # In turns: Ray otherwise fills one node before it asks the next, which then has nothing to do at times.
        self._mine = self._ray.remote(num_cpus=1, max_retries=_RETRIES, scheduling_strategy="SPREAD")(_by_value())
        self._asked = tuple(code())
        self._sent: tuple[Site, ObjectRef[Site]] | None = None
        self._patience = _PATIENCE
        self.ahead = max(self._processors(), 1) * _AHEAD

    def submit(self, site: Site, tasks: Sequence[Task]) -> Result:
        """Have posts mined on the next processor that is free."""
        if self._sent is None or self._sent[0] is not site:
            self._sent = site, self._ray.put(site)
        # In a list, so that it is the process on the node which fetches the site, and does so once.
        part = self._mine.remote([self._sent[1]], packed(tasks), self._asked)
        return partial(self._result, part, len(tasks))

    def close(self) -> None:
        """Leave the cluster, which drops what is under way."""
        self._ray.shutdown()

    def _processors(self) -> int:
        return int(self._ray.cluster_resources().get("CPU", 0))

    def _result(self, part: ObjectRef[bytes | str], number: int) -> list[Mined | None]:
        try:
            found = self._waited(part)
        except self._ray.exceptions.RayError as error:
            logger.warning("%d posts are mined here, for the cluster could not: %s", number, _said(error))
            return [None] * number
        if isinstance(found, str):
            raise SettingsError(found)
        return unpacked(found)

    def _waited(self, part: ObjectRef[bytes | str]) -> bytes | str:
        """Return what came of a part; where no node is left to mine it, it is cancelled, which is an error of Ray's."""
        while not self._ray.wait([part], timeout=self._patience)[0]:
            self._patience = _PATIENCE if self._processors() else 0.0
            if not self._patience:
                self._ray.cancel(part)
                break
        found: bytes | str = self._ray.get(part)
        return found


def _by_value() -> Callable[..., bytes | str]:
    """Return what a node does; made here, Ray sends it as it is, so that a node without the package can say so."""

    def mined(site: Sequence[ObjectRef[Site]], tasks: bytes, asked: tuple[str, ...]) -> bytes | str:
        import ray  # noqa: PLC0415

        node = ray.util.get_node_ip_address()  # type: ignore[no-untyped-call]
        try:
            from service.mining.on_node import mine_packed, unlike  # noqa: PLC0415
        except ImportError as error:
            return f"the Ray node {node} cannot run wenmai ({error}): install on it what is installed here"
        if said := unlike(asked):
            return f"the Ray node {node} runs another wenmai than this machine ({said}): install the same on both"
        import service.workers.loaded  # noqa: F401, PLC0415 - as a process of a pool: garbage is looked for seldom

        return mine_packed(site[0].hex(), lambda: ray.get(site[0]), tasks)

    return mined


def _connected(address: str) -> Any:
    """Return Ray, connected."""
    local = address == THIS_MACHINE
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray  # noqa: PLC0415 - it is optional, and slow to import
    except ImportError as error:
        raise SettingsError(f"the engine ray needs Ray ({error}): pip install 'wenmai[ray]'") from error
    if not local:
        reach(address)
    try:
        ray.init(
            address,
            include_dashboard=False if local else None,
            configure_logging=False,
            log_to_driver=False,
        )
    except (ConnectionError, RuntimeError, ValueError, SystemExit, ray.exceptions.RayError) as error:
        raise SettingsError(_refused(address, error)) from error
    return ray


def _refused(address: str, error: BaseException) -> str:
    why = _said(error.__cause__ or error)
    return (
        f"no Ray cluster at {address} takes us in: {why}. This machine must be a node of it (ray start "
        f"--address={address} --num-cpus=0), with its versions of Ray and Python, and its token where it asks for one"
    )


def _said(error: BaseException) -> str:
    """Return an error of Ray's in one line; where it quotes a traceback, it is the last line that tells."""
    lines = str(error).split() if "Traceback" not in str(error) else str(error).strip().split("\n")[-1].split()
    return " ".join(lines)[:_MOST_SAID] or type(error).__name__
