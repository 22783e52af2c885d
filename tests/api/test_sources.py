"""Sites and vaults: what is declared, what their own files tell, and which of the two counts."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import httpx2
import pytest

SITE = {
    "hugo.toml": 'baseURL = "https://tea.example/"\nuglyURLs = true\n[permalinks]\nposts = "/:slug/"\n',
    "content/posts/spring.md": "---\ntitle: 春茶\nslug: spring\n---\n\n茶行在四月買進 300 公斤春茶。\n",
}
FULL = {
    "kind": "hugo",
    "base_url": "https://tea.example/",
    "permalinks": {"posts": "/:slug/", "section:posts": "/all/"},
    "language": "zh-tw",
    "timezone": "Asia/Taipei",
    "languages": {"zh-tw": "content/tw", "en": "content/en"},
    "language_in_path": True,
    "ugly_urls": True,
    "ugly_sections": ["notes"],
    "date_sources": [":filename", ":default"],
    "updated_sources": ["revised"],
    "taxonomies": {"tag": "topics"},
    "mounts": [{"source": "文章", "target": "posts", "language": "zh-tw"}],
    "defaults": [{"values": {"tags": ["茶"]}, "path": "/posts/**", "kind": "page", "within": "", "language": "en"}],
    "by_language": {"en": {"base_url": "https://en.tea.example/", "permalinks": {"posts": "/:title/"}}},
    "disabled_languages": ["en"],
    "case_kept": True,
    "accents_removed": True,
    "collections": {"recipes": True},
    "collections_dir": "lists",
    "excludes": ["drafts"],
    "includes": ["_pages"],
    "plugins": ["jekyll-feed"],
}


def _push(client: httpx2.Client, files: dict[str, str]) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)
    answer = client.post("/v1/admin/ingest?source=tea&wait=true", files={"files": ("tea.zip", archive.getvalue())})
    assert answer.json()["counts"]["failed"] == 0, answer.text


def _found(client: httpx2.Client, url: str) -> bool:
    return client.get("/v1/resolve", params={"url": url}).status_code == 200


def test_what_is_declared_is_told_again(editor: httpx2.Client) -> None:
    declared = editor.put("/v1/admin/sources/tea", json=FULL).json()
    assert declared == editor.get("/v1/admin/sources/tea").json()
    told = {key: value for key, value in declared.items() if key in FULL and key != "by_language"}
    assert told == {key: value for key, value in FULL.items() if key != "by_language"}
    assert declared["by_language"]["en"]["base_url"] == "https://en.tea.example/"
    assert (declared["name"], declared["told"], declared["articles"]) == ("tea", [], 0)


def test_all_sources_are_listed_by_name(editor: httpx2.Client) -> None:
    for name in ("tea", "harbour"):
        editor.put(f"/v1/admin/sources/{name}", json={})
    page = editor.get("/v1/admin/sources").json()
    assert [item["name"] for item in page["items"]] == ["harbour", "tea"]
    assert (page["total"], page["next"]) == (2, None)
    assert editor.get("/v1/admin/sources/none").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "wordpress"},
        {"languages": {"not a code": ""}},
        {"permalinks": ["/:slug/"]},
        {"mounts": [{"target": "posts"}]},
        {"defaults": [{"values": {}, "where": "x"}]},
        {"base_url": "a\0b"},
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(editor: httpx2.Client, body: dict[str, Any]) -> None:
    assert editor.put("/v1/admin/sources/tea", json=body).status_code == 422


def test_a_pushed_site_is_read_with_its_own_configuration(editor: httpx2.Client) -> None:
    _push(editor, SITE)
    assert _found(editor, "https://tea.example/spring.html")
    source = editor.get("/v1/admin/sources/tea").json()
    assert (source["kind"], source["ugly_urls"], source["articles"]) == ("hugo", True, 1)
    assert set(source["told"]) >= {"base_url", "dialect", "permalinks", "ugly_urls"}


def test_a_declaration_outranks_the_sites_own_and_leaves_the_rest_to_it(editor: httpx2.Client) -> None:
    _push(editor, SITE)
    source = editor.put("/v1/admin/sources/tea", json={"base_url": "https://www.tea.example/shop/"}).json()
    assert (source["base_url"], source["permalinks"]) == ("https://www.tea.example/shop/", {"posts": "/:slug/"})
    _push(editor, SITE)
    assert _found(editor, "https://www.tea.example/shop/spring.html")
    assert editor.put("/v1/admin/sources/tea", json={}).json()["base_url"] is None
    _push(editor, SITE)
    assert editor.get("/v1/admin/sources/tea").json()["base_url"] == "https://tea.example/"


def test_sources_are_for_those_with_the_token(editor: httpx2.Client) -> None:
    del editor.headers["Authorization"]
    assert editor.get("/v1/admin/sources").status_code == 401
    assert editor.get("/v1/admin/sources/tea").status_code == 401
