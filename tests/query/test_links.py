from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from service.query import articles
from service.query.answers import Resolved
from service.query.columns import ADDRESS
from tests.query.conftest import Corpus


def led_to(session: Session, article: str) -> list[str | None]:
    return [name(link.resolved) for link in articles.links_of(session, article).items]


def name(resolved: Resolved | None) -> str | None:
    if resolved is None:
        return None
    one = resolved.article or resolved.entity
    return one.id if one else None


def test_a_link_leads_to_the_article_of_that_name(session: Session) -> None:
    wiki, person, outside = articles.links_of(session, "a1").items
    assert wiki.resolved is not None
    assert wiki.resolved.article is not None
    assert (wiki.resolved.article.id, wiki.resolved.article.title) == ("c3", "起重機")
    assert (wiki.relation, wiki.note, wiki.alias) == ("補充", "機型一覽", "機型")
    assert name(person.resolved) == "lin-ruoxi"
    assert outside.resolved is None


def test_a_link_to_a_name_that_two_bear_stays_open(corpus: Corpus) -> None:
    corpus.entity("other-lin", "Lin Ruoxi")
    assert led_to(corpus.session, "a1") == ["c3", None, None]


def test_an_article_outranks_an_entity_of_the_same_name(corpus: Corpus) -> None:
    corpus.address("d4", "name", "lin ruoxi")
    assert led_to(corpus.session, "a1") == ["c3", "d4", None]


def test_the_own_source_comes_first(corpus: Corpus) -> None:
    corpus.address("b2", "url", "起重机")
    assert led_to(corpus.session, "a1")[0] == "b2"


def test_where_a_note_lies_outranks_what_else_it_is_called(empty: Corpus) -> None:
    empty.source("blog")
    kinds = ("title", "slug", "folder", "alias", "name", "path", "file")
    for number, kind in enumerate(kinds):
        one = empty.article(f"to{number}", "目的地")
        empty.article(f"from{number}", "出發")
        empty.address(one, kind, "somewhere")
    empty.link("from0", "somewhere", "somewhere")
    order = []
    for _ in kinds:
        (best,) = led_to(empty.session, "from0")
        assert best is not None
        order.append(best)
        remove_address(empty, best)
    assert order == ["to6", "to5", "to4", "to3", "to2", "to1", "to0"]


def remove_address(corpus: Corpus, article: str) -> None:
    corpus.session.execute(delete(ADDRESS).where(ADDRESS.c.article_id == article))


def test_of_equal_names_the_shortest_path_wins(empty: Corpus) -> None:
    empty.source("vault")
    for id_, path in (("a", "deep/er/note.md"), ("z", "note.md"), ("b", "deep/note.md")):
        empty.article(id_, "筆記", path=path, source="vault")
        empty.address(id_, "name", "note")
    empty.article("start", "開始", source="vault")
    empty.link("start", "note", "note")
    assert led_to(empty.session, "start") == ["z"]


def test_backlinks_tell_where_they_come_from(session: Session) -> None:
    (only,) = articles.backlinks_of(session, "a1").items
    assert (only.article.id, only.relation) == ("b2", "前傳")
    assert name(only.resolved) == "a1"


def test_a_link_that_leads_elsewhere_is_no_backlink(corpus: Corpus) -> None:
    assert [one.article.id for one in articles.backlinks_of(corpus.session, "c3").items] == ["a1"]
    corpus.address("b2", "name", "起重机")
    assert articles.backlinks_of(corpus.session, "c3").items == []


def test_a_link_to_itself_is_no_backlink(corpus: Corpus) -> None:
    corpus.link("a1", "cranes", "cranes")
    assert [one.article.id for one in articles.backlinks_of(corpus.session, "a1").items] == ["b2"]
    assert articles.article(corpus.session, "a1").counts.backlinks == 1


def test_links_are_paged_in_reading_order(session: Session) -> None:
    first = articles.links_of(session, "a1", limit=2)
    rest = articles.links_of(session, "a1", limit=2, cursor=first.next)
    assert [link.target for link in (*first.items, *rest.items)] == [
        "起重機",
        "Lin Ruoxi",
        "https://elsewhere.example/",
    ]
