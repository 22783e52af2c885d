"""Run every benchmark and keep the figures: ``make bench``."""

from __future__ import annotations

from bench import figures, folding, lookup, names, reading, related, search
from bench.report import write_section

_SEARCHED = (3_000,)  # posts whose index is built as posts come in, once for every peer; `bench.related` asks of more


def main() -> None:
    """Run them one after the other."""
    for benchmark in (figures, folding, lookup, names, reading):
        _keep(benchmark.TITLE, benchmark.run(reading.folders(), rounds=3))
    _keep(search.TITLE, search.run(_SEARCHED))
    _keep(related.TITLE, related.run(related.SIZES, picture=related.PICTURE))


def _keep(title: str, report: str) -> None:
    print(report)
    write_section(title, report)


if __name__ == "__main__":
    main()
