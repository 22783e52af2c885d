"""Readers of figures are compared fairly: by the values they can return, and a missing one is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import figures, peers
from bench.figure_cases import Case, cases, is_read

DAY = "2024-05-01T00:00:00"


def case(part: str, text: str, **row: Any) -> Case:
    return Case(part, text, DAY, ({"text": text, "start": 0, "end": len(text), "kind": part, **row},))


def test_a_value_is_right_where_it_overlaps_what_is_wanted_or_has_no_place() -> None:
    asked = case("number", "七十", value=70)
    assert is_read(asked, [(0, 2, 70.0, 70.0, None)])
    assert is_read(asked, [(None, None, 70.0, 70.0, None)])
    assert not is_read(asked, [(2, 4, 70.0, 70.0, None)])
    assert not is_read(asked, [(0, 2, 70.0, 70.0, None), (0, 1, 7.0, 7.0, None)])


def test_units_are_compared_by_what_they_measure_whatever_they_are_called() -> None:
    asked = case("quantity", "三公里", value=3, unit="Kilometer", unit_canon="km")
    assert is_read(asked, [(0, 3, 3000.0, 3000.0, "m")])
    assert is_read(asked, [(0, 3, 3.0, 3.0, "kilometre")])
    assert not is_read(asked, [(0, 3, 3.0, 3.0, "kg")])


def test_a_duration_may_be_read_in_parts() -> None:
    asked = case("duration", "2天6小時", value=194400, unit="second")
    assert is_read(asked, [(0, 2, 172800.0, 172800.0, "s"), (2, 5, 21600.0, 21600.0, "s")])
    assert is_read(asked, [(0, 5, 194400.0, 194400.0, "s")])
    assert not is_read(asked, [(0, 2, 172800.0, 172800.0, "s")])


def test_either_reading_of_the_last_day_of_a_range_is_right() -> None:
    asked = case("date", "2019 到 2021 年", low="2019-01-01", high="2021-01-01", high_incl=False)
    for last in ("2021-01-01", "2020-12-31", "2021-12-31"):
        assert is_read(asked, [(0, 10, "2019-01-01", last, None)])
    assert not is_read(asked, [(0, 10, "2019-01-01", "2022-12-31", None)])


def test_where_nothing_is_wanted_nothing_may_be_found() -> None:
    asked = Case("date", "一日三餐", DAY, ())
    assert is_read(asked, [])
    assert not is_read(asked, [(0, 2, "2024-05-01", "2024-05-01", None)])


def test_only_core_cases_are_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"tier": tier, "text": "九", "value": 9} for tier in ("core", "extra")]
    (tmp_path / "zh_numeral_values.json").write_text(json.dumps({"cases": rows}), "utf-8")
    monkeypatch.setenv("PEER_CASES", str(tmp_path))
    (only,) = cases()
    assert (only.part, is_read(only, figures.ours(only))) == ("value", True)


def test_ours_is_asked_as_a_peer_is() -> None:
    assert is_read(case("duration", "3 週", value=21, unit="day"), figures.ours(case("duration", "3 週")))
    wanted = case("date", "2023 年 4 月", low="2023-04-01", high="2023-04-30", high_incl=True)
    assert is_read(wanted, figures.ours(wanted))


def test_a_peer_that_cannot_be_had_is_named_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(peer: str, *_: object) -> dict[str, Any]:
        raise peers.MissingPeerError(f"{peer} cannot be installed: no network")

    monkeypatch.setattr(figures, "ask", none)
    columns, missing = figures.compared([], [], 0.0)
    assert not columns
    assert "jionlp cannot be installed: no network" in missing


def test_growth_is_told_in_one_row_a_kind() -> None:
    assert len(figures.growth("九", (10, 20))) == 4


def test_the_service_is_judged_by_what_it_finds_in_a_post() -> None:
    share = case("percent", "百分之七", value=7)
    assert is_read(share, figures.of_posts(share) or ())
    assert figures.of_posts(case("value", "七十")) is None
    assert figures.of_posts(case("number", "七十", value=70)) == []
