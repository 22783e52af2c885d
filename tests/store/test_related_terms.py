"""What tells an article from others: names, tags, words and counts, alike in either script."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.script import fold, render
from service.store.related_postings import HEAVIEST
from service.store.related_terms import ENTITY, EVENT, LINK, TAG, Term, number, related_terms
from service.store.related_words import as_term, words

Row = dict[str, Any]
BODY = "新碼頭的伺服器泡了水，港務公司的工程師說要花三個月。起重機還能用，起重機的司機都在喝茶。"


def article(title: str, body: str, **values: Any) -> Row:
    text = f"{title}\n\n{body}"
    row: Row = {"path": "posts/a.md", "tags": [], "categories": [], "description": None, "original_url": None}
    return row | {"title": title, "text": text, "folded": fold(text), "fixed": [[0, len(title)]]} | values


def told(row: Row, **facts: list[Row]) -> dict[str, Term]:
    terms, _ = related_terms(row, facts)
    return {term.shown: term for term in terms}


def test_the_title_and_what_is_said_often_weigh_most() -> None:
    found = told(article("起重機", BODY))
    assert max(found.values(), key=lambda term: term.weight).shown == "起重機"
    assert "三個月" not in found
    assert "都在" not in found


def test_an_article_has_the_same_terms_in_either_script_and_region() -> None:
    turned = render(BODY, "zh-CN")
    assert "服务器" in turned
    here, there = article("碼頭", BODY), article("码头", turned)
    assert {one.number for one in related_terms(here, {})[0]} == {one.number for one in related_terms(there, {})[0]}


def test_a_tag_meets_the_word_it_is() -> None:
    tagged = told(article("筆記", "今天很熱。", tags=["起重機"]))["起重機"]
    worded = told(article("筆記", BODY))["起重機"]
    assert tagged.number == worded.number
    assert (tagged.kinds, worded.kinds) == (TAG, 0)


def test_a_name_is_one_term_with_its_first_mention() -> None:
    row = article("港務", BODY)
    start = row["text"].index("港務公司")
    mention = {"ordinal": 3, "name": "港務公司", "key": None, "surface": "港務公司", "claim_id": None}
    found = told(row, mention=[mention | {"start": start, "end": start + 4}])["港務公司"]
    assert (found.kinds, found.mention, found.number) == (ENTITY, 3, number(as_term(fold("港務公司"))))


def test_an_event_is_who_and_how_much_in_any_unit_and_script() -> None:
    def event(body: str, low: float, unit: str) -> set[int]:
        row = article("碼頭", body)
        start = row["text"].index(body[:2])
        mention = {"ordinal": 0, "name": body[:2], "key": None, "surface": body[:2], "start": start, "end": start + 2}
        claim = {"id": "c", "folded": fold(body), "ordinal": 0}
        figure = {"claim_id": "c", "unit": unit, "low": low, "high": low, "ordinal": 0}
        found = told(row, mention=[mention | {"claim_id": "c"}], claim=[claim], figure=[figure])
        return {term.number for term in found.values() if term.kinds == EVENT}

    here = event("東港停了三年", 3.0, "year")
    assert here == event("东港停了三十六个月", 36.0, "month")
    assert len(here) == 2
    assert len(here & event("東港停了九年", 9.0, "year")) == 1  # of the same thing, but another amount


def test_addresses_elsewhere_are_terms_whatever_leads_there() -> None:
    def links(*targets: str, original: str | None = None) -> set[int]:
        row = article("連結", BODY, original_url=original)
        found = told(row, link=[{"target": target, "ordinal": n} for n, target in enumerate(targets)])
        return {term.number for term in found.values() if term.kinds == LINK}

    assert (
        links("https://www.example.org/a/#top")
        == links("http://example.org/a")
        == links(original="https://example.org/a?b")
    )
    assert links("https://example.org") == links("notes/b.md") == set()


def test_a_section_page_weighs_half() -> None:
    post, page = article("起重機", BODY), article("起重機", BODY, path="content/_index.md")
    assert told(page)["起重機"].weight <= told(post)["起重機"].weight / 2 + 1


def test_words_of_regions_are_one_wherever_the_segmenter_cuts() -> None:
    assert words("资料中心的服务器") == words("数据中心的伺服器")


@given(st.text(max_size=300))
def test_any_text_has_terms_that_can_be_stored(text: str) -> None:
    terms, _ = related_terms(article(text[:20], text, tags=[text[:30]]), {})
    numbers = [term.number for term in terms]
    assert len(set(numbers)) == len(numbers) <= 44
    assert all(-(1 << 31) <= one < 1 << 31 for one in numbers)
    assert all(0 < term.weight <= HEAVIEST for term in terms)
