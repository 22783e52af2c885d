"""Candidates: what is dismissed at a glance, and that nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.figures.amounts import AmountReader
from service.extraction.figures.candidates import candidates
from service.extraction.figures.doubts import counts, stands_alone
from service.extraction.figures.numerals import fold_prose
from service.extraction.figures.regions import Region
from service.extraction.figures.settling import settle
from service.model import Script
from service.script import narrow

NUMERIC = st.text(
    alphabet="0123456789一二兩三十百千萬億半幾零參 ，.,-/到至%分之個台元塊年天瓦GWkm$約多第數負人", max_size=24
)


@pytest.mark.parametrize(
    "text",
    [
        "參考資料",
        "數據與參數",
        "一下子就好",
        "零件",
        "一個人",
        "第 2，",
        "k8s",
        "GB300",
        "2px",
        "3）",
        "參與者",
        "負責",
        "幾乎",
        "半導體",
        "一次",
    ],
)
def test_a_numeral_that_nothing_follows_is_never_looked_at(text: str) -> None:
    assert list(candidates(fold_prose(text))) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("共 3 册", 2), ("一瓦", 0), ("一个小时", 0), ("一个亿", 0), ("一年半", 0), ("一次到两次", 0), ("US$5。", 3),
        ("rmb 5。", 4), ("rmb5。", 3), ("1/10", 0), ("三分之一", 0), ("几百人", 0), ("半年", 0), ("负 3 度", 0),
        ("-3 度", 0), ("three days", 0), ("5 km", 0), ("5km", 0), ("5 billion", 0), ("十来个", 0), ("300+ 人", 0),
        ("七、八人", 0), ("3 个亿", 0), ("零下", -1),
    ],
)  # fmt: skip
def test_a_numeral_that_may_be_a_figure_is(text: str, at: int) -> None:
    assert next(candidates(fold_prose(text)), -1) == at


@given(NUMERIC)
def test_what_is_dismissed_would_be_no_figure(text: str) -> None:
    """Read in earnest from every place that is dismissed, no number is one that counts, alone or in a row of marks."""
    folded = fold_prose(text)
    reader = AmountReader(narrow(text), folded, Script.HANT, Region.TW)
    passed = set(candidates(folded))
    for at in set(range(len(folded))) - passed:
        if at and folded[at - 1] in "0123456789一二兩两三十百千万亿半几零参数负-,.":
            continue  # within a numeral
        if folded[at] == "数" or (not folded[at].isascii() and folded[at + 1 : at + 2].isdecimal()):
            continue  # 数 ends 天数; 十0 is how nobody writes
        if folded[at] in "-−" or (folded[at] == "负" and at + 1 in passed):
            continue  # a dash, or a burden, before a number that is looked at
        amount = reader.read(at)
        if amount is not None and stands_alone(folded, amount, at, 0) and counts(folded, amount):
            assert settle(amount, amount.unit, folded, Region.TW, 0).kind == "none"
