"""The widget in sites that their own generators built: with the service, and again after it has stopped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import Session

from service.cli.static import static_files
from service.cli.static_folder import update
from service.store import engine as store
from service.web.snippets import Generator, snippet
from tests.servers import CONTENT, serving
from tests.web.blogs import published
from tests.web.conftest import Readers
from tests.web.sites import BUILDERS, HUGO, JEKYLL, BuiltSite

MISSING = {
    name
    for name, program in ((Generator.HUGO, HUGO), (Generator.JEKYLL, JEKYLL))
    if program is None or not shutil.which(program)
}
LANGUAGES = {Generator.HUGO: "zh-TW", Generator.JEKYLL: "zh-CN", Generator.QUARTZ: "zh-TW", Generator.OBSIDIAN: "zh-CN"}
README = (CONTENT.parent / "README.md").read_text(encoding="utf-8")


@dataclass
class Seen:
    """What readers of a site saw: the titles of the related posts, and how many claims of others."""

    wanted: list[str] = field(default_factory=list)
    wanted_next: list[str] = field(default_factory=list)
    up: list[str] = field(default_factory=list)
    up_next: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)
    asked_down: list[str] = field(default_factory=list)
    claims: int = 0
    claims_down: int = 0
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Generator, Seen]]:
    """Build every site, read each with the service and, after that has stopped, without it."""
    folder = tmp_path_factory.mktemp("sites")
    told = {name: Seen() for name in Generator if name not in MISSING}
    with ExitStack() as running:
        addresses = {name: running.enter_context(published(folder / f"{name}-built")) for name in told}
        hosted = running.enter_context(published(folder / "export"))
        with serving(folder, content=CONTENT, cors_origins=list(addresses.values())) as client:
            with Session(store.create(f"sqlite:///{folder / 'wenmai.db'}")) as session:
                update(folder / "export", static_files(session))
            api = str(client.base_url)
            built = {name: BUILDERS[name](folder, api, folder / "export", addresses[name], hosted) for name in told}
            for name, site in built.items():
                _with_the_service(Readers(browser, addresses[name]), client, name, site, told[name])
        for name, site in built.items():
            _without_it(Readers(browser, addresses[name]), name, site, told[name])
        yield told


def _wanted(client: httpx2.Client, url: str, lang: str) -> list[str]:
    own = client.get("/v1/resolve", params={"url": url}).raise_for_status().json()
    found: list[dict[str, Any]] = client.get("/v1/related", params={"url": url, "lang": lang, "limit": 20}).json()[
        "items"
    ]
    posts = [one["article"] for one in found if not one["article"]["draft"]]
    reached = [one for one in posts if one["url"].startswith("http") or one["source"] == own["source"]]
    return [one["title"] for one in reached][:5]


def _with_the_service(readers: Readers, client: httpx2.Client, name: Generator, site: BuiltSite, told: Seen) -> None:
    visit = readers(LANGUAGES[name])
    page = visit.page
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())  # videos of the posts
    page.goto(visit.base + site.page)
    related, claims = page.locator("wenmai-related li p:first-child"), page.locator("wenmai-claims li")
    expect(related.first).to_be_visible()
    expect(claims.first).to_be_visible()
    told.wanted, told.up = _wanted(client, site.url, LANGUAGES[name]), related.all_inner_texts()
    told.claims = claims.count()
    visit.keep(f"site-{name}")
    if site.next and site.next_url:
        told.wanted_next = _wanted(client, site.next_url, LANGUAGES[name])
        if name is Generator.OBSIDIAN:
            page.evaluate("(path) => goTo(path)", site.next)
        else:
            page.locator("a.internal").click()
        expect(related.first).to_have_text(told.wanted_next[0])
        told.up_next = related.all_inner_texts()
    told.complaints = [one for one in visit.complaints if "ERR_FAILED" not in one]
    readers.close()


def _without_it(readers: Readers, name: Generator, site: BuiltSite, told: Seen) -> None:
    visit = readers(LANGUAGES[name])
    visit.page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    visit.page.goto(visit.base + site.page)
    related, claims = visit.page.locator("wenmai-related li p:first-child"), visit.page.locator("wenmai-claims li")
    expect(related.first).to_be_visible()
    expect(claims.first).to_be_visible()
    told.down, told.claims_down, told.asked_down = related.all_inner_texts(), claims.count(), visit.requests
    visit.keep(f"site-{name}-static")
    readers.close()


def of(seen: dict[Generator, Seen], name: Generator) -> Seen:
    if name not in seen:
        pytest.skip(f"no {name} on this machine")
    return seen[name]


@pytest.mark.parametrize("name", list(Generator))
def test_a_page_of_a_site_shows_the_related_posts_and_what_others_say(
    seen: dict[Generator, Seen], name: Generator
) -> None:
    told = of(seen, name)
    assert told.up == told.wanted
    assert len(told.up) >= 3
    assert told.claims >= 1
    assert told.complaints == []


@pytest.mark.parametrize("name", list(Generator))
def test_it_shows_the_same_from_the_static_export_when_the_service_has_stopped(
    seen: dict[Generator, Seen], name: Generator
) -> None:
    told = of(seen, name)
    assert told.down == told.up
    assert told.claims_down == told.claims
    assert any("/pages/" in url for url in told.asked_down)


@pytest.mark.parametrize("name", [Generator.QUARTZ, Generator.OBSIDIAN])
def test_it_follows_a_reader_to_a_page_that_is_not_loaded_anew(seen: dict[Generator, Seen], name: Generator) -> None:
    told = of(seen, name)
    assert told.up_next == told.wanted_next != told.wanted


@pytest.mark.parametrize("name", list(Generator))
def test_a_piece_asks_the_service_it_is_made_for(name: Generator) -> None:
    text = snippet(name, "https://posts.example")
    assert "https://posts.example/" in text
    assert "YOUR-" not in text
    assert "https://files.example/blog/" in snippet(Generator.OBSIDIAN, static="https://files.example/blog")


@pytest.mark.parametrize(
    "api", ["", "posts.example", 'https://a.example/"><script>', "javascript:alert(1)", "https://{{x}}"]
)
def test_an_address_that_could_break_out_of_the_piece_is_refused(api: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        snippet(Generator.HUGO, api)
