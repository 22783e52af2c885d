"""Folding keeps offsets, needs no context, and joins all ways of writing a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.script import fold

CHINESE = st.text(st.sampled_from("資料数据中心軟體软件的了，。 ＡＢab12著着臺台裡里後后發发髮馬斯克・ｱ⼀駅沈"))

# One character of Simplified Chinese, and all that Traditional writes for it.
SHARED = """
后後 里裡裏 发發髮 干乾幹 面麵麪 云雲 余餘 只隻祇 台臺檯颱 征徵 冲衝沖 了瞭 准準 斗鬥 谷穀 卷捲 松鬆 系係繫 制製
仆僕 丑醜 几幾 才纔 借藉 表錶 升昇 布佈 采採 占佔 并併並 周週 沈沉瀋 于於 复復複 历歷曆 尽盡儘 汇匯彙 获獲穫 坛壇罈
团團糰 钟鐘鍾锺 志誌 托託 吁籲 郁鬱 症癥 划劃 家傢 伙夥 杰傑 胜勝 板闆 出齣 须須鬚 核覈 梁樑 淀澱 帘簾 霉黴 蔑衊
扑撲 朴樸 曲麯 舍捨 叶葉 涂塗 万萬 御禦 致緻 朱硃 筑築 注註 欲慾 姜薑 咸鹹 凶兇 向嚮 修脩 腌醃 佣傭 愈癒 暗闇 岩巖
扎紮
"""
# Ways of writing one character: by region, by habit, by Japan's reform, by Unicode's blocks.
VARIANTS = """
台臺 爲為为 裡裏 著着 羣群 衆眾众 綫線线 麽麼么 図圖图 変變变 沢澤泽 駅驛驿 気氣气 実實实 広廣广 説說说 衞衛卫 峯峰
牀床 喫吃 啓啟启 鈎鉤钩 汙污汚 菸煙烟 脣唇 癡痴 異异 鷄雞鸡 稅税 悅悦 內内 吳吴 戶户戸 黃黄 錄録录 綠绿 產产産
顏颜顔 溫温 卽即 旣既 眞真 敎教 册冊 奧奥 靑青 淸清 妳你 姊姐
"""


@given(st.text() | CHINESE)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text() | CHINESE)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text() | CHINESE, CHINESE)
def test_folding_needs_no_context(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


def test_every_code_point_becomes_one_that_stays() -> None:
    everything = "".join(map(chr, range(0x110000)))
    assert len(fold(everything)) == len(everything)
    assert fold(fold(everything)) == fold(everything)


@pytest.mark.parametrize("group", SHARED.split())
def test_what_simplified_writes_as_one_folds_alike(group: str) -> None:
    assert len(set(fold(group))) == 1


@pytest.mark.parametrize("group", VARIANTS.split())
def test_variants_of_a_character_fold_alike(group: str) -> None:
    assert len(set(fold(group))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("臺灣", "台湾"),
        ("裡面", "里面"),
        ("穿著", "穿着"),
        ("ＧＰＵ", "gpu"),
        ("ＣＯ２", "co2"),
        ("阿里・巴巴", "阿里‧巴巴"),
        ("ﾃﾞｰﾀ", "テ゚ータ".replace("゚", "\u3099")),
        ("⼀⽔⾦", "一水金"),
        ("\uf9b4\uf98a", "领力"),
        ("甲　乙", "甲 乙"),
        ("￥１００", "¥100"),
        ("Ωμέγα", "ωμέγα"),
    ],
)
def test_width_case_and_forms_are_erased(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize("pair", ["他她", "已己", "芸艺", "予预", "沪滤", "后侯", "土士"])
def test_different_words_stay_apart(pair: str) -> None:
    assert len(set(fold(pair))) == 2


def test_common_words_fold_to_what_the_segmenter_knows() -> None:
    words = ["随着", "沉默", "著作", "发展", "头发", "面包", "皇后", "里面", "借口", "只有", "为了"]
    assert [fold(word) for word in words if fold(word) != word] == ["着作"]


@pytest.mark.parametrize("text", ["\ud800", "a\udfff中", "\0", "\U0010ffff"])
def test_what_is_no_character_stays(text: str) -> None:
    assert fold(text) == text
