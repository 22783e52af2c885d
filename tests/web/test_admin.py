"""The editor's page in a real browser, on a server of its own."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from tests.servers import CONTENT, TOKEN, serving
from tests.web.axe import amiss
from tests.web.conftest import DESKTOP, PHONE, Readers, Visit

POSTS = {
    "tea.md": "---\ntitle: 茶廠\ndate: 2026-02-01\n---\n台積電（TSMC）說，茶廠每年用 300 噸水。\n",
    "dam.md": "---\ntitle: 水壩\ndate: 2026-02-02\n---\n台积电在水坝旁。輝達也在。\n",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[httpx2.Client]:
    """Give a client with the admin token, of an empty server."""
    with serving(tmp_path) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client


@pytest.fixture
def editor(browser: Browser, server: httpx2.Client) -> Iterator[Readers]:
    """Give what opens the editor's page."""
    readers = Readers(browser, str(server.base_url).rstrip("/"))
    yield readers
    readers.close()


def signed_in(visit: Visit) -> Page:
    page = visit.open("/admin")
    page.locator("input[name=token]").fill(TOKEN)
    page.locator("button.strong").click()
    page.wait_for_selector(".drop")
    return page


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def payloads(files: dict[str, str]) -> list[FilePayload]:
    return [payload(name, text.encode()) for name, text in files.items()]


