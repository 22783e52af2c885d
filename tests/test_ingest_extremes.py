"""Posts nobody writes by hand go in all the same, and are found again."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from service.ingest import Report, ingest
from service.model import Dialect, Site, Source
from service.query.articles import articles
from service.query.posts import posts
from service.query.search import search

SITE = Site("extremes", Dialect.OBSIDIAN)
LONG = "".join(chr(0x4E00 + n % 20000) for n in range(20000))


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


@pytest.mark.parametrize(
    "post",
    [
        Source("title.md", f"---\ntitle: {LONG}\n---\n\n短文。\n"),
        Source("tag.md", f"---\ntags: [{LONG}, {LONG}甲]\naliases: [{LONG}]\nauthor: {LONG}\n---\n\n短文。\n"),
        Source("/".join(["深" * 80] * 12) + ".md", "短文。\n"),
        Source("heading.md", f"# {LONG}\n\n短文。\n"),
        Source("link.md", f"見 [[{LONG}|甲]] 與 [乙](https://a.example/{'x' * 9000})。\n"),
    ],
    ids=["title", "tag", "path", "heading", "link"],
)
def test_overlong_words_are_stored_and_given_back(engine: Engine, post: Source) -> None:
    assert ingest(engine, SITE, [post]).failed == 0
    assert ingest(engine, SITE, [post]) == Report(unchanged=1)
    with Session(engine) as session:
        (one,) = posts(session)
        assert one.path == post.path
        assert articles(session, tag=LONG).total == ("tags" in post.text)


def test_a_sentence_of_a_hundred_thousand_characters_goes_in(engine: Engine) -> None:
    sentence = "林靜儀說，" + "碼頭的起重機與貨櫃很多，" * 8400 + "還要裝 12 座。"
    assert ingest(engine, SITE, [Source("long.md", sentence)]).failed == 0
    with Session(engine) as session:
        (hit,) = search(session, "還要裝", kind="article").items
    assert sentence[hit.highlights[0].start :].startswith("還要裝")


def test_five_thousand_links_go_in_and_lead_where_they_should(engine: Engine) -> None:
    body = "\n".join(f"- [[篇目{n % 50}]]" for n in range(5000))
    targets = [Source(f"篇目{n}.md", f"第 {n} 篇。\n") for n in range(50)]
    assert ingest(engine, SITE, [Source("index.md", body), *targets]) == Report(added=51)
    assert count(engine, "link") == 5000
    with Session(engine) as session:
        target = next(post for post in posts(session) if post.path == "篇目7.md")
    assert target.article.counts.backlinks == 100


def test_what_no_database_takes_is_left_out_of_front_matter(engine: Engine) -> None:
    front = {"title": "甲\x00乙\ud800丙", "tags": ["a\x00b", "\udfff"], "note\x00": {"k\udc00": ["\x00", 10**400]}}
    post = Source("odd.md", json.dumps(front) + "\n\n內文\x00在此。\n")
    report = ingest(engine, Site("odd", Dialect.HUGO), [post])
    assert report.failed == 0
    with Session(engine) as session:
        (one,) = posts(session, "odd")
    json.loads(one.model_dump_json())
    assert "丙" in one.article.title
