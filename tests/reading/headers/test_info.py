"""Lists, tables and lines that tell of a plain note fill its header; prose that only looks like them stays prose."""

from __future__ import annotations

import pytest

from service.model import BlockKind, Dialect, Document, Original, Site, Source
from service.reading import read


def _read(text: str) -> Document:
    return read(Source("港.md", text), Site("s", Dialect.OBSIDIAN))


@pytest.mark.parametrize(
    "told",
    [
        "- **來源**：[海港報](https://a.example/x)\n- **日期**：2026-03-05\n- **作者**：漁夫",
        "* 来源: [海港報](https://a.example/x)\n* 日期: 2026/3/5\n* 作者: 漁夫",
        "> 作者：漁夫\n> 來源：[海港報](https://a.example/x)\n> 日期：2026年3月5日",
        "**作者**: 漁夫\n**來源**: [海港報](https://a.example/x)\n**日期**: 2026-03-05",
        "作者：漁夫 ｜ 來源：[海港報](https://a.example/x) ｜ 2026-03-05",
        "| 項目 | 內容 |\n|---|---|\n| 作者 | 漁夫 |\n| 日期 | 2026-03-05 |\n| 來源 | [海港報](https://a.example/x) |",
        "| 作者 | 漁夫 |\n|---|---|\n| **日期** | 2026年3月5日 |\n| 来源 | [海港報](https://a.example/x) |",
        "| | |\n|---|---|\n| 作者： | 漁夫 |\n| 日期： | 2026.3.5 |\n| 來源： | [海港報](https://a.example/x) |",
    ],
)
def test_a_note_is_told_of_above_its_prose(told: str) -> None:
    document = _read(f"# 港\n\n{told}\n\n漁船回來了。")
    header = document.header
    assert (header.authors, header.original) == (("漁夫",), Original("https://a.example/x", "海港報"))
    assert header.published is not None
    assert header.published.isoformat() == "2026-03-05"
    assert {block.kind for block in document.blocks[1:-1]} == {BlockKind.INFO}
    assert document.blocks[-1].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    "text",
    [
        "- 時間：早上去\n- 地點：港口\n- 人物：很多\n\n正文",
        "- 題目：一\n- 題目：二\n\n正文",
        "- 書名：海上的人\n- 作者：漁夫\n- 出版日期：2026-03-05\n\n正文",
        "| 作者 | 書名 |\n|---|---|\n| 漁夫 | 海 |\n| 船長 | 風 |\n\n正文",
        "| 公司 | 人物 |\n|---|---|\n| 甲行 | 漁夫 |\n| 乙行 | 船長 |\n\n正文",
        "| 日期 | 漁獲 | 天氣 |\n|---|---|---|\n| 2026-03-05 | 5 | 晴 |\n\n正文",
        "| 日期 | 漁獲 |\n|---|---|\n| 2026-03-05 | 5 |\n| 2026-03-06 | 7 |\n\n正文",
        "先說一句。\n\n| 作者 | 漁夫 |\n|---|---|\n| 日期 | 2026-03-05 |\n",
        "作者：我不同意他說的。因為他錯了。\n\n正文",
        "來源：誰知道呢？\n\n正文",
        "公司：他在一家賣船的公司做了三年。\n\n正文",
    ],
)
def test_what_only_looks_like_it_stays_prose(text: str) -> None:
    document = _read(text)
    assert BlockKind.INFO not in {block.kind for block in document.blocks}
    assert (document.header.authors, document.header.published, document.header.original) == ((), None, None)


def test_a_table_below_front_matter_is_the_posts_own() -> None:
    document = _read("---\ntitle: 港\n---\n| 作者 | 船長 |\n|---|---|\n| 日期 | 2026-03-05 |\n\n正文")
    assert document.header.authors == ()
    assert document.blocks[1].kind is BlockKind.CELL
