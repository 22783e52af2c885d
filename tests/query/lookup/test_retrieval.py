"""Claims are found by what is rare in a sentence, in time that does not grow with what is common in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

import pytest
from sqlalchemy.orm import Session

from service.model import Span
from service.query.lookup import retrieval
from service.query.lookup.concept import Concept
from service.query.lookup.holders import Holders
from service.query.lookup.retrieval import nearest, weights
from service.store.claim_listing import change
from service.store.claim_postings import NUMBERS
from service.store.claim_terms import term_number, wording_term
from service.store.engine import create
from service.store.tables import TABLES

DOCK = Concept(frozenset({"码头"}), span=Span(0, 2))
CRANE = Concept(frozenset({"吊车"}), span=Span(2, 4))
BUSY = Concept(frozenset({"忙碌"}), span=Span(4, 6))


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create("sqlite://")
    with engine.begin() as connection:
        TABLES["claim_posting"].create(connection)
    with Session(engine) as made:
        yield made


def some(number: int, seed: int) -> set[int]:
    return set(Random(seed).sample(range(NUMBERS), number))


def listed(session: Session, held: dict[str, Iterable[int]], total: int = 10_000) -> Holders:
    change(session, {term_number(term): set(claims) for term, claims in held.items()}, {}, total)
    return Holders(session)


def test_all_that_hold_a_term_are_read_back(session: Session) -> None:
    few, many = some(90, 1), some(3000, 2)
    holders = listed(session, {"码头": few, "吊车": many})
    terms = [term_number("码头"), term_number("吊车"), term_number("忙碌")]
    counts = holders.counts(terms)
    assert counts == {terms[0]: 90, terms[1]: 3000}
    assert {term: set(claims) for term, claims in holders.holding(counts).items()} == {terms[0]: few, terms[1]: many}
    assert holders.total == 10_000


def test_a_share_of_a_long_list_is_the_claims_of_a_stretch_of_numbers(session: Session) -> None:
    many = some(5000, 3)
    holders = listed(session, {"码头": many})
    counts = holders.counts([term_number("码头")])
    (claims,) = holders.holding(counts, 16).values()
    assert list(claims) == sorted(one for one in many if one < NUMBERS // 16)


def test_the_rarer_a_word_the_more_it_tells(session: Session) -> None:
    holders = listed(session, {"码头": some(2000, 4), "吊车": some(20, 5)})
    told = weights(holders, [DOCK, CRANE, BUSY])
    assert told[CRANE] > told[DOCK]
    assert told[BUSY] < told[CRANE]  # a word that no claim holds may be said otherwise


def test_of_claims_that_a_rare_word_finds_those_with_the_common_word_come_first(session: Session) -> None:
    rare, common = some(50, 6), some(6000, 7)
    both = min(rare)
    holders = listed(session, {"吊车": rare, "码头": common | {both}})
    near = nearest(holders, {CRANE: 5.0, DOCK: 1.0}, (), "吊车码头", 20)
    assert max(near.scores, key=lambda claim: near.scores[claim]) == both
    assert set(near.scores) <= rare


def test_the_same_wording_is_found_however_common_its_words_are(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, least in (("_READ", 10), ("_KNOWN", 10), ("_SHARED", 200)):
        monkeypatch.setattr(retrieval, name, least)
    listed(session, {"码头": some(4000, 8), "吊车": some(4000, 9)})
    change(session, {wording_term("码头吊车"): {NUMBERS - 1}}, {}, 1)
    near = nearest(Holders(session), {DOCK: 1.0, CRANE: 1.0}, (), "码头，吊车。", 20)
    assert max(near.scores, key=lambda claim: near.scores[claim]) == NUMBERS - 1


def test_where_all_words_are_common_those_that_hold_most_of_them_are_found(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, least in (("_READ", 10), ("_KNOWN", 10), ("_SHARED", 400)):
        monkeypatch.setattr(retrieval, name, least)
    both = some(1000, 10)
    holders = listed(session, {"码头": both | some(4000, 11), "吊车": both | some(3000, 12)})
    near = nearest(holders, {DOCK: 1.0, CRANE: 1.0}, (), "码头忙", 20)
    assert len(near.scores) == 20
    assert set(near.scores) <= both
    assert set(near.unread) == {DOCK, CRANE}


def test_a_list_is_not_read_to_its_end(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    holders = listed(session, {"码头": some(40_000, 13), "吊车": some(30_000, 14)})
    whole = holders.holding

    def counting(counts: dict[int, int], share: int = 1) -> dict[int, object]:
        found = whole(counts, share)
        read.extend(len(claims) for claims in found.values())
        return dict(found)

    monkeypatch.setattr(holders, "holding", counting)
    assert nearest(holders, {DOCK: 1.0, CRANE: 1.0}, (), "码头忙", 20).scores
    assert 0 < sum(read) < 8000


def test_what_many_share_is_added_up_as_if_one_by_one(session: Session) -> None:
    held = {"码头": some(90, 10), "吊车": some(70, 11), "忙碌": some(40, 12)}
    for one in min(held["码头"]), max(held["吊车"]):
        held = {word: claims | {one} for word, claims in held.items()}
    weighed = {DOCK: 1.5, CRANE: 2.25, BUSY: 4.0}
    near = nearest(listed(session, {**held}), weighed, (), "码头", 1000)
    worth = {next(iter(one.words)): weight for one, weight in weighed.items()}
    everyone = set.union(*held.values())
    assert near.scores == {one: sum(worth[word] for word in held if one in held[word]) for one in everyone}


def test_of_claims_that_share_as_much_those_listed_last_are_taken(session: Session) -> None:
    claims = some(90, 15)
    near = nearest(listed(session, {"码头": claims}), {DOCK: 1.0}, (), "码头", 20)
    assert set(near.scores) == set(sorted(claims)[-20:])
