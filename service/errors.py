"""Everything that can go wrong, as one tree.

::

    WenmaiError
    ├── SettingsError         the environment asks for something impossible
    ├── LexiconError          a lexicon file is not what its loader expects
    ├── ContentError          a post, folder, archive or upload cannot be read        (path, line)
    │   └── LimitError        it could, but it is too large, too deep or too many
    ├── StoreError            the database cannot be reached or is not migrated
    ├── ConflictError         it contradicts what was decided before
    └── NotFoundError         nothing has this id, URL or name

An error's text is a sentence for a person: what is wrong, where, and what to do.
"""

from __future__ import annotations


class WenmaiError(Exception):
    """The root: whoever calls wenmai as a library can catch this one."""


class SettingsError(WenmaiError):
    """The environment asks for something impossible."""


class LexiconError(WenmaiError):
    """A lexicon file is not what its loader expects."""


class ContentError(WenmaiError):
    """A post, folder, archive or upload cannot be read.

    >>> str(ContentError("the front matter is not closed", path="posts/a.md", line=1))
    'posts/a.md:1: the front matter is not closed'
    """

    def __init__(self, detail: str, *, path: str = "", line: int | None = None) -> None:
        self.detail, self.path, self.line = detail, path, line
        place = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(place + detail)


class LimitError(ContentError):
    """The content is readable in principle, but too large, too deep or too many."""


class StoreError(WenmaiError):
    """The database cannot be reached, or its tables are not those this version writes."""


class ConflictError(WenmaiError):
    """What is asked contradicts what was decided before: that must be taken back first."""


class NotFoundError(WenmaiError):
    """Nothing has this id, URL or name."""
