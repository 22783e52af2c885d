from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.claims import find_claims
from service.model import Anchor, Block, BlockKind, Claim, ClaimKind, Dialect, Document, Header, Link, Script, Span
from tests.extraction.writing import Piece, claims, document, heading, item, measured, named


def _surfaces(*pieces: Piece, people: str = "", companies: str = "") -> list[str]:
    return [claim.surface for claim in claims(*pieces, people=people, companies=companies)]


def _one(sentence: str) -> Claim:
    (found,) = claims(sentence)
    return found


def test_every_sentence_that_asserts_is_a_claim() -> None:
    assert _surfaces("港口昨天重開。第一艘船載了香蕉！") == ["港口昨天重開。", "第一艘船載了香蕉！"]


@pytest.mark.parametrize(
    "sentence",
    [
        "港口什麼時候重開？",
        "为什么没有人事先检查？",
        "接下來看看港口的帳本。",
        "让我们从头讲起。",
        "她列出了三個原因。",
        "理由有二。",
        "好吧。",
    ],
)
def test_what_asserts_nothing_is_no_claim(sentence: str) -> None:
    assert _surfaces(sentence) == []


def test_a_question_somebody_asks_is_no_claim() -> None:
    assert _surfaces("周嵐問：港口什麼時候重開？", people="周嵐") == []
    assert _surfaces("「港口什麼時候重開？」周嵐問。", people="周嵐") == []


@pytest.mark.parametrize("sentence", ["本文不構成任何建議。", "如果你也想去，不妨早點訂票。", "转载请注明出处和作者。"])
def test_advice_and_disclaimers_are_no_claims(sentence: str) -> None:
    assert _surfaces(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "感謝三百位鄰居來幫忙。",
        "有問題歡迎到碼頭找我們。",
        "我的理由很简单。",
        "本文整理了幾個常見的誤區。",
        "打开阀门，记下水位。",
        "完整的表格見附錄。",
    ],
)
def test_thanks_invitations_announcements_and_steps_are_no_claims(sentence: str) -> None:
    assert _surfaces(sentence) == []


@pytest.mark.parametrize("sentence", ["接下來港口要關三個月。", "以色列的港口比较大。", "打开阀门以后，水位会下降。"])
def test_what_only_begins_like_those_is_a_claim(sentence: str) -> None:
    assert _surfaces(sentence) == [sentence]


def test_a_rhetorical_question_is_a_claim() -> None:
    assert len(_surfaces("难道还要再等十年吗？")) == 1


def test_a_question_behind_an_assertion_is_a_claim() -> None:
    assert len(_surfaces("船票上個星期就已經賣光了，誰還上得去？")) == 1


def test_a_question_that_echoes_a_figure_is_a_claim() -> None:
    written = document("三千公噸香蕉？")
    assert find_claims(written, [], [], []) == ()
    assert len(find_claims(written, [], [measured(written, "三千公噸", "kg")], [])) == 1


@pytest.mark.parametrize(
    "text", ["港口正在被沙子淹没", "【3】新碼頭比舊碼頭小", "香蕉：被低估的貨物才是關鍵", "「沒有港口就沒有城市」"]
)
def test_a_heading_that_asserts_is_a_claim(text: str) -> None:
    assert _surfaces(heading(text)) == [text]


@pytest.mark.parametrize("text", ["港口的早晨", "參考資料", "香蕉如何上船", "為什麼要重開？", "📦 貨物清單", "第二章"])
def test_a_bare_topic_is_no_claim(text: str) -> None:
    assert _surfaces(heading(text)) == []


def test_a_short_line_without_an_end_is_read_as_a_heading() -> None:
    assert _surfaces("港口的早晨") == []
    assert _surfaces("香蕉已經漲價") == ["香蕉已經漲價"]


def test_an_item_is_a_claim_when_it_asserts() -> None:
    assert _surfaces(item("碼頭提供冷藏"), item("其他")) == ["碼頭提供冷藏"]


def test_a_lead_in_that_only_announces_is_no_claim() -> None:
    assert _surfaces("她列出了幾個數字：", item("吞吐量下降一成")) == ["吞吐量下降一成"]


@pytest.mark.parametrize(
    "kind", [BlockKind.CODE, BlockKind.CAPTION, BlockKind.CELL, BlockKind.AUTHOR, BlockKind.PERSON, BlockKind.COMPANY]
)
def test_code_captions_cells_and_declared_names_hold_no_claims(kind: BlockKind) -> None:
    assert _surfaces((kind, "港口昨天重開。")) == []


