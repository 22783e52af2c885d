"""Every character of the text knows its place in the file."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import ContentError
from service.model import Dialect, Document, Site, Source
from service.reading import read, read_plain
from tests.thorough import tried

_PLAIN = st.text("春天的海風吹過港口，漁船回來了。工厂停电Port 12 ABC", min_size=1, max_size=12).map(
    lambda text: f"島{text.strip()}島"
)


def _inline() -> st.SearchStrategy[str]:
    return st.one_of(
        _PLAIN,
        _PLAIN.map("**{}**".format),
        _PLAIN.map("*{}*".format),
        _PLAIN.map("`{}`".format),
        _PLAIN.map("[{}](/posts/a/)".format),
        _PLAIN.map("[[港口/{0}|{0}]]".format),
        _PLAIN.map("\\*{}&amp;".format),
        _PLAIN.map("![{}](/a.png)".format),
        _PLAIN.map("<b>{}</b>".format),
        st.just("{{< youtube abc >}}"),
        st.just("{% include a.html %}"),
        st.just("%%漁%%"),
        st.just("https://a.example/b_c?d=1"),
    )


def _blocks() -> st.SearchStrategy[str]:
    line = st.lists(_inline(), min_size=1, max_size=4).map("".join)
    return st.one_of(
        line,
        st.tuples(line, line).map("\n".join),
        line.map("## {}".format),
        line.map("> > {}".format),
        line.map("- {}\n  1. 一".format),
        line.map("- [x] {}".format),
        line.map("> [!note] {}\n> 二".format),
        st.tuples(_PLAIN, _PLAIN).map(lambda cells: f"| {cells[0]} | {cells[1]} |\n|---|---|\n| {cells[1]} | 三 |"),
        line.map("{}\n====".format),
        _PLAIN.map("```\n  {}\n```".format),
        _PLAIN.map("<div>{}<br>四</div>".format),
        _PLAIN.map("[^1]: {}".format),
    )


_POSTS = st.tuples(
    st.sampled_from(["", '---\ntitle: "港口的風"\nauthor: 漁夫\n---\n', "\n---\n描述: >\n  第一行\n  第二行\n---\n"]),
    st.lists(_blocks(), min_size=1, max_size=6).map("\n\n".join),
).map("".join)


def _check(document: Document, text: str) -> None:
    lines = text.split("\n")
    for offset, character in enumerate(document.text):
        if not character.isspace() and character != "&":
            place = document.place(offset)
            assert lines[place.line - 1][place.column - 1 : place.column] == character


@settings(max_examples=tried(150), deadline=None)
@given(_POSTS, st.sampled_from(list(Dialect)))
def test_every_character_stands_where_its_place_says(text: str, dialect: Dialect) -> None:
    _check(read(Source("content/posts/a.md", text), Site("s", dialect)), text)


@settings(max_examples=tried(150), deadline=None)
@given(_POSTS, st.sampled_from(list(Dialect)))
def test_blocks_cover_the_text_but_for_the_blank_lines_between_them(text: str, dialect: Dialect) -> None:
    document = read(Source("a.md", text), Site("s", dialect))
    assert "\n\n".join(document.slice(block.span) for block in document.blocks) == document.text
    assert all(block.line == document.line(block.span.start) for block in document.blocks)
    for link in document.links:
        assert link.span is None or 0 <= link.span.start < link.span.end <= len(document.text)


@settings(max_examples=tried(200), deadline=None)
@given(st.text(), st.sampled_from(list(Dialect)))
def test_any_text_reads_without_an_error_but_a_content_error(text: str, dialect: Dialect) -> None:
    with suppress(ContentError):
        read(Source("a.md", text.replace("\r", "")), Site("s", dialect))


@given(st.text())
def test_a_plain_text_keeps_its_places_too(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    document = read_plain(text)
    lines = plain.split("\n")
    for offset, character in enumerate(document.text):
        if character != "\n":
            place = document.place(offset)
            assert lines[place.line - 1][place.column - 1] == character


def test_a_folded_description_is_laid_over_its_lines() -> None:
    text = "---\ntitle: 港\ndescription: >-\n  第一行\n  第二行\n---\n"
    document = read(Source("a.md", text), Site("s"))
    assert document.header.description == "第一行 第二行"
    assert document.place(document.text.index("第二行")) == (5, 3)
