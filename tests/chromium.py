"""Sees to it that a Chromium is there for the browser tests: the system's, Debian's, or the one Playwright downloads.

Run as ``python -m tests.chromium``; `make test` does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """Return the path of a Chromium that is installed, or None."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> bool:
    """Install a Chromium by the first way that works, and tell whether one is there now."""
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run([apt, *command], check=False, stdout=subprocess.DEVNULL)
    if executable() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium-headless-shell"], check=False)
    return executable() is not None


if __name__ == "__main__":
    if executable() is None and not install():
        sys.stderr.write(
            "No Chromium could be installed; the browser tests will be skipped. Install your system's `chromium`.\n"
        )
