"""The whole graph as files: well-formed, the same twice, without drafts."""

from __future__ import annotations

import csv
import io
import json
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy.orm import Session

from service.query.graph_export import Format, export
from tests.query.conftest import Corpus

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def written(session: Session, form: Format) -> str:
    return "".join(export(session, form))


@pytest.mark.parametrize("form", get_args(Format))
def test_the_same_corpus_gives_the_same_bytes_and_no_draft(session: Session, form: Format) -> None:
    assert written(session, form) == written(session, form)
    assert "article:c3" not in written(session, form)


def test_graphml_joins_nodes_that_are_there(session: Session) -> None:
    graph = ET.fromstring(written(session, "graphml"))
    nodes = {node.attrib["id"] for node in graph.iter(f"{GRAPHML}node")}
    edges = [(edge.attrib["source"], edge.attrib["target"]) for edge in graph.iter(f"{GRAPHML}edge")]
    assert {"article:a1", "article:b2", "article:d4", "entity:haifeng", "entity:qingchuan"} <= nodes
    assert ("article:b2", "article:a1") in edges
    assert {end for edge in edges for end in edge} <= nodes


def test_what_xml_cannot_hold_is_replaced(empty: Corpus) -> None:
    empty.source("blog")
    empty.article("odd", "碼\x08頭 <&> \ufffe", "一")
    (label,) = ET.fromstring(written(empty.session, "graphml")).findall(f".//{GRAPHML}node/{GRAPHML}data[@key='label']")
    assert label.text == "碼\ufffd頭 <&> \ufffd"


def test_json_ld_says_whom_articles_mention_and_what_they_cite(session: Session) -> None:
    items = {item["@id"]: item for item in json.loads(written(session, "jsonld"))["@graph"]}
    assert items["urn:wenmai:entity:haifeng"]["@type"] == "Corporation"
    post = items["urn:wenmai:article:b2"]
    assert (post["@type"], post["inLanguage"], post["url"]) == (
        "Article",
        "zh-Hans",
        "https://blog.example/automation/",
    )
    assert {"@id": "urn:wenmai:entity:lin-ruoxi"} in post["mentions"]
    assert post["citation"] == [{"@id": "urn:wenmai:article:a1"}]


def test_tables_hold_edges_and_what_they_join(session: Session) -> None:
    edges = list(csv.DictReader(io.StringIO(written(session, "csv"))))
    nodes = {row["id"]: row for row in csv.DictReader(io.StringIO(written(session, "csv-nodes")))}
    assert {"source": "article:b2", "target": "article:a1", "kind": "link", "count": "1", "relation": "前傳"} in edges
    assert {end for row in edges for end in (row["source"], row["target"])} <= nodes.keys()
    assert nodes["entity:qingchuan"]["kind"] == "place"


def test_a_spreadsheet_reckons_nothing(empty: Corpus) -> None:
    empty.source("blog")
    empty.article("sum", "=1+1", "一")
    assert "'=1+1" in written(empty.session, "csv-nodes")
