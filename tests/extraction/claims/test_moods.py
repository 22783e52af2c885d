from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.claims.moods import Told, mood
from service.extraction.claims.negation import is_negated
from service.extraction.claims.quotations import is_quote
from service.model import ClaimKind, Span
from service.script import fold

PLAN, PREDICTION, OPINION, STATEMENT = ClaimKind.PLAN, ClaimKind.PREDICTION, ClaimKind.OPINION, ClaimKind.STATEMENT


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("渔会打算在秋天以前换掉两艘船。", PLAN),
        ("市集預定下個月搬到河堤。", PLAN),
        ("我們會把收入捐給消防隊。", PLAN),
        ("水庫將在月底見底。", PREDICTION),
        ("明年的蘋果會便宜一點。", PREDICTION),
        ("恐怕再也没有人愿意种稻。", PREDICTION),
        ("到時候連渡船都要停。", PREDICTION),
        ("这座吊桥应该涂成红色。", OPINION),
        ("她認為菜單太長。", OPINION),
        ("問題不在魚，而在水。", OPINION),
        ("誰還記得那家麵店？", OPINION),
        ("坦白说，汤不好喝。", OPINION),
        ("漁港離車站兩公里。", STATEMENT),
        ("旧码头去年拆了。", STATEMENT),
    ],
)
def test_a_mood_is_weighed_from_its_words(sentence: str, kind: ClaimKind) -> None:
    assert mood(fold(sentence)) is kind


@pytest.mark.parametrize(
    "sentence", ["三年内，他们已经搬了两次家。", "會議昨天開到半夜。", "最新的一班船十點開。", "这是全省最长的隧道。"]
)
def test_words_that_only_look_like_cues_leave_a_statement(sentence: str) -> None:
    assert mood(fold(sentence)) is STATEMENT


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("新票價將於五月一日起實施。", PLAN),
        ("船公司宣布，渡輪將改走外海。", PLAN),
        ("组委会计划把终点移到河边。", PLAN),
        ("新票價預計五月實施。", PREDICTION),
        ("他已經賣掉了舊船，新船恐將被扣押。", PREDICTION),
        ("她相信渡輪將成為觀光路線。", PREDICTION),
        ("調查顯示，坐船的人心情更好。", STATEMENT),
        ("值得注意的是，渡轮换了颜色。", STATEMENT),
    ],
)
def test_who_decides_plans_and_who_foresees_predicts(sentence: str, kind: ClaimKind) -> None:
    assert mood(fold(sentence)) is kind


def test_a_time_after_the_posts_own_lends_weight_to_what_may_come() -> None:
    sentence = fold("2061 年彗星會再飛過。")
    assert mood(sentence, told=Told(ahead=True)) is PREDICTION
    assert mood(fold("訂單排到 2061 年。"), told=Told(ahead=True)) is STATEMENT


@pytest.mark.parametrize("sentence", ["「船沒有來。」老人說。", "她寫道：「沒有一艘船是空的。」", "他否認賣過船票。"])
def test_what_closes_a_sentence_hides_no_negation(sentence: str) -> None:
    assert is_negated(fold(sentence))


def test_what_is_measured_is_rather_a_statement() -> None:
    sentence = fold("他觉得桥长三百米。")
    assert mood(sentence) is OPINION
    assert mood(sentence, told=Told(measured=True)) is STATEMENT


def test_a_mood_is_told_within_its_span_alone() -> None:
    text = fold("渔会打算换船。旧码头拆了。")
    assert mood(text, Span(0, 7)) is PLAN
    assert mood(text, Span(7, len(text))) is STATEMENT
    assert not is_negated(fold("船没有开。码头拆了。"), Span(5, 10))


@pytest.mark.parametrize("sentence", ["店主說：「今天沒魚了。」", "「沒魚了。」", "他答：“没有。”"])
def test_what_a_colon_leads_to_is_a_quotation(sentence: str) -> None:
    text = fold(sentence)
    marks = [index for index, character in enumerate(text) if character in "「」“”"]
    assert is_quote(text, Span(0, len(text)), [Span(marks[0], marks[-1] + 1)])


def test_a_quoted_word_is_no_quotation() -> None:
    text = fold("老街的人都叫它「彎橋」，其實橋是直的。")
    assert not is_quote(text, Span(0, len(text)), [Span(text.index("「"), text.index("」") + 1)])
    assert not is_quote(text, Span(0, len(text)), [])


@given(st.text(alphabet="将会不是,而了过明年计划应该太。?最更"))
def test_any_words_have_one_mood(text: str) -> None:
    assert mood(text) in ClaimKind
    assert mood(text) is mood(f"甲。{text}", Span(2, len(text) + 2))
