from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.claims.sentences import pairs, split
from tests.peers import peer_cases


def _split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


def test_a_sentence_ends_at_its_mark() -> None:
    assert _split("渡輪停駛了。明天呢？再說！") == ["渡輪停駛了。", "明天呢？", "再說！"]


def test_a_semicolon_ends_no_sentence() -> None:
    assert len(split("上午修桥；下午通车。")) == 1


def test_repeated_marks_are_one_end() -> None:
    assert _split("真的假的？！好吧。") == ["真的假的？！", "好吧。"]


def test_a_mark_within_a_title_ends_nothing() -> None:
    assert _split("他在讀《誰動了我的茶？》這本書。很厚。") == ["他在讀《誰動了我的茶？》這本書。", "很厚。"]


def test_a_closing_quote_goes_with_its_sentence() -> None:
    assert _split("船長說：「起錨。」眾人歡呼。") == ["船長說：「起錨。」", "眾人歡呼。"]


def test_a_short_question_in_quotes_does_not_end_the_sentence_around_it() -> None:
    assert _split("那句「值得嗎？」讓她想了一夜。天亮了。") == ["那句「值得嗎？」讓她想了一夜。", "天亮了。"]
    assert _split("他问“几点？”，没人回答。") == ["他问“几点？”，没人回答。"]


def test_a_quotation_of_several_sentences_behind_a_colon_stays_whole() -> None:
    assert _split("她答：“先修路。再盖房。”会议结束。") == ["她答：“先修路。再盖房。”", "会议结束。"]


def test_a_quotation_that_stands_alone_is_split() -> None:
    assert _split("“先修路。再盖房。”") == ["“先修路。", "再盖房。”"]


def test_a_quotation_before_its_speaker_is_one_sentence() -> None:
    assert _split("「渡輪還開嗎？」老人問。") == ["「渡輪還開嗎？」老人問。"]


def test_who_says_it_goes_with_the_quotation_before() -> None:
    assert _split("「渡輪不開了。」老人說。天黑了。") == ["「渡輪不開了。」老人說。", "天黑了。"]
    assert _split("“先修路。”他写道，“再盖房。”") == ["“先修路。”他写道，“再盖房。”"]
    assert _split("「渡輪不開了。」老人離開碼頭。") == ["「渡輪不開了。」", "老人離開碼頭。"]
    assert _split("她答：“先修路。”他说，路早就修了。") == ["她答：“先修路。”", "他说，路早就修了。"]


def test_a_remark_in_brackets_is_no_sentence_of_its_own() -> None:
    assert _split("電費漲了（又漲了。）一成。") == ["電費漲了（又漲了。）一成。"]


@pytest.mark.parametrize(
    "text",
    ["水位高 3.5 公尺。", "请看 example.com 的说明。", "出自 U.S. 的报告。", "见 No. 7 附件。", "升级到 v2.10.3。"],
)
def test_a_point_within_a_word_or_number_ends_nothing(text: str) -> None:
    assert len(split(text)) == 1


def test_an_english_sentence_ends_at_its_full_stop() -> None:
    assert _split("The ferry stops. 渡轮停了。") == ["The ferry stops.", "渡轮停了。"]


def test_dots_that_trail_off_end_nothing() -> None:
    assert len(split("然後呢……就沒有了。")) == 1
    assert len(split("well... that was it.")) == 1


def test_a_blank_line_ends_a_sentence() -> None:
    assert _split("第一段\n\n第二段") == ["第一段", "第二段"]


def test_a_quote_that_never_closes_holds_nothing_together() -> None:
    assert _split("他說「走吧。她點頭。") == ["他說「走吧。", "她點頭。"]


def test_pairs_leave_out_what_never_closes() -> None:
    assert pairs("（「好）") == {}
    assert pairs('"a" “b”') == {0: 2, 4: 6}


@given(st.text(alphabet="甲乙。？！!?…；，：「」『』“”（）《》\"'. \n1aA"))
def test_sentences_come_in_order_and_leave_out_nothing_but_space(text: str) -> None:
    spans = split(text)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert "".join("".join(_split(text)).split()) == "".join(text.split())
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)


def test_sentences_are_split_as_peers_split_them() -> None:
    for case in peer_cases("zh_sentences"):
        assert _split(case["text"]) == case["expect"]
