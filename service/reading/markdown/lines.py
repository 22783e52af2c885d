"""Where the content of a block stands in the file: markdown-it drops the marks of quotes and lists before it."""

from __future__ import annotations

from bisect import bisect_right

from service.model import Place


class Lines:
    """Where the content of one block of the body stands in the file: offset in the content → line and column."""

    def __init__(self, starts: list[int], places: list[Place], parted: str = "") -> None:
        self._starts, self._places = starts, places
        self._at = 0
        self.parted = parted  # a character before which the file holds one more than the content does

    def place(self, offset: int) -> Place:
        """Return the place in the file of the character at `offset`. Fast when offsets rise."""
        starts, at = self._starts, self._at
        if len(starts) == 1:
            line, column = self._places[0]
            return Place(line, column + offset - starts[0])
        if starts[at] > offset:
            at = 0
        while at + 1 < len(starts) and starts[at + 1] <= offset:
            at += 1
        self._at = at
        place = self._places[at]
        return Place(place.line, place.column + offset - starts[at])

    def behind(self, offset: int) -> Lines:
        """Return the places of what begins at `offset` of this content."""
        return _shifted(self._starts, self._places, offset, self.parted)


def _shifted(starts: list[int], places: list[Place], offset: int, parted: str) -> Lines:
    first = max(bisect_right(starts, offset) - 1, 0)
    here = places[first]
    moved = [Place(here.line, here.column + offset - starts[first]), *places[first + 1 :]]
    return Lines([0, *(start - offset for start in starts[first + 1 :])], moved, parted)


def content_lines(content: str, lines: list[str], first: int, first_line: int) -> Lines:
    """Return the places of `content`, whose first line is ``lines[first]`` of a body that begins at `first_line`."""
    if "\n" not in content and first < len(lines):
        return Lines([0], [Place(first_line + first, column_of(content, lines[first]) + 1)])
    starts, places, at = [], [], 0
    for index, line in enumerate(content.split("\n"), first):
        column = column_of(line, lines[index]) if index < len(lines) else 0
        starts.append(at)
        places.append(Place(first_line + index, column + 1))
        at += len(line) + 1
    return Lines(starts, places)


def heading_lines(content: str, markup: str, line: str, number: int) -> Lines:
    """Return the place of a heading's content behind its ``##``."""
    at = line.find(markup) + len(markup)
    return Lines([0], [Place(number, max(line.find(content, at), 0) + 1)])


def cell_lines(content: str, line: str, number: int, cursor: int) -> tuple[Lines, int]:
    """Return the places of a cell in its row, looked for from `cursor` on, and where the next one may begin.

    A bar within a cell is written with a backslash that its content lacks.
    """
    written = content.replace("|", "\\|")
    at = max(line.find(written, cursor), 0)
    starts, places = [0], [Place(number, at + 1)]
    if "|" not in content:
        return Lines(starts, places), at + len(written)
    for offset, character in enumerate(content):
        if character == "|":
            starts.append(offset)
            places.append(Place(number, at + offset + len(starts)))
    return Lines(starts, places, "|"), at + len(written)


def column_of(content: str, line: str) -> int:
    """Return where `content`, a line without its block's marks, begins in its line of the file."""
    if content == line:
        return 0
    content, line = content.rstrip(), line.rstrip()
    if line.endswith(content):
        return len(line) - len(content)
    bare = content.lstrip()
    at = line.find(bare)  # a tab before it may have become blanks: the column of the first blank is then below zero
    return at - (len(content) - len(bare)) if at >= 0 else 0
