"""Answers as JSON-LD for who asks for it: content negotiation by ``Accept`` (RFC 9110 12.5.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

from fastapi import Response
from pydantic import BaseModel
from starlette.datastructures import MutableHeaders

from service.api.replies import Reader, next_page
from service.query.answers import Page
from service.query.json_ld import CONTEXT, MEDIA_TYPE
from service.query.variants import in_variant

A = TypeVar("A", bound=BaseModel)
_QUALITY: Final = re.compile(r"\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)
_MOST_RANGES: Final = 32  # of an Accept header


def represented(reader: Reader, answer: A, written: Callable[[A], dict[str, Any]]) -> Response:
    """Return `answer` as JSON, or as `written` makes JSON-LD of it in the reader's variant where that is preferred."""
    if prefers_json_ld(", ".join(reader.request.headers.getlist("accept"))):
        content = written(in_variant(answer, reader.lang, reader.session))
        following = answer.next if isinstance(answer, Page) else None
        headers = {"Link": f'<{next_page(reader.request, following)}>; rel="next"'} if following else {}
        encoded = json.dumps(content, ensure_ascii=False).encode()
        response = reader.send(encoded, media_type=MEDIA_TYPE, headers=headers)
    else:
        response = reader.answer(answer)
    MutableHeaders(raw=response.raw_headers).add_vary_header("Accept")
    return response


def prefers_json_ld(accept: str) -> bool:
    """Tell whether an ``Accept`` header names JSON-LD, and weighs it no less than JSON.

    >>> prefers_json_ld("application/ld+json"), prefers_json_ld("application/ld+json;q=0.5, application/json")
    (True, False)
    """
    weights: dict[str, float] = {}
    for part in accept.split(",")[:_MOST_RANGES]:
        name, *parameters = part.split(";")
        qualities = [match[1] for one in parameters if (match := _QUALITY.fullmatch(one))]
        weights.setdefault(name.strip().lower(), float(qualities[0]) if qualities else 1.0)
    own = weights.get(MEDIA_TYPE, 0.0)
    return own > 0 and own >= weights.get("application/json", 0.0)


def described(meaning: str, example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI entry of a JSON-LD answer beside the JSON one."""
    schema = {"type": "object", "description": f"{meaning} JSON-LD 1.1, its context inline.", "example": example}
    return {200: {"content": {MEDIA_TYPE: {"schema": schema}}}}


_ITEM: Final[dict[str, Any]] = {
    "@id": "urn:wenmai:claim:b0d41f6e93a7c825",
    "@type": "Claim",
    "text": "林若溪預計碼頭明年吞吐 12 萬噸。",
    "inLanguage": "zh-Hant",
    "author": {"@id": "urn:wenmai:entity:lin-ruoxi", "@type": "Person", "name": "林若溪"},
    "about": [{"@id": "urn:wenmai:entity:haifeng", "@type": "Corporation", "name": "海風航運"}],
    "mentions": [
        {"@type": "QuantitativeValue", "name": "12 萬噸", "unitText": "kg", "minValue": 1.2e8, "maxValue": 1.2e8}
    ],
    "appearance": {
        "@type": ["CreativeWork", "SpecificResource"],
        "url": "https://blog.example/2026/02/dock/",
        "datePublished": "2026-02-03",
        "isPartOf": {
            "@id": "urn:wenmai:article:6f1d4c2ab9e07d35",
            "@type": "Article",
            "headline": "碼頭的三份合約",
            "url": "https://blog.example/2026/02/dock/",
            "author": [{"@type": "Person", "name": "周以安"}],
        },
        "source": "urn:wenmai:article:6f1d4c2ab9e07d35",
        "selector": [
            {"@type": "TextPositionSelector", "start": 340, "end": 357},
            {"@type": "TextQuoteSelector", "exact": "林若溪預計碼頭明年吞吐 12 萬噸。", "prefix": "合約只簽了一年。"},
            {"@type": "FragmentSelector", "value": "line=11,12", "conformsTo": "http://tools.ietf.org/rfc/rfc5147"},
        ],
    },
}
CLAIM: Final[dict[str, Any]] = {"@context": dict(CONTEXT), **_ITEM}
LISTED: Final[dict[str, Any]] = {"@context": dict(CONTEXT), "@graph": [_ITEM]}
