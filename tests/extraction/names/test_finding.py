"""Names the lexicon knows: when a form is meant, and when it is another word or part of another name."""

from __future__ import annotations

from itertools import pairwise

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extraction.names import find_names
from service.model import BlockKind, EntityKind, Mention
from tests.extraction.prose import document
from tests.thorough import tried


def mentions(*paragraphs: str) -> tuple[Mention, ...]:
    return find_names(document(*paragraphs))[0]


def named(*paragraphs: str) -> list[tuple[str, str | None]]:
    """The surfaces and lexicon ids of the people and companies found."""
    found = mentions(*paragraphs)
    return [(m.surface, m.key) for m in found if m.kind in (EntityKind.PERSON, EntityKind.COMPANY)]


def test_one_person_is_known_in_both_scripts_and_in_english() -> None:
    found = named("蘇姿丰接受訪問。", "苏姿丰接受访问。", "Lisa Su 接受訪問。")
    assert found == [("蘇姿丰", "lisa-su"), ("苏姿丰", "lisa-su"), ("Lisa Su", "lisa-su")]


@pytest.mark.parametrize("name", ["傑夫．貝佐斯", "杰夫·贝佐斯", "傑夫・貝佐斯", "傑夫‧貝佐斯", "傑夫貝佐斯"])
def test_any_point_joins_the_parts_of_a_foreign_name(name: str) -> None:
    assert named(f"{name}離開了西雅圖。") == [(name, "jeff-bezos")]


def test_a_name_is_shown_in_the_fullest_form_the_post_gives() -> None:
    assert {mention.name for mention in mentions("傑夫．貝佐斯創業多年。貝佐斯後來退休。")} == {"傑夫．貝佐斯"}


@pytest.mark.parametrize(
    "text", ["這是 Googleplex 的照片", "參見 google-cloud 套件", "寄到 hi@openai.com", "見 stripe.com 首頁"]
)
def test_part_of_a_word_or_an_address_is_no_name(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "我們租用 Google TPU 訓練",
        "新款 Microsoft Surface 上市",
        "收聽 Joe Rogan Podcast",
    ],
)
def test_part_of_a_longer_latin_name_is_no_name(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["拜登政府加了稅", "欧巴马政府推过医改", "巴菲特指數創新高"])
def test_a_person_inside_the_name_of_something_else_is_not_mentioned(text: str) -> None:
    assert named(text) == []


def test_a_family_name_behind_another_given_name_is_somebody_else() -> None:
    assert named("德威特・柯林頓修了運河。") == [("德威特・柯林頓", None)]


def test_a_role_between_two_names_belongs_to_neither() -> None:
    assert named("NVIDIA CEO Jensen Huang 上台。") == [("NVIDIA", "nvidia"), ("Jensen Huang", "jensen-huang")]


def test_a_short_form_needs_the_full_name_in_the_post() -> None:
    assert named("Satya 也來了。") == []
    assert ("Satya", "satya-nadella") in named("Satya Nadella 寫了一本書。", "Satya 也來了。")


@pytest.mark.parametrize(
    "text", ["她吃了一顆蘋果。", "桌上有苹果汁。", "新聞讓人聯想到過去。", "通膨比高通膨時期低。", "搭船遊亞馬遜河。"]
)
def test_an_everyday_word_is_no_company(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "key"),
    [
        ("蘋果宣布調降佣金。", "蘋果", "apple"),
        ("苹果股价创新高。", "苹果", "apple"),
        ("前員工離開 Meta 創業。", "Meta", "meta"),
        ("供應商包括三星、台積電。", "三星", "samsung"),
        ("亚马逊发布了新的云服务。", "亚马逊", "amazon"),
    ],
)
def test_a_neighbour_only_a_business_has_makes_a_word_a_company(text: str, surface: str, key: str) -> None:
    assert (surface, key) in named(text)


def test_a_word_is_used_in_one_sense_throughout_a_post() -> None:
    assert named("Amazon 宣布裁員。", "外界認為 Amazon 太急。") == [("Amazon", "amazon"), ("Amazon", "amazon")]


