"""What axe-core finds amiss on every page: in light and dark, on a desktop and a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session

from service.cli.static import static_files
from service.cli.static_folder import update
from service.store import engine as store
from tests.servers import CONTENT, TOKEN, serving
from tests.web.blogs import published, write
from tests.web.conftest import DESKTOP, PHONE, Readers, Visit

# WCAG 2.2 at levels A and AA, and what axe-core holds to be good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = [(DESKTOP, False), (PHONE, True)]  # each size and each ground once: colours are the same at any size
NAMES = ["desktop-light", "phone-dark"]


def amiss(page: Page) -> list[str]:
    """Return what is seriously wrong with a page: the rule and the elements."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical", "moderate")]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in serious for node in one["nodes"]]


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


@pytest.mark.parametrize(("size", "dark"), LOOKS, ids=NAMES)
def test_no_page_of_the_explorer_keeps_a_reader_out(
    reader: Readers, places: dict[str, str], size: tuple[int, int], dark: bool
) -> None:
    visit = reader("zh-TW" if dark else "en", size, dark=dark)
    assert {name: told for name, path in places.items() if (told := amiss(opened(visit, path)))} == {}


def test_nothing_is_wider_than_a_phone_in_the_language_of_the_longest_words(
    reader: Readers, places: dict[str, str]
) -> None:
    visit = reader("en", PHONE)
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert {name: over for name, path in places.items() if (over := opened(visit, path).evaluate(wide)) > 0} == {}


@pytest.mark.parametrize(("size", "dark"), LOOKS, ids=NAMES)
def test_the_editors_page_keeps_nobody_out(
    browser: Browser, site: httpx2.Client, size: tuple[int, int], dark: bool
) -> None:
    readers = Readers(browser, str(site.base_url).rstrip("/"))
    visit = readers("zh-TW", size, dark=dark)
    page = visit.open("/admin")
    assert amiss(page) == [], "before somebody has signed in"
    page.locator("input[name=token]").fill(TOKEN)
    page.locator("button.strong").click()
    page.wait_for_selector(".drop")
    expect(page.locator(".rows").first).to_contain_text("island-tech")
    page.get_by_label("找一個名字").press_sequentially("輝達")
    page.locator(".found button").first.click()
    page.wait_for_load_state("networkidle")
    assert amiss(page) == []
    visit.keep(f"admin-{size[0]}-{'dark' if dark else 'light'}")
    readers.close()


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
