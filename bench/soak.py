"""Readers at saturation while posts come in, for minutes: does every answer come, and does memory stay?

One service on SQLite, two on PostgreSQL with one of them fed. Readers ask for what a site and an editor ask for, each
as fast as it is answered; posts are pushed in batches, some new, most changed. The resident memory of each process is
looked at now and then, from the first third on, when caches are warm: the last third is held against the middle one.

    python -m bench.soak [--seconds 600] [--readers 8] [--only sqlite|postgresql] [--write]
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import mean, quantiles
from tempfile import TemporaryDirectory
from typing import Final

import httpx2

from bench.report import conditions, table, write_section
from tests.postgres import running

TITLE: Final = "A service at saturation"
TOP: Final = Path(__file__).parents[1]
_KINDS: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_TOKEN: Final = "soaking"
_BATCH: Final = 40  # posts of one push
_POSTS: Final = 1_000  # that are there in the end
_PAUSE: Final = 2.0  # seconds between pushes
_LOOK: Final = 2.0  # seconds between looks at memory
_READS: Final = (
    "/v1/articles?limit=20",
    "/v1/articles?q=碼頭",
    "/v1/entities?limit=20",
    "/v1/claims?limit=20&lang=zh-CN",
    "/v1/figures?unit=t&limit=20",
    "/v1/search?q=起重機",
    "/v1/search?q=茶園 產量&facets=true",
    "/v1/claims/lookup?text=林靜儀說，碼頭裝了 12 座起重機。",
    "/v1/articles/{article}",
    "/v1/articles/{article}/entities",
    "/v1/articles/{article}/claims?lang=zh-TW",
    "/v1/articles/{article}/related",
    "/readyz",
)


@dataclass
class Soaked:
    """What was seen of one run."""

    seconds: dict[str, list[float]] = field(default_factory=dict)  # by address
    wrong: list[str] = field(default_factory=list)
    memory: dict[int, list[int]] = field(default_factory=dict)  # kilobytes by process
    pushes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, path: str, seconds: float) -> None:
        with self.lock:
            self.seconds.setdefault(path, []).append(seconds)

    def fault(self, told: str) -> None:
        with self.lock:
            self.wrong.append(told)

    def drift(self) -> float:
        """Return by how much of itself the memory of any process grew from the middle third to the last."""
        grown = [0.0]
        for seen in self.memory.values():
            third = len(seen) // 3
            if third:
                grown.append(mean(seen[2 * third :]) / mean(seen[third : 2 * third]) - 1)
        return max(grown, key=abs)


@contextmanager
def served(url: str, folder: Path) -> Iterator[tuple[str, int]]:
    """Run a service of its own process and give its address and number."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"WENMAI_DATABASE_URL": url, "WENMAI_ADMIN_TOKEN": _TOKEN, "WENMAI_CONTENT": "", "PYTHONPATH": str(TOP)}
    log = (folder / f"log-{port}").open("wb")
    command = [sys.executable, "-m", "service.cli", "serve", "--port", str(port)]
    with log, subprocess.Popen(command, cwd=folder, env={**os.environ, **given}, stdout=log, stderr=log) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _await(address, process)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(60)


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            if httpx2.get(f"{address}/readyz", timeout=5).status_code == httpx2.codes.OK:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the service ended before it was ready")


def _posts(round_: int) -> list[dict[str, str]]:
    numbers = [(round_ * _BATCH + n) % _POSTS for n in range(_BATCH)]
    text = "# 港口 {n}\n\n林靜儀說，碼頭裝了 {m} 座起重機，茶園的產量是 {m} 公噸。\n\n見 [[{o}]]。\n"
    return [{"path": f"{n}.md", "content": text.format(n=n, m=n + round_, o=(n * 7) % _POSTS)} for n in numbers]


def _feed(address: str, soaked: Soaked, ended: threading.Event) -> None:
    headers = {"Authorization": f"Bearer {_TOKEN}"}
    with httpx2.Client(base_url=address, headers=headers, timeout=120) as client:
        while True:
            body = {"documents": _posts(soaked.pushes)}
            answer = client.post("/v1/admin/ingest", params={"source": "harbour", "wait": "true"}, json=body)
            if answer.status_code != httpx2.codes.OK or answer.json()["status"] != "done":
                soaked.fault(f"push: {answer.status_code} {answer.text[:200]}")
            soaked.pushes += 1
            if ended.wait(_PAUSE):
                return


