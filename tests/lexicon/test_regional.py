"""The regional words: groups of true equivalents, each word in one group only."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from service.lexicon import read
from service.model import Script
from service.script import detect, fold

CHINESE = ("tw", "hk", "cn")
KEYS = (*CHINESE, "en")
ONE_CHARACTER = {fold("矽"), fold("硅")}
HAN = re.compile("[\u3400-\u9fff]")


def _groups() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = read("regional.toml")["word"]
    return groups


def _forms(group: dict[str, Any], keys: tuple[str, ...] = KEYS) -> set[str]:
    return {fold(form) for key in keys for form in group.get(key, [])}


def test_there_are_enough_groups() -> None:
    assert len(_groups()) >= 150


def test_enough_groups_differ_only_in_english_and_chinese() -> None:
    assert sum(len(_forms(group, CHINESE)) == 1 for group in _groups()) >= 60


def test_every_group_has_a_word_for_taiwan_and_for_the_mainland() -> None:
    for group in _groups():
        assert group.keys() <= set(KEYS), group
        assert group["tw"], group
        assert group["cn"], group
        assert all(form == form.strip() != "" for key in group for form in group[key]), group


def test_a_group_that_folds_to_one_word_says_nothing() -> None:
    assert [group for group in _groups() if len(_forms(group)) < 2] == []


def test_no_word_is_in_two_groups() -> None:
    counts = Counter(form for group in _groups() for form in _forms(group))
    assert [form for form, times in counts.items() if times > 1] == []


def test_no_list_names_a_word_twice() -> None:
    for group in _groups():
        for key in group:
            assert len({fold(form) for form in group[key]}) == len(group[key]), group


def test_words_are_in_the_script_of_their_region() -> None:
    for group in _groups():
        assert all(detect(form) is not Script.HANS for key in ("tw", "hk") for form in group.get(key, [])), group
        assert all(detect(form) is not Script.HANT for form in group["cn"]), group


def test_chinese_words_have_two_characters_or_more_and_english_has_none() -> None:
    for group in _groups():
        assert [f for f in _forms(group, CHINESE) if len(f) < 2 and f not in ONE_CHARACTER] == []
        assert [form for form in group.get("en", []) if HAN.search(form)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("資料中心", "数据中心"), ("執行長", "首席执行官"), ("矽", "silicon"), ("計程車", "的士"), ("月球", "moon")],
)
def test_one_thing_is_found_under_both_words(one: str, other: str) -> None:
    assert any({fold(one), fold(other)} <= _forms(group) for group in _groups())


@pytest.mark.parametrize("word", ["质量", "程序", "资料", "项目", "兆", "space", "transformer"])
def test_a_word_whose_meaning_hangs_on_its_context_is_left_out(word: str) -> None:
    assert not any(fold(word) in _forms(group) for group in _groups())
