from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from service.query.related import related
from service.query.search import search
from service.store.standing import standing
from tests.query.conftest import Corpus

BODY = "燈塔在遠方，海浪在近處，渡輪每小時開一班，船票三十元，風大的日子停駛。"


@pytest.mark.parametrize("path", ["content/_index.md", "posts/_index.md", "index.md", "README.md", "content/index.md"])
def test_a_page_that_heads_a_section_is_less_than_a_post(path: str) -> None:
    assert standing(path, "渡輪", 500) < standing("posts/ferry.md", "渡輪", 500)


def test_the_index_of_a_bundle_is_a_post() -> None:
    assert standing("content/posts/ferry/index.md", "渡輪", 500) == 1.0


def test_a_title_without_a_text_is_less_than_a_post() -> None:
    assert standing("ferry.md", "渡輪" * 100, 202) < 1.0


@pytest.fixture
def pages(empty: Corpus) -> Session:
    """A post, another one about the same, a section's page and an empty post, all tagged alike."""
    empty.source("blog")
    empty.article("start", "渡輪", BODY, tags=("海",))
    empty.article("other", "渡輪的燈塔", BODY, tags=("海",))
    listed = "渡輪與燈塔的文章都列在這裡，從碼頭的班次寫到守塔人的晚餐，也談談暴風雨的夜裡怎麼靠岸。"
    empty.article("section", "渡輪的燈塔", listed, tags=("海",), path="content/_index.md")
    empty.article("void", "渡輪的燈塔", "", tags=("海",))
    return empty.relate()


def test_posts_come_before_section_pages_and_empty_posts(pages: Session) -> None:
    found = [one.article.id for one in related(pages, "start")]
    assert found[0] == "other"
    assert set(found) == {"other", "section", "void"}
    assert next(hit.article.id for hit in search(pages, "燈塔", kind="article").items if hit.article) == "other"