def _read(address: str, soaked: Soaked, ended: threading.Event, seed: int) -> None:
    random = Random(seed)
    with httpx2.Client(base_url=address, timeout=120) as client:
        articles = [item["id"] for item in client.get("/v1/articles?limit=50").json()["items"]]
        while not ended.is_set():
            path = random.choice(_READS)
            began = time.perf_counter()
            try:
                answer = client.get(path.format(article=random.choice(articles)))
            except httpx2.HTTPError as error:
                soaked.fault(f"{path}: {type(error).__name__}")
                continue
            soaked.note(path, time.perf_counter() - began)
            if answer.status_code != httpx2.codes.OK:
                soaked.fault(f"{path}: {answer.status_code} {answer.text[:200]}")


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def soak(url: str, services: int, seconds: float, readers: int) -> Soaked:
    """Return what was seen of so many services on the database at `url`."""
    soaked, ended = Soaked(), threading.Event()
    with TemporaryDirectory() as folder, ExitStack() as stack:
        up = [stack.enter_context(served(url, Path(folder))) for _ in range(services)]
        first = threading.Event()
        first.set()
        _feed(up[0][0], soaked, first)  # one batch: readers need something to read
        threads = [threading.Thread(target=_feed, args=(up[0][0], soaked, ended))]
        for number in range(readers):
            address = up[number % services][0]
            threads.append(threading.Thread(target=_read, args=(address, soaked, ended, number)))
        for thread in threads:
            thread.start()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(_LOOK)
            for _, process in up:
                soaked.memory.setdefault(process, []).append(_resident(process))
        ended.set()
        for thread in threads:
            thread.join()
    return soaked


def _row(name: str, soaked: Soaked, seconds: float) -> list[object]:
    all_of = [one for each in soaked.seconds.values() for one in each]
    cuts = quantiles(all_of, n=100)
    largest = max(max(seen) for seen in soaked.memory.values()) / 1024
    return [
        *(name, f"{len(all_of):,}", f"{len(all_of) / seconds:.0f}", len(soaked.wrong), soaked.pushes),
        *(f"{cuts[49] * 1000:.0f}", f"{cuts[98] * 1000:.0f}", f"{max(all_of) * 1000:.0f}"),
        *(f"{largest:.0f} MB", f"{soaked.drift():+.1%}"),
    ]


@contextmanager
def _database(kind: str) -> Iterator[tuple[str, int]]:
    """Give the URL of an empty database of a kind, and how many services it is to have."""
    if kind == "postgresql":
        with running() as server:
            yield server.url("postgres"), 2
    else:
        with TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/wenmai.db", 1


def run(kind: str, seconds: float, readers: int) -> tuple[str, bool]:
    """Return the report of a kind of database, and whether every answer came and memory stayed."""
    with _database(kind) as (url, services):
        soaked = soak(url, services, seconds, readers)
    head = ("", "reads", "a second", "wrong", "pushes", "p50 ms", "p99 ms", "longest ms", "memory", "its drift")
    rows = table(head, [_row(f"{services} service{'s' if services > 1 else ''}", soaked, seconds)])
    note = (
        f"{seconds:.0f} seconds, {readers} readers without a pause, a push of {_BATCH} posts every {_PAUSE:g} seconds."
    )
    wrong = sorted(set(soaked.wrong))[:10]
    report = "\n\n".join([conditions(["fastapi", "uvicorn", "sqlalchemy"]), note, rows, *wrong])
    return report, not wrong and abs(soaked.drift()) <= 0.1


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--only", choices=list(_KINDS))
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    all_well = True
    for kind in [given.only] if given.only else _KINDS:
        report, well = run(kind, given.seconds, given.readers)
        print(report)
        if given.write:
            write_section(f"{TITLE}: {_KINDS[kind]}", report)
        all_well = all_well and well
    return 0 if all_well else 1


if __name__ == "__main__":
    sys.exit(main())
