"""The reader's pages in a real browser."""

from __future__ import annotations

import httpx2
import pytest
from playwright.sync_api import Route, expect

from tests.web.conftest import DESKTOP, PHONE, Readers, first

LONGEST = {"zh-TW": "讀過的，都查得到", "zh-CN": "读过的，都查得到", "en": "Ask what your posts say"}
BUDGET = 250_000  # bytes of the first page, unpacked
# How far what is shown was moved by what came later (Layout Instability): below 0.1 is good by the Core Web Vitals.
SHIFTED = """() => new Promise((done) => new PerformanceObserver((seen) =>
    done(seen.getEntries().reduce((sum, one) => sum + (one.hadRecentInput ? 0 : one.value), 0)),
).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 200))"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("lang", sorted(LONGEST))
def test_the_front_page_greets_in_the_language_of_the_browser(
    reader: Readers, lang: str, size: tuple[int, int]
) -> None:
    visit = reader(lang, size)
    page = visit.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(LONGEST[lang])
    expect(page.locator(".show")).to_have_count(3)
    assert page.evaluate("document.documentElement.lang") == lang
    assert page.evaluate(SHIFTED) < 0.1, "what is read moves away"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it is wider than the screen"
    visit.keep(f"home-{lang}-{size[0]}")
    visit.check()


def test_the_first_page_is_small(reader: Readers) -> None:
    visit = reader(new=True)
    sizes: list[int] = []
    visit.page.on("response", lambda answer: sizes.append(len(answer.body())))
    visit.open("/")
    visit.page.wait_for_load_state("networkidle")
    assert sum(size for url, size in zip(visit.requests, sizes, strict=False) if url) < BUDGET


def test_a_search_can_be_typed_before_the_service_has_answered_anything(reader: Readers) -> None:
    visit = reader(size=PHONE)
    held: list[Route] = []
    answering = False

    def hold(route: Route) -> None:
        if answering:
            route.continue_()
        else:
            held.append(route)

    visit.page.route("**/v1/**", hold)
    visit.page.goto(visit.base + "/")
    box = visit.page.get_by_role("combobox", name="搜尋")
    box.fill("輝達")
    expect(visit.page.locator(".show.waiting")).to_have_count(3)
    assert held
    answering = True
    for route in held:
        route.continue_()
    expect(visit.settled().locator(".show")).to_have_count(3)
    expect(box).to_have_value("輝達")
    visit.check()


def test_back_leads_to_a_list_as_far_as_it_was_read(reader: Readers, site: httpx2.Client) -> None:
    everything = len(site.get("/v1/articles", params={"drafts": "false", "limit": 100}).json()["items"])
    visit = reader()
    page = visit.open("/articles")
    items = page.locator(".listing .item")
    shown = items.count()
    page.get_by_role("button", name="顯示更多").click()
    expect(items).to_have_count(everything)
    assert shown < everything
    expect(items.nth(shown).locator("a").first).to_be_focused()
    expect(page.locator("main")).not_to_contain_text("草稿")
    items.last.get_by_role("heading").get_by_role("link").click()
    page.wait_for_url("**/articles/*")
    visit.settled()
    page.go_back()
    visit.settled()
    expect(items).to_have_count(everything)
    assert page.evaluate("scrollY") > 0
    visit.check()


def test_one_click_leads_to_one_person_under_several_names(reader: Readers) -> None:
    visit = reader()
    page = visit.open("/")
    names = page.locator(".show .names span").all_inner_texts()
    assert len(names) == len(set(names)) >= 4
    page.locator(".show").nth(0).get_by_role("link").click()
    page.wait_for_url("**/entities/*")
    visit.settled()
    assert all(name in page.locator(".part", has=page.locator(".names-list")).inner_text() for name in names)
    seen = page.locator(".names-list > li")
    assert seen.count() >= 3
    assert all(seen.nth(n).locator("a").count() for n in range(seen.count())), "a name without a place"
    visit.keep("entity-zh-TW")
    visit.check()


def test_one_click_leads_to_two_posts_that_disagree_on_a_number(reader: Readers) -> None:
    visit = reader("zh-CN")
    page = visit.open("/")
    page.locator(".show").nth(1).get_by_role("link").click()
    page.wait_for_url("**/claims/*")
    visit.settled()
    assert page.locator(".column.conflict .claim").count() >= 1
    assert page.locator(".chart-row.conflict").count() >= 1
    visit.keep("claim-zh-CN")
    visit.check()


def test_one_click_leads_to_the_post_that_gives_a_reason_for_a_link(reader: Readers) -> None:
    visit = reader()
    page = visit.open("/")
    told = page.locator(".show .reason-line").inner_text()
    page.locator(".show").nth(2).get_by_role("link").click()
    page.wait_for_url("**/articles/*")
    visit.settled()
    assert told in page.locator(".side").inner_text()
    visit.check()


def test_a_name_is_completed_in_either_script_and_opened_by_keyboard(reader: Readers) -> None:
    visit = reader()
    page = visit.open("/")
    box = page.get_by_role("combobox", name="搜尋")
    box.press_sequentially("英伟")
    completion = page.get_by_role("listbox", name="名字建議")
    expect(completion.get_by_role("option").first).to_contain_text("輝達")
    box.press("ArrowDown")
    assert completion.get_by_role("option", selected=True).count() == 1
    box.press("Enter")
    page.wait_for_url("**/entities/nvidia")
    visit.settled()
    expect(page.get_by_role("heading", level=1)).to_have_text("輝達")
    visit.check()


def test_a_search_is_an_address_and_back_leads_back(reader: Readers) -> None:
    visit = reader("zh-CN", PHONE)
    page = visit.open("/search?q=数据中心")
    results = page.locator(".item, .claim")
    assert results.count() > 3
    page.get_by_role("link", name="说法", exact=True).click()
    page.wait_for_url("**kind=claim*")
    visit.settled()
    assert page.locator(".item").count() == 0
    page.go_back()
    page.wait_for_url(lambda url: "kind" not in url)
    visit.settled()
    assert page.locator(".item").count() > 0
    visit.keep("search-phone")
    visit.check()


def test_a_sentence_shows_who_says_otherwise(reader: Readers) -> None:
    visit = reader()
    page = visit.open("/search?q=澄光能源的太陽能電池年產能 2028 年底是 2 GW")
    expect(page.get_by_role("heading", name="誰這麼說？")).to_be_visible()
    marks = page.locator(".listing mark").all_inner_texts()
    assert {"2028", "GW"} <= set(marks)
    assert all(len(mark) > 1 for mark in marks if mark != "2"), marks
    assert page.locator(".claim.agree").count() >= 1
    assert page.locator(".claim.conflict").count() >= 1
    visit.check()


def test_a_text_shows_names_figures_and_claims_in_place(reader: Readers, site: httpx2.Client) -> None:
    claim = first(site, "/v1/claims", q="澄光能源 年產能")
    visit = reader()
    page = visit.open(f"/articles/{claim['article']['id']}?line={claim['line']}")
    aimed = page.locator(".block.aimed")
    assert aimed.get_attribute("data-line") == str(claim["line"])
    assert aimed.locator("a.name").count() >= 1
    assert aimed.locator(".saying-mark").count() >= 1
    expect(aimed).to_be_in_viewport()
    page.get_by_label("說法").uncheck()
    expect(aimed.locator(".saying-mark").first).to_be_hidden()
    visit.keep("article-zh-TW")
    page.emulate_media(media="print", color_scheme="dark")
    for what in ("header.top", ".choices-of-marks", "footer.bottom"):
        expect(page.locator(what)).to_be_hidden()
    expect(aimed).to_be_visible()
    expect(page.locator("body")).to_have_css("color", "rgb(36, 39, 43)")  # ink on white paper
    visit.check()


def test_switching_the_language_changes_interface_and_content(reader: Readers, site: httpx2.Client) -> None:
    article = first(site, "/v1/articles", source="island-tech", q="鈣鈦礦")
    visit = reader()
    page = visit.open(f"/articles/{article['id']}")
    expect(page.locator(".text")).to_contain_text("鈣鈦礦")
    page.get_by_label("語言").select_option("zh-CN")
    expect(page.locator(".text")).to_contain_text("钙钛矿")
    expect(page.get_by_role("link", name="人物与公司").first).to_be_visible()
    assert "lang=zh-CN" in page.url
    page.reload()
    expect(page.locator(".text")).to_contain_text("钙钛矿")
    page.get_by_label("原文").check()
    expect(page.locator(".text")).to_contain_text("鈣鈦礦")
    visit.check()


def test_what_is_not_there_is_said_in_words(reader: Readers) -> None:
    visit = reader()
    page = visit.open("/entities/nobody-of-this-name")
    expect(page.get_by_role("heading", level=1)).to_have_text("找不到這一頁")
    assert all("404" in complaint for complaint in visit.complaints)


def test_drafts_are_not_among_the_newest(reader: Readers, site: httpx2.Client) -> None:
    assert any(one["draft"] for one in site.get("/v1/articles", params={"limit": 12}).json()["items"])
    visit = reader()
    page = visit.open("/")
    assert page.locator(".columns .item").count() == 6
    expect(page.locator(".columns")).not_to_contain_text("草稿")


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("zh-TW", ["2 GW", "20億", "每年 2 GW", "約 1.5 km", "2026年3月12日"]),
        ("zh-CN", ["2 GW", "20亿", "每年 2 GW", "约 1.5 km", "2026年3月12日"]),
        ("en", ["2 GW", "2B", "2 GW per year", "about 1.5 km", "Mar 12, 2026"]),
    ],
)
def test_numbers_and_dates_are_written_as_each_language_has_them(reader: Readers, lang: str, shown: list[str]) -> None:
    visit = reader(lang)
    page = visit.open("/")
    found = page.evaluate(
        """async () => {
            const base = document.querySelector('meta[name="wenmai-static"]').content;
            const { amount, range } = await import(`${base}/quantities.js`);
            const { date } = await import(`${base}/words.js`);
            const about = { low: 1500, high: 1500, unit: "m", per: null, approx: "about" };
            return [amount(2e9, "W"), amount(2e9, "count"), amount(2e9, "W", "year"), range(about), date("2026-03-12")];
        }"""
    )
    assert found == shown


def test_disagreements_stand_side_by_side(reader: Readers) -> None:
    visit = reader("zh-CN")
    page = visit.open("/conflicts")
    pairs = page.locator(".pair")
    assert pairs.count() >= 3
    for n in range(3):
        texts = pairs.nth(n).locator(".claim .where").all_inner_texts()
        assert len(set(texts)) == 2
    visit.keep("conflicts-zh-CN")
    visit.check()


def test_a_claim_leads_to_what_others_say_from_its_place_in_the_text(reader: Readers, site: httpx2.Client) -> None:
    claim = first(site, "/v1/claims", q="澄光能源 年產能")
    visit = reader("en")
    page = visit.open(f"/articles/{claim['article']['id']}?line={claim['line']}")
    page.locator(".block.aimed .saying-mark").first.click()
    page.wait_for_url("**/claims/*")
    visit.settled()
    page.locator(".claim-head .where").click()
    page.wait_for_url("**/articles/*?line=*")
    visit.settled()
    assert page.locator(".block.aimed").count() == 1
    visit.check()