def test_a_verb_needs_evidence_at_each_place() -> None:
    found = named("聯想集團公布財報。", "介面統一以後比較好用。")
    assert "統一" not in [surface for surface, _ in found]


def test_lower_case_is_a_word_unless_the_name_is_coined() -> None:
    assert named("用 apple 和 meta 當變數名，openai 則是套件。") == [("openai", "openai")]


def test_titles_of_works_code_and_urls_name_nobody() -> None:
    prose = "《賈伯斯傳》好看。見 https://example.org/Tesla/Google 與 nvidia-smi 指令。"
    assert find_names(document(prose, code=("nvidia-smi",)))[0] == ()


def test_a_paper_in_title_marks_is_the_business() -> None:
    assert ("Bloomberg", "bloomberg") in named("《Bloomberg》引述知情人士。")


def test_the_front_matter_gives_authors_and_declared_names() -> None:
    front = (
        (BlockKind.AUTHOR, "林小葵"),
        (BlockKind.AUTHOR, "小編"),
        (BlockKind.PERSON, "jensen-huang"),
        (BlockKind.COMPANY, "TSMC"),
    )
    found, _ = find_names(document("今天天氣很好。", front=front))
    assert [(m.surface, m.role, m.method, m.key) for m in found] == [
        ("林小葵", "author", "front_matter", None),
        ("jensen-huang", "declared", "front_matter", "jensen-huang"),
        ("TSMC", "declared", "front_matter", "tsmc"),
    ]


def test_whom_the_front_matter_declares_is_meant_by_that_name_in_the_text() -> None:
    front = ((BlockKind.COMPANY, "礁石雲"), (BlockKind.PERSON, "砚秋白"), (BlockKind.COMPANY, "Reef"))
    text = "礁石云公布了新計畫，硯秋白沒有回應。The reef is small, Reef said."
    found = [one for one in find_names(document(text, front=front))[0] if one.role == "mentioned"]
    assert [one.surface for one in found] == ["礁石云", "硯秋白", "Reef"]
    assert {one.kind for one in found if one.surface != "硯秋白"} == {EntityKind.COMPANY}


@pytest.mark.parametrize("author", ["Hugo", "南風"])
def test_an_author_of_one_short_word_is_not_looked_for_in_the_text(author: str) -> None:
    found, _ = find_names(document("Hugo 產生網站只要一秒，南風又起了。", front=((BlockKind.AUTHOR, author),)))
    assert [one.role for one in found] == ["author"]


def test_an_author_within_a_link_is_named_without_the_link() -> None:
    front = ((BlockKind.AUTHOR, '<a href="https://example.org">Mei Lin</a>'),)
    assert [mention.surface for mention in find_names(document("內文。", front=front))[0]] == ["Mei Lin"]


SENTENCES = [
    "黃仁勳表示，台積電與三星都是夥伴。",
    "蘋果宣布，庫克將接受訪問。",
    "馬斯克旗下的特斯拉股價下跌，OpenAI 則籌資。",
    "張忠謀創辦台積電，劉慈欣寫小說。",
    "川普政府加稅，川普說不會退讓。",
    "讓人聯想到高通膨的年代。",
]


@given(st.lists(st.sampled_from(SENTENCES), max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_post_in_the_other_script_names_the_same(paragraphs: list[str]) -> None:
    simplified = [opencc.OpenCC("t2s").convert(paragraph) for paragraph in paragraphs]
    here, there = mentions(*paragraphs), mentions(*simplified)
    assert [(m.key, m.kind, m.span) for m in here] == [(m.key, m.kind, m.span) for m in there]


@given(st.text(alphabet="約翰．科里森（）() John Collison說執行長王小明、Meta蘋果公司\n《》-.'", max_size=80))
@settings(max_examples=tried(150), deadline=None)
def test_every_mention_is_its_slice_in_order_and_alone(text: str) -> None:
    post = document(*text.split("\n"))
    found, _ = find_names(post)
    assert all(post.slice(mention.span) == mention.surface for mention in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
