"""How much an archive may hold, and what of it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from service.content.finding import POSTS
from service.content.sites import may_tell
from service.errors import ContentError, LimitError

_MAX_RATIO = 200  # of a content to its packed size; text rarely passes 10


class Entry(NamedTuple):
    """A file of an archive: its name, in bytes where none says how to read them, and its content or what is wrong."""

    name: str | bytes
    content: bytes | ContentError


@dataclass
class Limits:
    """What an archive may hold, and how much of it has been read."""

    files: int
    total: int  # bytes, unpacked
    file: int  # bytes of one post
    read: int = 0

    def check_count(self, count: int) -> None:
        """Refuse more than `files` files."""
        if count > self.files:
            raise LimitError(f"the archive holds {count} files, more than the {self.files} allowed")

    def check_size(self, size: int) -> None:
        """Refuse a file that alone would be too much."""
        if size > self.total:
            raise LimitError(f"the archive unpacks to more than the {self.total} bytes allowed")

    def add(self, size: int) -> None:
        """Count `size` bytes as read."""
        self.read += size
        self.check_size(self.read)

    def is_bomb(self, unpacked: int, packed: int) -> bool:
        """Tell whether more comes out than text can have been packed into `packed` bytes."""
        return unpacked > self.file and unpacked > packed * _MAX_RATIO


def is_wanted(name: str) -> bool:
    """Tell whether a file of an archive may be a post, or tell of its site, so that its content is read."""
    return name.lower().endswith(POSTS) or may_tell(name)
