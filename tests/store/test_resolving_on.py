"""Resolving what a change touches comes to what resolving everything comes to, whatever happened before."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import Session

from service.model import EntityKind
from service.store import entities
from service.store.engine import writing
from service.store.entities import resolve_corpus, stale_rows
from service.store.names.changes import Changes
from service.store.names.places import decisions_made
from service.store.tables import TABLES
from tests.store.small_posts import COMPANY, PERSON, Post, drop, put

KEPT = ("entity", "entity_name", "mention", "seen_name", "tie", "bearer", "entity_note", "note_name")
NAMES = [
    (PERSON, "張育維", None), (PERSON, "张育维", None), (PERSON, "Kevin Zhang", None), (PERSON, "David Zhang", None),
    (PERSON, "昆恩．馬許", None), (PERSON, "Quinn Marsh", None), (PERSON, "quinn  marsh", None),
    (PERSON, "寶玉", None), (PERSON, "包裕", None), (PERSON, "Bao Yu", None), (PERSON, "黃仁勳", "jensen-huang"),
    (PERSON, "黃仁勳", None), (PERSON, "老黃", "jensen-huang"), (PERSON, "Zhang Yuwei", None),
    (COMPANY, "Quinn Marsh", None), (COMPANY, "澄光能源", None), (COMPANY, "Quinn Marsh 2", None),
    (COMPANY, "Clearlight Energy", None), (COMPANY, "Kevin Zhang Company", None), (COMPANY, "Stale", "zhang-yuwei"),
    (PERSON, "Quinn-Marsh-2", None), (PERSON, "Quinn Marsh 2", None), (COMPANY, "Zhang Yuwei", None),
]  # fmt: skip
SURFACES = ("{}", "{}", "張工", "Zhang")
PLACES = [f"a{number}" for number in range(7)]
IDS = ["kevin-zhang", "zhang-yuwei", "quinn-marsh", "bao-yu", "baoyu", "jensen-huang", "clearlight-energy", "made-up",
       "quinn-marsh-company", "chengguang-nengyuan", "kunen-maxu"]  # fmt: skip
Change = Callable[[Session, Changes], bool]


def some_post(chance: random.Random) -> Post:
    names = [(name, chance.choice(SURFACES).format(name[1])) for name in chance.choices(NAMES, k=chance.randrange(5))]
    people = [name for kind, name, _ in NAMES if kind is PERSON]
    firms = [name for kind, name, _ in NAMES if kind is COMPANY]
    pairs = [_pair(chance, PERSON, people) for _ in range(chance.choice((0, 0, 1, 2)))]
    pairs += [_pair(chance, COMPANY, firms) for _ in range(chance.choice((0, 0, 1)))]
    titled = (PERSON, chance.choice(people), tuple(chance.sample(people, 2))) if chance.random() < 0.3 else None
    bare = [(kind, name) for kind, name, key in chance.choices(NAMES, k=chance.randrange(3)) if key is None]
    return Post(names, pairs, titled, bare, chance.choice(("blog", "vault")), sure=chance.random() < 0.3)


def _pair(chance: random.Random, kind: EntityKind, names: list[str]) -> tuple[EntityKind, str, str]:
    one, other = chance.sample(names, 2)
    return kind, one, other


def some_decision(chance: random.Random) -> dict[str, object]:
    one, other = chance.sample(IDS, 2)
    name, article = chance.choice(NAMES)[1], chance.choice(PLACES)
    kind, entity, value = chance.choice(
        [
            ("edit", one, {"name": "改名"}),
            ("alias", one, {"name": name}),
            ("unalias", one, {"name": name, "into": "made-up", "new": True}),
            ("merge", one, {"into": other}),
            ("split", one, {"articles": [article], "into": "made-up", "new": True}),
            ("split", one, {"names": [name], "into": "made-up", "new": True}),
            ("split", one, {"names": ["Zhang"], "articles": [article], "into": "made-up-2", "new": True}),
            ("not_this", one, {"name": name, "source": "vault", "into": other}),
            ("not_this", one, {"name": name, "article": article, "into": other}),
            ("reject", one, {}),
            ("reject", None, {"name": name}),
            ("reject", one, {"name": name, "article": article}),
        ]
    )
    return {"kind": kind, "entity_id": entity, "value": value}


def change(session: Session, chance: random.Random) -> Changes:
    """Do something to the corpus, or to what editors say of it."""
    changes = Changes(session)
    if chance.random() < 0.2:
        return decide_otherwise(session, chance)
    for article in chance.sample(PLACES, chance.choice((1, 1, 1, 2))):
        if chance.random() < 0.3:
            drop(session, article, changes)
        else:
            put(session, article, some_post(chance), changes)
    return changes


def decide_otherwise(session: Session, chance: random.Random) -> Changes:
    """Make one of the editors' decisions, or take one back."""
    former, decision = decisions_made(session), TABLES["decision"]
    numbers = list(session.execute(select(decision.c.id)).scalars())
    if numbers and chance.random() < 0.4:
        session.execute(delete(decision).where(decision.c.id == chance.choice(numbers)))
    else:
        session.execute(insert(decision), [some_decision(chance)])
    return Changes(session, former=former)


