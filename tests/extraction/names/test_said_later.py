"""People told by what they say, with when, where and how they say it in between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.names import find_names
from service.lexicon.name_cues import speech_later
from service.model import EntityKind
from tests.extraction.prose import document


def people(*paragraphs: str) -> set[str]:
    """The surfaces of the people found."""
    return {m.surface for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.PERSON}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("許和平昨晚受訪時透露，球隊已經談妥合約。", "許和平"),
        ("蘇慧敏語帶保留，認為票價至少要漲兩成。", "蘇慧敏"),
        ("邱明月在臉書發文說，她不會退選。", "邱明月"),
        ("副署長羅一心昨日說明，新制不影響補助。", "羅一心"),
        ("林小燕昨天在直播中哭著說，不玩了。", "林小燕"),
        ("我的導師是范以寧。", "范以寧"),
        ("副署長江孟潔解釋，港口由公家出錢。", "江孟潔"),
        ("財政學者岑立群主張先從空屋開始收。", "岑立群"),
    ],
)
def test_when_where_and_how_may_stand_between_a_name_and_what_its_bearer_says(text: str, name: str) -> None:
    assert name in people(text)


@pytest.mark.parametrize("text", ["雷雨昨晚透露出一點涼意。", "花蓮昨晚證實一起病例。", "線程安全的說法很多。"])
def test_what_is_no_name_is_none_however_it_goes_on(text: str) -> None:
    assert people(text) == set()


def test_a_courtesy_belongs_to_a_family_name_of_japan() -> None:
    assert "長谷川女士" in people("窗口的長谷川女士只表示今年會再評估。")


@given(st.text(alphabet="昨晚在上受訪時低聲地著說表示,的張 ", max_size=40))
def test_what_says_something_later_ends_in_a_verb_of_saying(text: str) -> None:
    match = speech_later().match(text)
    assert match is None or match[0].endswith(("說", "说", "表示"))
