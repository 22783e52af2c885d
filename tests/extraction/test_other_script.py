"""A post that OpenCC turns to the other script says the same: the same names, figures, times and claims."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from service.extraction import extract
from service.lexicon.names import fold_name
from service.model import Dialect, Figure, Mention, Site, Source
from service.reading import read
from tests.samples import CONFIGS, CONTENT, converted, posts, posts_folder

_NAMED = ("person", "company")
_OF_REGION = {"TWD": "元", "CNY": "元"}


def facts(source: Source, site: Site) -> dict[str, list[Any]]:
    """Return what a post says, in values that no script shows in."""
    document = read(source, site)
    found = extract(document)
    declared = document.header.language is not None
    return {
        "names": [(one.kind, _bearer(one), one.span) for one in found.mentions if one.kind in _NAMED],
        "figures": [(*_amount(one, declared=declared), one.span) for one in found.figures],
        "times": [(one.low, one.high, one.kind, one.span) for one in found.times],
        "claims": [
            (one.span, one.kind, one.quote, one.negated, one.speaker and _bearer(one.speaker)) for one in found.claims
        ],
    }


def _bearer(mention: Mention) -> str:
    return mention.key or fold_name(mention.name)


def _amount(figure: Figure, *, declared: bool) -> tuple[Any, ...]:
    """Return a figure's amount; whose 元 a bare 元 is only the script can tell where no language is declared."""
    quantity = figure.quantity
    unit = quantity.unit if declared else _OF_REGION.get(quantity.unit, quantity.unit)
    return quantity.low, quantity.high, unit, quantity.per, figure.approx


@cache
def said(folder: Path) -> list[tuple[Site, Source, dict[str, list[Any]]]]:
    """Return the posts below `folder` with what they say as they are."""
    return [(site, source, facts(source, site)) for site, sources in posts(folder) for source in sources]


def differing(folder: Path, config: str) -> list[tuple[str, str]]:
    """Return the posts below `folder`, with the kind of fact, that do not say the same once they are turned."""
    found = []
    for site, source, original in said(folder):
        turned = facts(Source(source.path, converted(source.text, config)), site)
        found += [(source.path, kind) for kind, values in original.items() if values != turned[kind]]
    return found


@pytest.mark.parametrize("config", CONFIGS)
def test_posts_of_the_sample_say_the_same_in_the_other_script(config: str) -> None:
    assert differing(CONTENT, config) == []


@pytest.mark.parametrize("config", CONFIGS)
def test_real_posts_say_the_same_in_the_other_script(config: str) -> None:
    assert differing(posts_folder(), config) == []


@pytest.mark.parametrize(
    ("written", "low", "unit"),
    [
        ("全年預算是 3 兆 4000 億元。", "3400000000000", "CNY"),
        ("這家銀行管理一兆兩千億美元。", "1200000000000", "USD"),
        ("模型有 2 兆個參數。", "2000000000000", "count"),
        ("電廠有 600 兆瓦。", "600000000", "W"),
    ],
)
def test_a_number_that_was_traditional_keeps_its_magnitude(written: str, low: str, unit: str) -> None:
    document = read(Source("a.md", converted(written, "t2s")), Site("notes", Dialect.MARKDOWN))
    assert [(str(one.quantity.low), one.quantity.unit) for one in extract(document).figures] == [(low, unit)]


def test_a_declared_region_tells_whose_money_it_is() -> None:
    post = "---\ntitle: 賬目\n---\n這座碼頭的起重機花了 300 萬元。\n"
    for region, unit in (("zh-TW", "TWD"), ("zh-CN", "CNY"), ("zh-Hans-CN", "CNY")):
        for config in ("t2s", "s2t"):
            source = Source("_posts/2026-01-01-a.md", converted(post, config))
            (figure,) = extract(read(source, Site("s", Dialect.JEKYLL, language=region))).figures
            assert figure.quantity.unit == unit


def test_full_width_letters_are_units_as_well() -> None:
    document = read(Source("a.md", "這座電廠的功率是 ３００ ＭＷ。"), Site("notes", Dialect.MARKDOWN))
    (figure,) = extract(document).figures
    assert (int(figure.quantity.low), figure.quantity.unit, figure.surface) == (300_000_000, "W", "３００ ＭＷ")
