"""Editors correct who is who; what they decide outranks what is extracted, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from service import deciding
from service.deciding import ContradictionError, DecisionError
from service.errors import NotFoundError
from service.ingest import ingest
from service.model import Source
from service.query.entities import MergedError, entity
from tests.deciding.corpus import DECIDED, JING, LIN, POSTS, SITE, WANG, listed, names, owner, push, shown, state
from tests.store.posts import dump


def test_the_authors_are_three_people(posted: Engine) -> None:
    assert [owner(posted, surface) for surface in ("林靜儀", "靜儀姐", "王大明")] == [LIN, JING, WANG]
    assert listed(posted) == []


def test_an_edit_is_shown_and_its_fields_go_back_one_by_one(posted: Engine) -> None:
    before = state(posted)
    deciding.edit_entity(posted, LIN, {"en": "Lin Jingyi", "name": "Lin Jingyi"})
    deciding.edit_entity(posted, LIN, {"name": None})
    assert [one.value for one in listed(posted)] == [{"name": None}, {"en": "Lin Jingyi", "name": "Lin Jingyi"}]
    assert (shown(posted, LIN), "lin jingyi" in names(posted, LIN)) == ("林靜儀", True)
    deciding.edit_entity(posted, LIN, {"en": None})
    assert state(posted) == before
    deciding.revoke(posted, listed(posted)[0].id)
    assert "lin jingyi" in names(posted, LIN)


def test_an_edit_that_changes_nothing_is_no_decision(posted: Engine) -> None:
    deciding.edit_entity(posted, LIN, {"en": "Lin"})
    deciding.edit_entity(posted, LIN, {"en": "Lin", "hans": None})
    assert [one.value for one in listed(posted)] == [{"en": "Lin"}]


@pytest.mark.parametrize("kind", ["edit", "alias", "merge"])
def test_every_decision_can_be_taken_back(posted: Engine, kind: str) -> None:
    before = state(posted)
    if kind == "edit":
        deciding.edit_entity(posted, JING, {"kind": "company", "en": "Jing"})
    elif kind == "alias":
        deciding.add_alias(posted, WANG, "靜儀姐")
    else:
        deciding.merge_entities(posted, JING, LIN)
    (decision,) = listed(posted)
    assert decision.kind == kind
    assert state(posted) != before
    deciding.revoke(posted, decision.id)
    assert state(posted) == before
    assert listed(posted) == []


def test_an_answer_may_be_cached_by_a_number_that_every_decision_raises(posted: Engine) -> None:
    def version() -> int:
        with posted.connect() as connection:
            return int(connection.scalar(text("SELECT version FROM corpus")) or 0)

    first = version()
    deciding.merge_entities(posted, JING, LIN)
    second = version()
    deciding.revoke(posted, listed(posted)[0].id)
    assert first < second < version()


@pytest.mark.parametrize("number", [0, -1, 99, 2**40])
def test_a_decision_nobody_made_cannot_be_taken_back(posted: Engine, number: int) -> None:
    with pytest.raises(NotFoundError):
        deciding.revoke(posted, number)


def test_merges_follow_one_another(posted: Engine) -> None:
    deciding.merge_entities(posted, JING, LIN)
    deciding.merge_entities(posted, LIN, WANG)
    assert {owner(posted, surface) for surface in ("林靜儀", "靜儀姐", "王大明")} == {WANG}
    with Session(posted) as session, pytest.raises(MergedError) as merged:
        entity(session, JING)
    assert merged.value.into == WANG
    assert [one.entity.id for one in listed(posted) if one.entity] == [WANG, WANG]


def test_taking_back_the_end_of_a_chain_leaves_its_beginning(posted: Engine) -> None:
    deciding.merge_entities(posted, JING, LIN)
    before = state(posted)
    deciding.merge_entities(posted, LIN, WANG)
    deciding.revoke(posted, listed(posted)[0].id)
    assert state(posted) == before


def test_taking_back_the_beginning_of_a_chain_leaves_its_end(posted: Engine) -> None:
    deciding.merge_entities(posted, JING, LIN)
    deciding.merge_entities(posted, LIN, WANG)
    deciding.revoke(posted, listed(posted)[1].id)
    assert (owner(posted, "靜儀姐"), owner(posted, "林靜儀")) == (JING, WANG)


def test_what_is_part_of_another_is_named_by_the_other(posted: Engine) -> None:
    deciding.merge_entities(posted, JING, LIN)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: deciding.edit_entity(posted, JING, {"en": "Jing"}),
        lambda: deciding.add_alias(posted, JING, "阿靜"),
        lambda: deciding.merge_entities(posted, JING, WANG),
        lambda: deciding.merge_entities(posted, LIN, JING),
    )
    before = dump(posted)
    for attempt in attempts:
        with pytest.raises(ContradictionError, match=LIN):
            attempt()
    assert dump(posted) == before


@pytest.mark.parametrize("into", [LIN, "nobody"])
def test_a_merge_needs_two(posted: Engine, into: str) -> None:
    with pytest.raises((DecisionError, NotFoundError)):
        deciding.merge_entities(posted, LIN, into)
    assert listed(posted) == []


def test_an_edit_of_an_entity_that_was_merged_later_waits_for_its_return(posted: Engine) -> None:
    deciding.edit_entity(posted, JING, {"name": "Jing"})
    deciding.merge_entities(posted, JING, LIN)
    assert shown(posted, LIN) != "Jing"
    deciding.revoke(posted, listed(posted)[0].id)
    assert shown(posted, JING) == "Jing"


def test_a_name_given_to_one_is_taken_from_the_other(posted: Engine) -> None:
    ingest(
        posted, SITE, [Source("both.md", "---\ntitle: 港\nauthor: 林靜儀\n---\n\n靜儀姐（Jing）說，風大了 3 級。\n")]
    )
    deciding.add_alias(posted, WANG, "靜儀姐")
    assert owner(posted, "靜儀姐") == WANG
    assert "静仪姐" in names(posted, WANG)
    with posted.connect() as connection:
        bearers = connection.scalars(text("SELECT entity_id FROM entity_name WHERE folded = '静仪姐'")).all()
    assert bearers == [WANG]


def test_a_name_given_to_one_is_given_to_another_only_when_that_is_taken_back(posted: Engine) -> None:
    deciding.add_alias(posted, LIN, "阿儀")
    with pytest.raises(ContradictionError, match=f"Decision {listed(posted)[0].id}"):
        deciding.add_alias(posted, WANG, "阿仪")
    deciding.revoke(posted, listed(posted)[0].id)
    deciding.add_alias(posted, WANG, "阿仪")
    assert ("阿仪" in names(posted, LIN), "阿仪" in names(posted, WANG)) == (False, True)


def test_the_same_name_again_is_no_new_decision(posted: Engine) -> None:
    deciding.add_alias(posted, LIN, "阿儀")
    deciding.add_alias(posted, LIN, " 阿儀 ")
    assert len(listed(posted)) == 1


def test_a_name_given_before_a_merge_goes_with_its_bearer(posted: Engine) -> None:
    deciding.add_alias(posted, JING, "王大明")
    deciding.merge_entities(posted, JING, LIN)
    assert owner(posted, "王大明") == LIN


@pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
def test_a_blank_name_is_refused(posted: Engine, blank: str) -> None:
    with pytest.raises(DecisionError, match="blank"):
        deciding.add_alias(posted, LIN, blank)
    with pytest.raises(DecisionError, match="blank"):
        deciding.edit_entity(posted, LIN, {"en": blank})
    assert listed(posted) == []


def test_decisions_outlive_the_entities_they_are_on(posted: Engine) -> None:
    deciding.edit_entity(posted, JING, {"en": "Jing"})
    deciding.merge_entities(posted, WANG, LIN)
    deciding.add_alias(posted, JING, "阿靜")
    decided = state(posted)
    ingest(posted, SITE, [], delete=list(POSTS))
    assert state(posted) == {table: [] for table in DECIDED}
    assert [one.entity for one in listed(posted)] == [None, None, None]
    push(posted)
    assert state(posted) == decided


def test_a_decision_on_an_entity_that_is_gone_can_be_taken_back(posted: Engine) -> None:
    deciding.merge_entities(posted, WANG, LIN)
    ingest(posted, SITE, [], delete=list(POSTS))
    deciding.revoke(posted, listed(posted)[0].id)
    push(posted)
    assert owner(posted, "王大明") == WANG


def test_a_merged_entity_keeps_the_id_that_stays_when_only_the_other_is_named(posted: Engine) -> None:
    deciding.merge_entities(posted, JING, LIN)
    ingest(posted, SITE, [], delete=["lin.md"])
    assert owner(posted, "靜儀姐") == LIN