def archive(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in files.items():
            file.writestr(f"site/{name}", text)
    return packed.getvalue()


@pytest.mark.parametrize(("lang", "said"), [("zh-TW", "權杖不對"), ("zh-CN", "令牌不正确"), ("en", "not known")])
def test_a_wrong_token_opens_nothing(editor: Readers, lang: str, said: str) -> None:
    visit = editor(lang, PHONE)
    page = visit.open("/admin")
    page.locator("input[name=token]").fill("a-wrong-token")
    page.locator("button.strong").click()
    expect(page.get_by_role("alert")).to_contain_text(said)
    assert page.locator(".drop").count() == 0
    visit.keep(f"admin-login-{lang}")


def test_the_token_is_kept_nowhere_but_in_memory(editor: Readers) -> None:
    visit = editor()
    page = signed_in(visit)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")
    assert TOKEN not in kept
    page.reload()
    expect(page.locator("input[name=token]")).to_be_visible()
    visit.check()


def test_files_go_in_and_what_cannot_be_read_is_told_by_its_place(editor: Readers) -> None:
    visit = editor()
    page = signed_in(visit)
    files = payloads({**POSTS, "open.md": "---\ntitle: 沒有結尾\ntags: [\n---\n內文\n"})
    page.get_by_label("選檔案").set_input_files([*files, payload("odd.md", b"\x00\x01" * 50)])
    expect(page.locator(".job .done")).to_contain_text("完成")
    expect(page.locator(".errors")).to_contain_text("odd.md")
    expect(page.locator(".rows").first).to_contain_text("my-blog")
    visit.keep("admin-zh-TW")
    visit.check()


def test_a_zip_of_a_site_goes_in_as_a_whole(editor: Readers, server: httpx2.Client) -> None:
    visit = editor("en")
    page = signed_in(visit)
    page.get_by_label("Source", exact=True).fill("packed")
    page.get_by_label("Choose files").set_input_files([payload("site.zip", archive(POSTS))])
    expect(page.locator(".job .done")).to_contain_text("2 added")
    assert server.get("/v1/articles", params={"source": "packed"}).json()["total"] == 2
    visit.check()


def test_an_alias_is_given_and_taken_back(editor: Readers, server: httpx2.Client) -> None:
    visit = editor()
    page = signed_in(visit)
    page.get_by_label("選檔案").set_input_files(payloads(POSTS))
    expect(page.locator(".job .done")).to_be_visible()
    page.get_by_label("找一個名字").press_sequentially("台积")
    page.locator(".found button").first.click()
    page.get_by_label("加一個別名").fill("護島廠")
    page.get_by_role("button", name="加入").click()
    expect(page.locator(".names-edit").first).to_contain_text("護島廠")
    assert "護島廠" in server.get("/v1/entities/tsmc").json()["aliases"]
    page.get_by_role("button", name="復原").first.click()
    expect(page.get_by_text("還沒有決定。")).to_be_visible()
    assert "護島廠" not in server.get("/v1/entities/tsmc").json()["aliases"]
    visit.keep("admin-edit")
    visit.check()


def test_two_are_merged_into_one_and_parted_again(editor: Readers, server: httpx2.Client) -> None:
    visit = editor("zh-CN")
    page = signed_in(visit)
    page.get_by_label("选择文件", exact=True).set_input_files(payloads(POSTS))
    expect(page.locator(".job .done")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("找一个名字").press_sequentially("英伟达")
    page.locator(".found button").first.click()
    page.get_by_label("合并到另一个").press_sequentially("TSMC")
    page.locator(".action .found button").first.click()
    expect(page.get_by_text("合并", exact=True)).to_be_visible()
    assert server.get("/v1/entities/nvidia").status_code == 308
    page.get_by_role("button", name="撤销").first.click()
    expect(page.get_by_text("还没有决定。")).to_be_visible()
    assert server.get("/v1/entities/nvidia").status_code == 200
    visit.check()


def test_a_source_keeps_what_its_own_files_tell_when_its_address_is_changed(
    editor: Readers, server: httpx2.Client
) -> None:
    declared = {"kind": "hugo", "permalinks": {"posts": "/:year/:slug/"}, "timezone": "Asia/Taipei"}
    server.put("/v1/admin/sources/mine", json=declared).raise_for_status()
    visit = editor()
    page = signed_in(visit)
    page.get_by_text("修改").click()
    page.get_by_label("網址").fill("https://tea.example/")
    page.get_by_role("button", name="儲存").click()
    expect(page.locator(".rows").first).to_contain_text("https://tea.example/")
    source = server.get("/v1/admin/sources/mine").json()
    assert (source["permalinks"], source["timezone"]) == (declared["permalinks"], "Asia/Taipei")
    visit.check()


def job(status: str, **more: Any) -> str:
    """Return a job as its stream tells of it."""
    counts = {"added": 3, "updated": 0, "unchanged": 1, "deleted": 0, "failed": 0}
    told = {"id": "1", "source": "my-blog", "status": status, "counts": counts, "errors": [], "total": 12, **more}
    return f"event: progress\ndata: {json.dumps(told)}\n\n"


@pytest.mark.parametrize(("lang", "size", "dark"), [("zh-CN", DESKTOP, False), ("en", PHONE, True)])
def test_no_state_of_the_page_keeps_an_editor_out(
    browser: Browser, tmp_path: Path, lang: str, size: tuple[int, int], dark: bool
) -> None:
    with serving(tmp_path, content=CONTENT) as client:
        readers = Readers(browser, str(client.base_url).rstrip("/"))
        visit = readers(lang, size, dark=dark)
        told = {"before signing in": amiss(visit.open("/admin"))}
        page = signed_in(visit)
        told |= _uploading(page) | _judging(page, client) | _parting(page, client)
        visit.keep(f"admin-{lang}-{size[0]}-{'dark' if dark else 'light'}")
        assert {state: wrong for state, wrong in told.items() if wrong} == {}
        visit.check()
        readers.close()


def _answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/event-stream")


def _uploading(page: Page) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for status, seen in (("running", "progress[value='4']"), ("cancelled", "progress[value='12']")):
        page.route("**/jobs/*/events", partial(_answer, job(status)))
        page.locator("input[type=file]").first.set_input_files(payloads(POSTS))
        expect(page.locator(f".job {seen}")).to_be_attached()
        told[f"a job that is {status}"] = amiss(page)
        page.unroute("**/jobs/*/events")
    broken = {"open.md": "---\ntitle: 茶\ntags: [\n---\n內文\n"}
    page.locator("input[type=file]").first.set_input_files([*payloads(broken), payload("odd.md", b"\x00\x01" * 50)])
    expect(page.locator(".errors")).to_contain_text("odd.md")
    expect(page.locator(".errors")).to_contain_text(re.compile(r"open\.md:\d+"))
    return told | {"errors": amiss(page)}


def _judging(page: Page, client: httpx2.Client) -> dict[str, list[str]]:
    pairs, judged = page.locator(".panel .pair"), page.locator(".part", has=page.locator(".pair")).locator(".rows li")
    before = client.get("/v1/conflicts").json()["total"]
    told = {"disagreements to judge": amiss(page)}
    said = pairs.first.locator(".said").first.inner_text()
    pairs.first.locator(".judge button").nth(1).click()  # they speak of different things
    expect(judged).to_have_count(1)
    expect(judged.first).to_contain_text(said)
    assert client.get("/v1/conflicts").json()["total"] == before - 1
    told["a judgement"] = amiss(page)
    judged.first.get_by_role("button").click()
    expect(judged).to_have_count(0)
    assert client.get("/v1/conflicts").json()["total"] == before
    return told


def _parting(page: Page, client: httpx2.Client) -> dict[str, list[str]]:
    page.locator(".field-row input[type=search]").first.press_sequentially("黃仁勳")
    page.locator(".found button").first.click()
    page.locator(".names-edit label", has_text="黃仁勳").get_by_role("checkbox").check()
    page.locator(".action", has=page.get_by_role("checkbox")).get_by_role("button").click()
    decision = page.locator(".rows li", has=page.locator("strong"), has_text="黃仁勳")
    expect(decision).to_be_visible()
    evidence = "/v1/entities/jensen-huang/evidence?limit=100"
    names = {one["name"] for one in client.get(evidence).json()["items"]}
    assert "黃仁勳" not in names
    told = {"a name that was parted off": amiss(page)}
    decision.get_by_role("button").click()
    expect(decision).to_have_count(0)
    assert "黃仁勳" in {one["name"] for one in client.get(evidence).json()["items"]}
    return told
