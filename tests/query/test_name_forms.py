"""What a name is in a variant: its bearer's own form, or the same syllables in other characters."""

from __future__ import annotations

import pytest

from service.query.answers import EntityAnswer, EntityNames
from service.query.name_forms import Names, own_form

TRUMP = Names("donald-trump", "川普", "特朗普", ("唐納．川普", "唐纳德·特朗普"))
MUSK = Names("elon-musk", "馬斯克", "马斯克", ("伊隆．馬斯克", "埃隆·马斯克"))
NVIDIA = Names("nvidia", "輝達", "英伟达", ("英偉達",))
JAY = Names("jay-chou", "周杰倫", "周杰伦")
YU = Names("yu-qian", "于謙", "于谦")
SU = Names("lisa-su", "蘇姿丰", "苏姿丰")


@pytest.mark.parametrize(
    ("names", "surface", "lang", "form"),
    [
        (TRUMP, "特朗普", "zh-TW", "川普"),
        (TRUMP, "特朗普", "zh-HK", "特朗普"),
        (TRUMP, "特朗普", "zh-Hant", "特朗普"),  # characters only
        (TRUMP, "川普", "zh-CN", "特朗普"),
        (TRUMP, "川普", "zh-Hans", "川普"),
        (TRUMP, "唐纳德·特朗普", "zh-TW", "唐納．川普"),  # with as many parts
        (TRUMP, "唐納．川普", "zh-CN", "唐纳德·特朗普"),
        (MUSK, "马斯克", "zh-TW", "馬斯克"),
        (MUSK, "马斯克", "zh-HK", "馬斯克"),
        (MUSK, "埃隆·马斯克", "zh-TW", "伊隆．馬斯克"),
        (NVIDIA, "英伟达", "zh-TW", "輝達"),
        (NVIDIA, "英伟达", "zh-HK", "英偉達"),
        (NVIDIA, "輝達", "zh-CN", "英伟达"),
        (NVIDIA, "輝達", "zh-Hans", "辉达"),
        (JAY, "周杰伦", "zh-Hant", "周杰倫"),
        (YU, "于谦", "zh-TW", "于謙"),
        (SU, "苏姿丰", "zh-HK", "蘇姿丰"),
        (SU, "蘇姿丰", "zh-CN", "苏姿丰"),
        (Names("nobody", None, None), "约翰", "zh-TW", "約翰"),
    ],
)
def test_a_name_comes_in_the_form_of_its_readers(names: Names, surface: str, lang: str, form: str) -> None:
    assert names.form(surface, lang) == form


def test_an_editor_s_name_outranks_the_lexicon_s() -> None:
    assert Names("nvidia", "輝達公司", "英伟达").form("英伟达", "zh-TW") == "輝達公司"


@pytest.mark.parametrize(
    ("lang", "name"),
    [("zh-TW", "川普"), ("zh-Hant", "川普"), ("zh-HK", "特朗普"), ("zh-CN", "特朗普"), ("zh-Hans", "特朗普")],
)
def test_an_entity_is_called_by_its_name_there(lang: str, name: str) -> None:
    names = EntityNames(hant="川普", hans="特朗普", en="Donald Trump")
    answer = EntityAnswer(id="donald-trump", kind="person", name="川普", names=names)
    assert own_form(answer, lang) == name


def test_a_name_without_a_form_there_changes_its_characters() -> None:
    answer = EntityAnswer(id="lin", kind="person", name="林若溪", names=EntityNames(hant="林若溪"))
    assert own_form(answer, "zh-CN") == "林若溪"
    port = EntityAnswer(id="port", kind="company", name="海豐港務", names=EntityNames(hant="海豐港務"))
    assert own_form(port, "zh-CN") == "海丰港务"
