"""Links, backlinks and what could be linked, over HTTP."""

from __future__ import annotations

import httpx2

from tests.api.test_conventions import items

NOTES = {
    "鐵杉溪.md": '---\nup: "[[河川]]"\n---\n往下是[[石門堤]]；關聯理由：同一條河。',
    "石門堤.md": "說到鐵杉溪，再看 [支持:: [[鐵杉溪]]]。",
    "河川/README.md": "# 河川\n\n鐵杉溪在山裡，石門堤在平地。",
}


def _written(editor: httpx2.Client) -> dict[str, str]:
    """Ingest the notes, one by one from the last, and return their ids by path."""
    editor.put("/v1/admin/sources/vault", json={"kind": "obsidian"}).raise_for_status()
    for path, text in reversed(NOTES.items()):
        body = {"documents": [{"path": path, "content": text}]}
        editor.post("/v1/admin/ingest?source=vault&wait=true", json=body).raise_for_status()
    return {article["path"]: article["id"] for article in items(editor, "/v1/articles")}


def test_links_tell_their_reason_and_lead_on_whatever_came_first(editor: httpx2.Client) -> None:
    ids = _written(editor)
    up, down = items(editor, f"/v1/articles/{ids['鐵杉溪.md']}/links")
    assert (up["kind"], up["relation"], up["line"]) == ("property", "up", 2)
    assert (down["kind"], down["relation"], down["line"]) == ("wiki", "同一條河", 4)
    assert [link["resolved"]["article"]["id"] for link in (up, down)] == [ids["河川/README.md"], ids["石門堤.md"]]
    (back,) = items(editor, f"/v1/articles/{ids['鐵杉溪.md']}/backlinks")
    assert (back["article"]["id"], back["relation"]) == (ids["石門堤.md"], "支持")


def test_what_is_named_and_not_linked_is_told_from_both_sides(editor: httpx2.Client) -> None:
    ids = _written(editor)
    mentions = items(editor, f"/v1/articles/{ids['鐵杉溪.md']}/unlinked-mentions")
    found = sorted((one["article"]["id"], one["surface"], one["line"]) for one in mentions)
    assert found == sorted([(ids["石門堤.md"], "鐵杉溪", 1), (ids["河川/README.md"], "鐵杉溪", 3)])
    suggestions = items(editor, f"/v1/articles/{ids['河川/README.md']}/link-suggestions")
    assert [one["article"]["id"] for one in suggestions] == [ids["鐵杉溪.md"], ids["石門堤.md"]]
    assert suggestions[0]["context"] == "鐵杉溪在山裡，石門堤在平地。"


def test_there_is_nothing_to_link_of_an_article_that_is_not_there(sample: httpx2.Client) -> None:
    for part in ("unlinked-mentions", "link-suggestions"):
        assert sample.get(f"/v1/articles/nothing/{part}").status_code == 404
