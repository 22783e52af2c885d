"""What a claim must say of a subject to say the same, and what an amount must be said of to say otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source
from service.query.lookup import lookup
from service.store.engine import create, migrate

BESIDE = [
    ("松濤圖書館的閱覽室一共有三百個座位", "松涛图书馆换了新馆长", "related"),
    ("松濤圖書館上個月換了新館長", "松涛图书馆换了新馆长", "agree"),
    ("泊雁咖啡的竞争对手单店月营收只有 40 万元", "泊雁咖啡单店月营收 52 万元", "related"),
    ("泊雁咖啡單店月營收只有 40 萬元", "泊雁咖啡单店月营收 52 万元", "conflict"),
    ("云栖剧院扣除场租后的收入是 310 万元", "雲棲劇院的收入是 390 萬元", "related"),
    ("雲棲劇院的收入是 310 萬元", "云栖剧院的收入是 390 万元", "conflict"),
    ("渡口大橋沒有通過環保局的審查", "渡口大桥通过了环保局的审查", "conflict"),
]


@pytest.mark.parametrize(("claim", "asked", "stands"), BESIDE)
def test_a_claim_stands_to_a_sentence_by_what_it_says_of_the_subject(
    tmp_path: Path, claim: str, asked: str, stands: str
) -> None:
    engine = create(f"sqlite:///{tmp_path / 'w.db'}")
    migrate(engine)
    ingest(engine, Site("s"), [Source("a.md", f"# 隨筆\n\n{claim}。\n")])
    with Session(engine) as session:
        found = [one.relation for one in lookup(session, asked, 5).matches if one.claim.text.startswith(claim[:6])]
    engine.dispose()
    assert (found or ["related"])[0] == stands
