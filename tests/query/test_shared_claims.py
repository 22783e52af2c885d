from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from service.query.answers import ClaimReason
from service.query.related import related
from tests.query.conftest import Corpus

MINE = "北岸渡輪每天載客 8,000 人。"


def corpus_of(empty: Corpus, other: str, figure: tuple[str, str, str], **values: object) -> Session:
    """Return a session on two posts that share a tag, each with one claim and a figure in it."""
    empty.source("blog")
    for number in range(8):  # so that words of the two claims are rare
        empty.article(f"filler{number}", "食譜", f"第 {number} 道菜要燉 {number} 小時。")
        empty.claim(f"dish{number}", f"filler{number}", f"第 {number} 道菜要燉 {number} 小時。")
    for id_, text, (surface, amount, unit) in (("a", MINE, ("8,000 人", "8000", "count")), ("b", other, figure)):
        empty.article(id_, "渡輪", text, tags=("海",))
        empty.claim(f"claim-{id_}", id_, text, **(values if id_ == "b" else {}))
        empty.figure(id_, surface, amount, unit, f"claim-{id_}")
    return empty.relate()


def reasons(session: Session) -> list[ClaimReason]:
    return [reason for one in related(session, "a") for reason in one.reasons if isinstance(reason, ClaimReason)]


def test_the_same_figure_in_the_other_script_agrees(empty: Corpus) -> None:
    (found,) = reasons(corpus_of(empty, "据说北岸渡轮每天载客八千人。", ("八千人", "8000", "count")))
    assert (found.relation, found.claim.id, found.other.id) == ("agree", "claim-a", "claim-b")


def test_another_figure_of_the_same_thing_conflicts(empty: Corpus) -> None:
    (found,) = reasons(corpus_of(empty, "北岸渡轮每天载客 5,000 人。", ("5,000 人", "5000", "count")))
    assert found.relation == "conflict"


@pytest.mark.parametrize(
    ("other", "figure"),
    [
        ("南岸的工廠去年雇了 8,000 人。", ("8,000 人", "8000", "count")),  # an equal number of something else
        ("北岸渡輪每天載客，票價 30 元。", ("30 元", "30", "TWD")),  # a figure of another kind
        ("渡輪碼頭有 12 人。", ("12 人", "12", "count")),  # another number of something else
    ],
)
def test_figures_of_other_things_are_no_reason(empty: Corpus, other: str, figure: tuple[str, str, str]) -> None:
    assert reasons(corpus_of(empty, other, figure)) == []


def test_a_denial_does_not_agree(empty: Corpus) -> None:
    text = "北岸渡輪並非每天載客 8,000 人。"
    assert reasons(corpus_of(empty, text, ("8,000 人", "8000", "count"), negated=True)) == []


def test_claims_that_agree_bring_articles_nearer(empty: Corpus) -> None:
    session = corpus_of(empty, "北岸渡轮每天载客八千人。", ("八千人", "8000", "count"))
    with_claim = related(session, "a")[0].score
    empty.article("c", "渡輪", "北岸渡輪每天載客不少。", tags=("海",))
    empty.relate()
    assert [one.article.id for one in related(session, "a")][:2] == ["b", "c"]
    assert with_claim > 0
