"""A benchmark's figures as Markdown, with the day, the machine and the versions they were taken on."""

from __future__ import annotations

import argparse
import os
import platform
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
_HEAD = "# What is fast, measured\n\nEach section is one benchmark's last run, written by `make bench`.\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table, its first column to the left and the figures to the right.

    >>> print(table(["tree", "files"], [["a", 12]]))
    | tree | files |
    | --- | ---: |
    | a | 12 |
    """
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def conditions(packages: Sequence[str]) -> str:
    """Return one line with the day, the machine, and the versions of Python and of `packages`."""
    day = datetime.now(UTC).date().isoformat()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    versions = ", ".join([python, *(f"{package} {version(package)}" for package in packages)])
    return f"{day}, {_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}; {versions}."


def _processor() -> str:
    try:
        known = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        known = None
    return known[1] if known else platform.processor() or "unknown processor"


def write_section(title: str, body: str) -> None:
    """Put `body` under the heading `title` of RESULTS.md, in place of what stood there."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else _HEAD
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    kept = [section for section in sections if section.split("\n", 1)[0] != title]
    RESULTS.write_text(
        "## ".join([head.rstrip() + "\n\n", *sorted([*kept, f"{title}\n\n{body.strip()}\n\n"])]).rstrip() + "\n",
        "utf-8",
    )


def command(program: str, about: str, title: str, run: Callable[[Sequence[Path], int], str]) -> None:
    """Run a benchmark from the command line: print its report, and with ``--write`` keep it in RESULTS.md."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=about.split("\n", 1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    given = parser.parse_args()
    report = run(given.folders, max(given.rounds, 1))
    print(report)
    if given.write:
        write_section(title, report)
