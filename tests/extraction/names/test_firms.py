"""Businesses that no list knows: what a post says of a name in all its places decides together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extraction.names import find_names
from service.lexicon.names import Lexicon
from service.model import EntityKind
from tests.extraction.prose import document
from tests.thorough import tried


def companies(*paragraphs: str) -> set[str]:
    """The surfaces of the companies found."""
    return {m.surface for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.COMPANY}


def named(*paragraphs: str) -> dict[str, str]:
    """The names of the companies found, by their surfaces."""
    return {m.surface: m.name for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.COMPANY}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("沁嵐的財務長林怡君說，明年不擴編。", "沁嵐"),
        ("岚沁的首席商务官陈怡婷上周离职。", "岚沁"),
        ("這是沁嵐倒閉的那一年。", "沁嵐"),
        ("运营商 Velorka 的总裁张雅婷没有出席。", "Velorka"),
        ("船東沁嵐把三條船租了出去。", "沁嵐"),
        ("他说 Velorka 计划投入 3 亿美元扩产。", "Velorka"),
        ("據說 Velorka 準備興建第二座廠，Velorka 的供應商都收到了通知。", "Velorka"),
        ("sKyra 去年投入 20 億元，今年宣布裁員。", "sKyra"),
    ],
)
def test_a_name_that_enough_speaks_for_is_a_business(text: str, name: str) -> None:
    assert name in companies(text)


@pytest.mark.parametrize(
    "text",
    [
        "我们用 Velorka 部署服务，Velorka 的配置文件在这里。",
        "安裝 Velorka 2.4 版之後重新啟動。",
        "在臺東縣 Velorka 收購了兩塊地。",
        "公司內網昨天壞了，工程師都在修。",
        "Velorka 很好看。",
        "DataServer 需要先启动，DataServer 宣布可用之后再连。",
        "教育部宣布投入 20 億元。",
        "重试也由 Velorka 做，配置放在数据库里。",
        "只有在 Velorka 的时候才能打开这个选项。",
        "日志先写到本地，再由 Velorka 负责上报。",
        "我们先把 Velorka 合并进主分支，再看 Velorka 合并之后的配置。",
        "把 Region Group 迁走之后，Region Group 还没有选出主节点。",
        "多个 Raft Group 是如何协作的呢？每个 Raft Group 都有一个主节点，Raft Group 之间互不影响。",
    ],
)
def test_a_thing_a_place_or_an_office_is_no_business(text: str) -> None:
    assert companies(text) == set()


@pytest.mark.parametrize("text", ["他在 Velorka 當工程師。", "她到 Velorka 做財務總監，三年後離開。"])
def test_who_works_somewhere_tells_a_business(text: str) -> None:
    assert companies(text) == {"Velorka"}


def test_names_in_a_row_with_a_business_are_businesses() -> None:
    assert {"Velorka", "Quintary"} <= companies("Velorka 的執行長林怡君沒有回應。", "Velorka、Quintary 都去了。")


def test_what_only_stands_in_a_row_speaks_for_nobody_else() -> None:
    assert "Ostrava" not in companies("Velorka 的執行長林怡君沒有回應。", "Velorka、Quintary、Ostrava 都去了。")


def test_the_own_part_of_a_name_stands_for_it() -> None:
    assert (
        named("沁嵐航運股份有限公司昨天開股東會。", "散會之後，沁嵐的船還停在港裡。")["沁嵐"] == "沁嵐航運股份有限公司"
    )


def test_an_everyday_word_stands_for_no_company() -> None:
    assert "創新" not in named("創新科技股份有限公司昨天開會。", "他們說創新的路很長。")


def test_a_gloss_does_not_part_a_name_from_what_it_does() -> None:
    assert "沁嵐" in companies("沁嵐（Qinlan）財務長林怡君說，明年不擴編。")


def test_without_a_lexicon_known_names_are_found_by_what_is_said_of_them() -> None:
    page = document("Nvidia 的執行長黃仁勳沒有回應，他的員工倒是說了很多。")
    mentions, _ = find_names(page, Lexicon(()))
    assert {m.surface for m in mentions if m.kind is EntityKind.COMPANY} == {"Nvidia"}
    assert all(m.key is None for m in mentions)


@settings(max_examples=tried(60))
@given(st.text("沁嵐的財務長王明說、和Velorka 宣布（）()12億元。，", max_size=120))
def test_every_name_is_the_slice_of_the_text_and_none_overlap(text: str) -> None:
    page = document(text)
    mentions, _ = find_names(page)
    assert all(page.text[m.span.start : m.span.end] == m.surface for m in mentions)
    assert all(one.span.end <= other.span.start for one, other in pairwise(mentions))


@pytest.mark.parametrize("name", ["聯發科股份有限公司", "聯發科有限公司", "联发科股份有限公司"])
def test_the_legal_form_of_a_listed_business_belongs_to_its_name(name: str) -> None:
    (mention,) = find_names(document(f"{name}昨天公布財報。"))[0]
    assert (mention.surface, mention.key) == (name, "mediatek")


def test_an_ambiguous_listed_name_that_enough_speaks_for_is_the_listed_one() -> None:
    (mention,) = (m for m in find_names(document("Amazon 的財務長林怡君離職了。"))[0] if m.surface == "Amazon")
    assert mention.key == "amazon"
