"""Holds the locked dependencies against the known advisories, where these can be reached.

Ends with 1 where a dependency has one; with 0, and a sentence, where nothing could be asked: no network is no fault.

python .ci/audit.py requirements.lock
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

SECONDS = 180


def main(lock: Path) -> int:
    """Audit one lock file."""
    try:
        found = audited(lock)
    except (OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
        sys.stdout.write(f"{lock}: not audited: {type(error).__name__}\n")
        return 0
    asked = [one for one in found if "skip_reason" not in one]
    vulnerable = [one for one in asked if one["vulns"]]
    for one in vulnerable:
        ids = ", ".join(vulnerability["id"] for vulnerability in one["vulns"])
        sys.stdout.write(f"{lock}: {one['name']} {one['version']}: {ids}\n")
    sys.stdout.write(f"{lock}: {len(asked)} of {len(found)} dependencies audited, {len(vulnerable)} have advisories\n")
    return 1 if vulnerable else 0


def audited(lock: Path) -> list[dict[str, Any]]:
    """Return what pip-audit, in a place of its own, tells of each dependency."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        binaries = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin")
        install = [binaries / "python", "-m", "pip", "install", "--quiet", "pip-audit"]
        subprocess.run(install, check=True, timeout=SECONDS, capture_output=True)  # noqa: S603 - our own words
        command = [binaries / "pip-audit", "--disable-pip", "--require-hashes", "-r", lock, "--format", "json"]
        done = subprocess.run(command, check=False, timeout=SECONDS, capture_output=True, text=True)  # noqa: S603
    dependencies: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    return dependencies


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
