"""What axe-core finds amiss on every page: in each language, in light and dark, on a desktop and a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session

from service.cli.static import static_files
from service.cli.static_folder import update
from service.store import engine as store
from tests.servers import CONTENT, serving
from tests.thorough import THOROUGH
from tests.web.axe import amiss
from tests.web.blogs import published, write
from tests.web.conftest import DESKTOP, PHONE, Readers, Visit

# Each language, size and ground at least once: colours are the same at any size, and in any language.
LOOKS = [("zh-CN", DESKTOP, False), ("zh-TW", PHONE, True), ("en", PHONE, False)]
SAME_COLOURS = LOOKS[2:]  # as those of the first
NAMES = ["zh-CN-desktop-light", "zh-TW-phone-dark", "en-phone-light"]
WIDER = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def places(site: httpx2.Client) -> dict[str, str]:
    """Give the address of a page of each kind."""
    article = site.get("/v1/articles", params={"source": "island-tech", "q": "鈣鈦礦"}).json()["items"][0]["id"]
    claim = site.get("/v1/conflicts", params={"limit": 1}).json()["items"][0]["claim"]["id"]
    return {
        "home": "/",
        "search": "/search?q=資料中心",
        "lookup": "/search?q=澄光能源的太陽能電池年產能 2028 年底是 2 GW",
        "articles": "/articles",
        "article": f"/articles/{article}",
        "entities": "/entities",
        "entity": "/entities/nvidia",
        "claim": f"/claims/{claim}",
        "figures": "/figures?unit=GW",
        "conflicts": "/conflicts",
        "graph": "/graph",
        "missing": "/entities/nobody",
    }


def opened(visit: Visit, path: str) -> Page:
    page = visit.open(path)
    if path == "/graph":
        page.wait_for_selector(".graph-stage[data-nodes]")
    for box in page.locator("details").all():
        box.evaluate("(one) => { one.open = true; }")
    return page


@pytest.mark.parametrize(("lang", "size", "dark"), LOOKS, ids=NAMES)
def test_no_page_of_the_explorer_keeps_a_reader_out(
    reader: Readers, places: dict[str, str], lang: str, size: tuple[int, int], dark: bool
) -> None:
    visit = reader(lang, size, dark=dark)
    colours = THOROUGH or (lang, size, dark) not in SAME_COLOURS
    told: dict[str, list[str]] = {}
    for name, path in places.items():
        page = opened(visit, path)
        wider = page.evaluate(WIDER)
        told[name] = amiss(page, colours=colours) + ([f"{wider} pixels wider than the screen"] if wider > 0 else [])
    assert {name: wrong for name, wrong in told.items() if wrong} == {}


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Give a folder with a static export in it, and the address it is served at."""
    folder = tmp_path_factory.mktemp("blog")
    with serving(folder, content=CONTENT), Session(store.create(f"sqlite:///{folder / 'wenmai.db'}")) as session:
        update(folder / "blog" / "wenmai", static_files(session))
    with published(folder / "blog") as address:
        yield folder / "blog", address


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_widget_keeps_no_reader_out(browser: Browser, blog: tuple[Path, str], dark: bool) -> None:
    readers = Readers(browser, blog[1])
    choices = f"static=/wenmai api=none theme={'dark' if dark else 'light'}"
    tags = "".join(f"<{name} {choices}></{name}>" for name in ("wenmai-related", "wenmai-claims"))
    search = "<script type=module src=/wenmai/search.js></script><wenmai-search></wenmai-search>"
    ground = f"<style>body {{ background: {'#16181b; color: #e6e3dc' if dark else '#fff'} }}</style>"
    write(blog[0], "/wenmai/widget.js", ground + search + tags)
    visit = readers("zh-TW", PHONE, dark=dark)
    visit.page.goto(visit.base)
    expect(visit.page.locator("wenmai-related li").first).to_be_visible()
    expect(visit.page.locator("wenmai-claims li").first).to_be_visible()
    visit.page.get_by_role("searchbox").press_sequentially("鈣鈦礦")
    expect(visit.page.locator("wenmai-search li").first).to_be_visible()
    told = [one for one in amiss(visit.page) if "wenmai-" in one]
    assert told == []
    visit.keep(f"widget-{'dark' if dark else 'light'}")
    readers.close()
