"""Where claims disagree is listed for editors, whose judgement on two of them stands above the words."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

POSTS = {
    "a.md": "# 白沙碼頭\n\n白沙碼頭的起重機每天吊 400 個貨櫃。\n",
    "b.md": "# 白沙见闻\n\n白沙码头的起重机每天吊 900 个货柜。\n",
    "c.md": "# 麵包\n\n巷口的麵包店每天烤 400 爐。\n",
}


@pytest.fixture
def conflict(editor: httpx2.Client) -> dict[str, Any]:
    """Fill the server and return the one conflict there is."""
    documents = [{"path": path, "content": text} for path, text in POSTS.items()]
    editor.post("/v1/admin/ingest", params={"source": "quay", "wait": "true"}, json={"documents": documents})
    found: dict[str, Any] = editor.get("/v1/conflicts").json()
    assert found["total"] == 1
    item: dict[str, Any] = found["items"][0]
    return item


def judge(editor: httpx2.Client, pair: dict[str, Any], relation: str) -> httpx2.Response:
    body = {"other": pair["other"]["id"], "relation": relation, "by": "lin", "why": "兩座不同的碼頭"}
    return editor.post(f"/v1/admin/claims/{pair['claim']['id']}/judgements", json=body)


def test_a_conflict_sets_two_claims_side_by_side_and_says_why(conflict: dict[str, Any]) -> None:
    assert {conflict["claim"]["article"]["title"], conflict["other"]["article"]["title"]} == {"白沙碼頭", "白沙见闻"}
    assert conflict["size"] == pytest.approx(0.3522)
    assert conflict["why"][0].startswith("differs: ")
    assert conflict["judgement"] is None


def test_conflicts_are_filtered_and_turned_to_a_variant(editor: httpx2.Client, conflict: dict[str, Any]) -> None:
    article = conflict["claim"]["article"]["id"]
    assert editor.get("/v1/conflicts", params={"article": article}).json()["total"] == 1
    assert editor.get("/v1/conflicts", params={"source": "elsewhere"}).json()["total"] == 0
    turned = editor.get("/v1/conflicts", params={"lang": "zh-Hans"}).json()["items"][0]
    assert all("码头" in turned[side]["text"] for side in ("claim", "other"))


def test_a_judgement_outranks_the_words_until_it_is_taken_back(editor: httpx2.Client, conflict: dict[str, Any]) -> None:
    made = judge(editor, conflict, "different").json()
    assert (made["relation"], made["made_by"]) == ("different", "lin")
    assert editor.get("/v1/conflicts").json()["items"] == []
    page = editor.get(f"/v1/claims/{conflict['claim']['id']}").json()
    assert [one["judgement"] for one in page["related"]] == [made["id"]]
    assert editor.get("/v1/admin/judgements", params={"claim": conflict["other"]["id"]}).json()["total"] == 1
    assert editor.delete(f"/v1/admin/judgements/{made['id']}").status_code == 204
    assert editor.get("/v1/conflicts").json()["total"] == 1
    assert editor.delete(f"/v1/admin/judgements/{made['id']}").status_code == 404


def test_judgements_travel_with_the_other_decisions(editor: httpx2.Client, conflict: dict[str, Any]) -> None:
    judge(editor, conflict, "same")
    kept = editor.get("/v1/admin/decisions", params={"format": "toml"}).text
    number = editor.get("/v1/admin/judgements").json()["items"][0]["id"]
    editor.delete(f"/v1/admin/judgements/{number}")
    taken = editor.put("/v1/admin/decisions", content=kept.encode(), headers={"Content-Type": "application/toml"})
    assert taken.json() == {"added": 1}
    assert editor.get("/v1/conflicts").json()["total"] == 0


@pytest.mark.parametrize(
    ("claim", "body", "status"),
    [
        ("0" * 16, {"other": "1" * 16, "relation": "same"}, 404),
        ("0" * 16, {"other": "0" * 16, "relation": "same"}, 400),
        ("0" * 16, {"other": "1" * 16, "relation": "true"}, 422),
        ("0" * 16, {"relation": "same"}, 422),
    ],
)
def test_what_is_no_pair_is_refused(editor: httpx2.Client, claim: str, body: dict[str, str], status: int) -> None:
    assert editor.post(f"/v1/admin/claims/{claim}/judgements", json=body).status_code == status


def test_only_editors_judge(editor: httpx2.Client) -> None:
    editor.headers.pop("Authorization")
    assert editor.get("/v1/admin/judgements").status_code == 401
    assert editor.post("/v1/admin/claims/a/judgements", json={"other": "b", "relation": "same"}).status_code == 401
