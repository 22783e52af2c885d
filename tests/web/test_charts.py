"""The drawings of the reader's pages in a real browser: graphs, and figures along one scale and over time."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Route, expect

from tests.web.conftest import PHONE, Readers, first


def _large_graph(nodes: int) -> dict[str, Any]:
    """Return a graph of many people, each tied to two before it."""
    entity = {"kind": "person", "names": {}, "aliases": []}
    made = [
        {
            "id": f"entity:p{n}",
            "kind": "entity",
            "depth": min(n, 1),
            "entity": {**entity, "id": f"p{n}", "name": f"甲{n}"},
        }
        for n in range(nodes)
    ]
    pairs = {(n, earlier) for n in range(1, nodes) for earlier in (n // 2, n * 7 % n if n > 1 else 0)}
    edges = [
        {"source": f"entity:p{a}", "target": f"entity:p{b}", "kind": "mention", "count": 1} for a, b in sorted(pairs)
    ]
    return {"nodes": made, "edges": edges}


@pytest.mark.parametrize("nodes", [20, 2000])
def test_a_graph_of_any_size_can_be_walked_in(reader: Readers, nodes: int) -> None:
    visit = reader()
    body = json.dumps(_large_graph(nodes))

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    visit.page.route("**/v1/graph?*", answer)
    page = visit.open("/graph?entity=p0")
    page.wait_for_selector(f".graph-stage[data-nodes='{nodes}']")
    spots = page.evaluate("document.querySelector('.graph-stage').drawing.nodes().map((n) => n.position())")
    assert len({(round(spot["x"]), round(spot["y"])) for spot in spots}) > 0.9 * nodes, "nodes lie on one another"
    # Without `void` the node would be given back, with all that it is tied to.
    page.evaluate("void document.querySelector('.graph-stage').drawing.nodes()[3].emit('tap')")
    expect(page.locator(".graph-panel h2")).to_have_text("甲3")
    last = f"甲{nodes - 1}"
    page.get_by_label("在圖中找名字").fill(last)
    expect(page.locator(".graph-tools [role=status]")).to_have_text("找到 1 個")
    sought = "document.querySelector('.graph-stage').drawing.nodes('.sought').map((n) => n.data('label'))"
    assert page.evaluate(sought) == [last]
    zoom = "document.querySelector('.graph-stage').drawing.zoom()"
    page.get_by_role("button", name="看全部").click()
    whole = page.evaluate(zoom)
    page.get_by_role("button", name="放大").click()
    page.wait_for_function(f"{zoom} > {whole}")  # it grows in steps
    visit.keep(f"graph-{nodes}")
    visit.check()


def test_the_graph_of_the_sample_is_also_a_list(reader: Readers) -> None:
    visit = reader("en", dark=True)
    page = visit.open("/graph")
    page.wait_for_selector(".graph-stage[data-nodes]")
    page.get_by_text("As a list").click()
    assert page.locator("details li a").count() > 5
    visit.keep("graph-en-dark")
    visit.check()


def test_figures_of_all_sources_lie_on_one_scale(reader: Readers) -> None:
    visit = reader("en", PHONE)
    page = visit.open("/figures?unit=GW")
    places = page.locator(".chart:not(.course) circle").evaluate_all(
        "all => all.map((one) => parseFloat(one.getAttribute('cx')))"
    )
    assert places == sorted(places, reverse=True)
    assert len(places) >= 3
    page.get_by_label("Unit").select_option("USD")
    page.wait_for_url("**unit=USD*")
    visit.settled()
    expect(page.locator(".item").first).to_contain_text("$")
    visit.keep("figures-phone")
    visit.check()


def test_a_figure_is_drawn_over_time_and_each_dot_leads_to_its_place(reader: Readers, site: httpx2.Client) -> None:
    name = first(site, "/v1/entities", q="澄光能源")["id"]
    visit = reader()
    page = visit.open(f"/entities/{name}")
    dots = page.locator(".course .chart-dot")
    assert dots.count() >= 3
    around = site.get(f"/v1/entities/{name}/neighbours", params={"limit": 12}).json()["items"]
    drawn = page.locator(".ring a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert drawn == [f"/entities/{one['entity']['id']}" for one in around]
    places = dots.locator("circle").evaluate_all("all => all.map((one) => parseFloat(one.getAttribute('cx')))")
    assert places == sorted(places), "the earlier ones stand further left"
    assert all("2026年" in (dot.get_attribute("aria-label") or "") for dot in dots.all())
    loads = len([url for url in visit.requests if url.endswith("app.js")])
    dots.first.click()
    page.wait_for_url("**/claims/*")
    visit.settled()
    assert len([url for url in visit.requests if url.endswith("app.js")]) == loads, "the page was loaded anew"
    visit.keep("entity-course")
    visit.check()


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([1.5e9, 2e9], ["0 W", "1 GW", "2 GW"]),
        ([1e8, 2.25e10], ["100 MW", "1 GW", "10 GW", "100 GW"]),
        ([7e6, 7e6], ["0 W", "5 MW", "10 MW"]),
    ],
)
def test_a_scale_has_round_marks(reader: Readers, values: list[float], marks: list[str]) -> None:
    visit = reader()
    page = visit.open("/")
    script = """async (values) => {
        const base = document.querySelector('meta[name="wenmai-static"]').content;
        const { course } = await import(`${base}/timeline.js`);
        const known = new Map([0, 1, 2].map((n) => [String(n), `2026-0${n + 1}-01`]));
        const value = (n) => ({ low: values[n % 2], high: values[n % 2], unit: "W" });
        const figures = [0, 1, 2].map((n) => ({ article: { id: String(n), title: "" }, ...value(n) }));
        const drawn = await course(figures, "", known);
        return [...drawn.querySelectorAll(".chart-scale text")].map((one) => one.textContent);
    }"""
    assert page.evaluate(script, values) == marks


def test_a_graph_is_laid_out_the_same_every_time(reader: Readers) -> None:
    visit = reader()
    page = visit.open("/")
    script = """async () => {
        const base = document.querySelector('meta[name="wenmai-static"]').content;
        const { places } = await import(`${base}/layout.js`);
        const ids = [...Array(60).keys()].map(String);
        const pairs = ids.slice(1).map((id) => [id, String(Number(id) >> 1)]);
        return [...(await places(ids, pairs, (id) => (id === "0" ? 0 : 1)))];
    }"""
    assert page.evaluate(script) == page.evaluate(script)
