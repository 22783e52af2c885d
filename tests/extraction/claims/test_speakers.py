from __future__ import annotations

import pytest

from tests.extraction.writing import claims, heading, item, sayings, speakers

DIGEST = "這篇訪談整理自廣播節目。"


@pytest.mark.parametrize(
    "sentence",
    [
        "林若川表示，港口的吞吐量去年少了一成。",
        "林若川在年度說明會上指出，港口的吞吐量少了一成。",
        "據林若川估計，港口的吞吐量少了一成。",
        "在林若川看來，港口的吞吐量太少了。",
        "林若川的判斷是：港口的吞吐量還會再少一成。",
        "林若川（Lin Jo-chuan）坦言，港口的吞吐量少了一成。",
        "不過林若川並不認為港口會關閉。",
        "林若川：港口的吞吐量少了一成。",
        "專訪林若川：港口的吞吐量少了一成。",
    ],
)
def test_the_subject_of_a_verb_of_saying_speaks(sentence: str) -> None:
    assert speakers(sentence, people="林若川") == ["林若川"]


@pytest.mark.parametrize(
    "sentence",
    [
        "港口的吞吐量少了一成，林若川說。",
        "林若川公布，港口的吞吐量少了一成。",
        "林若川給了一個很短的解釋：港口的吞吐量少了一成。",
        "林若川走訪了三座港口，發現吞吐量都在下降。",
        "「港口的吞吐量還在下降。」林若川說。",
        "「吞吐量還在下降，」林若川表示，「而且沒有人在意。」",
    ],
)
def test_the_speaker_may_stand_behind_or_far_before_what_is_said(sentence: str) -> None:
    assert speakers(sentence, people="林若川") == ["林若川"]


@pytest.mark.parametrize(
    "sentence",
    [
        "《海灣日報》引述林若川的話稱，港口的吞吐量少了一成。",
        "据《海湾日报》报道，青禾航运董事长林若川表示，吞吐量少了一成。",
        "《海灣日報》援引林若川說，港口的吞吐量少了一成。",
    ],
)
def test_of_a_report_of_a_report_the_one_reported_speaks(sentence: str) -> None:
    assert speakers(sentence, people="林若川", companies="海灣日報 海湾日报 青禾航运") == ["林若川"]


def test_who_says_that_somebody_said_something_speaks() -> None:
    assert speakers("周嵐說，陳嶼認為橋該拆。", people="周嵐 陳嶼") == ["周嵐"]


def test_the_former_and_the_latter_are_told_apart() -> None:
    met = "周嵐見了陳嶼。"
    assert speakers(met, "前者認為橋該拆。", people="周嵐 陳嶼")[-1] == "周嵐"
    assert speakers(met, "后者认为桥该留。", people="周嵐 陳嶼")[-1] == "陳嶼"


def test_this_gentleman_and_this_company_are_who_was_named() -> None:
    assert speakers("陈屿上午到了现场。这位老船长说，水位还在涨。", people="陈屿")[-1] == "陈屿"
    assert speakers("青禾航运换了船。该公司宣布，明年停飞三条航线。", companies="青禾航运")[-1] == "青禾航运"


def test_a_company_that_issues_a_statement_says_what_it_stresses() -> None:
    found = speakers("青禾航運事後發出聲明，強調航線不會停飛。", companies="青禾航運")
    assert found == ["青禾航運"]


@pytest.mark.parametrize(
    "sentence",
    [
        "林若川昨天抵達了港口。",
        "這是林若川寫的第一本小說。",
        "林若川沒有說明港口何時重開。",
        "林若川被問到港口的前景，場面有點尷尬。",
        "林若川的律師說，文件都齊了。",
        "記者在林若川家門口說，文件都齊了。",
        "林若川說過的話，後來都被寫進了課本。",
        "有人說林若川早就離開了港口。",
        "在談到港口時，林若川的手在發抖。",
    ],
)
def test_who_is_only_spoken_of_does_not_speak(sentence: str) -> None:
    assert speakers(sentence, people="林若川") == [None]


def test_a_company_announces_and_the_press_reports() -> None:
    assert speakers("青禾航运宣布，明年停飞三条航线。", companies="青禾航运") == ["青禾航运"]
    assert speakers("海湾日报报道，港口已经停工。", companies="海湾日报") == ["海湾日报"]
    assert speakers("青禾航运的年报显示，货量少了一成。", companies="青禾航运") == ["青禾航运"]
    assert speakers("青禾航运的对手宣布停飞。", companies="青禾航运") == [None]


