"""What is denied, what is compared, and which clause a word stands in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Span
from service.query.lookup.clauses import Clauses
from service.query.lookup.outcomes import outcomes
from service.query.lookup.siblings import siblings
from service.query.lookup.singles import singles
from service.query.lookup.substitutes import words
from service.script import fold


def place(text: str, word: str) -> tuple[Clauses, Span]:
    folded = fold(text)
    start = folded.index(fold(word))
    return Clauses(folded), Span(start, start + len(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("這座橋不需要重漆", "重漆"),
        ("渡輪用不著柴油", "柴油"),
        ("瓶頸是人手，而非資金", "資金"),
        ("找不到現成的零件", "零件"),
        ("有人以為茶園在山上", "茶園"),
        ("the bridge has no tolls", "tolls"),
    ],
)
def test_what_follows_a_denial_is_denied(text: str, word: str) -> None:
    clauses, span = place(text, word)
    assert clauses.denies(span)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("這座橋需要重漆", "重漆"),
        ("不僅如此，渡輪也要換電池", "電池"),
        ("罰款不得超過三百元", "三百"),
        ("沒有員工的公司會打敗對手", "公司"),
        ("電力供不應求，工廠停工", "工廠"),
        ("瓶頸不是資金而是人手", "人手"),
        ("無人機送餐", "送餐"),
    ],
)
def test_what_only_looks_like_a_denial_denies_nothing(text: str, word: str) -> None:
    clauses, span = place(text, word)
    assert not clauses.denies(span)


@pytest.mark.parametrize(
    ("text", "word", "denied"),
    [
        ("年產能是 3 GW，不是 5 GW", "5 GW", True),
        ("年產能是 3 GW，不是 5 GW", "3 GW", False),
        ("容量不是傳聞說的 40 公升", "40", True),
        ("有人以為時速是 90 公里", "90", True),
        ("工期不到 40 天", "40", False),
    ],
)
def test_an_amount_is_denied_by_what_stands_right_before_it(text: str, word: str, denied: bool) -> None:
    clauses, span = place(text, word)
    assert clauses.denies_amount(span.start) is denied


@pytest.mark.parametrize(
    ("text", "word", "operator"),
    [
        ("茶葉占出口的 40%", "40%", "part"),
        ("出口增加 40%", "40%", "more"),
        ("票價下跌三成", "三成", "less"),
        ("兩隊勝率差一成", "一成", "gap"),
        ("勝率是 40%", "40%", None),
        ("抽成升到 40%", "40%", None),
        ("票價下跌至三成", "三成", None),
        ("增幅為 40%", "40%", "more"),
        ("漏損少於 3%", "3%", None),
        ("漏損少了 3%", "3%", "less"),
    ],
)
def test_a_share_is_of_a_whole_or_a_change(text: str, word: str, operator: str | None) -> None:
    clauses, span = place(text, word)
    assert clauses.operator(span) == operator


def test_a_gloss_does_not_cut_a_clause() -> None:
    clauses, span = place("山海渡輪（Shanhai Ferry）買了三艘船，沒有貸款", "三艘")
    assert clauses.around(span.start) == Span(0, 25)


def test_numbers_keep_their_commas() -> None:
    clauses, span = place("run of 1,200 ships, no more", "1,200")
    assert clauses.around(span.start).end == 19


@given(st.text(max_size=300))
def test_any_text_is_cut_into_clauses_that_hold_their_characters(text: str) -> None:
    clauses = Clauses(fold(text))
    for at in range(len(clauses.folded)):
        clause = clauses.around(at)
        assert clause.start <= at < clause.end
    assert all(0 <= span.start <= span.end <= len(clauses.folded) for span in clauses.denied)


def test_what_is_left_open_or_gets_less_is_neither_denied_nor_affirmed() -> None:
    for text in ("渡輪會不會停航還要看風浪", "防波堤能避免停航"):
        clauses, span = place(text, "停航")
        assert clauses.unsure(span)
    clauses, span = place("渡輪不會停航", "停航")
    assert not clauses.unsure(span)
    assert clauses.denial(span) == Span(2, 3)


def test_an_amount_is_retold_and_another_set_against_it() -> None:
    clauses, retold = place("店家自稱每碗 600 克，實際量到 480 克", "600 克")
    _, measured = place("店家自稱每碗 600 克，實際量到 480 克", "480 克")
    assert clauses.retells(retold.start)
    assert clauses.corrects(measured.start)
    assert not clauses.corrects(retold.start)
    wished, span = place("居民要求步道延長到 3 公里", "3 公里")
    assert wished.unreal(span.start)


@given(
    st.lists(
        st.sampled_from([*"没有不未无的会再法拒绝取消汇款是但，。「」“”(a1 比第二早晚周四只一名", "没有", "不再"]),
        max_size=24,
    )
)
def test_any_sentence_is_read_to_its_end(parts: list[str]) -> None:
    clauses = Clauses(fold("".join(parts)))
    size = len(clauses.folded)
    assert all(0 <= one.start <= one.end <= size for one in (*clauses.denied, *clauses.open, *clauses.contrasted))
    assert all(0 <= one.span.start < one.span.end <= size for one in outcomes(clauses))
    assert all(one.text == clauses.folded[one.span.start : one.span.end] for one in words(clauses.folded))
    assert all(one.span.end <= size for one in siblings(clauses.folded))
    assert all(one.span.end <= size for one in singles(clauses.folded))


def test_nothing_that_is_not_there_is_denied() -> None:
    clauses, span = place("沒有的事", "事")
    assert clauses.denies(span)
