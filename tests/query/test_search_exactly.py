"""Search finds what stands in the texts, all of it and nothing else, wherever the index keeps it."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from service.query import search_articles, search_reader
from service.query.search import search
from service.query.search_matching import may_hold
from service.query.search_reader import SearchIndex
from service.script import fold
from service.store import search_index, search_merging
from service.store.engine import writing
from service.store.search_index import settle
from service.store.writer import delete_article
from tests.query.conftest import Corpus

_LETTERS = "港口碼頭起重機燈塔海風"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of a few articles, some merged, and a few articles that wait."""
    monkeypatch.setattr(search_index, "WAITING", 8)
    monkeypatch.setattr(search_index, "AT_ONCE", 16)
    monkeypatch.setattr(search_merging, "_FACTOR", 4)


@pytest.fixture
def texts(engine: Engine, small: None) -> dict[str, str]:
    """Sixty posts of few characters, a third of them deleted again."""
    random, texts = Random(11), dict[str, str]()
    with writing(engine) as session:
        corpus = Corpus(session)
        corpus.source("blog")
        for number in range(60):
            one, body = f"post{number}", "".join(random.choices(_LETTERS + "。", k=random.randrange(5, 60)))
            corpus.article(one, f"第{number}篇", body, published=f"20{number % 20 + 10}-03-04")
            texts[one] = fold(corpus.texts[one])
            if number % 7 == 6:
                settle(session)
        session.flush()
        for one in [one for one in texts if random.random() < 0.3]:
            delete_article(session, one)
            del texts[one]
    return texts


def found(session: Session, q: str, limit: int = 100) -> list[str]:
    return [hit.article.id for hit in search(session, q, kind="article", limit=limit).items if hit.article]


def queries(length: int) -> list[str]:
    random = Random(length)
    return ["".join(random.choices(_LETTERS, k=length)) for _ in range(25)]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_word_of_any_length_finds_every_text_that_holds_it(
    engine: Engine, texts: dict[str, str], length: int
) -> None:
    with Session(engine) as session:
        for q in queries(length):
            held = {one for one, text in texts.items() if fold(q) in text}
            if held:  # else parts of it will do
                assert set(found(session, f'"{q}"')) == held, q


def test_words_phrases_and_what_is_left_out_go_together(engine: Engine, texts: dict[str, str]) -> None:
    with Session(engine) as session:
        for one, other in zip(queries(2), queries(3), strict=True):
            held = {name for name, text in texts.items() if fold(one) in text and fold(other) not in text}
            if held:
                assert set(found(session, f'"{one}" -"{other}"')) == held


def test_pages_together_are_the_whole_list(engine: Engine, texts: dict[str, str]) -> None:
    with Session(engine) as session:
        for q in ("港", "碼頭", '"港口" -海'):
            whole, seen, cursor = found(session, q), list[str](), None
            while True:
                page = search(session, q, kind="article", limit=3, cursor=cursor)
                seen += [hit.article.id for hit in page.items if hit.article]
                cursor = page.next
                if cursor is None:
                    break
            assert seen == whole
            assert len(seen) == len(set(seen))


def test_pages_go_on_where_texts_are_too_many_for_one_answer(
    engine: Engine, texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(engine) as session:
        runs = (text[at : at + 3] for text in texts.values() for at in range(7, 20))
        q = next(f'港 -"{run}"' for run in runs if len(run) == 3 and set(run) <= set(fold(_LETTERS)) - {"港"})
        whole = found(session, q)
        monkeypatch.setattr(search_articles, "_READ_FIRST", 0)
        monkeypatch.setattr(search_articles, "_AT_ONCE", 2)
        monkeypatch.setattr(search_articles, "_MOST_READ", 2)
        seen, cursor, pages = list[str](), None, 0
        while pages < 100:
            page = search(session, q, kind="article", limit=5, cursor=cursor)
            assert page.total is None
            seen += [hit.article.id for hit in page.items if hit.article]
            cursor, pages = page.next, pages + 1
            if cursor is None:
                break
        assert seen == whole


def test_scores_descend_and_the_newest_of_equal_ones_comes_first(engine: Engine, texts: dict[str, str]) -> None:
    with Session(engine) as session:
        hits = search(session, "海", kind="article", limit=100).items
        keys = [(-hit.score, hit.article.published or "") for hit in hits if hit.article]
        assert [score for score, _ in keys] == sorted(score for score, _ in keys)
        for before, after in pairwise(keys):
            assert before[0] < after[0] or before[1] >= after[1]


def test_where_the_index_keeps_articles_makes_no_difference(engine: Engine, texts: dict[str, str]) -> None:
    with Session(engine) as session:
        before = [found(session, q) for q in ("港", "碼頭", "海 風")]
    with writing(engine) as session:
        search_index.reindex(session)
    with Session(engine) as session:
        assert [found(session, q) for q in ("港", "碼頭", "海 風")] == before


def test_names_are_looked_for_where_they_may_stand(engine: Engine, texts: dict[str, str]) -> None:
    with Session(engine) as session:
        index = SearchIndex(session)
        for name in (*queries(2), *queries(3), *queries(5)):
            near = {one.id for one in index.articles(may_hold(index, [fold(name)]))}
            assert {one for one, text in texts.items() if fold(name) in text} <= near


def test_a_name_with_a_number_may_stand_before_more_of_a_number(empty: Corpus) -> None:
    empty.source("blog")
    empty.article("one", "甲", "燈塔 3.5 號")
    index = SearchIndex(empty.session)
    assert may_hold(index, ["灯塔 3"]) == index.live == 1


def test_very_many_articles_are_read_some_at_a_time(
    engine: Engine, texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_reader, "_ASKED", 5)
    with Session(engine) as session:
        index = SearchIndex(session)
        found = index.articles(index.live)
        assert {one.id for one in found} == set(texts)
        assert sum(1 << one.bit for one in found) == index.live