def kept(session: Session) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(map(tuple, session.execute(select(TABLES[name]))), key=repr) for name in KEPT}


@pytest.fixture
def always_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Resolve what is touched however much that is."""
    monkeypatch.setattr(entities, "_MANY", 99.0)


@pytest.mark.usefixtures("always_on")
@pytest.mark.parametrize("seed", range(12))
def test_resolving_on_is_resolving_anew(sqlite_engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    with writing(sqlite_engine) as session:
        for _ in range(25):
            resolve_corpus(session, change(session, chance))
            stepwise = kept(session)
            assert resolve_corpus(session) == 0
            assert kept(session) == stepwise


@pytest.mark.usefixtures("always_on")
def test_resolving_on_is_resolving_anew_on_either_database(engine: Engine) -> None:
    chance = random.Random(99)
    with writing(engine) as session:
        for _ in range(12):
            resolve_corpus(session, change(session, chance))
        assert stale_rows(session) == 0


@pytest.mark.usefixtures("always_on")
@pytest.mark.parametrize("seed", range(20, 24))
def test_a_decision_made_or_taken_back_comes_to_what_deciding_anew_does(sqlite_engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    with writing(sqlite_engine) as session:
        for place in PLACES:
            changes = Changes(session)
            put(session, place, some_post(chance), changes)
            resolve_corpus(session, changes)
        resolve_corpus(session)
        for _ in range(12):
            resolve_corpus(session, decide_otherwise(session, chance))
            stepwise = kept(session)
            assert resolve_corpus(session) == 0
            assert kept(session) == stepwise


@pytest.mark.usefixtures("always_on")
def test_a_decision_never_resolves_all(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(4)
    with writing(sqlite_engine) as session:
        for place in PLACES:
            put(session, place, some_post(chance), Changes(session))
        resolve_corpus(session)
        monkeypatch.setattr(entities, "_resolve_anew", lambda _session: pytest.fail("all was resolved"))
        for name in ("張育維", "Bao Yu", "澄光能源"):
            former = decisions_made(session)
            session.execute(
                insert(TABLES["decision"]), [{"kind": "alias", "entity_id": "bao-yu", "value": {"name": name}}]
            )
            resolve_corpus(session, Changes(session, former=former))


@pytest.mark.usefixtures("always_on")
def test_without_decisions_one_post_never_resolves_all(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)
    with writing(sqlite_engine) as session:
        resolve_corpus(session)
        monkeypatch.setattr(entities, "_resolve_anew", lambda _session: pytest.fail("all was resolved"))
        for _ in range(30):
            changes = Changes(session)
            put(session, chance.choice(PLACES), some_post(chance), changes)
            resolve_corpus(session, changes)


def test_what_was_changed_behind_the_back_is_told(sqlite_engine: Engine) -> None:
    chance = random.Random(5)
    with writing(sqlite_engine) as session:
        for place in PLACES:
            changes = Changes(session)
            put(session, place, some_post(chance), changes)
            resolve_corpus(session, changes)
        entity = TABLES["entity"]
        session.connection().execute(update(entity).values(name="?"))
        before = kept(session)
        assert stale_rows(session) > 0
        assert kept(session) == before
