from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import HedgeKind
from tests.extraction.writing import claims, document


def _hedges(sentence: str) -> list[tuple[str, str]]:
    """Return what weakens the one claim of a text, each with what it weakens."""
    (claim,) = claims(sentence)
    written = document(sentence)
    return [(hedge.surface, written.slice(hedge.scope)) for hedge in claim.hedges]


@pytest.mark.parametrize(
    ("sentence", "hedge", "scope"),
    [
        ("渡輪可能停駛，但票價不變。", "可能", "可能停駛"),
        ("或许还有别的办法，只是没有人试过。", "或许", "或许还有别的办法"),
        ("據說這座鐘樓是他捐的，錢來自一筆遺產。", "據說", "據說這座鐘樓是他捐的，錢來自一筆遺產"),
        ("听说老渡口要修了；其他的还没有消息。", "听说", "听说老渡口要修了"),
        ("鳳梨恐將歉收。", "恐將", "恐將歉收"),
        ("新桥有望在年底通车。", "有望", "有望在年底通车"),
        ("「河水似乎退了。」", "似乎", "似乎退了"),
    ],
)
def test_a_hedge_reaches_to_the_end_of_its_clause_and_hearsay_to_that_of_the_sentence(
    sentence: str, hedge: str, scope: str
) -> None:
    assert _hedges(sentence) == [(hedge, scope)]


@pytest.mark.parametrize(
    "sentence",
    [
        "這不可能發生。",
        "他討論了各種可能性。",
        "这里大概三百人。",
        "館裡有一具恐龍骨架。",
        "渡輪已經停駛。",
        "可能的原因有两个，都和潮水有关。",
    ],
)
def test_words_that_only_hold_a_hedge_weaken_nothing(sentence: str) -> None:
    assert _hedges(sentence) == []


def test_hedges_are_told_by_kind() -> None:
    (claim,) = claims("據傳渡輪可能停駛。")
    assert [hedge.kind for hedge in claim.hedges] == [HedgeKind.HEARSAY, HedgeKind.POSSIBILITY]


@given(st.text(alphabet="可能據說或許恐將有望，。；「」三百渡輪", min_size=1, max_size=40))
def test_a_hedge_stands_within_its_claim_and_at_the_start_of_what_it_weakens(text: str) -> None:
    written = document(text.strip() or "甲")
    for claim in claims(written.text):
        for hedge in claim.hedges:
            assert claim.span.holds(hedge.scope)
            assert hedge.scope.holds(hedge.span)
            assert hedge.scope.start == hedge.span.start
            assert written.slice(hedge.span) == hedge.surface
