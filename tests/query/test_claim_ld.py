"""Claims in JSON-LD: read by a library, in the terms of schema.org and the Web Annotation Vocabulary."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.answers import ClaimDetail, Evidence
from service.query.claim_ld import claim_document, claims_document
from service.query.claims import claim, claims
from service.query.columns import ARTICLE
from service.query.graph_export import export
from service.query.variants import in_variant
from tests.query.linked_data import OA, SCHEMA, faults, triples

CLAIM = URIRef("urn:wenmai:claim:claim1")


def _document(session: Session, claim_id: str = "claim1") -> dict[str, Any]:
    return claim_document(session, claim(session, claim_id))


@pytest.fixture
def graph(session: Session) -> Graph:
    return triples(_document(session))


def test_a_claim_is_in_the_terms_of_schema_org(session: Session, graph: Graph) -> None:
    assert faults(graph) == []
    assert faults(triples(claims_document(session, claims(session, limit=100).items))) == []


def test_the_check_knows_what_is_no_term() -> None:
    wrong = {"@context": {"@vocab": "http://schema.org/"}, "@type": "Claim", "rating": 5, "currency": "USD"}
    found = faults(triples(wrong))
    assert "property rating" in found
    assert any(fault.startswith("currency of ") for fault in found)


def test_who_says_it_is_not_who_wrote_the_post(graph: Graph) -> None:
    assert graph.value(CLAIM, SCHEMA.author) == URIRef("urn:wenmai:entity:lin-ruoxi")
    assert (URIRef("urn:wenmai:entity:lin-ruoxi"), RDF.type, SCHEMA.Person) in graph


def test_a_claim_of_the_posts_own_is_its_authors(session: Session) -> None:
    session.execute(ARTICLE.update().where(ARTICLE.c.id == "a1").values(authors=["周以安"]))
    graph = triples(_document(session, "claim2"))
    (author,) = graph.objects(URIRef("urn:wenmai:claim:claim2"), SCHEMA.author)
    assert graph.value(author, SCHEMA.name) == Literal("周以安")
    spoken = triples(_document(session))
    article = URIRef("urn:wenmai:article:a1")
    assert [spoken.value(one, SCHEMA.name) for one in spoken.objects(article, SCHEMA.author)] == [Literal("周以安")]
    assert list(spoken.objects(CLAIM, SCHEMA.author)) == [URIRef("urn:wenmai:entity:lin-ruoxi")]


def test_its_place_is_told_by_characters_words_and_lines(session: Session, graph: Graph) -> None:
    appearance = graph.value(CLAIM, SCHEMA.appearance)
    assert graph.value(appearance, SCHEMA.url) == URIRef("https://blog.example/cranes/")
    assert graph.value(appearance, SCHEMA.isPartOf) == URIRef("urn:wenmai:article:a1")
    assert str(graph.value(appearance, SCHEMA.datePublished)) == "2026-02-03T09:00:00+08:00"
    selectors = {graph.value(one, RDF.type): one for one in graph.objects(appearance, OA.hasSelector)}
    text = session.scalars(select(ARTICLE.c.text).where(ARTICLE.c.id == "a1")).one()
    position, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
    start, end = (int(str(graph.value(position, one))) for one in (OA.start, OA.end))
    exact, before, behind = (str(graph.value(quote, one)) for one in (OA.exact, OA.prefix, OA.suffix))
    assert text[start:end] == exact == "林若溪預計碼頭明年吞吐 12 萬噸。"
    assert text[:start].endswith(before)
    assert text[end:].startswith(behind)
    assert str(graph.value(selectors[OA.FragmentSelector], RDF.value)) == "line=5,6"


def test_amounts_and_times_come_along(graph: Graph) -> None:
    amount = next(graph.objects(CLAIM, SCHEMA.mentions))
    assert [graph.value(amount, one) for one in (SCHEMA.minValue, SCHEMA.unitText)] == [
        Literal(120000000),
        Literal("kg"),
    ]
    assert graph.value(CLAIM, SCHEMA.temporalCoverage) == Literal("2027-01-01/2027-12-31")


def test_nothing_rates_it(session: Session) -> None:
    written = json.dumps(_document(session))
    assert not any(word in written for word in ("Review", "Rating", "rating", "reviewed"))


def test_where_it_was_said_first_is_told_where_others_agree(session: Session) -> None:
    found = claim(session, "claim1")
    assert "firstAppearance" not in claim_document(session, found.model_copy(update={"agreeing": []}))
    other = next(one for one in claims(session).items if one.article.id == "b2")
    agreeing = [Evidence(claim=other, relation="agree", score=0.9)]
    first = claim_document(session, found.model_copy(update={"agreeing": agreeing}))["firstAppearance"]
    dates = {row.id: row.published for row in session.execute(select(ARTICLE.c.id, ARTICLE.c.published))}
    earliest = min(("a1", "b2"), key=lambda one: dates[one] or "9")
    assert first["isPartOf"]["@id"] == f"urn:wenmai:article:{earliest}"


def test_a_variant_changes_what_is_shown_and_not_what_is_quoted(session: Session) -> None:
    shown: ClaimDetail = in_variant(claim(session, "claim1"), "zh-CN", session)
    document = claim_document(session, shown)
    (quote,) = [one for one in document["appearance"]["selector"] if one["@type"] == "TextQuoteSelector"]
    assert (document["text"], quote["exact"]) == (shown.text, "林若溪預計碼頭明年吞吐 12 萬噸。")
    assert document["text"] != quote["exact"]


def test_the_whole_graph_holds_claims_in_the_same_shape(session: Session) -> None:
    graph = triples(json.loads("".join(export(session, "jsonld"))))
    alone = triples(_document(session))
    assert faults(graph) == []
    assert (CLAIM, SCHEMA.author, URIRef("urn:wenmai:entity:lin-ruoxi")) in graph
    assert set(alone.predicates(CLAIM)) == set(graph.predicates(CLAIM))
    assert (URIRef("urn:wenmai:entity:lin-ruoxi"), RDF.type, SCHEMA.Person) in graph
