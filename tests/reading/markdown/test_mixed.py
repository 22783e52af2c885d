"""Posts that mix all syntaxes: whatever is read stands in the file where the document says.

A thorough run reads twenty thousand.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.content import decode
from service.errors import ContentError
from service.model import BlockKind, Dialect, Document, Site
from service.reading import read
from tests.reading.markdown.mixing import post
from tests.thorough import few, tried

_POSTS = 5_000  # a dialect
_TRIED = few(_POSTS)
_PATHS = {Dialect.JEKYLL: "_posts/2026-01-02-a.md"}
_ENTITY = re.compile(r"&(?:#\w{1,8}|\w{1,31});")
_LEFT_OVER = re.compile("[\ue000\ufdd0]")


def _read(data: bytes, dialect: Dialect) -> Document:
    return read(decode(data, _PATHS.get(dialect, "content/a.md"), max_bytes=1_000_000), Site("s", dialect))


def _misplaced(document: Document, lines: list[str]) -> list[tuple[int, str]]:
    """Return the characters that do not stand where the document says, blanks left out.

    A tab may have become blanks, and a break of HTML a newline. What the file writes as an entity stands where that
    begins; a character behind a backslash stands behind it.
    """
    text, found = document.text, []
    ends = [*(anchor.start for anchor in document.anchors[1:]), len(text)][: len(document.anchors)]
    for (start, line, column), end in zip(document.anchors, ends, strict=True):
        there = lines[line - 1][column - 1 :] if 0 < line <= len(lines) and column > 0 else ""
        if not there.startswith(text[start:end].rstrip()):
            found += [(at, text[at]) for at in range(start, end) if not _stands(document, lines, at)]
    return found


def _stands(document: Document, lines: list[str], offset: int) -> bool:
    character, (number, column) = document.text[offset], document.place(offset)
    if character.isspace():
        return True
    line = lines[number - 1] if 0 < number <= len(lines) and column > 0 else ""
    entity = _ENTITY.match(line, column - 1)
    return line[column - 1 : column] == character or (entity is not None and character in unescape(entity[0]))


def _check(document: Document) -> None:
    text, blocks = document.text, document.blocks
    assert "\n\n".join(document.slice(block.span) for block in blocks) == text
    assert all(document.slice(block.span).strip() == document.slice(block.span) != "" for block in blocks)
    assert all(block.line == document.line(block.span.start) for block in blocks)
    assert _LEFT_OVER.search(text) is None
    for span in [*(link.span for link in document.links if link.span), *document.code]:
        assert 0 <= span.start < span.end <= len(text)
        assert any(block.span.holds(span) for block in blocks)
    assert [heading.text for heading in document.headings] == [
        document.slice(block.span) for block in blocks if block.kind is BlockKind.HEADING
    ]
    assert all(document.slice(heading.span) == heading.text for heading in document.headings)
    for link in document.links:
        shown = document.slice(link.span) if link.span else None
        assert shown is None or link.alias in (None, shown, shown.strip())


@pytest.mark.parametrize("dialect", list(Dialect))
def test_every_character_of_mixed_posts_stands_where_its_place_says(dialect: Dialect) -> None:
    first = list(Dialect).index(dialect) * _POSTS
    for seed in range(first, first + _TRIED):
        text = post(seed)
        written = text.replace("\n", "\r\n") if seed % 2 else text
        document = _read(written.encode(), dialect)
        assert _misplaced(document, text.removeprefix("\ufeff").split("\n")) == [], seed
        _check(document)


@settings(max_examples=tried(300), deadline=None)
@given(st.binary(max_size=400), st.sampled_from(list(Dialect)))
def test_any_bytes_give_a_document_or_a_content_error(data: bytes, dialect: Dialect) -> None:
    with suppress(ContentError):
        _check(_read(data, dialect))
