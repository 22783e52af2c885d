"""The peers that figures are compared with: installed in an environment of their own, asked in a process of their own.

The environment is made at the first run, outside of this project, with the versions pinned here: in the folder that
BENCH_PEERS names, else in the user's cache.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# What each peer needs; recognizers-text imports a name that emoji dropped with 2.0.
PINS: Mapping[str, tuple[str, ...]] = {
    "recognizers-text": ("recognizers-text-suite==1.0.2a2", "emoji==1.1.0"),
    "jionlp": ("jionlp==1.5.31",),
    "cn2an": ("cn2an==0.5.24",),
    "quantulum3": ("quantulum3==0.10.0",),
}
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
    return ", ".join(pins[0].replace("==", " ") for pins in PINS.values())


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
