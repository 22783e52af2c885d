"""OpenRefine and its like match a spreadsheet's names: what they send is answered as their protocol has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import pytest

from tests.api.test_admin import document, push
from tests.servers import TOKEN, serving

POSTS = {
    "founder.md": "---\ntitle: 創辦人\nauthor: 林靜儀\n---\n\n"
    "新創公司海港科技創辦人林靜儀（Joyce Lin）說，明年裝 12 座起重機。\n",
    "tea.md": "---\ntitle: 茶\nauthor: 陳麗華\n---\n\n水燒到 90 度。\n",
    "joyce.md": "---\ntitle: 晚餐\nauthor: Joyce Linden\n---\n\n麵要煮 8 分鐘。\n",
    "html.md": "---\ntitle: <b>粗體</b>\nauthor: 林靜儀\n---\n\n一座碼頭。\n",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    folder: Path = tmp_path_factory.mktemp("reconcile")
    with serving(folder, cors_origins=["https://sheets.example"]) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        push(client, {"documents": [document(path, body) for path, body in POSTS.items()]})
        yield client


def asked(client: httpx2.Client, batch: dict[str, Any], **params: str) -> dict[str, Any]:
    """Send a batch as OpenRefine does: a form with one field of JSON."""
    body = urlencode({"queries": json.dumps(batch)})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/v1/reconcile", content=body, headers=headers, params=params)
    assert answer.status_code == 200, answer.text
    results: dict[str, Any] = answer.json()
    assert results.keys() == batch.keys()
    return results


def found(client: httpx2.Client, **query: Any) -> list[dict[str, Any]]:
    candidates: list[dict[str, Any]] = asked(client, {"q0": query})["q0"]["result"]
    return candidates


def test_without_queries_it_says_what_it_can_do(service: httpx2.Client) -> None:
    manifest = service.get("/v1/reconcile").json()
    assert "0.2" in manifest["versions"]
    assert {"name", "identifierSpace", "schemaSpace", "defaultTypes", "view", "preview", "suggest"} <= manifest.keys()
    assert {"id": "person", "name": "Person"} in manifest["defaultTypes"]
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert service.get(template.replace("{{id}}", "joyce-lin")).status_code == 200
    entity = manifest["suggest"]["entity"]
    assert service.get(entity["service_url"] + entity["service_path"], params={"prefix": "joy"}).json()["result"]


@pytest.mark.parametrize("name", ["林靜儀", "林静仪", "Joyce Lin", "JOYCE LIN", " joyce lin ", "joyce-lin"])
def test_a_name_in_either_script_is_matched(service: httpx2.Client, name: str) -> None:
    first = found(service, query=name, type="person", limit=3)[0]
    assert (first["id"], first["match"], first["type"]) == ("joyce-lin", True, [{"id": "person", "name": "Person"}])
    assert first["score"] >= 95
    assert {"id": "type_fits", "value": True} in first["features"]


def test_a_beginning_is_a_candidate_and_no_match(service: httpx2.Client) -> None:
    candidates = found(service, query="Joyce")
    assert [one["id"] for one in candidates] == ["joyce-lin", "joyce-linden"]
    assert not any(one["match"] for one in candidates)
    assert candidates[0]["score"] > candidates[1]["score"] > 0
    assert [one["id"] for one in found(service, query="Joyce", limit=1)] == ["joyce-lin"]


def test_a_candidate_of_another_kind_is_none_where_others_fit(service: httpx2.Client) -> None:
    assert not any(one["match"] for one in found(service, query="林靜儀", type="company"))
    assert found(service, query="林靜儀", type=["company", "person"])[0]["match"]
    assert found(service, query="林靜儀", type="unheard-of")[0]["match"]


def test_what_else_the_row_names_tells_candidates_apart(service: httpx2.Client) -> None:
    properties = [{"pid": "employer", "v": ["海港科技", 7, {"id": "nobody"}]}]
    plain, tied = found(service, query="Joyce"), found(service, query="Joyce", properties=properties)
    assert tied[0]["id"] == "joyce-lin"
    assert tied[1]["score"] < plain[1]["score"]
    assert {"id": "named_with", "value": 1.0} in tied[0]["features"]


def test_a_batch_is_answered_by_the_client_s_names(service: httpx2.Client) -> None:
    results = asked(service, {"q0": {"query": "林靜儀"}, "列 2": {"query": "沒有這個人"}, "q2": {"query": "，"}})
    assert [len(results[name]["result"]) for name in ("q0", "列 2", "q2")] == [1, 0, 0]


def test_a_batch_may_come_in_the_address(service: httpx2.Client) -> None:
    answer = service.get(f"/v1/reconcile?queries={quote(json.dumps({'q0': {'query': '林靜儀'}}))}")
    assert answer.json()["q0"]["result"][0]["id"] == "joyce-lin"


def test_names_come_in_the_reader_s_variant(service: httpx2.Client) -> None:
    names = {
        lang: asked(service, {"q": {"query": "陈丽华"}}, lang=lang)["q"]["result"][0]["name"]
        for lang in ("zh-TW", "zh-CN")
    }
    assert names == {"zh-TW": "陳麗華", "zh-CN": "陈丽华"}


@pytest.mark.parametrize(("queries", "status"), [
    ("", 422),
    ("{", 400),
    ("[]", 400),
    ('{"q": 1}', 400),
    ('{"q": {}}', 400),
    ('{"q": {"query": 3}}', 400),
    ('{"q": {"query": "a", "limit": "x"}}', 400),
    ('{"q": {"query": "a", "limit": NaN}}', 400),
    ('{"q": {"query": "a", "type": 4}}', 400),
    ('{"\\ud800": {"query": "a"}}', 400),
    ("[" * 100_000, 400),
    (json.dumps({str(n): {"query": "a"} for n in range(51)}), 413),
])  # fmt: skip
def test_what_is_no_batch_is_a_problem(service: httpx2.Client, queries: str, status: int) -> None:
    answer = service.post("/v1/reconcile", data={"queries": queries})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("query", ["\ud800", "a\0b", "%", "_", "'; --", "字" * 5000, "\U0010ffff"])
def test_any_text_is_looked_up(service: httpx2.Client, query: str) -> None:
    assert found(service, query=query) == []


def test_names_are_completed(service: httpx2.Client) -> None:
    def suggested(**params: str) -> list[str]:
        return [one["id"] for one in service.get("/v1/reconcile/suggest/entity", params=params).json()["result"]]

    assert suggested(prefix="joyce l") == ["joyce-lin", "joyce-linden"]
    assert suggested(prefix="joyce l", cursor="1") == ["joyce-linden"]
    assert suggested(prefix="林静") == suggested(prefix="joyce-lin") == ["joyce-lin"]
    assert suggested(prefix="") == suggested(prefix="沒有這個人") == []


def test_a_preview_is_a_page_with_everything_escaped(service: httpx2.Client) -> None:
    answer = service.get("/v1/reconcile/preview/joyce-lin", params={"lang": "zh-TW"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<h1>林靜儀</h1>" in answer.text
    assert "&lt;b&gt;" in answer.text
    assert "<b>" not in answer.text
    again = service.get("/v1/reconcile/preview/joyce-lin?lang=zh-TW", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert service.get("/v1/reconcile/preview/nobody").status_code == 404


def test_sheets_of_configured_origins_may_ask(service: httpx2.Client) -> None:
    for origin, allowed in (("https://sheets.example", "https://sheets.example"), ("https://evil.example", None)):
        answer = service.post("/v1/reconcile", data={"queries": "{}"}, headers={"Origin": origin})
        assert answer.headers.get("access-control-allow-origin") == allowed
