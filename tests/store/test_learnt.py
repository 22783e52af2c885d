"""A name that one post proves is found where another only writes it, and goes with the post that proves it."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from service import deciding
from service.ingest import ingest
from service.model import Dialect, Site, Source
from service.query.entities import entity
from tests.store.posts import dump

BLOG, PAPER = Site("blog", Dialect.HUGO), Site("paper", Dialect.HUGO)
GLOSS = "---\ntitle: 新廠\n---\n\n遠山資本（Farhill Capital）今年投了三家公司，比去年多 40%。\n"
BARE = "---\ntitle: 散步\n---\n\n我去過遠山資本。\n"
SIMPLIFIED = "---\ntitle: 招标\n---\n\n我去过远山资本。\n"
LATIN = "---\ntitle: 標案\n---\n\n標案的結果是 Farhill Capital 得分最高。\n"
PERSON = "---\ntitle: 專訪\nauthor: 簡宏清\n---\n\n碼頭裝了 12 座起重機。\n"
PERSON_BARE = "---\ntitle: 名單\n---\n\n帶著簡宏清的舊照片。\n"


def learnt(engine: Engine) -> dict[str, set[tuple[str, str]]]:
    """Return what each post learnt: surface and entity."""
    query = text("SELECT path, surface, entity_id FROM mention JOIN article ON id = article_id WHERE method = 'learnt'")
    found: dict[str, set[tuple[str, str]]] = {}
    with engine.connect() as connection:
        for path, surface, owner in connection.execute(query):
            found.setdefault(path, set()).add((surface, owner))
    return found


def push(engine: Engine, **posts: str) -> None:
    push_to(engine, BLOG, posts)


def push_to(engine: Engine, site: Site, posts: Mapping[str, str]) -> None:
    ingest(engine, site, [Source(f"{name}.md", body) for name, body in posts.items()])


@pytest.mark.parametrize("bare_first", [True, False])
def test_a_company_that_one_post_glosses_is_found_where_another_only_names_it(engine: Engine, bare_first: bool) -> None:
    posts = {"bare": BARE, "gloss": GLOSS}
    for name in posts if bare_first else reversed(posts):
        push(engine, **{name: posts[name]})
    assert learnt(engine) == {"bare.md": {("遠山資本", "farhill-capital")}}


def test_without_proof_nothing_shows(engine: Engine) -> None:
    push(engine, bare=BARE)
    stored = dump(engine)
    assert stored["unproven"]
    assert not [row for row in stored["mention"] if "遠山資本" in row]
    assert not [row for row in stored["entity_name"] if "远山资本" in row]


def test_what_was_learnt_goes_with_its_proof_and_comes_again(sqlite_engine: Engine) -> None:
    push(sqlite_engine, bare=BARE)
    without = dump(sqlite_engine, "corpus", "job")
    push(sqlite_engine, gloss=GLOSS)
    assert learnt(sqlite_engine)
    ingest(sqlite_engine, BLOG, [], delete=["gloss.md"])
    assert learnt(sqlite_engine) == {}
    assert dump(sqlite_engine, "corpus", "job")["mention"] == without["mention"]
    push(sqlite_engine, gloss=GLOSS)
    assert learnt(sqlite_engine)


def test_a_company_is_learnt_in_either_script_and_on_any_site(sqlite_engine: Engine) -> None:
    push(sqlite_engine, gloss=GLOSS)
    push_to(sqlite_engine, PAPER, {"simplified": SIMPLIFIED})
    assert learnt(sqlite_engine) == {"simplified.md": {("远山资本", "farhill-capital")}}


def test_a_learnt_mention_counts_for_its_entity(sqlite_engine: Engine) -> None:
    push(sqlite_engine, gloss=GLOSS, bare=BARE)
    with Session(sqlite_engine) as session:
        assert entity(session, "farhill-capital").counts.articles == 2


def test_a_person_is_learnt_on_the_same_site_only(sqlite_engine: Engine) -> None:
    push(sqlite_engine, interview=PERSON, list=PERSON_BARE)
    push_to(sqlite_engine, PAPER, {"list": PERSON_BARE})
    with sqlite_engine.connect() as connection:
        query = "SELECT source FROM mention JOIN article ON id = article_id WHERE method = 'learnt'"
        assert list(connection.scalars(text(query))) == ["blog"]


def test_a_name_glossed_in_two_ways_proves_nothing(sqlite_engine: Engine) -> None:
    push(sqlite_engine, gloss=GLOSS, bare=BARE, other=GLOSS.replace("Farhill Capital", "Limpid Capital"))
    assert learnt(sqlite_engine) == {}


def test_what_was_learnt_proves_nothing_itself(sqlite_engine: Engine) -> None:
    others = {f"bare{number}": BARE for number in range(5)}
    push(sqlite_engine, gloss=GLOSS, **others)
    assert len(learnt(sqlite_engine)) == 5
    ingest(sqlite_engine, BLOG, [], delete=["gloss.md"])
    assert learnt(sqlite_engine) == {}


def test_an_editor_who_rejects_a_name_rejects_it_where_it_was_learnt(sqlite_engine: Engine) -> None:
    push(sqlite_engine, gloss=GLOSS, bare=BARE)
    number = deciding.reject(sqlite_engine, name="遠山資本")
    assert learnt(sqlite_engine) == {}
    deciding.revoke(sqlite_engine, number)
    assert learnt(sqlite_engine)


def test_speakers_stay_who_they_are(sqlite_engine: Engine) -> None:
    said = "---\ntitle: 工程\n---\n\n我去過遠山資本。\n\n王小明表示，他明年會裝 12 座風機。\n"
    push(sqlite_engine, said=said)
    speaker = "mention.article_id = claim.article_id AND mention.ordinal = speaker_ordinal"
    query = text(f"SELECT surface FROM claim JOIN mention ON {speaker}")
    with sqlite_engine.connect() as connection:
        before = connection.scalars(query).all()
    push(sqlite_engine, gloss=GLOSS)
    assert learnt(sqlite_engine)
    with sqlite_engine.connect() as connection:
        assert connection.scalars(query).all() == before == ["王小明"]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_posts_makes_no_difference_to_what_is_learnt(sqlite_engine: Engine, seed: int) -> None:
    posts = [("gloss", GLOSS), ("bare", BARE), ("latin", LATIN), ("person", PERSON), ("list", PERSON_BARE)]
    push(sqlite_engine, **dict(posts))
    whole = dump(sqlite_engine, "corpus", "job")["mention"]
    ingest(sqlite_engine, BLOG, [], delete=[f"{name}.md" for name, _ in posts])
    for name, body in random.Random(seed).sample(posts, len(posts)):
        push(sqlite_engine, **{name: body})
    assert dump(sqlite_engine, "corpus", "job")["mention"] == whole
