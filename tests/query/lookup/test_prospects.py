"""Claims that can't fit are left out before they are judged, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source, Span
from service.query.lookup import answer, candidates, lookup
from service.query.lookup.concept import Concept
from service.query.lookup.judgement import Judged, judge
from service.query.lookup.prospects import BEFORE, BEHIND, HEADING, WITHIN, Said, prospects, touching

DOCK = Concept(frozenset({"码头"}), span=Span(0, 2))
CRANE = Concept(frozenset({"吊车"}), span=Span(2, 4))
LIN = Concept(frozenset({"林若溪"}), entity="lin", named=True, span=Span(4, 7))
MOST = 1.0, 0.6, 0.8, 0.4
WEIGHED = {DOCK: 1.0, CRANE: 2.0, LIN: 4.0}
POSTS = {
    "kiln.md": "# 窯場\n\n老窯一次燒 800 件陶器。學徒說，老窯每年只開三次火。窯磚是從河邊搬來的。\n",
    "clay.md": "# 陶土札记\n\n老窑一次能烧 1200 件陶器。它每年开火六次。河边的黏土不适合做茶壶。\n",
    "tea.md": "# 茶壺\n\n這把茶壺用河邊的黏土做成，賣 3,600 元。師傅不收學徒。\n",
}
ASKED = (
    "老窯一次燒多少件陶器？",
    "老窑一次烧 800 件陶器",
    "河邊的黏土適合做茶壺",
    "学徒每年开三次火",
    "茶壶卖 3600 元",
    "窯磚 陶器 茶壺 師傅 黏土 火山 衛星",
    "1200",
)


def speaking(said: Sequence[Said], weighed: Mapping[Concept, float], *, numbers: bool) -> list[float]:
    return prospects(said, weighed, MOST, numbers, touching(said, list(weighed)))


@pytest.mark.parametrize(
    ("said", "share"),
    [
        (Said("吊车很旧", "", "", ""), 2.0),
        (Said("很旧", "吊车", "", "码头"), 2.0 * 0.6 + 1.0 * 0.4),
        (Said("很旧", "吊车", "吊车", ""), 2.0 * 0.8),
        (Said("很旧", "", "", "", frozenset({"lin", None})), 4.0),
    ],
)
def test_what_a_word_counts_depends_on_where_it_stands(said: Said, share: float) -> None:
    assert speaking([Said("", "", "", ""), said], WEIGHED, numbers=True)[1] == pytest.approx(share)


def test_a_claim_that_speaks_of_nothing_itself_may_only_give_a_number() -> None:
    said = [Said("很旧", "吊车", "", "")]
    assert speaking(said, WEIGHED, numbers=False)[0] < 0
    assert speaking(said, WEIGHED, numbers=True)[0] > 0


def test_a_lone_surrogate_is_in_no_claim() -> None:
    odd = Concept(frozenset({"\ud800x"}), span=Span(0, 2))
    assert speaking([Said("吊车", "", "", "")], {odd: 1.0, CRANE: 1.0}, numbers=False) == [1.0]


def test_what_is_judged_is_told_which_texts_hold_what() -> None:
    said = [Said("吊车很旧", "码头", "", "码头和吊车"), Said("", "", "若溪", "")]
    assert touching(said, list(WEIGHED)) == [[HEADING | BEHIND, WITHIN | BEHIND, 0], [0, 0, BEFORE]]


def test_what_is_left_out_would_be_left_out_when_it_is_judged(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(sqlite_engine, Site("kiln"), [Source(path, text) for path, text in POSTS.items()])
    judged: list[object] = []

    def all_kept(said: Sequence[Said], weighed: Mapping[Concept, float], *_: object, **__: object) -> list[float]:
        return [sum(weighed.values())] * len(said)

    def counting(*given: Any) -> Judged | None:
        judged.append(given)
        return judge(*given)

    monkeypatch.setattr(answer, "judge", counting)
    with Session(sqlite_engine) as session:
        some = [lookup(session, text) for text in ASKED]
        fewer = len(judged)
        monkeypatch.setattr(candidates, "prospects", all_kept)
        assert [lookup(session, text) for text in ASKED] == some
    assert any(found.matches for found in some)
    assert 0 < fewer < len(judged) - fewer