def test_what_a_company_expects_is_not_put_in_its_mouth() -> None:
    assert speakers("青禾航运预计明年停飞三条航线。", companies="青禾航运") == [None]


def test_a_pronoun_is_the_person_last_spoken_of() -> None:
    found = speakers("陈屿上午到了现场。他说，水位还在涨。", people="陈屿 周岚")
    assert found == [None, "陈屿"]
    found = speakers("陈屿问了周岚一句。周岚笑了。她说，水位还在涨。", people="陈屿 周岚")
    assert found[-1] == "周岚"


def test_qita_is_no_pronoun() -> None:
    assert speakers("陈屿到了现场。其他说法都没有根据。", people="陈屿") == [None, None]


def test_a_pronoun_behind_an_unnamed_speaker_names_nobody() -> None:
    assert speakers("陈屿到了现场。工程师说，水位还在涨。他还提到，泵坏了。", people="陈屿") == [None, None, None]


def test_a_quotation_is_spoken_by_who_led_in_to_it() -> None:
    found = claims("周嵐說得很乾脆：", "「這座橋十年前就該拆了。」", people="周嵐", quoted=frozenset({1}))
    assert [(claim.speaker and claim.speaker.surface, claim.quote) for claim in found][-1] == ("周嵐", True)


def test_the_items_behind_a_lead_in_are_its_speakers() -> None:
    found = speakers("周嵐說，拆橋要先做完三件事：", item("封路要封足兩天"), item("河面要清空"), people="周嵐")
    assert found == ["周嵐"] * 3


def test_in_an_essay_the_next_sentence_is_the_authors() -> None:
    assert speakers("周嵐說橋該拆。橋墩已經裂了兩公分。", people="周嵐") == ["周嵐", None]


def _digest(*pieces: str) -> list[tuple[str | None, str]]:
    start = (DIGEST, "周嵐認為橋該拆。", "周嵐指出河道太窄。", "周嵐估計要拆三年。")
    return sayings(*start, *pieces, people="周嵐 陳嶼")[4:]


def test_in_a_digest_the_speaker_keeps_the_floor() -> None:
    found = _digest("周嵐提到舊橋的歷史。橋墩在日治時期就打好了。", "河面每年淤高五公分。")
    assert [who for who, _ in found] == ["周嵐"] * 3


def test_the_author_takes_the_floor_in_the_first_person() -> None:
    found = _digest("周嵐提到舊橋的歷史。我覺得這個理由很薄弱。橋墩其實還很結實。")
    assert [who for who, _ in found] == ["周嵐", None, None]


def test_a_paragraph_that_points_back_is_the_authors() -> None:
    assert [who for who, _ in _digest("周嵐提到舊橋的歷史。", "這番話在地方上引起不少反彈。")] == ["周嵐", None]


def test_another_speaker_takes_the_floor() -> None:
    found = _digest("周嵐提到舊橋的歷史。陳嶼反駁：舊橋根本沒有歷史。那只是座便橋。")
    assert [who for who, _ in found] == ["周嵐", "陳嶼", "陳嶼"]


def test_a_section_of_the_authors_own_is_the_authors() -> None:
    start = (DIGEST, "周嵐認為橋該拆。", "周嵐指出河道太窄。", "周嵐估計要拆三年。")
    found = speakers(
        *start, heading("我的觀察"), "拆橋的錢比修橋多一倍。周嵐說錢不是問題。錢當然是問題。", people="周嵐"
    )
    assert found[-3:] == [None, "周嵐", None]


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("林若川強調，港口的債務沒有增加。", "林若川强调，港口的债务没有增加。"),
        ("林若川透露，董事會計畫出售兩座碼頭。", "林若川透露，董事会计划出售两座码头。"),
    ],
)
def test_both_scripts_are_read_alike(hant: str, hans: str) -> None:
    assert speakers(hant, people="林若川") == speakers(hans, people="林若川") == ["林若川"]


def test_a_spokesman_speaks_for_his_company_and_the_company_is_the_one_named_last() -> None:
    assert speakers("青禾航運發言人稱，公司會上訴。", companies="青禾航運") == ["青禾航運"]
    assert speakers("青禾航運去年虧了三億元。公司又指，今年會轉盈。", companies="青禾航運")[-1] == "青禾航運"
    assert speakers("青禾航运换了船。公司称，明年停飞三条航线。", companies="青禾航运")[-1] == "青禾航运"


def test_a_company_that_nobody_named_says_nothing() -> None:
    assert speakers("林若川談到裁員。公司表示遺憾。", people="林若川")[-1] is None
    assert speakers("小說用第三人稱寫成，林若川全文只出現兩次。", people="林若川") == [None]
