"""How much of a post an article is: a page that only heads a section, or has next to no text, ranks behind posts."""

from __future__ import annotations

from pathlib import PurePosixPath

_LESS = 0.5  # of the score
_LEAST = 30  # characters besides the title that a post has
_OF_SECTION = frozenset({"_index"})
_OF_ROOT = frozenset({"index", "readme"})


def standing(path: str, title: str, length: int) -> float:
    """Return the share of its score that an article with a text of `length` characters keeps.

    >>> standing("posts/_index.md", "所有文章", 900), standing("posts/crane/index.md", "起重機", 900)
    (0.5, 1.0)
    """
    place = PurePosixPath(path)
    inner = place.parts[1:] if place.parts[:1] == ("content",) else place.parts
    heads = place.stem in _OF_SECTION or (len(inner) == 1 and place.stem.lower() in _OF_ROOT)
    return _LESS if heads or length - len(title) < _LEAST else 1.0