def test_an_entry_of_an_info_list_is_a_claim_when_it_is_dated() -> None:
    info = BlockKind.INFO
    assert _surfaces((info, "日期：2031-04-05"), (info, "片長：1:02:03"), (info, "來源：港口月刊")) == [
        "日期：2031-04-05",
        "片長：1:02:03",
    ]


def test_a_title_is_one_claim_whatever_marks_it_holds() -> None:
    title = "港口為什麼關閉？沙子才是答案"
    assert _surfaces((BlockKind.TITLE, title)) == [title]


def test_a_line_that_is_only_a_link_is_no_claim() -> None:
    text = "港口重開以後，香蕉漲價了；关联理由：后续"
    shown, reason = Span(0, text.index("；")), Span(text.index("；") + 1, len(text))
    link = Link("wiki", "x", None, None, None, "后续", None, 1, shown, reason)
    block = Block(BlockKind.ITEM, Span(0, len(text)), 1, 1)
    written = _document(text, block, links=(link,))
    assert find_claims(written, [], [], []) == ()
    assert len(find_claims(_document(text, block), [], [], [])) == 1


def test_a_claim_carries_what_lies_within_it() -> None:
    written = document("青禾航運有三艘船。青禾航運去年虧損。")
    mentions = named(written, companies="青禾航運")
    first, second = find_claims(written, mentions, [measured(written, "三艘")], [])
    assert [mention.span.start for mention in first.mentions + second.mentions] == [0, 9]
    assert [len(claim.figures) for claim in (first, second)] == [1, 0]


def test_a_claim_knows_its_section_and_line() -> None:
    found = claims("港口昨天重開。", heading("貨物"), "香蕉漲價了。")
    assert [(claim.section, claim.line) for claim in found] == [(None, 1), ("貨物", 3)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("港口去年少了兩艘船。", ClaimKind.STATEMENT),
        ("港口將在三年內關閉。", ClaimKind.PREDICTION),
        ("明年的香蕉有望降价。", ClaimKind.PREDICTION),
        ("市府打算加蓋一座碼頭。", ClaimKind.PLAN),
        ("碼頭應該漆成白色。", ClaimKind.OPINION),
        ("他們昨天在会议上投了票。", ClaimKind.STATEMENT),
    ],
)
def test_the_mood_is_told_by_its_words(sentence: str, kind: ClaimKind) -> None:
    assert _one(sentence).kind is kind


@pytest.mark.parametrize("sentence", ["新碼頭沒有燈。", "如果下雨，船就不開。", "港口尚未重开。", "他並非船長。"])
def test_a_denied_predicate_is_negated(sentence: str) -> None:
    assert _one(sentence).negated


@pytest.mark.parametrize(
    "sentence", ["如果不下雨，船照開。", "關鍵不是船，而是碼頭。", "港口不斷擴建。", "新碼頭不只便宜。"]
)
def test_other_uses_of_negative_words_deny_nothing(sentence: str) -> None:
    assert not _one(sentence).negated


def test_a_partial_quotation_is_no_quote() -> None:
    assert not _one("周嵐把這座港口稱為「沙漏」，因為它每年都在變淺。").quote
    assert _one("「這座港口每年都在變淺。」").quote


def _document(text: str, *blocks: Block, links: tuple[Link, ...] = ()) -> Document:
    start = (Anchor(0, 1, 1),)
    return Document("a", Dialect.MARKDOWN, Script.HANT, Header(), "", text, blocks, (), links, (), (), start)


_PROSE = st.lists(
    st.sampled_from(
        [
            *"甲不是將會說：「」“”（）。？，；的他 ",
            "問：",
            "答：",
            "—— ",
            "前者",
            "\n\n",
            "認為",
            "周岚",
            "1.5",
            "的看法是",
            "据",
            "难道",
            "\n",
        ]
    ),
    max_size=60,
).map("".join)


@given(_PROSE)
def test_claims_of_any_prose_are_slices_in_order_that_do_not_overlap(text: str) -> None:
    written = document(text.strip() or "甲")
    mentions = named(written, people="周岚")
    found = find_claims(written, mentions, [], [])
    assert all(written.slice(claim.span) == claim.surface for claim in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(claim.speaker is None or claim.speaker in mentions for claim in found)
