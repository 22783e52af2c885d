"""How things turn out by two sentences, and where one says otherwise than the other."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from service.ingest import ingest
from service.lexicon import read
from service.model import Site, Source
from service.query.lookup import lookup
from service.query.lookup.clauses import Clauses
from service.query.lookup.outcomes import outcomes
from service.script import fold
from service.store.engine import create, migrate

CASES: list[dict[str, str]] = tomllib.loads((Path(__file__).parent / "outcomes.toml").read_text(encoding="utf-8"))[
    "case"
]


def poles(text: str) -> list[tuple[int, bool]]:
    return [(one.pole, one.denied) for one in outcomes(Clauses(fold(text)))]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = create(f"sqlite:///{tmp_path_factory.mktemp('outcomes')}/w.db")
    migrate(engine)
    posts = [Source(f"{number}.md", f"# {case['title']}\n\n{case['claim']}\n") for number, case in enumerate(CASES)]
    ingest(engine, Site("outcomes"), posts)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["asked"] for case in CASES])
def test_what_turns_out_otherwise_conflicts_and_what_does_not_is_left_alone(session: Session, number: int) -> None:
    case = CASES[number]
    said = [one.relation for one in lookup(session, case["asked"], 50).matches if one.claim.text in case["claim"]]
    assert ("conflict" in said) == (case["stance"] == "conflict")
    assert case["stance"] == "conflict" or "agree" not in said or case["stance"] == "agree"


def test_a_conflict_names_the_word_it_says_otherwise_of(session: Session) -> None:
    conflicts = [one for one in lookup(session, CASES[0]["asked"], 50).matches if one.relation == "conflict"]
    assert [line for one in conflicts for line in one.why if line.startswith("says otherwise of ")]


def test_a_change_has_a_direction_and_may_be_denied() -> None:
    assert poles("門票不會上漲") == [(0, True)]
    assert poles("门票下跌") == [(1, False)]
    assert poles("門票維持不變") == [(2, False)]


def test_a_comparison_with_an_earlier_time_is_a_change() -> None:
    changed, beside = Clauses("产量比去年少了一成"), Clauses("产量比邻厂少了一成")
    assert len({one.group for one in outcomes(changed)} - {one.group for one in outcomes(beside)}) == 1


def test_a_place_taken_is_a_number_in_any_words() -> None:
    assert poles("產量排名第二") == poles("產量居次") == [(2, False)]
    assert poles("在第二天出發") == []


def test_votes_and_what_only_says_when_turn_nothing_out() -> None:
    assert poles("31 人反對") == []
    assert poles("恢復後客人不多") == []


@pytest.mark.parametrize("group", read("opposites.toml")["group"], ids=lambda group: str(group["poles"][0][0]))
def test_no_word_stands_on_two_sides_of_one_group(group: dict[str, list[list[str]]]) -> None:
    words = [fold(word) for side in group["poles"] for word in set(side)]
    assert len(words) == len(set(words))


@given(st.text(alphabet="比不如第一二三名大维持增年减去前少多了，。 400", max_size=60))
def test_any_text_yields_spans_within_it(text: str) -> None:
    folded = fold(text)
    assert all(0 <= one.span.start < one.span.end <= len(folded) for one in outcomes(Clauses(folded)))
