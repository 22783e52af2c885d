"""The OpenAPI description, completed: an example for every parameter and field that has none of its own.

What bears one name means one thing all over the interface, so that it is told once.
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from service.api.problems import Problem

_CURSOR: Final = "WyI0ZjhjMWQyZTNhNGIiLCIyMDI2LTAxLTMwIl0"
_EXAMPLES: Final[dict[str, Any]] = {
    "article": "3f9d2c51a0b47e68",
    "article_id": "3f9d2c51a0b47e68",
    "by": "lin",
    "by_language": {"en": {"base_url": "https://en.blog.example/"}},
    "claim": "b0d41f6e93a7c825",
    "claim_id": "b0d41f6e93a7c825",
    "collections": {"recipes": True},
    "counted": "台",
    "cursor": _CURSOR,
    "days": 90,
    "decision_id": 12,
    "disabled_languages": ["en"],
    "entity": "marie-curie",
    "entity_id": "marie-curie",
    "excludes": ["drafts/**"],
    "extra": {"mood": "calm"},
    "Idempotency-Key": "build-4711",
    "includes": ["_pages"],
    "into": "curie-institute",
    "job_id": "5c0e9b7f2a41d836",
    "judgement": 12,
    "made_at": "2026-03-01T08:00:00+00:00",
    "made_by": "lin",
    "max": 500,
    "min": 1,
    "name": "my-blog",
    "next": _CURSOR,
    "note": "the port's own report",
    "number": 12,
    "one_text": "去年進港 4,200 艘。",
    "other_text": "去年進港 4,500 艘。",
    "per": "year",
    "permalinks": {"posts": "/:year/:slug/"},
    "plugins": ["jekyll-redirect-from"],
    "q": "碼頭",
    "render": {"prefer": {"zh-TW": {"码头": "碼頭"}}},
    "sections": {"zh-tw/posts": {"title": "文章"}},
    "source": "my-blog",
    "speaker": "marie-curie",
    "tag": "港口",
    "text": "去年進港 4,200 艘。",
    "timezone": "Asia/Taipei",
    "told": ["base_url", "permalinks"],
    "ugly_sections": ["posts"],
    "updated_sources": [":git"],
    "weak": ["海"],
    "why": "See her own site.",
}
_OWN: Final = ("example", "examples", "enum", "const", "$ref", "default")


def install(app: FastAPI) -> None:
    """Complete the description of `app`: what a problem is, and an example of everything."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        known = app.openapi_schema
        return known if known is not None else _completed(generate())

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI's documentation extends OpenAPI


def _completed(description: dict[str, Any]) -> dict[str, Any]:
    _, definitions = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
    schemas = description["components"]["schemas"]
    schemas |= definitions["$defs"]
    for schema in schemas.values():
        for name, field in schema.get("properties", {}).items():
            if name in _EXAMPLES and not _has_own(field):
                field["examples"] = [_EXAMPLES[name]]
    for item in description["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] in _EXAMPLES and not _has_own(parameter["schema"]) and "example" not in parameter:
                    parameter["example"] = _EXAMPLES[parameter["name"]]
    _close(description)
    return description


def _close(schema: Any) -> None:
    """Say of maps whose keys follow a pattern that there are no others: JSON Schema takes any value under the rest."""
    if isinstance(schema, dict) and "patternProperties" in schema:
        schema.setdefault("additionalProperties", False)
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _close(part)


def _has_own(schema: dict[str, Any]) -> bool:
    """Tell whether a schema, or one of those it is made of, shows what fits it."""
    parts = [part for kind in ("anyOf", "allOf", "oneOf") for part in schema.get(kind, ())]
    return any(schema.get(key) is not None for key in _OWN) or any(map(_has_own, parts))
