"""OpenCC, as its own project tests it: every configuration that is called here."""

from __future__ import annotations

import pytest

from service.script.conversion import characters, convert, convert_each, shinjitai
from tests.peers import peer_cases

CALLED = ("s2t", "s2tw", "s2hk", "t2s", "tw2s", "hk2s", "t2tw", "t2hk", "jp2t")


@pytest.mark.parametrize("config", CALLED)
def test_the_peers_cases_of_a_configuration_hold(config: str) -> None:
    cases = [case for case in peer_cases("opencc") if case["config"] == config]
    wrong = [case for case in cases if convert(case["input"], config) != case["expect"]]
    assert wrong == []


def test_no_configuration_for_characters_changes_the_length() -> None:
    text = "头发发展，里面有一只猫；穿着乾隆年间的衣服，說這裡沒有問題。"
    assert {config: len(convert(text, config)) for config in CALLED} == dict.fromkeys(CALLED, len(text))


def test_parts_are_converted_apart() -> None:
    assert convert_each(["头", "发"], "s2tw") == ["頭", "發"]
    assert convert("头发", "s2tw") == "頭髮"


def test_single_characters_come_with_what_they_become() -> None:
    assert characters("t2s")["馬"] == "马"
    assert "马" not in characters("t2s")


@pytest.mark.parametrize("character", "芸浜予弁欠缶説")
def test_what_chinese_writes_is_not_japanese_alone(character: str) -> None:
    assert character not in shinjitai()
