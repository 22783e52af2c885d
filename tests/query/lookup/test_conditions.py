"""Values that hold under conditions of which one rules out the other are no two words on one thing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source
from service.query.lookup import lookup
from service.store.engine import create, migrate

CLAIMS = (
    "松風茶莊的龍井每罐定價不含稅 800 元。",
    "青石渡轮公司上季营收同比增长 20%。",
    "若雨季提前，白鷺農場的稻米產量為 300 公噸。",
    "北岸纺织厂的税前利润为 20 亿元。",
    "云岭缆车的单程票价为 60 元。",
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = create(f"sqlite:///{tmp_path_factory.mktemp('conditions')}/w.db")
    migrate(engine)
    ingest(engine, Site("s"), [Source(f"{at}.md", f"# 隨筆\n\n{claim}\n") for at, claim in enumerate(CLAIMS)])
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def _relation(session: Session, asked: str) -> str:
    matches = lookup(session, asked).matches
    return matches[0].relation if matches else "silent"


@pytest.mark.parametrize(
    ("same_condition", "another"),
    [
        ("松风茶庄的龙井每罐定价不含税 950 元", "松风茶庄的龙井每罐定价含税 950 元"),
        ("青石渡輪公司上季營收同比增長 35%", "青石渡輪公司上季營收環比增長 35%"),
        ("如果雨季提前，白鹭农场的稻米产量为 500 公吨", "如果雨季不提前，白鹭农场的稻米产量为 500 公吨"),
        ("北岸紡織廠的稅前利潤為 35 億元", "北岸紡織廠的稅後利潤為 15 億元"),
        ("雲嶺纜車的單程票價為 90 元", "雲嶺纜車的來回票價為 110 元"),
    ],
)
def test_another_value_conflicts_only_under_a_condition_that_allows_it(
    session: Session, same_condition: str, another: str
) -> None:
    assert _relation(session, same_condition) == "conflict"
    assert _relation(session, another) == "related"


@pytest.mark.parametrize(
    ("same_condition", "another"),
    [
        ("松风茶庄的龙井每罐定价未税 800 元", "松风茶庄的龙井每罐定价含税 800 元"),
        ("北岸紡織廠的稅前利潤為 20 億元", "北岸紡織廠的稅後利潤為 20 億元"),
    ],
)
def test_the_same_value_agrees_only_under_a_condition_that_allows_it(
    session: Session, same_condition: str, another: str
) -> None:
    assert _relation(session, same_condition) == "agree"
    assert _relation(session, another) != "agree"
