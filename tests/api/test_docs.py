"""What developers browse: the OpenAPI description, and its page in a real browser with no way to the outside."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from playwright.sync_api import sync_playwright

from tests.api.openapi import DESCRIPTION, written
from tests.chromium import executable

METHODS = ("get", "put", "post", "delete")


@pytest.fixture(scope="module")
def openapi(sample: httpx2.Client) -> dict[str, Any]:
    description: dict[str, Any] = sample.get("/openapi.json").json()
    return description


def operations(openapi: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, verb, item[verb]) for path, item in openapi["paths"].items() for verb in METHODS if verb in item]


def shown(schema: dict[str, Any]) -> bool:
    """Tell whether a schema shows what fits it: by itself, or by what it is made of."""
    told = ("example", "examples", "enum", "const", "$ref", "default")
    parts = [part for kind in ("anyOf", "allOf", "oneOf") for part in schema.get(kind, ())]
    parts += [schema["items"]] if schema.get("items") else []
    return schema.get("type") == "boolean" or any(key in schema for key in told) or any(map(shown, parts))


def test_every_parameter_and_field_has_an_example(openapi: dict[str, Any]) -> None:
    parameters = [one for _, _, call in operations(openapi) for one in call.get("parameters", ())]
    assert [one["name"] for one in parameters if "example" not in one and not shown(one["schema"])] == []
    schemas = openapi["components"]["schemas"].items()
    fields = [(name, field, told) for name, one in schemas for field, told in one.get("properties", {}).items()]
    assert [f"{name}.{field}" for name, field, told in fields if not shown(told)] == []


def test_no_map_takes_anything_under_keys_it_does_not_take(openapi: dict[str, Any]) -> None:
    def maps(schema: Any) -> list[dict[str, Any]]:
        parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
        own = [schema] if isinstance(schema, dict) and "patternProperties" in schema else []
        return own + [one for part in parts for one in maps(part)]

    assert [one for one in maps(openapi) if one.get("additionalProperties") is not False] == []
    assert len(maps(openapi)) > 3


def test_every_call_says_what_may_go_wrong_with_an_example(openapi: dict[str, Any]) -> None:
    for path, verb, call in operations(openapi):
        assert {"429", "503"} <= set(call["responses"]), (path, verb)
        for code, answer in call["responses"].items():
            assert code < "400" or answer["content"]["application/problem+json"]["example"]["status"] == int(code)


def test_every_call_of_the_contract_is_described(openapi: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1")
    wanted = """
        articles articles/{} articles/{}/entities articles/{}/figures articles/{}/links articles/{}/backlinks
        articles/{}/media articles/{}/claims articles/{}/related related resolve entities entities/{}
        entities/{}/articles entities/{}/claims entities/{}/neighbours claims claims/{} claims/lookup figures search
        graph admin/sources/{} admin/ingest admin/jobs/{} admin/jobs/{}/events admin/articles/{} admin/entities/{}
        admin/entities/{}/merge admin/entities/{}/aliases admin/entities/{}/split admin/entities/{}/not-this
        admin/entities/{}/reject admin/decisions admin/decisions/{} entities/{}/evidence
        reconcile reconcile/suggest/entity reconcile/preview/{}
    """
    import_paths = {"/v1/" + name for name in wanted.split()} | {"/healthz", "/readyz", "/metrics"}
    described = {_bare(path) for path in openapi["paths"]}
    assert import_paths <= described


def _bare(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def test_every_call_has_a_summary_and_every_read_takes_a_variant(openapi: dict[str, Any]) -> None:
    for path, verb, operation in operations(openapi):
        assert operation["summary"], path
        assert operation.get("description"), path
        if path.startswith("/v1/") and not path.startswith("/v1/admin") and verb == "get":
            assert "lang" in {parameter["name"] for parameter in operation["parameters"]}, path


def test_admin_calls_and_only_they_ask_for_the_token(openapi: dict[str, Any]) -> None:
    for path, _, operation in operations(openapi):
        assert ("security" in operation) == path.startswith("/v1/admin"), path


def test_every_reference_of_the_description_leads_somewhere(openapi: dict[str, Any]) -> None:
    schemas = openapi["components"]["schemas"]

    def references(value: object) -> set[str]:
        if isinstance(value, dict):
            own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
            return own.union(*(references(part) for part in value.values()))
        return set().union(*map(references, value)) if isinstance(value, list) else set()

    assert {name.removeprefix("#/components/schemas/") for name in references(openapi)} <= schemas.keys()


def test_the_docs_page_needs_nothing_from_outside(sample: httpx2.Client) -> None:
    path = executable()
    if path is None:
        pytest.skip("no Chromium: install your system's `chromium`, or run `make test`, which tries to")
    requests, errors = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{sample.base_url}/docs")
        page.get_by_text("/v1/claims/lookup").first.wait_for(timeout=30_000)
        browser.close()
    assert not errors
    base = str(sample.base_url)
    assert all(url.startswith((base, "data:")) for url in requests)


def test_every_operation_has_a_name_of_its_own_that_a_client_can_bear(openapi: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(openapi)]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and name.islower() for name in names)


def test_the_interface_is_the_one_written_down(openapi: dict[str, Any]) -> None:
    """A change of the interface is seen in review: `python -m tests.api.openapi` writes it down."""
    assert DESCRIPTION.read_text(encoding="utf-8") == written(openapi)
