"""Editors tell names apart: splits, names that are somebody else's here or nobody's, names taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from service import deciding
from service.deciding import ContradictionError, DecisionError, Where, Word
from service.errors import NotFoundError
from service.ingest import ingest
from service.model import Site, Source
from tests.databases import Copies
from tests.deciding.corpus import JING, LIN, SITE, WANG, article, listed, names, owner, push, state
from tests.store.posts import dump

NAMESAKES = {
    "mayor.md": "---\ntitle: 市長\nauthor: 周天佑\n---\n\n市政會議討論了三個案子。\n",
    "chef.md": "---\ntitle: 廚師\nauthor: 周天佑\n---\n\n麵要煮 8 分鐘。\n",
    "gloss.md": "---\ntitle: 訪問\n---\n\n主持人周天佑（Leo Chou）說，湯頭要熬 6 小時。\n",
}
ZHOU = "leo-chou"


def push_namesakes(engine: Engine) -> None:
    push(engine)
    push(engine, NAMESAKES)
    assert bearers(engine) == {"mayor.md": {ZHOU}, "chef.md": {ZHOU}, "gloss.md": {ZHOU}}


@pytest.fixture
def namesakes(copied: Copies) -> Engine:
    """Posts by and about a mayor and a cook of one name."""
    return copied(push_namesakes)


def bearers(engine: Engine, name: str = "周天佑") -> dict[str, set[str | None]]:
    """Return whom `name` stands for in each post."""
    query = "SELECT path, entity_id FROM mention JOIN article ON article.id = article_id WHERE surface = :name"
    found: dict[str, set[str | None]] = {}
    with engine.connect() as connection:
        for path, entity in connection.execute(text(query), {"name": name}):
            found.setdefault(path, set()).add(entity)
    return found


def test_what_some_articles_say_can_be_another(namesakes: Engine) -> None:
    into = deciding.split_entity(namesakes, ZHOU, articles=[article(namesakes, "chef.md")])
    assert bearers(namesakes) == {"mayor.md": {ZHOU}, "chef.md": {into}, "gloss.md": {ZHOU}}
    assert "周天佑" in names(namesakes, into) & names(namesakes, ZHOU)


def test_some_names_can_be_another(namesakes: Engine) -> None:
    into = deciding.split_entity(namesakes, ZHOU, names=["leo chou"], into="leo-the-host")
    assert into == "leo-the-host"
    assert bearers(namesakes, "Leo Chou") == {"gloss.md": {into}}
    assert bearers(namesakes)["gloss.md"] == {ZHOU}
    assert "leo chou" not in names(namesakes, ZHOU)


def test_a_name_in_an_article_can_be_somebody_known(namesakes: Engine) -> None:
    deciding.not_this(namesakes, ZHOU, "周天佑", Where(article(namesakes, "chef.md")), LIN)
    assert bearers(namesakes)["chef.md"] == {LIN}
    assert bearers(namesakes)["mayor.md"] == {ZHOU}


def test_a_name_in_a_source_can_be_somebody_new_wherever_it_will_be_seen(namesakes: Engine) -> None:
    kitchen = Site("kitchen")
    push(namesakes, {"soup.md": NAMESAKES["chef.md"]}, kitchen)
    into = deciding.not_this(namesakes, ZHOU, "周天佑", Where(source="kitchen"))
    push(namesakes, {"rice.md": NAMESAKES["chef.md"]}, kitchen)
    found = bearers(namesakes)
    assert (found["soup.md"], found["rice.md"], found["chef.md"]) == ({into}, {into}, {ZHOU})


def test_a_name_can_be_nobody_s(namesakes: Engine) -> None:
    deciding.reject(namesakes, name="周天佑", where=Where(article(namesakes, "mayor.md")))
    assert bearers(namesakes) == {"mayor.md": {None}, "chef.md": {ZHOU}, "gloss.md": {ZHOU}}
    deciding.reject(namesakes, name="周天佑")
    assert bearers(namesakes) == {"mayor.md": {None}, "chef.md": {None}, "gloss.md": {None}}
    push(namesakes, {"later.md": NAMESAKES["chef.md"]})
    assert bearers(namesakes)["later.md"] == {None}


def test_an_entity_can_be_none(namesakes: Engine) -> None:
    deciding.reject(namesakes, ZHOU)
    assert names(namesakes, ZHOU) == set()
    with pytest.raises(ContradictionError, match="no entity"):
        deciding.add_alias(namesakes, ZHOU, "阿佑")


def test_a_name_taken_away_is_somebody_s_of_whom_no_more_is_known(namesakes: Engine) -> None:
    deciding.remove_alias(namesakes, ZHOU, "周天佑")
    (one,) = bearers(namesakes)["mayor.md"]
    assert one not in (ZHOU, None)
    assert names(namesakes, ZHOU) == {"leo chou"}
    with pytest.raises(NotFoundError):
        deciding.remove_alias(namesakes, ZHOU, "周天佑")


def test_a_name_of_the_lexicon_can_be_taken_away(posted: Engine) -> None:
    push(posted, {"chips.md": "---\ntitle: 晶片\n---\n\n輝達說，今年賣出 33 萬張顯示卡。\n"})
    assert {"辉达", "英伟达"} <= names(posted, "nvidia")
    deciding.remove_alias(posted, "nvidia", "英偉達")
    assert "英伟达" not in names(posted, "nvidia")
    push(posted, {"more.md": "---\ntitle: 卡\n---\n\n英伟达说，今年卖出 33 万张显卡。\n"})
    assert owner(posted, "英伟达") not in ("nvidia", "None")
    assert owner(posted, "輝達") == "nvidia"


DECISIONS: dict[str, Callable[[Engine], object]] = {
    "split": lambda e: deciding.split_entity(e, ZHOU, articles=[article(e, "chef.md")]),
    "split by name": lambda e: deciding.split_entity(e, ZHOU, names=["Leo Chou"]),
    "not this": lambda e: deciding.not_this(e, ZHOU, "周天佑", Where(article(e, "chef.md")), WANG),
    "reject a name": lambda e: deciding.reject(e, name="周天佑"),
    "reject an entity": lambda e: deciding.reject(e, ZHOU),
    "unalias": lambda e: deciding.remove_alias(e, ZHOU, "周天佑"),
}


@pytest.mark.parametrize("kind", DECISIONS)
def test_taking_it_back_brings_back_what_was(namesakes: Engine, kind: str) -> None:
    before = state(namesakes)
    DECISIONS[kind](namesakes)
    assert state(namesakes) != before
    DECISIONS[kind](namesakes) if kind.startswith("split") else None
    (decision,) = listed(namesakes)
    deciding.revoke(namesakes, decision.id)
    assert state(namesakes) == before


@pytest.mark.parametrize("kind", DECISIONS)
def test_it_outlives_re_ingestion_and_a_rebuild_in_another_order(namesakes: Engine, kind: str) -> None:
    DECISIONS[kind](namesakes)
    decided, posts = state(namesakes), {**NAMESAKES}
    ingest(namesakes, SITE, [], replace=True)
    assert state(namesakes)["mention"] == []
    for path in sorted(posts, reverse=True):
        push(namesakes, {path: posts[path]})
    push(namesakes)
    assert state(namesakes) == decided


@pytest.mark.parametrize("kind", DECISIONS)
def test_later_decisions_build_on_earlier_ones(namesakes: Engine, kind: str) -> None:
    deciding.merge_entities(namesakes, JING, LIN)
    merged = state(namesakes)
    DECISIONS[kind](namesakes)
    after = state(namesakes)
    deciding.revoke(namesakes, listed(namesakes)[1].id)
    deciding.merge_entities(namesakes, JING, LIN)
    assert state(namesakes) == after != merged


def test_a_split_takes_what_was_merged_too(namesakes: Engine) -> None:
    deciding.merge_entities(namesakes, WANG, ZHOU)
    into = deciding.split_entity(namesakes, ZHOU, names=["王大明"], into="wang-the-second")
    assert owner(namesakes, "王大明") == into
    with pytest.raises(ContradictionError):
        deciding.merge_entities(namesakes, into, ZHOU)


def test_who_when_and_why_are_kept(namesakes: Engine) -> None:
    deciding.reject(namesakes, name="市場", word=Word("周編輯", "那是一個地方。"))
    deciding.merge_entities(namesakes, JING, LIN)
    second, first = listed(namesakes)
    assert (first.by, first.why, second.by, second.why) == ("周編輯", "那是一個地方。", "admin", None)
    assert "2026" <= (first.at or "") <= (second.at or "")
    assert (first.at or "").endswith("+00:00")


def test_a_number_is_never_given_twice(namesakes: Engine) -> None:
    first = deciding.reject(namesakes, name="市場")
    deciding.revoke(namesakes, first)
    assert deciding.reject(namesakes, name="市場") > first


def build_on_a_split(engine: Engine) -> None:
    deciding.split_entity(engine, ZHOU, names=["Leo Chou"], into="leo-two")
    deciding.add_alias(engine, "leo-two", "里歐")


CONTRADICTIONS: dict[str, tuple[Callable[[Engine], object], Callable[[Engine], object]]] = {
    "given, then nobody's": (
        lambda e: deciding.add_alias(e, LIN, "阿靜"),
        lambda e: deciding.reject(e, name="阿靜"),
    ),
    "nobody's, then given": (
        lambda e: deciding.reject(e, name="阿靜"),
        lambda e: deciding.add_alias(e, LIN, "阿靜"),
    ),
    "given, then taken": (
        lambda e: deciding.add_alias(e, LIN, "阿靜"),
        lambda e: deciding.remove_alias(e, LIN, "阿靜"),
    ),
    "taken, then given": (
        lambda e: deciding.remove_alias(e, ZHOU, "Leo Chou"),
        lambda e: deciding.add_alias(e, ZHOU, "Leo Chou"),
    ),
    "nobody's here, then somebody's": (
        lambda e: deciding.reject(e, name="周天佑", where=Where(article(e, "chef.md"))),
        lambda e: deciding.not_this(e, ZHOU, "周天佑", Where(article(e, "chef.md")), LIN),
    ),
    "somebody's here, then another's": (
        lambda e: deciding.not_this(e, ZHOU, "周天佑", Where(article(e, "chef.md")), LIN),
        lambda e: deciding.not_this(e, ZHOU, "周天佑", Where(article(e, "chef.md")), WANG),
    ),
    "told apart, then merged": (
        lambda e: deciding.split_entity(e, ZHOU, names=["Leo Chou"], into="leo-two"),
        lambda e: deciding.merge_entities(e, "leo-two", ZHOU),
    ),
    "an id that is taken": (
        lambda e: None,
        lambda e: deciding.split_entity(e, ZHOU, names=["Leo Chou"], into=LIN),
    ),
    "nothing is left": (
        lambda e: None,
        lambda e: deciding.split_entity(e, ZHOU, names=["Leo Chou", "周天佑"]),
    ),
    "a split others build on": (
        build_on_a_split,
        lambda e: deciding.revoke(e, listed(e)[1].id),
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_what_contradicts_a_decision_is_refused_and_changes_nothing(namesakes: Engine, case: str) -> None:
    first, second = CONTRADICTIONS[case]
    first(namesakes)
    before = dump(namesakes)
    with pytest.raises(ContradictionError):
        second(namesakes)
    assert dump(namesakes) == before


@pytest.mark.parametrize("attempt", [
    lambda e: deciding.split_entity(e, ZHOU),
    lambda e: deciding.split_entity(e, ZHOU, names=[" "]),
    lambda e: deciding.split_entity(e, ZHOU, names=["Leo Chou"], into="Leo Chou!"),
    lambda e: deciding.not_this(e, ZHOU, "周天佑", Where(), LIN),
    lambda e: deciding.not_this(e, ZHOU, "周天佑", Where(source="harbour"), ZHOU),
    deciding.reject,
    lambda e: deciding.reject(e, name="\u3000"),
])  # fmt: skip
def test_what_decides_nothing_is_refused(namesakes: Engine, attempt: Callable[[Engine], object]) -> None:
    with pytest.raises(DecisionError):
        attempt(namesakes)
    assert listed(namesakes) == []


@pytest.mark.parametrize("attempt", [
    lambda e: deciding.split_entity(e, "nobody", names=["x"]),
    lambda e: deciding.split_entity(e, ZHOU, names=["從未有人"]),
    lambda e: deciding.split_entity(e, ZHOU, articles=["0000"]),
    lambda e: deciding.not_this(e, ZHOU, "周天佑", Where("0000"), LIN),
    lambda e: deciding.not_this(e, ZHOU, "周天佑", Where(source="nowhere"), LIN),
    lambda e: deciding.not_this(e, ZHOU, "周天佑", Where(article(e, "lin.md")), LIN),
    lambda e: deciding.reject(e, "nobody"),
    lambda e: deciding.remove_alias(e, ZHOU, "從未有人"),
])  # fmt: skip
def test_what_is_on_nothing_is_not_found(namesakes: Engine, attempt: Callable[[Engine], object]) -> None:
    with pytest.raises(NotFoundError):
        attempt(namesakes)
    assert listed(namesakes) == []


def test_a_surface_that_is_short_for_another_name_can_be_told_apart(posted: Engine) -> None:
    body = "---\ntitle: 訪談\n---\n\n主持人 Ada Bloomfield 說，港口很忙。Bloomfield 表示，明年會裝 12 座起重機。\n"
    ingest(posted, SITE, [Source("bloom.md", body)])
    assert owner(posted, "Bloomfield") == owner(posted, "Ada Bloomfield") == "ada-bloomfield"
    into = deciding.not_this(posted, "ada-bloomfield", "Bloomfield", Where(article(posted, "bloom.md")))
    assert (owner(posted, "Bloomfield"), owner(posted, "Ada Bloomfield")) == (into, "ada-bloomfield")
    assert names(posted, into) == {"bloomfield"}
