"""What an answer costs beside nginx, which gives the same bytes from a file: one asked for again, and one made anew.

A service and an nginx with one worker each, both writing their access log, are asked over one connection that stays
open, uncompressed. What each uses is the processor time that the kernel counted for its processes; the client's is no
part of it.

    python -m bench.hot [--posts 1000] [--write]
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection, socket
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.multiplied import fill
from bench.report import conditions, table, write_section
from bench.soak import served
from service.query.columns import ARTICLE
from service.store import engine as engines

TITLE: Final = "Answers beside nginx"
_ROUNDS: Final = 5
_ASKED: Final = 4000  # times in a round, of an answer that is there
_ANEW: Final = 400  # answers made anew: the first one of each article
_CONFIGURATION: Final = """\
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log {folder}/access.log;
    keepalive_requests 1000000;
    default_type application/json;
    server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""
_NOTE: Final = """\
Related articles of one of {posts:,} posts, {size:,} bytes. Microseconds of processor time an answer, all processes of
each server together; the median of {rounds} rounds by turns. An answer made anew is the first one of an article."""


class MissingError(Exception):
    """nginx is not on this machine."""


@contextmanager
def nginx(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve `files` of a folder; give the address and the process.

    Raises:
        MissingError: there is no nginx.
    """
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise MissingError("nginx is not on this machine (Debian has it as nginx-light)")
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configured = folder / "nginx.conf"
    configured.write_text(_CONFIGURATION.format(folder=folder, port=port), encoding="utf-8")
    command = [program, "-c", str(configured), "-p", str(folder), "-e", str(folder / "error.log"), "-g", "daemon off;"]
    with subprocess.Popen(command) as process:
        try:
            _await(port, process)
            yield f"127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with suppress(OSError), create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError("nginx ended before it answered; its error.log tells why")


def _spent(address: str, process: int, paths: Sequence[str]) -> float:
    """Return the microseconds of processor time that a server takes for each of these, asked one after the other."""
    connection = HTTPConnection(address, timeout=60)
    begun = _processor_time(process)
    for path in paths:
        _answer(connection, path)
    spent = _processor_time(process) - begun
    connection.close()
    return spent / len(paths) / 1000


def _processor_time(process: int) -> int:
    """Return the nanoseconds that a process and its children have run, all their threads (proc_schedstat(5))."""
    own = Path(f"/proc/{process}/task")
    children = [one for thread in own.iterdir() for one in (thread / "children").read_text("ascii").split()]
    ran = sum(int((thread / "schedstat").read_text("ascii").split()[0]) for thread in own.iterdir())
    return ran + sum(_processor_time(int(child)) for child in children)


def _answer(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}: {body[:200]!r}")
    return body


def measure(posts: int) -> str:
    """Return the report over a corpus of so many made-up posts; without nginx it says so."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        database = f"sqlite:///{folder}/posts.db"
        paths = [f"/v1/articles/{article}/related" for article in _filled(database, posts)]
        try:
            return _beside_nginx(folder, database, paths)
        except MissingError as error:
            return f"Not measured: {error}."


def _filled(database: str, posts: int) -> list[str]:
    engine = engines.create(database)
    engines.migrate(engine)
    fill(engine, posts)
    with Session(engine) as session:
        found = list(session.execute(select(ARTICLE.c.id).order_by(ARTICLE.c.id)).scalars())
    engine.dispose()
    return found


def _beside_nginx(folder: Path, database: str, paths: Sequence[str]) -> str:
    (folder / "files").mkdir(mode=0o755)
    folder.chmod(0o755)  # its worker is another user where it is started by root
    with nginx(folder) as theirs, served(database, folder) as (address, service):
        ours = re.sub("^http://", "", address), service
        body = _answer(HTTPConnection(ours[0], timeout=60), paths[0])
        (folder / "files" / "answer.json").write_bytes(body)
        for server, path in ((ours, paths[0]), (theirs, "/answer.json")):
            _spent(*server, [path] * _ASKED)  # to warm up
        rounds = [
            (_spent(*ours, [paths[0]] * _ASKED), _spent(*theirs, ["/answer.json"] * _ASKED)) for _ in range(_ROUNDS)
        ]
        anew = _spent(*ours, paths[1 : _ANEW + 1])
    again, given = (median(side) for side in zip(*rounds, strict=True))
    rows = [
        ("nginx, a file", f"{given:.0f}", "1"),
        ("asked for again", f"{again:.0f}", f"{again / given:.1f}"),
        ("made anew", f"{anew:.0f}", f"{anew / given:.1f}"),
    ]
    note = _NOTE.format(posts=len(paths), size=len(body), rounds=_ROUNDS)
    version = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=False).stderr.strip()
    told = f"{conditions(('fastapi', 'uvicorn'))} {version}."
    return f"{note}\n\n{table(['', 'µs', 'x nginx'], rows)}\n\n{told}"


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.hot", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    report = measure(given.posts)
    print(report)
    if given.write:
        write_section(TITLE, report)


if __name__ == "__main__":
    main()
