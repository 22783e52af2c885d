"""Which claims agree or contradict each other is stored, and is always what judging all of them anew would give."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update
from sqlmodel import Session

from service import pairing
from service.editing import remove_article
from service.ingest import ingest
from service.model import Site, Source
from service.pairing import pair_anew, pair_on, stale_pairs
from service.query.claims import claim
from service.query.conflicts import conflicts
from service.query.lookup import neighbours
from service.store import claim_listing
from service.store.engine import create, writing
from service.store.ids import article_id
from service.store.tables import TABLES
from tests.templates import copy_sqlite

PAIR, CORPUS = TABLES["claim_pair"], TABLES["corpus"]
SITE = Site("quay")
# Sentences of which some say the same, some otherwise, and some speak of something else.
SAID = (
    "白沙碼頭的起重機每天吊 400 個貨櫃。",
    "白沙码头的起重机每天吊 900 个货柜。",
    "白沙碼頭的起重機每天吊四百個貨櫃，工人說。",
    "白沙碼頭的起重機沒有在夜裡運轉。",
    "新果园今年收成 30 吨苹果。",
    "新果園今年收成 12 噸蘋果。",
    "新果园的苹果今年收成 30000 公斤。",
    "巷口的麵包店每天烤 400 爐。",
)


def post(path: str, lines: tuple[int, ...]) -> Source:
    return Source(path, "# 見聞\n\n" + "\n\n".join(SAID[line] for line in lines) + "\n")


def stored(engine: Engine) -> list[tuple[object, ...]]:
    with Session(engine) as session:
        rows = session.execute(select(PAIR).order_by(PAIR.c.one, PAIR.c.other))
        return [(row.one, row.other, row.relation, row.size, row.score, row.why) for row in rows]


def afresh(engine: Engine) -> list[tuple[object, ...]]:
    with writing(engine) as session:
        assert stale_pairs(session) == 0
        pair_anew(session)
    return stored(engine)


def test_what_pages_of_different_businesses_give_is_no_contradiction(engine: Engine) -> None:
    line = "2031 年營收 {} 億元，年增 {}%，全台設有約 {} 家分行。"
    given = {"8801 - 安和銀": line.format("18.7", 112, 69), "8834_永泰銀": line.format("5.39", 31, 125)}
    ingest(engine, SITE, [Source(f"{title}.md", f"# {title}\n\n{text}\n") for title, text in given.items()])
    assert stored(engine) == []
    with Session(engine) as session:
        found = session.execute(select(TABLES["claim"].c.id)).scalars().all()
        assert [neighbours(session, one)[1] for one in found] == [[]] * len(found)
    again = line.format("7.2", 12, 80)
    ingest(engine, SITE, [Source("notes/8801.md", f"# 安和銀 的年報\n\n{again}\n")])
    assert [row[2] for row in stored(engine)] == ["conflict"]


def test_the_same_words_never_contradict_each_other(engine: Engine) -> None:
    said = "先有碼頭再有城，而不是先有城再有碼頭。"
    ingest(engine, SITE, [Source(f"{n}.md", f"# 見聞 {n}\n\n{said}\n") for n in range(2)])
    assert [row[2] for row in stored(engine)] == ["agree"]
    with writing(engine) as session:
        session.execute(PAIR.delete())
        first = session.execute(select(TABLES["claim"].c.id).limit(1)).scalar_one()
        agreeing, conflicting, _ = neighbours(session, first)
    assert [len(agreeing), len(conflicting)] == [1, 0]


def test_claims_of_two_articles_are_paired_and_those_of_one_are_not(engine: Engine) -> None:
    ingest(engine, SITE, [post("a.md", (0, 7)), post("b.md", (1,)), post("c.md", (2,))])
    assert sorted(str(row[2]) for row in stored(engine)) == ["agree", "conflict", "conflict"]
    ingest(engine, SITE, [post("a.md", (0, 1, 2))], replace=True)
    assert stored(engine) == []


def test_the_pages_of_both_claims_show_the_pair(engine: Engine) -> None:
    ingest(engine, SITE, [post("a.md", (4,)), post("b.md", (5,)), post("c.md", (6,))])
    with Session(engine) as session:
        (first, *rest) = conflicts(session).items
        assert len(rest) == 1
        page = claim(session, first.claim.id)
        assert first.other.id in {one.claim.id for one in page.conflicting}
        back = claim(session, first.other.id)
        assert first.claim.id in {one.claim.id for one in back.conflicting}


def test_an_edit_and_a_deletion_take_their_pairs_along(engine: Engine) -> None:
    ingest(engine, SITE, [post("a.md", (0,)), post("b.md", (1,)), post("c.md", (4,))])
    assert len(stored(engine)) == 1
    ingest(engine, SITE, [post("c.md", (5, 1))])
    assert len(stored(engine)) == len(afresh(engine)) > 1
    remove_article(engine, article_id(SITE.name, "b.md"))
    assert stored(engine) == afresh(engine)


def test_pages_of_conflicts_follow_each_other_the_largest_first(engine: Engine) -> None:
    ingest(engine, SITE, [post("a.md", (0, 4)), post("b.md", (1, 5)), post("c.md", (2, 6))])
    with Session(engine) as session:
        whole = conflicts(session)
        assert [one.size for one in whole.items] == sorted((one.size for one in whole.items), reverse=True)
        found, cursor = [], None
        for _ in whole.items:
            step = conflicts(session, limit=1, cursor=cursor)
            found += step.items
            cursor = step.next
        assert found == whole.items
        assert cursor is None


def test_other_rules_judge_all_pairs_anew(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(engine, SITE, [post("a.md", (0,)), post("b.md", (1,))])
    before = stored(engine)
    with writing(engine) as session:
        session.execute(update(PAIR).values(relation="agree"))
        pair_on(session)
        assert stale_pairs(session) == 1
    monkeypatch.setattr(pairing, "rules", lambda: "other")
    ingest(engine, SITE, [post("c.md", (7,))])
    assert stored(engine) == before
    with Session(engine) as session:
        assert session.execute(select(CORPUS.c.paired)).scalar_one() == "other"


steps = st.lists(
    st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from(range(len(SAID))), max_size=4).map(tuple)),
    min_size=1,
    max_size=5,
)
numbers = count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pairs")


@given(steps)
@settings(max_examples=12, deadline=None)
def test_whatever_is_edited_the_pairs_are_those_of_the_last_state(
    folder: Path, edits: list[tuple[str, tuple[int, ...]]]
) -> None:
    file = folder / f"{next(numbers)}.db"
    copy_sqlite(file)
    engine = create(f"sqlite:///{file}")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(claim_listing, "HEAD", 2)  # so that lists overflow
        patched.setattr(pairing, "HEAD", 2)
        for name, lines in edits:
            if lines:
                ingest(engine, SITE, [post(f"{name}.md", lines)])
            else:
                ingest(engine, SITE, [], delete=[f"{name}.md"])
        kept = stored(engine)
        assert kept == afresh(engine)
    engine.dispose()
