"""The shortest way between two entities, over the posts that name them."""

from __future__ import annotations

import pytest

from service.errors import NotFoundError
from service.query.answers import PathAnswer
from service.query.graph_paths import path
from tests.query.conftest import Corpus


@pytest.fixture
def chain(empty: Corpus) -> Corpus:
    """Names that meet in posts: 甲乙, 乙丙, 丙丁, 甲戊, 戊丁, and 己 alone; a draft ties 甲 to 己."""
    empty.source("blog")
    for name in "甲乙丙丁戊己":
        empty.entity(name, name)
    for number, names in enumerate(("甲乙", "乙丙", "丙丁", "甲戊", "戊丁", "己", "甲己")):
        empty.article(f"p{number}", "信", names, draft=names == "甲己", published=f"2026-01-0{number + 1}")
        for name in names:
            empty.mention(f"p{number}", name, name)
    empty.session.flush()
    return empty


def way(answer: PathAnswer) -> str:
    return "".join(entity.id for entity in answer.entities)


def test_the_fewest_entities_lead_there(chain: Corpus) -> None:
    found = path(chain.session, "甲", "丁")
    assert way(found) == "甲戊丁"
    assert [[post.id for post in step.posts] for step in found.steps] == [["p3"], ["p4"]]
    assert found.complete


def test_the_way_back_is_the_same(chain: Corpus) -> None:
    for one, other in ("甲丁", "乙丁", "甲丙", "乙戊"):
        assert way(path(chain.session, one, other)) == way(path(chain.session, other, one))[::-1]


def test_entities_of_one_post_are_next_to_each_other(chain: Corpus) -> None:
    (step,) = path(chain.session, "甲", "乙").steps
    assert (step.source, step.target, step.articles) == ("甲", "乙", 1)


def test_drafts_tie_nothing(chain: Corpus) -> None:
    found = path(chain.session, "甲", "己")
    assert (found.entities, found.steps, found.complete) == ([], [], True)


def test_an_entity_leads_to_itself_in_no_step(chain: Corpus) -> None:
    found = path(chain.session, "甲", "甲")
    assert (way(found), found.steps) == ("甲", [])


def test_both_ends_must_be_there(chain: Corpus) -> None:
    with pytest.raises(NotFoundError):
        path(chain.session, "甲", "庚")
