"""What a site lists counts before what is shipped, and only the names that a text uses have a say in it."""

from __future__ import annotations

import pytest

from service.lexicon.names import Lexicon, is_shipped_on, lookup, shipped
from service.lexicon.site_lexicon import lexicon_of, used
from service.model import SiteName

_TEA = SiteName("company", ("翠峰茶行", "翠峰"))
_MAYOR = SiteName("person", ("賴鎮長",))


def test_a_listed_name_of_one_whom_everybody_knows_is_the_same_one() -> None:
    ours = SiteName("company", ("台積電", "護國神山"))
    (hit,) = lexicon_of((ours,)).scan("護國神山蓋新廠")
    assert hit.bearers[0].key == lookup("台積電")[0].entry.id


def test_what_the_site_says_of_a_form_counts() -> None:
    ours = SiteName("person", ("蘋果",), "apple-chen")
    (hit,) = lexicon_of((ours,)).scan("蘋果說她會來")
    assert [of.key for of in hit.bearers] == ["apple-chen"]


def test_a_site_that_lists_nobody_has_the_shipped_lexicon() -> None:
    assert lexicon_of(()) is shipped()


def test_names_count_for_a_text_only_where_it_uses_them_in_either_script() -> None:
    names = (_TEA, _MAYOR)
    assert used(names, "翠峰茶行与赖镇长") == [_TEA, _MAYOR]
    assert used(names, "翠峰的茶") == [_TEA]
    assert used(names, "什麼也沒有") == []


def test_an_empty_lexicon_knows_nobody() -> None:
    assert Lexicon(()).scan("台積電與 OpenAI 的馬斯克") == ()


@pytest.mark.parametrize(("value", "on"), [("off", False), ("OFF", False), ("on", True), ("", True)])
def test_the_shipped_lexicon_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, value: str, on: bool) -> None:
    monkeypatch.setenv("WENMAI_LEXICON", value)
    assert is_shipped_on() is on
