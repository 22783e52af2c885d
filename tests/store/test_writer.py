"""Articles are written whole, replaced whole and removed whole."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from service.model import Approx, ClaimKind, Extraction, Figure, Header, Link, Mention, Quantity, Site, Span
from service.store.claim_postings import term_at
from service.store.claim_terms import amount_terms, term_number
from service.store.engine import writing
from service.store.related_terms import unpacked
from service.store.tables import TABLES
from service.store.writer import article_id, delete_article, delete_source
from tests.store.posts import NOTHING, SITE, crane_post, dump, plain_post, stored, with_header


def rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    columns = TABLES[table]
    with Session(engine) as session:
        return [dict(row._mapping) for row in session.execute(select(columns).order_by(*columns.primary_key))]


def test_an_article_is_stored_with_its_header(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    (article,) = rows(engine, "article")
    assert article["id"] == article_id("harbour", "posts/cranes.md")
    assert (article["title"], article["script"], article["language"]) == ("港口起重機", "Hant", "zh-TW")
    assert (article["published"], article["updated"]) == ("2026-03-01", None)
    assert (article["authors"], article["tags"]) == (["王小明"], ["港口", "Crane"])
    assert article["original_url"] == "https://example.com/report"
    assert article["extra"] == {"weight": 3, "cover": {"image": "a.png"}, "ratio": "inf"}
    assert article["problems"] == [{"detail": "the tag list is no list", "line": 4}]
    assert article["folded"].startswith("港口起重机")


def test_the_folded_text_is_as_long_as_the_text(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    (article,) = rows(engine, "article")
    assert len(article["folded"]) == len(article["text"])


def test_labels_are_found_in_either_script(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    assert {(row["kind"], row["folded"]) for row in rows(engine, "label")} == {
        ("tag", "港口"),
        ("tag", "crane"),
        ("category", "基建"),
        ("author", "王小明"),
    }


def test_facts_belong_to_the_claim_they_stand_in(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    first, second = sorted(rows(engine, "claim"), key=lambda row: row["ordinal"])
    assert [row["claim_id"] for row in rows(engine, "mention")] == [first["id"], first["id"], second["id"]]
    assert {row["text"]: row["claim_id"] for row in rows(engine, "figure")} == {
        "12 座": first["id"],
        "3.5 億元": second["id"],
    }
    assert [row["claim_id"] for row in rows(engine, "time")] == [first["id"]]


def test_a_fact_of_two_claims_belongs_to_the_shorter(engine: Engine) -> None:
    document, extraction = crane_post()
    outer = extraction.claims[0]
    port = outer.mentions[1]
    inner = replace(
        outer, surface="高雄港明年要裝 12 座起重機", span=Span(24, 39), mentions=(port,), figures=(), times=()
    )
    stored(engine, SITE, document, replace(extraction, claims=(outer, inner)))
    claims = {row["ordinal"]: row["id"] for row in rows(engine, "claim")}
    assert [row["claim_id"] for row in rows(engine, "mention")][:2] == [claims[0], claims[1]]


def test_a_claim_names_its_speaker_by_ordinal(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    assert [row["speaker_ordinal"] for row in rows(engine, "claim")] == [0, 0]


def test_a_speaker_that_is_listed_nowhere_else_is_stored_too(engine: Engine) -> None:
    document, extraction = crane_post()
    others = extraction.mentions[1:]
    stored(engine, SITE, document, replace(extraction, mentions=others))
    assert {row["speaker_ordinal"] for row in rows(engine, "claim")} == {2}
    assert rows(engine, "mention")[2]["surface"] == "林靜儀"


def test_a_figure_is_comparable_and_exact(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    cost = next(row for row in rows(engine, "figure") if row["unit"] == "TWD")
    assert (cost["low"], cost["low_exact"], cost["approx"]) == (3.5e8, "3.5E+8", "under")


def test_a_claim_is_found_by_its_terms_in_either_script(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    terms = {term_at(row["place"])[0] for row in rows(engine, "claim_posting")}
    assert {term_number(term) for term in ("起重", "重机", "12", "lin", "成本", "3.5")} <= terms
    assert amount_terms("TWD", 3.5e8, 3.5e8) <= terms


def test_an_article_is_told_by_its_most_telling_terms(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    (kept,) = rows(engine, "related_article")
    _, found, _ = unpacked(kept["terms"])
    weights = {shown: weight for (shown, _), weight in zip(json.loads(kept["shown"]), found, strict=True)}
    assert max(weights, key=lambda term: weights[term]) == "港口"  # of title and tag
    assert weights["港口"] > weights["起重機"] > 0
    assert "認為" not in weights


def test_saving_twice_changes_nothing(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    before = dump(engine)
    stored(engine, SITE, *crane_post())
    assert dump(engine) == before


def test_saving_again_replaces_every_row(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    stored(engine, SITE, plain_post("只剩一句", "posts/cranes.md"), NOTHING, "other")
    afterwards = dump(engine)
    assert {table for table, found in afterwards.items() if found} <= {
        "source",
        "article",
        "related_article",
        "related_posting",
        "address",
    }
    assert [row["content_hash"] for row in rows(engine, "article")] == ["other"]


def test_deleting_an_article_removes_all_that_hangs_on_it(engine: Engine) -> None:
    stored(engine, SITE, plain_post("另一篇"), NOTHING)
    before = dump(engine)
    stored(engine, SITE, *crane_post())
    assert all(
        dump(engine)[table]
        for table in ("claim", "mention", "figure", "time", "gloss", "claim_posting", "link", "media")
    )
    with writing(engine) as session:
        delete_article(session, article_id("harbour", "posts/cranes.md"))
    assert dump(engine) == before


def test_deleting_a_source_removes_its_articles_and_no_other(engine: Engine) -> None:
    other = Site("station")
    stored(engine, other, *crane_post())
    before = dump(engine)
    stored(engine, SITE, *crane_post())
    with writing(engine) as session:
        delete_source(session, "harbour")
    assert dump(engine) == before


def test_deleting_what_is_not_there_is_no_error(engine: Engine) -> None:
    before = dump(engine)
    with writing(engine) as session:
        delete_article(session, "0" * 16)
        delete_source(session, "nowhere")
    assert dump(engine) == before


def test_what_no_database_takes_is_replaced_and_spans_hold(engine: Engine) -> None:
    post = with_header(plain_post("甲\x00乙\ud800丙"), Header(tags=("a\x00b",), rest={"k\udfff": ["\x00"]}))
    stored(engine, SITE, post, NOTHING)
    (article,) = rows(engine, "article")
    assert article["text"] == "甲\ufffd乙\ufffd丙"
    assert (article["tags"], article["extra"]) == (["a\ufffdb"], {"k\ufffd": ["\ufffd"]})


def test_overlong_names_and_keys_are_no_obstacle(engine: Engine) -> None:
    long = "".join(chr(0x4E00 + number % 20000) for number in range(20000))
    link = Link("wiki", long, None, None, None, None, None, 1, None)
    header = Header(tags=(long,), authors=(long,), aliases=(long,))
    mention = Mention(long, Span(0, 3), 1, crane_post()[1].mentions[0].kind, long, None, "author", "front_matter", 1.0)
    post = replace(with_header(plain_post("短文" + "x" * 9000), header), links=(link,))
    stored(engine, SITE, post, replace(NOTHING, mentions=(mention,)))
    assert len(rows(engine, "mention")) == 1


def test_a_number_beyond_all_floats_is_kept_exactly(engine: Engine) -> None:
    huge = Quantity(Decimal("1E+999"), Decimal("1E+999"), "count")
    figure = Figure("多", Span(0, 1), 1, huge, Approx.EXACT)
    stored(engine, SITE, plain_post("多"), replace(NOTHING, figures=(figure,)))
    (row,) = rows(engine, "figure")
    assert row["low"] < float("inf")
    assert row["low_exact"] == "1E+999"


def test_repeated_sentences_are_claims_of_their_own(engine: Engine) -> None:
    document, extraction = crane_post()
    claim = replace(extraction.claims[0], kind=ClaimKind.STATEMENT)
    again: Extraction = replace(extraction, claims=(claim, claim))
    stored(engine, SITE, document, again)
    assert len({row["id"] for row in rows(engine, "claim")}) == 2


@pytest.mark.parametrize("count", [1, 40])
def test_a_table_is_one_statement_however_many_rows(sqlite_engine: Engine, count: int) -> None:
    document, extraction = crane_post()
    statements: list[str] = []
    event.listen(sqlite_engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    stored(sqlite_engine, SITE, document, replace(extraction, glosses=extraction.glosses * count))
    assert sum('INTO "gloss"' in statement for statement in statements) == 1
