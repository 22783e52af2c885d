"""Front matter is found, bounded and parsed; what is broken is told of on its line, and the rest is read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.model import Dialect, Document, Site, Source
from service.reading import read
from service.reading.headers.frontmatter import split
from service.reading.headers.mending import unquoted
from service.reading.templates.calls import FILLER
from tests.thorough import tried


def _read(text: str, dialect: Dialect = Dialect.HUGO) -> Document:
    return read(Source("a.md", text), Site("s", dialect))


@pytest.mark.parametrize(
    ("front", "line", "hint"),
    [
        ("title: 第三章: 風\ndate: 2026-01-05", 2, "holds a colon"),
        ('date: 2026-01-05\ntitle: "沒有關上', 3, "close the quote"),
        ('date: 2026-01-05\ntitle: "前"後', 3, "single quotes"),
        ("title: '他說'好''", 2, "twice"),
        ('cover: "C:\\pics"\ntitle: 圖', 2, "backslash"),
        ("title: 茶\ntags: [綠茶, 紅茶", 3, "close the [ with ]"),
        ("title: [專訪] 林場", 2, "if it is text"),
        ("title: {專訪} 林場", 2, "{ begins a map"),
        ("author: @tea\ntitle: 茶", 2, "@ means something else"),
        ("title: *重點*", 2, "* means something else"),
        ("title: `code`", 2, "` means something else"),
        ("title: 茶\ntags:\n  - 綠茶\n\t- 紅茶", 5, "spaces instead of tabs"),
        ("title: 茶\ntags: #綠茶 #紅茶", 3, "# begins a comment"),
        ("title: 茶\ntags：[綠茶]", 3, "ASCII colon"),
        ("title:茶\ntags: [綠茶]", 2, "put a blank behind the colon"),
        ("title:\u3000茶\ntags: [綠茶]", 2, "ordinary one"),
        ("title: 茶\n寫錯的一行\ntags: [綠茶]\ndate: 2026-01-05", 3, "no key"),
    ],
)
def test_what_yaml_refuses_is_told_on_its_line_with_what_to_do(front: str, line: int, hint: str) -> None:
    (problem,) = _read(f"---\n{front}\n---\n正文").problems
    assert problem.line == line
    assert hint in problem.detail


@pytest.mark.parametrize(
    ("front", "line", "hint"),
    [
        ("title = 茶\ndate = 2026-01-05", 2, "quotes"),
        ("title = '茶'\ntitle = '山'", 3, "more than once"),
        ("title = '茶\ndate = 2026-01-05", 2, "close the quote"),
        ("title = '茶'\ntags = ['綠茶'", 3, "close the ["),
        ("title: 茶\ntags: [綠茶]", 1, "this is YAML"),
    ],
)
def test_what_toml_refuses_is_told_on_its_line_with_what_to_do(front: str, line: int, hint: str) -> None:
    document = _read(f"+++\n{front}\n+++\n正文")
    assert [problem.line for problem in document.problems] == [line]
    assert hint in document.problems[0].detail
    assert document.title in ("茶", "山")
    assert document.text.endswith("正文")


def test_one_broken_value_takes_no_other_with_it() -> None:
    document = _read('---\ntitle: "前"後\ntags:\n  - @甲\n  - 乙\nauthor: 漁夫\ndate: 2026-01-05\n---\n正文')
    header = document.header
    assert (document.title, header.tags, header.authors) == ('"前"後', ("@甲", "乙"), ("漁夫",))
    assert header.published is not None
    assert [problem.line for problem in document.problems] == [2, 4]


def test_broken_toml_keeps_its_tables_apart() -> None:
    front = split("+++\ntitle = '茶'\n[params]\ntitle = 內\nauthor = '漁夫'\n+++\n")
    assert front.data == {"title": "茶", "params": {"title": "內", "author": "漁夫"}}


def test_toml_between_dashes_is_read_and_told_of() -> None:
    document = _read('---\ntitle = "茶"\ntags = ["綠茶"]\n---\n正文')
    assert (document.title, document.header.tags) == ("茶", ("綠茶",))
    assert "+++" in document.problems[0].detail


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\ntitle: 茶\ndate: 2026-01-05\n\n正文", "\n正文", 3),
        ("---\ntitle: 茶\ntags:\n- 綠茶\n\n正文\n\n---\n\n後文", "\n正文\n\n---\n\n後文", 4),
        ("---\ntitle: 茶\n—\n正文", "正文", 2),
        ("---\ntitle: 茶\n---正文之前\n正文", "正文", 2),
        ("+++\ntitle = '茶'\n\n正文", "\n正文", 2),
    ],
)
def test_front_matter_that_is_not_closed_ends_where_prose_begins(text: str, body: str, line: int) -> None:
    front = split(text)
    assert (front.data["title"], front.body) == ("茶", body)
    assert [problem.line for problem in front.problems] == [line]
    assert front.body_line == text.count("\n") - body.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "---\n\n今天的風很大。\n\n---\n\n明天也是。",
        "---\n今天: 風很大: 很大。\n第二行\n第三行\n---\n後文",
        "---\n甲：你來了\n乙：我來了\n---\n後文",
        "---\n他說：好\n\n後文",
        "---\n- 一\n- 二\n---\n後文",
        "----\ntitle: 四\n----\n後文",
        "{大括號} 後文",
        "{{< note >}}後文",
        "#+TITLE: 組織\n\n後文",
    ],
)
def test_prose_that_begins_with_a_rule_or_brace_loses_nothing(text: str) -> None:
    front = split(text)
    assert (front.format, front.body, front.problems) == (None, text, [])


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('{"title": "茶", "tags": ["綠茶"],}\n正文', "comma before"),
        ('{\n"title": "茶"\n"tags": ["綠茶"]\n}\n正文', "comma between"),
        ("{\"title\": '茶', \"tags\": ['綠茶']}\n正文", "double quotes"),
    ],
)
def test_broken_json_is_told_of_and_its_body_stays(text: str, hint: str) -> None:
    front = split(text)
    assert front.body == "正文"
    assert hint in front.problems[0].detail


def test_words_of_yaml_that_mean_no_are_labels_in_a_list() -> None:
    assert _read("---\ntags: [NO, on, true, y]\ndraft: yes\n---\n").header.tags == ("NO", "on", "true", "y")


def test_values_under_a_tag_of_their_own_are_read() -> None:
    assert _read("---\ntitle: !important 茶\ntags: !list [綠茶]\n---\n").header.tags == ("綠茶",)


def test_anchors_and_merged_maps_are_followed() -> None:
    header = _read("---\nbase: &b\n  author: 漁夫\n  tags: &t [海]\n<<: *b\ncategories: *t\n---\n").header
    assert (header.authors, header.tags, header.categories) == (("漁夫",), ("海",), ("海",))


def test_characters_that_yaml_refuses_become_blanks() -> None:
    document = _read("---\ntitle: 甲\x08乙\u2028丙\u0085丁\ndate: 2026-01-05\n---\n正文")
    assert (document.title, document.problems) == ("甲 乙 丙 丁", ())


_BOMBS = {
    "laughs": "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)),
    "merges": "a0: &a0 {k: 1}\n"
    + "".join(f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)),
    "brackets": "k: " + "[" * 50_000 + "\n",
    "dashes": "k: " + "- " * 50_000 + "\n",
    "indents": "".join(" " * n + "k:\n" for n in range(300)),
}


@pytest.mark.parametrize("name", _BOMBS)
def test_bombs_are_not_followed_and_what_stands_above_is_read(name: str) -> None:
    document = _read(f"---\ntitle: 炸\n{_BOMBS[name]}---\n正文")
    assert document.title == "炸"
    assert document.text.endswith("正文")
    assert "not read as a whole" in document.problems[0].detail


@pytest.mark.parametrize(
    ("written", "plain"),
    [('"a"', "a"), ('"a', "a"), ('"a"b', '"a"b'), ("'a'b'", "'a'b'"), ('"', ""), ("a", "a"), ("", "")],
)
def test_only_quotes_around_a_whole_value_are_taken_off(written: str, plain: str) -> None:
    assert unquoted(written) == plain


_SCALARS = st.one_of(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff\x85"),
        max_size=12,
    ),
    st.booleans(),
    st.integers(-999, 999_999),
    st.lists(st.text("茶山abc", min_size=1), max_size=3),
)
_KEYS = st.text("abcdeftg茶山_", min_size=1, max_size=6)


@given(st.dictionaries(_KEYS, _SCALARS, min_size=1, max_size=5), st.text("甲乙\n", max_size=8))
def test_json_between_dashes_says_what_bare_json_says(data: dict[str, object], body: str) -> None:
    written = json.dumps(data, ensure_ascii=False)
    fenced, bare = split(f"---\n{written}\n---\n{body}"), split(f"{written}\n{body}")
    assert fenced.data == bare.data == data
    assert fenced.body == bare.body == body


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "title: 茶",
                "tags: [甲",
                "- 乙",
                "  - 丙",
                "標題：山",
                "date: 2026-01-05",
                '"',
                "a: b: c",
                "\tx: y",
                "{",
                "}",
            ]
        ),
        st.sampled_from(
            ["---", "+++", "...", "k = 1", "[t]", "x: &a 1", "y: *a", "<<: *a", "正文。", "", "# 註", "key: |"]
        ),
        st.text("ab:：-\"'[]{}#&*!|>%@` \t茶=", max_size=10),
    ),
    max_size=10,
)


@settings(max_examples=tried(400))
@given(
    st.sampled_from(["---", "+++", "{", "\n---", "\ufeff---"]), _LINES, st.sampled_from(["---", "+++", "...", "}", ""])
)
def test_anything_is_split_and_the_body_begins_on_its_line(opened: str, lines: list[str], closed: str) -> None:
    text = "\n".join([opened, *lines, closed, "末行"])
    front = split(text)
    body = front.body.lstrip(FILLER)  # what stands on the line of a closing brace keeps its column
    assert text.endswith(body)
    assert front.body_line == text[: len(text) - len(body)].count("\n") + 1
    assert all(1 <= (problem.line or 1) <= text.count("\n") + 1 for problem in front.problems)
    document = _read(text)
    assert "\n\n".join(document.slice(block.span) for block in document.blocks) == document.text
