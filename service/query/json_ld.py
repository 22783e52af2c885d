"""What is known in the words of schema.org, as JSON-LD 1.1: entities, articles and claims, one shape wherever it goes.

The context is part of each document, so nobody needs the network to read one. Its terms are those of
https://schema.org, under the addresses that schema.org's own context gives them, and of the W3C's Web Annotation
Vocabulary (https://www.w3.org/TR/annotation-vocab/) for the place of a claim. Nothing here rates a claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from service.query.answers import EntityAnswer, FigureAnswer, TimeAnswer
from service.query.columns import AnyRow

Item = dict[str, Any]
MEDIA_TYPE: Final = "application/ld+json"
CONTEXT: Final[Mapping[str, Any]] = {
    "@version": 1.1,
    "@vocab": "http://schema.org/",  # what "https://schema.org" as a context stands for
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "url": {"@type": "@id"},
    "datePublished": {"@type": "Date"},
    "dateModified": {"@type": "Date"},
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "FragmentSelector": "oa:FragmentSelector",
    "SpecificResource": "oa:SpecificResource",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "value": "rdf:value",
    "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
}
_TYPES: Final = {  # https://schema.org
    "person": "Person",
    "company": "Corporation",
    "organization": "Organization",
    "product": "Product",
    "place": "Place",
    "work": "CreativeWork",
    "topic": "Thing",
}
_LINES: Final = "http://tools.ietf.org/rfc/rfc5147"  # as the Web Annotation Data Model names it
_CURRENCY: Final = 3  # letters of a code of ISO 4217


def document(items: Item | list[Item]) -> Item:
    """Return one item, or a graph of several, with the context to read it by."""
    return {"@context": CONTEXT, **items} if isinstance(items, dict) else {"@context": CONTEXT, "@graph": items}


def urn(node: str) -> str:
    """Return the name of a node: ``claim:…``, ``article:…``, ``entity:…``."""
    return f"urn:wenmai:{node}"


def told(fields: Item) -> Item:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value or value == 0}


def entity(one: EntityAnswer) -> Item:
    """Return who or what an entity is, by all its names."""
    forms = dict.fromkeys((one.names.hant, one.names.hans, one.names.en, *one.aliases))
    return told(
        {
            "@id": urn(f"entity:{one.id}"),
            "@type": _TYPES.get(one.kind, "Thing"),
            "name": one.name,
            "alternateName": [form for form in forms if form and form != one.name],
        }
    )


def speaker(one: EntityAnswer) -> Item:
    """Return who says a claim: whatever else it is, a place or a paper that speaks is an organization."""
    item = entity(one)
    agent = item["@type"] in ("Person", "Corporation", "Organization")
    return item if agent else item | {"@type": [item["@type"], "Organization"]}


def people(names: list[str]) -> list[Item]:
    """Return the authors of a post, who are known by their names alone."""
    return [{"@type": "Person", "name": name} for name in names]


def language(row: AnyRow) -> str | None:
    """Return the language tag of an article: as declared, else from its script."""
    return row.language or (f"zh-{row.script}" if row.script in ("Hant", "Hans") else None)


def figure(one: FigureAnswer) -> Item:
    """Return an amount as written and in its unit; a range has two bounds."""
    bounds = {"name": one.text, "minValue": one.low, "maxValue": one.high}
    if len(one.unit) == _CURRENCY and one.unit.isupper() and not one.per:
        return {"@type": "MonetaryAmount", "currency": one.unit, **bounds}
    return {"@type": "QuantitativeValue", "unitText": f"{one.unit}/{one.per}" if one.per else one.unit, **bounds}


def period(times: list[TimeAnswer]) -> list[str]:
    """Return the dates and periods of a claim as ISO 8601 intervals, ``..`` where one has no bound."""
    spans = [(one.low, one.high) for one in times if one.low or one.high]
    return list(dict.fromkeys(low if low and low == high else f"{low or '..'}/{high or '..'}" for low, high in spans))


def selectors(start: int, end: int, line: int, *, exact: str, prefix: str, suffix: str) -> list[Item]:
    """Return where a text stands: by characters (code points) of the post's text, by its words, by the file's line.

    The lines of RFC 5147 count what lies between them: the third line is ``line=2,3``.
    """
    return [
        {"@type": "TextPositionSelector", "start": start, "end": end},
        told({"@type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}),
        {"@type": "FragmentSelector", "value": f"line={line - 1},{line}", "conformsTo": _LINES},
    ]
