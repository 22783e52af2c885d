"""Links are told with the reason they stand there, in the forms people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Dialect, Document, Link, Site, Source
from service.reading import read


def _read(text: str) -> Document:
    return read(Source("a.md", text), Site("s", Dialect.OBSIDIAN))


def _told(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(link.target, link.relation, link.note) for link in _read(text).links]


@pytest.mark.parametrize(
    ("text", "relation", "note"),
    [
        ("[[堤防]]；關聯理由：同一條河；說明：只隔一座橋。", "同一條河", "只隔一座橋。"),
        ("[[堤防]]; 关联理由: 同一条河; 说明: 只隔一座桥。", "同一条河", "只隔一座桥。"),
        ("[[堤防]]（關聯理由：同一條河，說明：只隔一座橋）是舊的。", "同一條河", "只隔一座橋"),
        ("[[堤防]] 〔關係：上游〕", "上游", None),
        ("[[堤防]]【關聯理由】同一條河【說明】只隔一座橋", "同一條河", "只隔一座橋"),
        ("[[堤防]] — 關聯原因：同一條河 ｜ 備註：只隔一座橋", "同一條河", "只隔一座橋"),
        ("[[堤防]] → 理由＝對照", "對照", None),
        ("[[堤防]] | 關係：上游 | 說明：在北邊", "上游", "在北邊"),
        ("[[堤防]]：說明：在北邊；關係：上游", "上游", "在北邊"),
        ("[[堤防]] **关联理由**：同一条河", "同一条河", None),
        ("[[堤防]]\n關聯理由：同一條河\n說明：只隔一座橋", "同一條河", "只隔一座橋"),
        ("關聯理由：同一條河 → [[堤防]]", "同一條河", None),
        ("- 關係：上游；說明：在北邊 -> [[堤防]]", "上游", "在北邊"),
        ("（关系：上游）[[堤防]]", "上游", None),
        ("上游:: [[堤防]]", "上游", None),
        ("- **上游**:: [[堤防]]", "上游", None),
        ("水位看 [上游:: [[堤防]]] 就知道", "上游", None),
        ("水位看 (上游:: [[堤防]]) 就知道", "上游", None),
        ("上游:: [[堤防]]；說明：在北邊", "上游", "在北邊"),
    ],
)
def test_a_reason_is_read_in_the_forms_people_write(text: str, relation: str | None, note: str | None) -> None:
    assert _told(text) == [("堤防", relation, note)]


@pytest.mark.parametrize(
    "text",
    [
        "[[公告]]說明：今年不漲價。",
        "[[公告]]的理由：漲得太多。",
        "說明：今年不漲價，見 [[公告]]",
        "理由：漲得太多。[[公告]]",
        "他說 std::move 與 [[公告]] 無關",
        "`上游::` [[公告]]",
        "他::說了 [[公告]]",
    ],
)
def test_what_only_looks_like_a_reason_is_none(text: str) -> None:
    assert _told(text) == [("公告", None, None)]


def test_links_that_stand_together_share_their_reason() -> None:
    assert _told("[[甲]]、[[乙]] 和 [[丙]]；關係：上游") == [(name, "上游", None) for name in "甲乙丙"]
    assert _told("關係：上游 → [[甲]]、[[乙]]") == [(name, "上游", None) for name in "甲乙"]
    assert _told("[支持:: [[甲]], [[乙]]；[[丙]]] 與 [[丁]]") == [
        *((name, "支持", None) for name in "甲乙丙"),
        ("丁", None, None),
    ]


def test_links_that_do_not_stand_together_share_nothing() -> None:
    assert _told("[[甲]] 之後才有 [[乙]]；關係：下游") == [("甲", None, None), ("乙", "下游", None)]
    assert _told("[[甲]]\n\n[[乙]]；關係：下游") == [("甲", None, None), ("乙", "下游", None)]


def test_a_label_of_further_links_says_nothing_of_the_one_before() -> None:
    assert _told("專案：[[甲]]　關聯：[[乙|乙棟]]、[[丙]]") == [(name, None, None) for name in "甲乙丙"]
    assert _told("[[甲]]；關聯：[[乙]]的上游") == [("甲", "乙的上游", None), ("乙", None, None)]


def test_the_items_below_a_link_may_say_why_it_is_there() -> None:
    told = "- [[甲]]、[[乙]]\n  - 關聯理由：同一條河\n  - 說明：只隔一座橋\n"
    assert _told(f"{told}- [[丙]]\n  - 去年才建\n- 說明：以上都看過\n") == [
        ("甲", "同一條河", "只隔一座橋"),
        ("乙", "同一條河", "只隔一座橋"),
        ("丙", None, None),
    ]


def test_an_item_that_says_more_than_the_link_is_not_explained_below() -> None:
    assert _told("- [[甲]] 停工了\n  - 原因：缺料\n") == [("甲", None, None)]


def test_the_columns_of_a_table_may_say_why_a_link_is_there() -> None:
    text = "| 筆記 | 關係 | 說明 |\n| --- | --- | --- |\n| [[甲]] | 上游 | 看 [[丙]] |\n| [[乙]] |  | 在北邊 |\n"
    assert _told(text) == [("甲", "上游", "看 丙"), ("丙", None, None), ("乙", None, "在北邊")]


def test_other_tables_explain_no_links() -> None:
    assert _told("| 河 | 關係 |\n| --- | --- |\n| [[甲]] | 上游 |\n") == [("甲", None, None)]


@given(st.text("[]甲乙；：:，關係說明理由→（）|\n -*"))
def test_reasons_stand_where_they_say_and_hold_what_they_say(text: str) -> None:
    document = _read(text)
    for link in document.links:
        _check(document, link)


def _check(document: Document, link: Link) -> None:
    told = document.slice(link.reason) if link.reason else ""
    assert all(said is None or said in told for said in (link.relation, link.note))
    assert bool(link.relation or link.note) == bool(link.reason)
