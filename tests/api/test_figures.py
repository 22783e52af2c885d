"""Figures over HTTP: by any unit of a dimension, told in it, and with what their table says they are of."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

Item = dict[str, Any]


def items(client: httpx2.Client, **asked: object) -> list[Item]:
    answer = client.get("/v1/figures", params={key: str(value) for key, value in asked.items()} | {"limit": "100"})
    answer.raise_for_status()
    found: list[Item] = answer.json()["items"]
    return found


def test_figures_are_told_in_the_unit_asked_for(sample: httpx2.Client) -> None:
    found = items(sample, unit="MW", min=50, sort="largest")
    assert found
    values = [item["converted"]["high"] for item in found]
    assert values == sorted(values, reverse=True)
    for item in found:
        assert item["unit"] == "W"
        assert item["converted"]["unit"] == "MW"
        assert item["converted"]["high"] * 1e6 == pytest.approx(item["high"])


@pytest.mark.parametrize("unit", ["kWh", "km/h", "USD/W", "mile", "公里", "元", "m²", "%"])
def test_any_unit_is_understood(sample: httpx2.Client, unit: str) -> None:
    assert all(item["converted"]["unit"] == unit for item in items(sample, unit=unit))


@pytest.mark.parametrize("path", ["/v1/figures", "/v1/claims"])
def test_an_unknown_unit_is_a_problem_that_tells_of_those_like_it(sample: httpx2.Client, path: str) -> None:
    answer = sample.get(path, params={"unit": "mw"})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["detail"] == "There is no unit 'mw': did you mean MW or mW?"
    assert answer.json()["errors"][0]["field"] == "query.unit"


def test_a_figure_of_a_table_tells_its_row_and_column(sample: httpx2.Client) -> None:
    named = [item for item in items(sample, q="主镜") if item["row_heading"] and "主" in (item["column_heading"] or "")]
    assert {(item["row_heading"], item["text"]) for item in named} >= {("哈勃", "2.4 米"), ("韦布", "6.5 米")}


def test_headings_come_in_the_variant_asked_for(sample: httpx2.Client) -> None:
    found = items(sample, q="主鏡", lang="zh-Hant")
    assert {"主鏡"} <= {item["column_heading"] for item in found}
