"""A server with the sample content and a real browser: what a page asks for and complains of is watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.chromium import executable
from tests.servers import CONTENT, serving

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
expect.set_options(timeout=30_000)  # machines that run tests may be busy
DESKTOP, PHONE = (1280, 900), (390, 844)


@dataclass
class Visit:
    """A page of one reader, with all it asked for and all that went wrong."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to an address and wait until its view is drawn."""
        self.page.goto(self.base + path)
        return self.settled()

    def settled(self) -> Page:
        """Wait until the view that was asked for is drawn."""
        self.page.wait_for_selector("body:not(.busy) main > *")
        expect(self.page.locator(".show.waiting")).to_have_count(0, timeout=30_000)
        return self.page

    def keep(self, name: str) -> None:
        """Keep what is shown, for people to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def check(self) -> None:
        """Fail where the page complained or asked another host for anything."""
        assert not self.complaints
        hosts = {urlsplit(url).netloc for url in self.requests if not url.startswith("data:")}
        assert hosts <= {urlsplit(self.base).netloc}


class Readers:
    """Opens pages as readers of one language and device would have them."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.visits: list[Visit] = []

    def __call__(
        self, lang: str = "zh-TW", size: tuple[int, int] = DESKTOP, *, dark: bool = False, base: str | None = None
    ) -> Visit:
        """Return a fresh page, with nothing stored."""
        scheme = "dark" if dark else "light"
        width, height = size
        page = self.browser.new_page(locale=lang, viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        page.set_default_timeout(30_000)
        visit = Visit(page, base or self.base)

        def asked(request: Request) -> None:
            visit.requests.append(request.url)

        page.on("request", asked)
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
        self.visits.append(visit)
        return visit

    def close(self) -> None:
        """Close all pages."""
        for visit in self.visits:
            visit.page.unroute_all(behavior="ignoreErrors")
            visit.page.context.close()


def first(site: httpx2.Client, path: str, **parameters: Any) -> dict[str, Any]:
    """Return the first item of a list of the API."""
    answer: dict[str, Any] = site.get(path, params=parameters).json()["items"][0]
    return answer


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Give a client of a server that holds the sample content; tests only read from it."""
    with serving(tmp_path_factory.mktemp("web"), content=CONTENT) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser; no test outlives its module, for a running loop keeps others from having theirs."""
    path = executable()
    if path is None:
        pytest.skip("no Chromium: install your system's `chromium`, or run `make test`, which tries to")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def reader(browser: Browser, site: httpx2.Client) -> Iterator[Readers]:
    """Give what opens pages of the sample."""
    readers = Readers(browser, str(site.base_url).rstrip("/"))
    yield readers
    readers.close()
