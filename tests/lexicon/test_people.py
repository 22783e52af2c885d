"""The people of the lexicon, as data: complete, in order, and naming nobody twice."""

from __future__ import annotations

import re

import pytest

from service import lexicon
from service.lexicon.names import LexiconName, entries, fold_name, lookup
from service.model import EntityKind, Script
from service.script import detect

PEOPLE = [entry for entry in entries().values() if entry.kind is EntityKind.PERSON]


def test_there_are_people_enough() -> None:
    assert len(PEOPLE) >= 170


UNSIMPLIFIED = {"郭明錤"}  # mainland media keep 錤, whose simplified form no font has


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: str(person.id))
def test_an_id_is_a_slug_and_names_stand_under_their_script(person: LexiconName) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", person.id)
    assert person.en
    assert bool(person.hans) or not person.hant
    assert [name for name in person.hant[:1] if detect(name) is Script.HANS] == []
    assert [name for name in person.hans[:1] if detect(name) is Script.HANT and name not in UNSIMPLIFIED] == []


def test_no_full_form_names_two() -> None:
    owners: dict[str, set[str]] = {}
    for entry in entries().values():
        for form, strength in entry.forms():
            if strength == 0:
                owners.setdefault(fold_name(form), set()).add(entry.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("蘇姿丰", "lisa-su"),
        ("于謙", "yu-qian"),
        ("周杰伦", "jay-chou"),
        ("埃隆·马斯克", "elon-musk"),
        ("伊隆．馬斯克", "elon-musk"),
        ("扎克伯格", "mark-zuckerberg"),
        ("祖克柏", "mark-zuckerberg"),
        ("特朗普", "donald-trump"),
        ("川普", "donald-trump"),
    ],
)
def test_regional_names_lead_to_one_person(name: str, ident: str) -> None:
    assert [bearer.entry.id for bearer in lookup(name)] == [ident]


def test_lists_of_cues_hold_no_word_twice() -> None:
    for name, words in lexicon.read("name_cues.toml").items():
        if isinstance(words, list) and name != "guard":
            assert len(words) == len(set(words)), name
