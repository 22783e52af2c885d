"""Pictures of growth show every line at its place."""

from __future__ import annotations

import re

from bench.plot import picture


def test_ten_times_as_much_is_as_far_on_either_axis_wherever_it_starts() -> None:
    svg = picture("ms", {"one": [(100, 1), (1000, 10)], "two": [(1000, 1), (10_000, 10)]})
    lines = [
        [tuple(map(float, place.split(","))) for place in one.split()] for one in re.findall('points="(.*?)"', svg)
    ]
    (one, two) = [(end[0] - start[0], start[1] - end[1]) for start, end in lines]
    assert one[0] > 0
    assert one[1] > 0
    assert all(abs(first - second) <= 0.2 for first, second in zip(one, two, strict=True))  # as far as it is rounded


def test_names_of_lines_are_escaped() -> None:
    assert "a &lt; b" in picture("ms", {"a < b": [(1, 1), (2, 2)]})
