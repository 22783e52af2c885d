from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import claims, figures
from tests.query.conftest import Corpus, Statements


def found(session: Session, **filters: Any) -> list[str]:
    return [item.id for item in claims.claims(session, **filters).items]


def test_a_claim_comes_with_all_that_hangs_on_it(session: Session) -> None:
    one = claims.claim_answers(session, ["claim1"])["claim1"]
    assert one.speaker is not None
    assert (one.speaker.id, one.kind, one.section) == ("lin-ruoxi", "prediction", "碼頭")
    assert [(figure.text, figure.low) for figure in one.figures] == [("12 萬噸", 120000000)]
    assert [(time.text, time.low) for time in one.times] == [("明年", "2027-01-01")]
    assert (one.article.id, one.article.url, one.line) == ("a1", "https://blog.example/cranes/", 6)


def test_a_claim_of_the_author_has_no_speaker(session: Session) -> None:
    one = claims.claim_answers(session, ["claim3"])["claim3"]
    assert one.speaker is None
    assert [entity.id for entity in one.entities] == ["haifeng"]


def test_an_entity_named_twice_in_a_claim_is_given_once(corpus: Corpus) -> None:
    corpus.mention("a1", "海豐", "haifeng", "claim2")
    assert [one.id for one in claims.claim_answers(corpus.session, ["claim2"])["claim2"].entities] == ["haifeng"]


def test_unknown_ids_are_left_out(session: Session) -> None:
    assert claims.claim_answers(session, ["none", "claim2"]).keys() == {"claim2"}
    assert claims.claim_answers(session, []) == {}


def test_claims_of_the_newest_article_come_first(session: Session) -> None:
    assert found(session) == ["claim1", "claim2", "claim3"]


def test_claims_are_paged(session: Session) -> None:
    first = claims.claims(session, limit=2)
    rest = claims.claims(session, limit=2, cursor=first.next)
    assert [claim.id for claim in rest.items] == ["claim3"]
    assert (first.total, rest.next) == (3, None)


@pytest.mark.parametrize("q", ["碼頭", "码头"])
def test_words_of_a_claim_are_found_in_either_script(session: Session, q: str) -> None:
    assert found(session, q=q) == ["claim1", "claim3"]


def test_filters_narrow_the_claims(session: Session) -> None:
    assert found(session, kind="prediction") == ["claim1"]
    assert found(session, speaker="lin-ruoxi") == ["claim1"]
    assert found(session, entity="haifeng") == ["claim2", "claim3"]
    assert found(session, article="b2") == ["claim3"]
    assert found(session, since="2026-02") == ["claim1", "claim2"]


def test_claims_are_found_by_how_much_they_say(session: Session) -> None:
    assert found(session, unit="CNY", minimum=3e8, maximum=4e8) == ["claim3"]
    assert found(session, unit="CNY", minimum=4e8) == []
    assert found(session, minimum=2, maximum=4) == ["claim2"]


def test_more_claims_take_no_more_statements(corpus: Corpus) -> None:
    with Statements(corpus.session) as few:
        claims.claims(corpus.session, limit=1)
    said = "酵母喜歡溫暖的廚房。"
    for number in range(40):
        one = corpus.claim(f"more{number}", "d4", said)
        corpus.mention("d4", "酵母", "qingchuan", one)
        corpus.figure("d4", "酵母", str(number), "count", one)
    corpus.session.flush()
    with Statements(corpus.session) as many:
        assert len(claims.claims(corpus.session, limit=100).items) == 43
    assert many.number == few.number


def test_an_unknown_claim_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError):
        claims.claim(session, "none")


def test_figures_come_with_their_claims(session: Session) -> None:
    tons, cranes, cost = figures.figures(session).items
    assert tons.said_in is not None
    assert (tons.said_in.id, tons.article.id, tons.unit) == ("claim1", "a1", "kg")
    assert (cranes.text, cost.text) == ("三座", "3.5 亿元")


def test_a_figure_outside_any_claim_is_found_too(corpus: Corpus) -> None:
    corpus.figure("d4", "酵母", "0.5", "kg")
    half = figures.figures(corpus.session, unit="kg", maximum=1).items
    assert [(figure.low, figure.claim, figure.said_in) for figure in half] == [(0.5, None, None)]


def test_figures_are_found_by_unit_range_entity_and_words(session: Session) -> None:
    def texts(**filters: Any) -> list[str]:
        return [item.text for item in figures.figures(session, **filters).items]

    assert texts(unit="CNY") == ["3.5 亿元"]
    assert texts(minimum=1e8) == ["12 萬噸", "3.5 亿元"]
    assert texts(entity="lin-ruoxi") == ["12 萬噸"]
    assert texts(q="維護") == ["3.5 亿元"]


@pytest.fixture
def measured(corpus: Corpus) -> Corpus:
    for amount, unit in (("500000000", "W"), ("2000000000", "W"), ("80000", "W"), ("1", "USD/W")):
        corpus.figure("d4", "酵母", amount, unit)
    return corpus


@pytest.mark.parametrize(
    ("unit", "minimum", "maximum", "found"),
    [
        ("GW", 0.4, None, [5e8, 2e9]),
        ("MW", None, 600, [8e4, 5e8]),
        ("千瓦", 100, 1e6, [5e8]),
        ("GWh", None, None, []),
        ("USD/kW", 900, 1100, [1]),
        ("元", None, None, [3.5e8]),
    ],
)
def test_a_figure_is_found_by_any_unit_of_its_dimension(
    measured: Corpus, unit: str, minimum: float | None, maximum: float | None, found: list[float]
) -> None:
    page = figures.figures(measured.session, unit=unit, minimum=minimum, maximum=maximum, sort="smallest")
    assert [item.low for item in page.items] == found


def test_figures_come_by_their_value_page_by_page(measured: Corpus) -> None:
    first = figures.figures(measured.session, unit="W", sort="largest", limit=2)
    rest = figures.figures(measured.session, unit="W", sort="largest", limit=2, cursor=first.next)
    assert [item.low for item in [*first.items, *rest.items]] == [2e9, 5e8, 8e4]


def test_more_figures_take_no_more_statements(corpus: Corpus) -> None:
    with Statements(corpus.session) as few:
        figures.figures(corpus.session, limit=1)
    for number in range(20):
        corpus.figure("b2", "3.5 亿元", str(number), "CNY", "claim3")
    corpus.session.flush()
    with Statements(corpus.session) as many:
        assert len(figures.figures(corpus.session, limit=100).items) == 23
    assert many.number == few.number


def test_a_claim_is_set_beside_those_of_other_articles_only(session: Session) -> None:
    one = claims.claim(session, "claim2")
    assert (one.id, one.article.id) == ("claim2", "a1")
    beside = [*one.agreeing, *one.conflicting, *one.related]
    assert all(other.claim.article.id != "a1" for other in beside)
