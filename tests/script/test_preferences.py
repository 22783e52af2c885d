"""A site's own words: protected or preferred, as its file says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import ContentError
from service.script import Preferences, Renderer

WRITTEN = """
[render]
protect = ["软实力周刊", "里仁"]

[render.prefer.zh-TW]
"视频" = "影音"

[render.prefer.zh-CN]
"資料中心" = "机房"
"""


def test_words_of_the_file_outrank_everything() -> None:
    own = Preferences.parse(WRITTEN)
    taiwan = Renderer.of("zh-TW", own.forms("zh-TW"))
    assert taiwan.render("软实力周刊的视频在里仁书店里") == "软实力周刊的影音在里仁書店裡"
    assert Renderer.of("zh-CN", own.forms("zh-CN")).render("這座資料中心很舊") == "这座机房很旧"


def test_a_variant_that_is_not_named_has_the_protected_words_alone() -> None:
    assert Preferences.parse(WRITTEN).forms("zh-HK") == {"软实力周刊": "软实力周刊", "里仁": "里仁"}


def test_what_is_stored_comes_back() -> None:
    own = Preferences.parse(WRITTEN)
    assert Preferences.of(own.stored()) == own


def test_a_file_about_something_else_says_nothing() -> None:
    assert Preferences.parse("[other]\nkey = 1") == Preferences()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[render", "cannot be read"),
        ("render = 1", "must be a table"),
        ('[render]\nprotect = "里仁"', "protect must be a list"),
        ('[render]\nprotect = [""]', "protect must be a list"),
        ("[render]\nprefer = []", "prefer must be a table"),
        ('[render.prefer.zh-XX]\n"a" = "b"', "no variant zh-XX"),
        ('[render.prefer.zh-TW]\n"视频" = 1', "prefer.zh-TW must be a table of words"),
    ],
)
def test_what_is_wrong_is_said(text: str, reason: str) -> None:
    with pytest.raises(ContentError, match=reason):
        Preferences.parse(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["protect", "prefer", "zh-TW"]), inner),
)


@given(JSON)
def test_any_stored_value_is_read(stored: object) -> None:
    forms = Preferences.of(stored).forms("zh-TW")
    assert all(isinstance(word, str) and isinstance(form, str) for word, form in forms.items())
