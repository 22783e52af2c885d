"""A server with the sample content and a real browser: what a page asks for and complains of is watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.chromium import executable
from tests.servers import CONTENT, serving
from tests.thorough import THOROUGH

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
expect.set_options(timeout=30_000)  # machines that run tests may be busy
CHOICES = ["--no-sandbox", "--disable-gpu", "--process-per-site"]  # the last: pages of a window share a process
DESKTOP, PHONE = (1280, 900), (390, 844)
Look = tuple[str, tuple[int, int], bool]  # language, size of the window, whether it is dark


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
        """Keep what is shown, for people to look at: a thorough run draws it, which takes as long as loading it."""
        if not THOROUGH:
            return
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def check(self) -> None:
        """Fail where the page complained or asked another host for anything."""
        assert not self.complaints
        hosts = {urlsplit(url).netloc for url in self.requests if not url.startswith("data:")}
        assert hosts <= {urlsplit(self.base).netloc}


class Readers:
    """Opens pages as readers of one language and device would have them.

    Where `known` is given, they have been here before: what they loaded is at hand, in one window for each look. Who is
    not to see what a server answered earlier goes without.
    """

    def __init__(self, browser: Browser, base: str, known: dict[Look, BrowserContext] | None = None) -> None:
        self.browser, self.base, self.known = browser, base, known
        self.visits: list[Visit] = []

    def __call__(
        self,
        lang: str = "zh-TW",
        size: tuple[int, int] = DESKTOP,
        *,
        dark: bool = False,
        base: str | None = None,
        new: bool = False,
    ) -> Visit:
        """Return a fresh page, with nothing stored; with `new`, of a reader who was never here."""
        page = self._window((lang, size, dark), new=new).new_page()
        page.set_default_timeout(30_000)
        visit = Visit(page, base or self.base)

        def asked(request: Request) -> None:
            visit.requests.append(request.url)

        page.on("request", asked)
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
        self.visits.append(visit)
        return visit

    def _window(self, look: Look, *, new: bool) -> BrowserContext:
        if new or self.known is None:
            return self._opened(look)
        if look not in self.known:
            self.known[look] = self._opened(look)
            self.known[look].new_page()  # it stays: with the last page goes all that is compiled
        return self.known[look]

    def _opened(self, look: Look) -> BrowserContext:
        lang, (width, height), dark = look
        return self.browser.new_context(
            locale=lang, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )

    def close(self) -> None:
        """Close all pages, and forget what they stored."""
        for visit in self.visits:
            visit.page.unroute_all(behavior="ignoreErrors")
            window = visit.page.context
            if window in (self.known or {}).values():
                stored = {"origin": visit.base, "storageTypes": "cookies,local_storage"}
                window.new_cdp_session(visit.page).send("Storage.clearDataForOrigin", stored)
                for page in window.pages[1:]:
                    page.close()
            else:
                window.close()


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
        started = playwright.chromium.launch(executable_path=path, args=CHOICES)
        yield started
        started.close()


@pytest.fixture(scope="module")
def windows(browser: Browser) -> dict[Look, BrowserContext]:
    """Give the windows that are open, by their look; they close with the browser."""
    return {}


@pytest.fixture
def reader(browser: Browser, site: httpx2.Client, windows: dict[Look, BrowserContext]) -> Iterator[Readers]:
    """Give what opens pages of the sample."""
    readers = Readers(browser, str(site.base_url).rstrip("/"), windows)
    yield readers
    readers.close()
