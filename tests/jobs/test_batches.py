"""A batch comes out as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import ContentError, StoreError
from service.jobs.batches import Posts, packed, unpacked
from service.model import Defaults, Dialect, Mount, Problem, Site, Source

SITE = Site(
    "blog",
    Dialect.HUGO,
    "https://blog.example/",
    {"posts": "/:year/:slug/"},
    "zh-tw",
    "Asia/Taipei",
    defaults=(Defaults({"tags": ["港口"]}, "/posts/**"),),
    mounts=(Mount("文章", "posts"),),
)


def test_a_batch_comes_out_as_it_went_in() -> None:
    sources = [Source("a.md", "茶\n", (Problem("was Big5", None),)), Source("b.md", "")]
    posts = Posts(SITE, sources, ("old.md",), replace=True)
    assert unpacked(packed(posts)) == posts


@given(st.text(), st.text())
def test_any_text_can_be_kept(path: str, written: str) -> None:
    assert unpacked(packed(Posts(Site("blog"), [Source(path, written)]))).sources == [Source(path, written)]


def test_what_could_not_be_read_stays_the_error_it_was() -> None:
    (error,) = unpacked(packed(Posts(SITE, [ContentError("is no text", path="x.md", line=3)]))).sources
    assert isinstance(error, ContentError)
    assert (error.detail, error.path, error.line) == ("is no text", "x.md", 3)


@pytest.mark.parametrize("data", [b"", b"x", packed(Posts(SITE, []))[:-9], b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_damaged_bytes_are_an_error_with_a_sentence(data: bytes) -> None:
    with pytest.raises(StoreError, match="push them again"):
        unpacked(data)
