"""The widget on pages of other sites, with the service and without."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect
from sqlmodel import Session

from service.cli.static import page_name, static_files
from service.cli.static_folder import update
from service.reading.addresses.urls import url_key
from service.store import engine as store
from service.web.assets import widget
from tests.servers import CONTENT, serving
from tests.web.blogs import ADDRESS, published, write
from tests.web.conftest import PHONE, Readers

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


def readable(service: httpx2.Client, lang: str) -> list[str]:
    """Return the titles of the related posts that a reader of the page can open: no drafts, none without an address."""
    found = service.get("/v1/related", params={"url": ADDRESS, "limit": 20, "lang": lang}).json()["items"]
    posts = [one["article"] for one in found if not one["article"]["draft"]]
    own = [one for one in posts if one["source"] == "island-tech" or one["url"].startswith("https://")]
    return [one["title"] for one in own][:5]


def test_the_widget_is_small() -> None:
    assert len(gzip.compress(widget())) <= BUDGET


def test_a_page_shows_what_is_related_and_why(visitor: Readers, service: httpx2.Client, blog: tuple[Path, str]) -> None:
    write(blog[0], f"{base(service)}/widget.js", BOTH)
    visit = visitor()
    visit.page.goto(visit.base)
    related = visit.page.locator("wenmai-related li")
    expect(related).to_have_count(5)
    assert related.locator("a").all_inner_texts() == readable(service, "zh-TW")
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
    assert visit.page.locator("wenmai-related li a").all_inner_texts() == readable(service, "zh-TW")
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


SEARCHES = {
    "zh-TW": ("資料中心", "一座 100 MW 的資料中心，到底有多大？", "篇文章"),
    "zh-CN": ("数据中心", "一座 100 MW 的数据中心，到底有多大？", "篇文章"),
    "en": ("資料中心", "一座 100 MW 的資料中心，到底有多大？", "posts"),
}


@pytest.mark.parametrize("lang", sorted(SEARCHES))
def test_a_static_site_is_searched_without_a_server(
    visitor: Readers, service: httpx2.Client, blog: tuple[Path, str], lang: str
) -> None:
    word, title, told = SEARCHES[lang]
    write(blog[0], "/wenmai/search.js", "<wenmai-search></wenmai-search>", lang)
    visit = visitor(lang, PHONE)
    visit.page.goto(visit.base, wait_until="networkidle")
    assert not [url for url in visit.requests if url.endswith("search.json")], "it is fetched before it is needed"
    visit.page.get_by_role("searchbox").press_sequentially(word)
    link = visit.page.get_by_role("link", name=title)
    expect(link).to_have_attribute("href", "https://island-tech.example/2026/03/beiwan-data-centre/")
    expect(visit.page.get_by_role("status")).to_contain_text(told)
    visit.keep(f"static-search-{lang}")
    visit.page.get_by_role("searchbox").fill("沒有這種東西")
    expect(visit.page.locator("wenmai-search li")).to_have_count(0)
    assert not visit.complaints
    assert not [url for url in visit.requests if "/v1/" in url]


FINDS = "async (all) => { const { find } = await import('/wenmai/search.js');"
FINDS += " const index = await (await fetch('/wenmai/search.json')).json();"
FINDS += " return all.map((text) => find(index, text).map((one) => one.url)); }"


def test_the_same_is_found_by_words_of_either_script_and_by_any_name(
    visitor: Readers, service: httpx2.Client, blog: tuple[Path, str]
) -> None:
    write(blog[0], "/wenmai/search.js", "")
    visit = visitor()
    visit.page.goto(visit.base)
    pairs = [
        ("鈣鈦礦", "钙钛矿"),
        ("黃仁勳", "黄仁勋"),
        ("輝達 資料中心", "辉达 资料中心"),
        ("ＣＬＥＡＲＬＩＧＨＴ", "clearlight"),
    ]
    found = visit.page.evaluate(FINDS, [word for pair in pairs for word in pair])
    for one, other in zip(found[::2], found[1::2], strict=True):
        assert one == other != []
    several, alone = visit.page.evaluate(FINDS, ["鈣鈦礦 黃仁勳", "鈣鈦礦"])
    assert set(several) < set(alone), "every word narrows"
    assert visit.page.evaluate(FINDS, ["", "  ", "\0", "（" * 300]) == [[], [], [], []]


@given(st.lists(st.sampled_from(["a", "B", "茶", "%41", "index.html", ".html", "/", "//", "é"]), max_size=6))
@settings(max_examples=30)
def test_every_form_of_an_address_names_one_file(parts: list[str]) -> None:
    path = "".join(parts)
    assert page_name(url_key(f"https://a.example/{path}")) == page_name(url_key(f"http://localhost:1/{path}?q#f"))
