"""Growth as a picture: lines over sizes, both axes logarithmic, as an SVG file beside RESULTS.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from pathlib import Path
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 360, 56, 36, 190, 40
_COLOURS = ("#0b6e99", "#d9730d", "#448361", "#9065b0", "#c14c8a", "#787774")
Points = Sequence[tuple[float, float]]


def draw(path: Path, title: str, lines: Mapping[str, Points]) -> None:
    """Write a picture of lines, each of points of a size and a value that are above 0."""
    path.write_text(picture(title, lines), encoding="utf-8")


def picture(title: str, lines: Mapping[str, Points]) -> str:
    """Return the picture as SVG.

    >>> picture("ms", {"p50": [(10, 1), (100, 3)]}).count("<polyline")
    1
    """
    across = _Scale([x for points in lines.values() for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    down = _Scale([y for points in lines.values() for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    drawn = [_text(_LEFT, 20, title, 'font-weight="bold"')]
    drawn += [
        _text(across.at(10.0**decade), _HEIGHT - 16, f"{10**decade:,}", 'text-anchor="middle"')
        for decade in across.decades
    ]
    for decade in down.decades:
        y = down.at(10.0**decade)
        drawn.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        drawn.append(_text(_LEFT - 8, y + 4, f"{10.0**decade:g}", 'text-anchor="end"'))
    for number, (name, points) in enumerate(lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = " ".join(f"{across.at(x):.1f},{down.at(y):.1f}" for x, y in points)
        drawn.append(f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn.append(_text(_WIDTH - _RIGHT + 12, _TOP + 18 * number + 8, name, f'fill="{colour}"'))
    size = f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    ground = '<rect width="100%" height="100%" fill="#fff"/>'
    body = "\n".join([ground, *drawn])
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">\n{body}\n</svg>\n'


class _Scale:
    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        low, high = floor(log10(min(values))), ceil(log10(max(values)))
        self.decades = range(low, max(high, low + 1) + 1)
        self._first, self._step = first, (last - first) / (len(self.decades) - 1)

    def at(self, value: float) -> float:
        return self._first + (log10(value) - self.decades[0]) * self._step


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(text)}</text>'
