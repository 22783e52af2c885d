"""Run the benchmarks: ``make bench``.

    python -m bench [--quick] [--only PART ...] [--write]

Each part runs in a process of its own, so that none takes the memory of another or ends it: what fails is told at the
end, and the rest goes on. With ``--quick`` every part takes a small corpus and few rounds, about five minutes in all on
two cores; figures of record come from a whole run. ``--write`` keeps them in ``bench/RESULTS.md``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bench.report import write_section

_ROOT = Path(__file__).parent.parent
_OWN_POSTS = _ROOT / "content"


@dataclass(frozen=True, slots=True)
class Part:
    """A benchmark: its module, which has a `TITLE`, and what makes its report, given that and whether to hurry."""

    module: str
    report: Callable[[Any, bool], str]


def _over_posts(module: Any, quick: bool) -> str:
    """Return the report of a benchmark that reads the posts of folders a few times."""
    folders = [_OWN_POSTS] if quick else import_module("bench.reading").folders()
    return str(module.run(folders, rounds=1 if quick else 3))


def _related(module: Any, quick: bool) -> str:
    sizes = (500, 1000, 2000) if quick else module.SIZES
    return str(module.run(sizes, picture=None if quick else module.PICTURE))


def _growth(module: Any, quick: bool) -> str:
    return str(module.run(*(((0, 200), 60) if quick else (module.ON, 1000)), picture=None if quick else module.PICTURE))


PARTS: Final[Mapping[str, Part]] = {
    "reading": Part("bench.reading", _over_posts),
    "folding": Part("bench.folding", _over_posts),
    "names": Part("bench.names", _over_posts),
    "figures": Part("bench.figures", _over_posts),
    "relations": Part("bench.relations.__main__", lambda module, _: module.run([*module.stories()])),
    "lookup": Part("bench.lookup", _over_posts),
    "search": Part(
        "bench.search",
        lambda module, quick: module.run([1000 if quick else 10_000], site_size=1000 if quick else 10_000),
    ),
    "related": Part("bench.related", _related),
    "hot": Part("bench.hot", lambda module, quick: module.measure(100 if quick else 1000)),
    "ingestion": Part("bench.ingestion", lambda module, quick: module.measure(100 if quick else 10_000)),
    "growth": Part("bench.growth", _growth),
}


def run_part(name: str, *, quick: bool, write: bool) -> None:
    """Run one part in this process, print its report, and keep it where that is asked for."""
    part = PARTS[name]
    module = import_module(part.module)
    report = part.report(module, quick)
    print(f"## {module.TITLE}\n\n{report}\n", flush=True)
    if write:
        write_section(module.TITLE, report)


def run(names: list[str], *, quick: bool, write: bool) -> list[str]:
    """Run parts one after the other, each in a process; return those that failed."""
    more = [option for option, wanted in (("--quick", quick), ("--write", write)) if wanted]
    failed = []
    for name in names:
        start = perf_counter()
        code = subprocess.run([sys.executable, "-m", "bench", "--part", name, *more], cwd=_ROOT, check=False).returncode
        failed += [name] if code else []
        told = f"failed with exit status {code}" if code else "done"
        print(f"{name}: {told} after {perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return failed


def main() -> int:
    """Run from the command line; the exit status is 1 where a part failed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="small corpora: about five minutes in all on two cores")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS), help="these parts")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/RESULTS.md")
    parser.add_argument("--part", choices=list(PARTS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        return _alone(given.part, quick=given.quick, write=given.write)
    failed = run(given.only, quick=given.quick, write=given.write)
    print(f"failed: {', '.join(failed)}" if failed else "all parts ran", file=sys.stderr)
    return 1 if failed else 0


def _alone(name: str, *, quick: bool, write: bool) -> int:
    try:
        run_part(name, quick=quick, write=write)
    except Exception:  # whatever is wrong with one part, the others are to run
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
