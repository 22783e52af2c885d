"""Lines in both scripts that assert something, and those that do something else (``asserting.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.claims import find_claims
from service.extraction.claims.speech_acts import does_else
from service.extraction.figures import find_figures
from service.model import BlockKind
from tests.extraction.writing import claims, document, heading, item, named

_LINES = tomllib.loads((Path(__file__).parent / "asserting.toml").read_text(encoding="utf-8"))
_KINDS = {"# ": BlockKind.HEADING, "- ": BlockKind.ITEM}


def _is_claimed(line: str) -> bool:
    kind = _KINDS.get(line[:2])
    written = document((kind, line[2:]) if kind else line)
    return bool(find_claims(written, [], find_figures(written), []))


@pytest.mark.parametrize("act", _LINES["idle"])
def test_a_line_that_does_something_else_is_no_claim(act: str) -> None:
    assert [line for line in _LINES["idle"][act] if _is_claimed(line)] == []


@pytest.mark.parametrize("act", _LINES["claims"])
def test_a_line_that_only_looks_like_that_is_a_claim(act: str) -> None:
    assert [line for line in _LINES["claims"][act] if not _is_claimed(line)] == []


@pytest.mark.parametrize("half", ["idle", "claims"])
def test_what_is_known_to_be_misread_still_is(half: str) -> None:
    assert [line for line in _LINES["missed"][half] if _is_claimed(line) == (half == "claims")] == []


@pytest.mark.parametrize("section", ["待办", "TODO", "購物清單：", "回家作業"])
def test_an_errand_is_no_claim_until_it_is_done(section: str) -> None:
    items = (heading(section), item("還溫老師的傘"), item("订十二月的场地"), item("紗窗裝好了"))
    assert [claim.surface for claim in claims(*items)] == ["紗窗裝好了"]


def test_what_somebody_is_said_to_ask_for_is_his_claim() -> None:
    assert len(claims("柏若琳說，千萬別買二手的安全座椅。", people="柏若琳")) == 1


def test_a_reason_that_can_be_checked_makes_a_claim_of_a_request() -> None:
    assert len(claims("別走山路，去年冬天那裡翻了兩輛遊覽車。")) == 1


@given(st.text("先再别請記得的吧啊,。:我們說看一下天氣2", max_size=120))
def test_any_text_is_read_in_the_end(text: str) -> None:
    assert does_else(text) in (True, False)


def test_who_asks_may_state_what_is_measured_first() -> None:
    written = document("柏若琳反問：「一年只借出 2 萬冊書。需要這麼大嗎？」", "柏若琳反問：「館裡有 2 萬冊書嗎？」")
    (found,) = find_claims(written, named(written, "柏若琳"), find_figures(written), [])
    assert found.surface.startswith("柏若琳反問：「一年")
