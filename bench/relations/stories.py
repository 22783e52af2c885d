"""Reads stories: a few posts by different people on one affair, and sentences with what each claim says to them.

A story is a text file. ``@@ post ID LANGUAGE DATE TITLE`` begins a post, in whose Markdown ``⟦id|words⟧`` marks a claim
by words that carry it; ``@@ queries`` begins the sentences, one a line with the claims behind a bar: ``A:`` those that
agree, ``C:`` those that say otherwise, ``T:`` those that only look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STORIES: Final = Path(__file__).with_name("stories")
_MARK = re.compile(r"⟦([^|⟧]+)\|([^⟧]+)⟧")
_POST = re.compile(r"@@ post (\S+) (\S+) (\S+) (.+)")
_PART = re.compile(r"([ACT]):(\S+)")
_SIDES: Final = {"A": "agree", "C": "conflict", "T": "trap"}


@dataclass(frozen=True)
class Post:
    """A post of a story, as Markdown, and where the words of its marked claims stand in it."""

    id: str
    content: str
    marks: dict[str, str]


@dataclass(frozen=True)
class Asked:
    """A sentence that is looked up, and how the marked claims stand to it."""

    text: str
    expected: dict[str, str]


@dataclass(frozen=True)
class Story:
    """One affair: its posts, and what is asked about it."""

    name: str
    posts: tuple[Post, ...]
    asked: tuple[Asked, ...]


def stories(folder: Path = STORIES) -> Iterator[Story]:
    """Yield the stories of a folder by name."""
    for path in sorted(folder.glob("*.txt")):
        yield parse(path.stem, path.read_text(encoding="utf-8"))


def parse(name: str, text: str) -> Story:
    """Return the story that `text` holds.

    Raises:
        ValueError: it lacks its queries, or one of them names a claim that no post marks.
    """
    posts: list[Post] = []
    asked: list[Asked] = []
    for part in re.split(r"^(?=@@ )", text, flags=re.MULTILINE):
        head, _, body = part.partition("\n")
        if match := _POST.fullmatch(head.strip()):
            posts.append(_post(match, body))
        elif head.strip() == "@@ queries":
            asked += [_asked(line) for line in body.splitlines() if line.strip()]
    known = {ident for post in posts for ident in post.marks}
    unknown = sorted({ident for one in asked for ident in one.expected} - known)
    if unknown or not asked:
        raise ValueError(f"{name}: no queries, or claims that no post marks: {', '.join(unknown)}")
    return Story(name, tuple(posts), tuple(asked))


def _post(head: re.Match[str], body: str) -> Post:
    ident, language, date, title = head.groups()
    marks = {mark[1]: mark[2] for mark in _MARK.finditer(body)}
    quoted = title.replace('"', '\\"')
    header = f'---\ntitle: "{quoted}"\ndate: {date}\nlang: {language}\n---\n\n'
    return Post(ident, header + _MARK.sub(lambda mark: mark[2], body).strip() + "\n", marks)


def _asked(line: str) -> Asked:
    text, _, behind = line.partition("|")
    expected = {ident: _SIDES[side] for side, idents in _PART.findall(behind) for ident in idents.split(",")}
    return Asked(text.strip(), expected)
