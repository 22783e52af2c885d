"""JSON-LD as a program of others reads it: a set of triples, checked against the terms of schema.org."""

from __future__ import annotations

import json
import tomllib
import warnings
from pathlib import Path
from typing import Any

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

SCHEMA = Namespace("http://schema.org/")
OA = Namespace("http://www.w3.org/ns/oa#")
TERMS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "schema_terms.toml").read_text(encoding="utf-8")
)


def triples(document: dict[str, Any]) -> Graph:
    """Return what a document says. Its context must be its own: an address of one would be refused here."""
    assert isinstance(document["@context"], dict)
    graph = Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the library about itself
        graph.parse(data=json.dumps(document), format="json-ld")
    return graph


def faults(graph: Graph) -> list[str]:
    """Return what schema.org does not know, or has otherwise."""
    found = [f"type {name}" for name in map(_own, graph.objects(None, RDF.type)) if name and name not in TERMS["types"]]
    for subject, predicate, value in graph:
        name = _own(predicate)
        if name is None:
            continue
        term = TERMS["properties"].get(name)
        if term is None:
            found.append(f"property {name}")
        elif not _kinds(graph, subject) & set(term["of"]):
            found.append(f"{name} of {_kinds(graph, subject)}")
        elif not _held(graph, value) & set(term["holds"]):
            found.append(f"{name} holds {value!r}")
    return found


def _own(term: Node) -> str | None:
    text = str(term)
    return text.removeprefix(str(SCHEMA)) if isinstance(term, URIRef) and text.startswith(str(SCHEMA)) else None


def _held(graph: Graph, value: Node) -> set[str]:
    if not isinstance(value, Literal):
        return _kinds(graph, value) | {"URL"}
    if value.datatype == SCHEMA.Date:
        return {"Date"}
    return {"Number"} if isinstance(value.toPython(), int | float) else {"Text"}


def _kinds(graph: Graph, node: Node) -> set[str]:
    """Return the types of a node with all that they are kinds of."""
    kinds = set()
    ahead = [name for name in map(_own, graph.objects(node, RDF.type)) if name]
    while ahead:
        kinds.add(name := ahead.pop())
        ahead += [above for above in (TERMS["types"].get(name),) if above]
    return kinds
