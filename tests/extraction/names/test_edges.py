"""Where names begin and end that a model let run on or cut short."""

from __future__ import annotations

import pytest

from service.extraction.names.edges import with_right_edges
from service.extraction.names.page import Page
from service.model import EntityKind, Span
from tests.extraction.prose import document


def edged(text: str, name: str, kind: EntityKind) -> str:
    """The name that is left of the one the model found."""
    page = Page(document(text))
    start = page.text.index(name)
    found = page.mention(Span(start, start + len(name)), kind, name, None, how="model", sure=0.65)
    (one,) = with_right_edges(page, [found])
    assert page.document.slice(one.span) == one.surface == one.name
    return one.surface


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("设备商恒垣电气昨天开工。", "设备商恒垣电气", "恒垣电气"),
        ("十點整，瀾漁電力發聲明澄清。", "瀾漁電力發", "瀾漁電力"),
        ("買下它的是青嵐集團旗下的公司。", "青嵐集", "青嵐集團"),
        ("恒垣電氣昨天開工。", "恒垣電氣", "恒垣電氣"),
        ("新創電子昨天開工。", "新創電子", "新創電子"),
    ],
)
def test_a_business_ends_with_its_trade_and_begins_behind_its_sort(text: str, found: str, name: str) -> None:
    assert edged(text, found, EntityKind.COMPANY) == name


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("制片人塔莉娅·莫兰当时就反对。", "塔莉娅·莫兰当", "塔莉娅·莫兰"),
        ("副署長姚孟潔解釋，補助明年才有。", "孟潔", "姚孟潔"),
        ("行政總裁龔力行上月底說明了缺口。", "龔力", "龔力行"),
        ("行政總裁龔立上月說明了缺口。", "龔立", "龔立"),
        ("我遇見孟潔，她沒有說話。", "孟潔", "孟潔"),
        ("孟磊却觉得不值。", "孟磊却", "孟磊"),
        ("至於卡洛琳．梅耶的傳聞，沒有人證實。", "於卡洛琳．梅耶", "卡洛琳．梅耶"),
    ],
)
def test_a_personal_name_has_its_family_name_and_no_part_of_the_next_word(text: str, found: str, name: str) -> None:
    assert edged(text, found, EntityKind.PERSON) == name
