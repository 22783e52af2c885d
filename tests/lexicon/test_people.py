"""The people of the lexicon, as data: complete, in order, and naming nobody twice."""

from __future__ import annotations

import re

import pytest

from service import lexicon
from service.lexicon.names import Strength, entries, fold_name, lookup, scan
from service.model import EntityKind, Script
from service.script import detect

PEOPLE = [entry for entry in entries().values() if entry.kind is EntityKind.PERSON]


def test_there_are_people_enough() -> None:
    assert len(PEOPLE) >= 1_500


UNSIMPLIFIED = {"郭明錤", "姜峯楠"}  # mainland media keep 錤, whose simplified form no font has, and his own 峯
UNTRADITIONAL = {"彭双浪"}  # his own way to write 雙


def test_every_id_is_a_slug_and_every_person_has_an_english_name() -> None:
    assert [person.id for person in PEOPLE if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", person.id)] == []
    assert [person.id for person in PEOPLE if not person.en] == []
    assert [person.id for person in PEOPLE if person.hant and not person.hans] == []


def test_names_stand_under_the_script_they_are_written_in() -> None:
    assert _written_in(Script.HANS, "hant") <= UNTRADITIONAL
    assert _written_in(Script.HANT, "hans") <= UNSIMPLIFIED
    assert [name for person in PEOPLE for name in person.en if re.search("[\u3400-\u9fff]", name)] == []


def _written_in(script: Script, field: str) -> set[str]:
    """Return the names of a field of all people that are written in `script`."""
    return {name for person in PEOPLE for name in getattr(person, field) if detect(name) is script}


def test_no_full_form_names_two() -> None:
    """Not even without the points of foreign names, in the other script or in other widths."""
    owners: dict[str, set[str]] = {}
    for entry in entries().values():
        for form, strength in entry.forms():
            if strength is Strength.FULL:
                owners.setdefault(fold_name(form).replace("·", ""), set()).add(entry.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_a_list_of_names_holds_none_twice() -> None:
    for person in PEOPLE:
        for forms in (person.en, person.hant, person.hans, person.short, person.ambiguous):
            assert len(forms) == len(set(forms)), person.id


def test_a_single_character_never_names_anybody() -> None:
    assert [form for person in PEOPLE for form, _ in person.forms() if len(form) == 1] == []


def test_a_personal_name_of_two_characters_that_many_bear_needs_evidence() -> None:
    for name in ("王毅", "李強", "王石", "李娜", "余華", "張勇"):
        assert {bearer.strength for bearer in lookup(name)} == {Strength.AMBIGUOUS}, name


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
        ("歐巴馬", "barack-obama"),
        ("奧巴馬", "barack-obama"),
        ("季辛吉", "henry-kissinger"),
        ("賓拉登", "osama-bin-laden"),
        ("本·拉登", "osama-bin-laden"),
        ("柴契爾夫人", "margaret-thatcher"),
        ("戴卓爾夫人", "margaret-thatcher"),
        ("撒切尔夫人", "margaret-thatcher"),
        ("納坦雅胡", "benjamin-netanyahu"),
        ("内塔尼亚胡", "benjamin-netanyahu"),
        ("辛偉誠", "rishi-sunak"),
        ("苏纳克", "rishi-sunak"),
        ("杜魯道", "justin-trudeau"),
        ("特魯多", "justin-trudeau"),
        ("海耶克", "friedrich-hayek"),
        ("哈耶克", "friedrich-hayek"),
        ("馬奎斯", "gabriel-garcia-marquez"),
        ("加西亚·马尔克斯", "gabriel-garcia-marquez"),
        ("梵谷", "vincent-van-gogh"),
        ("凡高", "vincent-van-gogh"),
        ("翁山蘇姬", "aung-san-suu-kyi"),
        ("昂山素季", "aung-san-suu-kyi"),
        ("薛丁格", "erwin-schrodinger"),
        ("薛定谔", "erwin-schrodinger"),
    ],
)
def test_regional_names_lead_to_one_person(name: str, ident: str) -> None:
    assert [bearer.entry.id for bearer in lookup(name)] == [ident]


def test_lists_of_cues_hold_no_word_twice() -> None:
    for name, words in lexicon.read("name_cues.toml").items():
        if isinstance(words, list) and name != "guard":
            assert len(words) == len(set(words)), name


@pytest.mark.parametrize(
    ("phrase", "ident"),
    [
        ("兩旁種滿松柏楊柳", "bo-yang"),
        ("這一季連戰皆捷", "lien-chan"),
        ("父母望子成龍", "jackie-chan"),
        ("健身房在阿特拉斯大樓", "liz-truss"),
        ("胡志明市的機車", "ho-chi-minh"),
        ("船沿韓江而下", "han-kang"),
        ("力的單位是牛頓", "isaac-newton"),
        ("老爺開林肯轎車", "abraham-lincoln"),
        ("海珊瑚在白化", "saddam-hussein"),
        ("科斯岛在爱琴海", "ronald-coase"),
        ("但丁字尺更常用", "dante-alighieri"),
        ("印度甘地機場", "mahatma-gandhi"),
        ("帕斯卡是壓力單位", "blaise-pascal"),
        ("卡特彼勒的挖土機", "jimmy-carter"),
    ],
)
def test_a_name_that_is_also_something_else_never_stands_for_certain(phrase: str, ident: str) -> None:
    forms = [fold_name(form) for form, _ in entries()[ident].forms()]
    assert any(form in fold_name(phrase) for form in forms), "the phrase hides no name: a useless case"
    sure = {of.entry.id for hit in scan(phrase) for of in hit.bearers if of.strength is Strength.FULL}
    assert ident not in sure
