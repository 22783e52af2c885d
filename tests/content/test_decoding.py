"""Bytes become text in the encoding they are surely in, and paths that leave their root are refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.content import decode, safe_path
from service.content.charsets import guess
from service.errors import ContentError, LimitError
from service.model import Site, Source
from service.reading import read
from service.store.ids import content_hash

_HANS = "山里的茶农每年三月开始采茶，今年因为雨水太多，产量比去年少了三成。"
_HANT = "山裡的茶農每年三月開始採茶，今年因為雨水太多，產量比去年少了三成。"


def _decode(data: bytes) -> Source:
    return decode(data, "a.md", max_bytes=1_000_000)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_decoded_by_its_mark(encoding: str) -> None:
    source = decode("茶\r\n山\r海".encode(encoding), "筆記\\a.md", max_bytes=100)
    assert (source.path, source.text) == ("筆記/a.md", "茶\n山\n海")
    assert bool(source.problems) is not encoding.startswith("utf-8")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (_HANS, "gb18030", "GB18030"),
        (_HANS, "gbk", "GB18030"),
        (_HANT, "gb18030", "GB18030"),
        (_HANT, "cp950", "Big5"),
        (_HANT + "廚房裡有𨋢和𡃁。", "big5hkscs", "Big5-HKSCS"),
        (_HANS, "utf-16-le", "UTF-16-LE"),
        (_HANT, "utf-16-be", "UTF-16-BE"),
        ("---\ntitle: Tea\n---\nOnly English here.\n", "utf-16-le", "UTF-16-LE"),
        ("---\ntitle: Tea\n---\nOnly English here.\n", "utf-16-be", "UTF-16-BE"),
        ("# Notes on a long walk\n\n" + "Plain words. " * 200 + _HANT, "cp950", "Big5"),
    ],
)
def test_text_without_a_mark_is_read_as_the_chinese_it_is(text: str, encoding: str, name: str) -> None:
    source = _decode(text.encode(encoding))
    assert source.text == text
    assert [problem.detail for problem in source.problems] == [
        f"the file is {name}, and was read as that: save it as UTF-8"
    ]


@pytest.mark.parametrize(
    "data",
    [
        "陶艺".encode("gbk"),  # too short to tell from Big5
        "Café crème, naïve façade".encode("latin-1"),
        "これは日本語の文章です。漢字とかなが混ざっています。".encode("euc_jp"),
        "한국어 문장입니다. 오늘은 날씨가 좋습니다.".encode("euc_kr"),
        "Русский текст о чае и горах, довольно длинный.".encode("cp1251"),
        (_HANT * 3).encode()[:-1],  # cut within a character
        _HANS.encode("gbk") + _HANT.encode(),  # two in one
    ],
)
def test_what_is_not_sure_is_refused_rather_than_guessed(data: bytes) -> None:
    with pytest.raises(ContentError, match="save it as UTF-8"):
        _decode(data)


def test_the_line_of_the_fault_is_told() -> None:
    with pytest.raises(ContentError) as caught:
        _decode("茶\n山\n".encode() + b"\xff\n")
    assert caught.value.line == 3
    with pytest.raises(ContentError) as caught:
        _decode(b"\xff\xfe" + "茶\n山".encode("utf-16-le") + b"\x00\xd8\x41\x00")
    assert caught.value.line == 2


def test_binary_data_is_no_text_and_a_stray_nul_is_told_of() -> None:
    with pytest.raises(ContentError) as caught:
        _decode(b"a\nb\0c")
    assert caught.value.line == 2
    source = _decode(("春茶\n" * 100 + "山\0海\n").encode())
    assert source.text.endswith("山\ufffd海\n")
    assert [(problem.line, "NUL" in problem.detail) for problem in source.problems] == [(101, True)]


def test_only_newlines_end_lines() -> None:
    source = _decode("一\u2028二\u2029三\u0085四\n五\r六\r\n七".encode())
    assert source.text.count("\n") == 3
    document = read(Source("a.md", "---\ntitle: 甲\u2028乙\n---\n一\u2028二\n\n五"), Site("s"))
    assert document.line(document.text.index("五")) == 6


def test_the_document_tells_what_its_bytes_got_wrong() -> None:
    document = read(_decode(f"---\ntitle: 茶\n---\n{_HANS}".encode("gb18030")), Site("s"))
    assert document.title == "茶"
    assert [problem.line for problem in document.problems] == [1]


@pytest.mark.parametrize(
    "path",
    [
        "/a.md",
        "../a.md",
        "a/../../b.md",
        "C:\\a.md",
        "c:a.md",
        "\\\\host\\a.md",
        "",
        "a\nb.md",
        "a/.. /b.md",
        "./.",
        "\ud800.md",
    ],
)
def test_paths_that_leave_their_root_are_refused(path: str) -> None:
    with pytest.raises(ContentError):
        decode(b"", path, max_bytes=100)


@pytest.mark.parametrize("path", ["字" * 256 + ".md", "a/" * 65 + "b.md", "字/" * 3_000])
def test_paths_beyond_what_file_systems_take_are_refused(path: str) -> None:
    with pytest.raises(ContentError):
        safe_path(path)


@pytest.mark.parametrize("path", ["con.md", "茶.md.", "a...b.md", "..a/b.md", " a.md", "%2e%2e/a.md"])
def test_names_that_only_windows_minds_are_good_names(path: str) -> None:
    assert safe_path(path) == path


def test_paths_are_composed() -> None:
    assert safe_path(unicodedata.normalize("NFD", "café/é.md")) == "café/é.md"


def test_a_file_past_the_limit_is_refused() -> None:
    with pytest.raises(LimitError):
        decode(b"aaaa", "a.md", max_bytes=3)


@given(st.binary(max_size=400))
def test_any_bytes_become_text_or_a_content_error(data: bytes) -> None:
    try:
        source = _decode(data)
    except ContentError:
        return
    assert "\r" not in source.text
    assert "\0" not in source.text
    source.text.encode()


@given(st.text(st.sampled_from(_HANS + _HANT), min_size=12), st.sampled_from(["gb18030", "cp950"]))
def test_a_guess_is_never_another_text(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    found = guess(data)
    assert found is None or found.text == data.decode(encoding)


@given(st.text())
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    try:
        source = _decode(text.encode("utf-8", "ignore"))
    except ContentError:
        return
    assert all("UTF-8" not in problem.detail for problem in source.problems) or "\0" in text


def test_a_file_saved_anew_as_utf8_is_another_file() -> None:
    site = Site("s")
    old, new = _decode(_HANS.encode("gb18030")), _decode(_HANS.encode())
    assert old.text == new.text
    assert content_hash(old, site, "1") != content_hash(new, site, "1")
