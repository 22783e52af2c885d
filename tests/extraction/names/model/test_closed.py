"""Where the model sees nothing: code, links, paths, addresses; and that it sees the same in both scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.names.modelled import seen_by_model
from service.extraction.names.page import Page
from tests.extraction.prose import document

BOTH = (
    ("財務長顧遠帆表示，", "财务长顾远帆表示，"),
    ("由雲嶺實業承辦，", "由云岭实业承办，"),
    ("記者宗政若嵐報導。", "记者宗政若岚报导。"),
    ("今天天氣好，", "今天天气好，"),
    ("張經理說：", "张经理说："),
    ("Norvik Holdings 跟進。", "Norvik Holdings 跟进。"),
    ("據阮蕭·杜瓦爾轉述，", "据阮萧·杜瓦尔转述，"),
)


def seen(text: str, *code: str) -> list[tuple[int, int, str]]:
    return [(*one.span, one.kind) for one in seen_by_model(Page(document(text, code=code)))]


@pytest.mark.parametrize(
    "shape",
    [
        "原文在 https://example.org/{}/index.html 可讀。",
        "原文在 www.example.org/{} 可讀。",
        "檔案放在 /srv/posts/{}/notes 之下。",
        "來信請寄 {}@example.org 即可。",
        "來信請寄 press@{}.example 即可。",
    ],
)
@pytest.mark.parametrize("name", ["GuYuanfan", "Gwen-Ashdown", "Norvik-Holdings"])
def test_nothing_is_seen_in_links_paths_and_addresses(shape: str, name: str) -> None:
    assert seen(shape.format(name)) == []


@pytest.mark.parametrize("name", ["顧遠帆", "宗政若嵐", "雲嶺實業", "Norvik Holdings", "Gwen Ashdown"])
def test_what_is_seen_in_a_sentence_is_not_seen_in_code(name: str) -> None:
    text = f"由{name}簽署。"
    assert seen(text) != []
    assert seen(text, name) == []


@given(st.lists(st.sampled_from(BOTH), max_size=6))
def test_what_is_seen_is_the_same_in_both_scripts(parts: list[tuple[str, str]]) -> None:
    assert seen("".join(hant for hant, _ in parts)) == seen("".join(hans for _, hans in parts))
