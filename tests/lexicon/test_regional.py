"""The regional words: groups of true equivalents, each word in one group only, none of them ambiguous unmarked."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from service.lexicon import read
from service.lexicon.regional import REGIONS, Group, excluded, groups, wording
from service.model import Script
from service.script import detect, fold

KEYS = {*REGIONS, "en", "ambiguous", "compare", "render"}
ONE_CHARACTER = {fold("矽"), fold("硅")}
HAN = re.compile("[\u3400-\u9fff]")


def _chinese(group: Group) -> set[str]:
    return {fold(word) for word in group.words if word not in group.english}


def _all(group: Group) -> set[str]:
    return {fold(word) for word in group.words}


def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = read("regional.toml")["word"]
    return entries


def test_there_are_enough_groups_that_the_regions_say_differently() -> None:
    assert sum(len(_chinese(group)) > 1 for group in groups()) >= 700


def test_enough_groups_differ_only_in_english_and_chinese() -> None:
    assert sum(len(_chinese(group)) == 1 for group in groups()) >= 60


def test_every_group_has_a_word_for_taiwan_and_for_the_mainland() -> None:
    for entry in _entries():
        assert entry.keys() <= KEYS, entry
        assert entry["tw"], entry
        assert entry["cn"], entry
    assert all(word == word.strip() != "" for group in groups() for word in group.words)


def test_a_group_that_folds_to_one_word_says_nothing() -> None:
    assert [group for group in groups() if len(_all(group)) < 2] == []


def test_no_word_is_in_two_groups() -> None:
    counts = Counter(word for group in groups() for word in _all(group))
    assert [word for word, times in counts.items() if times > 1] == []


def test_no_list_names_a_word_twice() -> None:
    for group in groups():
        for words in (*group.forms.values(), group.english):
            assert len({fold(word) for word in words}) == len(words), group


def test_words_are_in_the_script_of_their_region() -> None:
    for group in groups():
        for region, words in group.forms.items():
            other = Script.HANS if region in ("tw", "hk") else Script.HANT
            assert all(detect(word) is not other for word in words), group


def test_chinese_words_have_two_characters_or_more_and_english_has_none() -> None:
    for group in groups():
        assert [word for word in _chinese(group) if len(word) < 2 and word not in ONE_CHARACTER] == []
        assert [word for word in group.english if HAN.search(word)] == []


def test_marks_are_of_words_and_regions_that_the_group_has() -> None:
    for group in groups():
        assert group.ambiguous <= set(group.words), group
        assert group.render <= set(REGIONS), group
        unmarked = {fold(word) for word in group.words if word not in group.ambiguous}
        assert unmarked.isdisjoint(map(fold, group.ambiguous)), group


def test_one_line_holds_one_group_and_lines_are_sorted_by_the_mainlands_word() -> None:
    lines = files("service.lexicon").joinpath("regional.toml").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("  { tw = ") for line in lines) == len(groups())
    section: list[str] = []
    for line in [*lines, "  # --- end"]:
        if line.startswith("  # --- "):
            assert section == sorted(section)
            section = []
        elif found := re.search(r' cn = \["([^"]+)"', line):
            section.append(fold(found[1]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("資料中心", "数据中心"),
        ("執行長", "首席执行官"),
        ("矽", "silicon"),
        ("計程車", "的士"),
        ("月球", "moon"),
        ("伺服器叢集", "服务器集群"),
        ("空氣品質", "空气质量"),
        ("憂鬱症", "抑郁症"),
        ("肯亞", "肯尼亚"),
    ],
)
def test_one_thing_is_found_under_both_words(one: str, other: str) -> None:
    assert any({fold(one), fold(other)} <= set(map(fold, group.compared)) for group in groups())


@pytest.mark.parametrize("word", ["质量", "程序", "资料", "项目", "土豆", "窝心", "公车", "影片", "登录", "space"])
def test_a_word_whose_meaning_hangs_on_its_context_is_left_out_with_a_reason(word: str) -> None:
    assert {fold(one): why for one, why in excluded().items()}[fold(word)]


def test_no_word_that_is_left_out_is_compared() -> None:
    left_out = set(map(fold, excluded()))
    assert [group.compared for group in groups() if left_out & set(map(fold, group.compared))] == []


@pytest.mark.parametrize("region", REGIONS)
def test_no_word_that_is_left_out_is_replaced(region: str) -> None:
    left_out = set(map(fold, excluded())) - {fold("登录")}  # written in Simplified it is to log in, and nothing else
    assert left_out.isdisjoint(map(fold, wording(region)))


def test_an_ambiguous_word_is_given_to_its_own_readers_and_taken_from_nobody() -> None:
    assert wording("tw")["调制解调器"] == "數據機"
    assert "數據機" not in wording("cn")
    assert wording("cn")["專案"] == "项目"
    assert not {"项目", "項目"} & wording("tw").keys()


@pytest.mark.parametrize("region", REGIONS)
def test_a_reader_gets_a_word_of_the_own_region_and_keeps_it(region: str) -> None:
    for word, own in wording(region).items():
        assert any(own in group.of(region) and word in group.words for group in groups())
        assert own not in wording(region)


def test_longer_words_come_first() -> None:
    lengths = [len(word) for word in wording("tw")]
    assert lengths == sorted(lengths, reverse=True)


def test_a_name_that_is_a_word_elsewhere_is_not_replaced() -> None:
    assert "捷運" not in wording("cn")
    assert "地铁" not in wording("tw")


def test_regions_without_a_word_of_their_own_use_their_neighbours() -> None:
    (group,) = (group for group in groups() if "計程車" in group.words)
    assert [group.of(region)[0] for region in REGIONS] == ["計程車", "的士", "出租车", "德士"]
    (other,) = (group for group in groups() if "韌體" in group.words)
    assert other.of("sg") == other.of("cn")
