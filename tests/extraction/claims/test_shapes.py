"""Who speaks by how a sentence is built, with verbs that are on no list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.writing import speakers

SAID = "河邊的步道下個月就要封閉"


@pytest.mark.parametrize(
    "sentence",
    [
        f"館長范靜宜賽後擦了擦汗，「{SAID}」。",
        f"「{SAID}，」范靜宜掰著手指頭。",
        f"范靜宜一句「{SAID}」，全場安靜下來。",
    ],
)
def test_who_is_named_beside_a_quotation_says_it(sentence: str) -> None:
    assert set(speakers(sentence, people="范靜宜")) == {"范靜宜"}


def test_the_line_behind_a_quotation_that_only_names_its_speaker_is_the_authors() -> None:
    assert speakers(f"「{SAID}。」范靜宜擦了擦汗。", people="范靜宜") == ["范靜宜", None]


@pytest.mark.parametrize(
    "sentence",
    [
        f"范靜宜把醜話擱在前頭：{SAID}。",
        f"范靜宜倒了杯茶，慢慢開口：{SAID}。",
        "范靜宜排出三個數字：鋪面五公里，護欄兩公里，燈柱八十根。",
        "范靜宜開出的日程更緊：三個月內完工。",
        f"范靜宜的結論很乾脆，{SAID}。",
    ],
)
def test_a_colon_or_a_trait_leads_in_to_what_the_subject_says(sentence: str) -> None:
    assert speakers(sentence, people="范靜宜") == ["范靜宜"]


@pytest.mark.parametrize(
    "sentence",
    [
        f"范靜宜嘆，{SAID}。",
        f"范靜宜估{SAID}。",
        f"范靜宜痛批{SAID}，沒有人問過居民。",
        f"范靜宜在日記裡寫，{SAID}。",
        f"范靜宜直認，{SAID}。",
        "范静宜诉苦，一个人要管三座仓库。",
        "范靜宜算過，一盞路燈一年要三百度電。",
        "范静宜把延误归咎于连日的大雨。",
    ],
)
def test_a_short_verb_of_saying_or_judging_gives_its_subject_the_word(sentence: str) -> None:
    assert set(speakers(sentence, people="范靜宜 范静宜")) <= {"范靜宜", "范静宜"}
    assert None not in speakers(sentence, people="范靜宜 范静宜")


@pytest.mark.parametrize(
    "sentence",
    [
        "范靜宜有三個孩子：老大在花蓮，老二在台東，老三還在讀書。",
        "范靜宜完成了三件事：鋪路，裝燈，種樹。",
        "范靜宜面前攤著一張表：三月虧四萬，四月虧六萬。",
        "范靜宜退休後，步道換了樣子：路燈多了，長椅少了。",
        "范靜宜最得意的作品：一座能拆開運走的橋。",
        "范静宜写，妹妹画，两人出了十本绘本。",
        "范靜宜預算只編了兩百萬，步道一直沒有修。",
        "范静宜斥资八百万买下了河边的仓库。",
        "范静宜负责，其他人都回家了，灯一直亮到半夜。",
        "评委把一等奖颁给了范静宜，奖金五万元。",
        "范静宜的新书上周上市，首印五万册。",
        "范静宜批准了这份八百万的预算。",
    ],
)
def test_who_only_does_something_does_not_speak(sentence: str) -> None:
    assert speakers(sentence, people="范靜宜 范静宜") == [None]


def test_the_author_who_judges_somebody_keeps_the_word() -> None:
    assert speakers("我倒覺得范靜宜太悲觀：步道明年還是會開。", people="范靜宜") == [None]


def test_who_is_asked_is_who_answers() -> None:
    said = "我問范靜宜怕不怕，她搖頭：「怕就不會來修路了。」"
    assert speakers(said, people="范靜宜") == ["范靜宜"]


def test_a_report_that_leads_in_to_a_colon_is_its_companys() -> None:
    said = "青禾航運的報告給出相反的結論：旺季只剩兩個月。"
    assert speakers(said, companies="青禾航運") == ["青禾航運"]


@given(st.text(alphabet="范静宜说算估：，。「」“”:,的一句很了给出", max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    assert all(who in {None, "范静宜"} for who in speakers("范静宜" + text, people="范静宜"))
