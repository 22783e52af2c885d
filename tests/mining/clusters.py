"""Ray clusters for tests: each node is a `ray start` of its own, with its own processor and its own store."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_RAY = str(Path(sys.executable).with_name("ray"))
_STORE = 100_000_000  # bytes, more than Ray's least
_LONGEST = 90.0  # seconds until a node is up, on a machine that does other things
_TOKEN = secrets.token_hex(32)
# A token of this test run's own. Ray reads these as it is imported: this module is to be imported before it.
os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": _TOKEN, "RAY_USAGE_STATS_ENABLED": "0"}
# Its processes are otherwise the last ones to get a processor that others want as well.
_ENVIRONMENT = {"no_proxy": "*", "PYTHONWARNINGS": "ignore", "RAY_worker_niceness": "0"}


@dataclass
class Node:
    """One node, and all processes of it."""

    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """Let it end as if its machine lost power."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Started:
    """A cluster that runs: the address of its head, its nodes, the head first."""

    address: str
    folder: Path
    nodes: list[Node] = field(default_factory=list)

    def join(self, *within: str, host: str = "127.0.0.1") -> Node:
        """Add a node with one processor; `within` is a command that starts it elsewhere, where it is `host`."""
        return self._start("worker", within, ["--num-cpus=1", "--address", self.address, "--node-ip-address", host])

    def lead(self, *within: str, processors: int = 1) -> Node:
        """Start the head."""
        host, port = self.address.rsplit(":", 1)
        given = ["--head", "--port", port, "--node-ip-address", host, "--temp-dir", str(self.folder / "ray")]
        given = [*given, f"--num-cpus={processors}", "--include-dashboard=false", "--no-monitor"]
        return self._start("head", within, given)

    def _start(self, name: str, within: Sequence[str], given: Sequence[str]) -> Node:
        log = self.folder / f"{name}{len(self.nodes)}.log"
        resources = f'--resources={{"node{len(self.nodes)}": 1}}'
        whole = [
            *within,
            _RAY,
            "start",
            "--block",
            resources,
            f"--object-store-memory={_STORE}",
            *given,
        ]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*whole, "--include-log-monitor=false", "--disable-usage-stats"],
                stdout=out,
                stderr=out,
                env={**os.environ, **_ENVIRONMENT},
                start_new_session=True,
            )
        self.nodes.append(Node(process, log))
        return self.nodes[-1]

    def wait(self) -> None:
        """Return once all of its nodes are up."""
        end = time.monotonic() + _LONGEST
        for node in self.nodes:
            while b"Ray runtime started" not in node.log.read_bytes():
                assert node.process.poll() is None, node.log.read_text()
                assert time.monotonic() < end, node.log.read_text()
                time.sleep(0.1)

    def end(self) -> None:
        """End whatever still runs."""
        for node in reversed(self.nodes):
            try:
                node.kill()
            except ProcessLookupError:
                continue


@contextmanager
def at(address: str) -> Iterator[Started]:
    """Give a cluster whose head will be at `address`, as yet without nodes; at the end none of them runs."""
    with ExitStack() as ended:
        # Not pytest's: the paths of sockets may have 107 bytes.
        folder = Path(tempfile.mkdtemp(prefix="wenmai-"))
        ended.callback(shutil.rmtree, folder, ignore_errors=True)
        started = Started(address, folder)
        ended.callback(started.end)
        yield started


@contextmanager
def cluster(nodes: int = 2) -> Iterator[Started]:
    """Give a cluster of this machine."""
    with at(f"127.0.0.1:{_free_port()}") as started:
        started.lead()
        listening(started.address)
        for _ in range(nodes - 1):
            started.join()
        started.wait()
        yield started


def listening(address: str) -> None:
    """Return once something listens at an address."""
    host, port = address.rsplit(":", 1)
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        try:
            socket.create_connection((host, int(port)), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
