"""The companies and the products of the lexicon: what every entry must hold, so that a name means one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from service.lexicon import read
from service.model import Script
from service.script import detect, fold

KINDS = [("companies.toml", "company", 1_800), ("products.toml", "product", 230)]
SURE = ("en", "hant", "hans")
ODDLY_SPELT = {"ascend"}  # Huawei writes 昇腾 with 昇, a character that the mainland otherwise writes 升
UNSURE = ("short", "ambiguous")
KEYS = {"id", *SURE, *UNSURE, "tickers"}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

every_file = pytest.mark.parametrize(("name", "kind", "least"), KINDS, ids=[kind for _, kind, _ in KINDS])


def _entries(name: str, kind: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = read(name)[kind]
    return entries


def _folded(entry: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    return (fold(form) for key in keys for form in entry.get(key, []))


def _owners(entries: list[dict[str, Any]], keys: tuple[str, ...]) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    for entry in entries:
        for form in _folded(entry, keys):
            owners.setdefault(form, set()).add(entry["id"])
    return owners


def _company(name: str) -> dict[str, Any]:
    return next(entry for entry in _entries("companies.toml", "company") if entry["id"] == name)


@every_file
def test_the_file_holds_enough_entries(name: str, kind: str, least: int) -> None:
    assert len(_entries(name, kind)) >= least


@every_file
def test_ids_are_unique_and_kebab_case(name: str, kind: str, least: int) -> None:
    ids = [entry["id"] for entry in _entries(name, kind)]
    assert [i for i, times in Counter(ids).items() if times > 1] == []
    assert [i for i in ids if not KEBAB.fullmatch(i)] == []


@every_file
def test_every_entry_has_a_name_to_show_in_english_and_in_both_scripts(name: str, kind: str, least: int) -> None:
    for entry in _entries(name, kind):
        assert all(entry[key] for key in SURE), entry["id"]
        assert entry.keys() <= KEYS, entry["id"]


@every_file
def test_lists_are_never_empty_and_forms_never_padded(name: str, kind: str, least: int) -> None:
    for entry in _entries(name, kind):
        lists = [entry[key] for key in entry if key != "id"]
        assert all(lists), entry["id"]
        assert all(form and form == form.strip() for forms in lists for form in forms), entry["id"]


@every_file
def test_the_names_shown_are_in_their_script(name: str, kind: str, least: int) -> None:
    for entry in _entries(name, kind):
        assert detect(entry["hant"][0]) in (Script.HANT, Script.OTHER), entry["id"]
        assert detect(entry["hans"][0]) in (Script.HANS, Script.OTHER) or entry["id"] in ODDLY_SPELT, entry["id"]


@every_file
def test_the_name_shown_in_english_has_no_chinese(name: str, kind: str, least: int) -> None:
    assert [e["id"] for e in _entries(name, kind) if re.search("[\u3400-\u9fff]", "".join(e["en"]))] == []


@every_file
def test_no_form_belongs_to_two_entries(name: str, kind: str, least: int) -> None:
    owners = _owners(_entries(name, kind), SURE + UNSURE)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


@every_file
def test_a_form_that_needs_evidence_is_not_listed_as_certain_too(name: str, kind: str, least: int) -> None:
    for entry in _entries(name, kind):
        assert not set(_folded(entry, SURE)) & set(_folded(entry, UNSURE)), entry["id"]
        unsure = list(_folded(entry, UNSURE))
        assert len(unsure) == len(set(unsure)), entry["id"]


@every_file
def test_a_twin_of_a_traditional_form_is_repeated_only_as_the_name_shown(name: str, kind: str, least: int) -> None:
    for entry in _entries(name, kind):
        assert not {fold(form) for form in entry["hans"][1:]} & set(_folded(entry, ("hant",))), entry["id"]


@every_file
def test_a_single_character_never_names_anything_for_certain(name: str, kind: str, least: int) -> None:
    assert [form for form in _owners(_entries(name, kind), SURE) if len(form) == 1] == []


def test_no_form_is_certainly_a_company_and_certainly_a_product() -> None:
    companies = _owners(_entries("companies.toml", "company"), SURE)
    products = _owners(_entries("products.toml", "product"), SURE)
    assert companies.keys() & products.keys() == set()


def test_a_ticker_names_one_company_and_reads_as_no_year() -> None:
    tickers = Counter(t for entry in _entries("companies.toml", "company") for t in entry.get("tickers", []))
    assert [ticker for ticker, times in tickers.items() if times > 1] == []
    assert [ticker for ticker in tickers if len(ticker) == 1 or re.fullmatch(r"(19|20)\d\d", ticker)] == []


@pytest.mark.parametrize(
    ("phrase", "company"),
    [
        ("店家透過網路透露新菜單", "reuters"),
        ("大家努力拓寬山路", "rio-tinto"),
        ("央行擔心高通膨", "qualcomm"),
        ("東南亞科技展在曼谷登場", "nanya"),
        ("他住在南京東路", "jd-com"),
        ("推广汽车租赁", "gac"),
        ("考古队来到三星堆", "samsung"),
        ("典禮來了許多校友", "eli-lilly"),
        ("北京東方博物館開幕", "boe"),
        ("此事轟動全世界報刊", "le-monde"),
        ("前衛報導文學", "the-guardian"),
        ("環境是共同社會資產", "kyodo-news"),
        ("請附上說明報告", "ming-pao"),
        ("二十一世紀互聯網史", "vnet"),
        ("同學作業幫忙檢查", "zuoyebang"),
        ("向國家登記的古蹟", "gudeng"),
        ("中央視察水庫", "cctv"),
        ("將來銀行會更少分行", "next-bank"),
        ("受制裁的俄羅斯石油公司不只一家", "rosneft"),
        ("中國鋁業產能過剩", "chalco"),
        ("大陸集團來台投資", "continental-ag"),
        ("聯合報告由五國撰寫", "united-daily-news"),
        ("世界大同的理想", "tatung"),
        ("提高力道", "kaori"),
    ],
)
def test_a_name_that_hides_in_an_everyday_phrase_is_never_certain(phrase: str, company: str) -> None:
    entry = _company(company)
    assert any(form in fold(phrase) for form in _folded(entry, UNSURE)), "the phrase hides no name: a useless case"
    assert not any(form in fold(phrase) for form in _folded(entry, SURE))


@pytest.mark.parametrize(
    ("company", "forms"),
    [
        ("nvidia", {"輝達", "英偉達", "英伟达"}),
        ("asml", {"艾司摩爾", "阿斯麥"}),
        ("mercedes-benz", {"賓士", "梅赛德斯-奔驰"}),
        ("volkswagen", {"福斯汽車", "大众汽车"}),
        ("morgan-stanley", {"摩根士丹利"}),
        ("foxconn", {"鴻海", "富士康"}),
        ("honeywell", {"漢威聯合", "霍尼韦尔"}),
        ("lloyds-banking", {"駿懋銀行", "劳埃德银行"}),
        ("anz", {"澳盛銀行", "澳新银行"}),
        ("spil", {"矽品精密", "硅品精密"}),
        ("fairchild", {"快捷半導體", "仙童半导体"}),
        ("qatar-investment-authority", {"卡達投資局", "卡塔尔投资局"}),
    ],
)
def test_each_region_has_its_own_name_for_a_company(company: str, forms: set[str]) -> None:
    assert {fold(form) for form in forms} <= set(_folded(_company(company), SURE))
