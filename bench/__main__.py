"""Run every benchmark and keep the figures: ``make bench``."""

from __future__ import annotations

from bench import figures, folding, lookup, names, reading
from bench.report import write_section


def main() -> None:
    """Run them one after the other."""
    for benchmark in (figures, folding, lookup, names, reading):
        report = benchmark.run(reading.folders(), rounds=3)
        print(report)
        write_section(benchmark.TITLE, report)


if __name__ == "__main__":
    main()
