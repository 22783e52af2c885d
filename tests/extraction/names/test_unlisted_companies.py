"""Companies no list knows: by their trade, a cue, a stock code, a bracket, a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.extraction.names import find_names
from service.model import Block, BlockKind, Document, EntityKind, Link, Span
from tests.extraction.prose import document


def companies(*paragraphs: str) -> list[str]:
    """The surfaces of the companies found."""
    return [m.surface for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.COMPANY]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("泓曜精密（股票代號 6999）今天跌停。", "泓曜精密"),
        ("她離開「沐嵐遊戲」創辦人的位子。", "沐嵐遊戲"),
        ("去年投資了翊翔生技。", "翊翔生技"),
        ("鑫澜传媒的股价翻倍。", "鑫澜传媒"),
        ("他在昊旸資本工作三年。", "昊旸資本"),
        ("承包的崧岱營造說是鋼筋漲價。", "崧岱營造"),
        ("泓曜影业昨天回应，片酬已经付清。", "泓曜影业"),
    ],
)
def test_a_name_with_its_trade_and_a_cue_is_a_company(text: str, name: str) -> None:
    assert companies(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "手機遊戲很好玩。",
        "我們把缓存数据写入磁盘。",
        "電池材料漲價。",
        "他研究高分子材料與半導體。",
        "獨立遊戲的創辦人很少。",
        "各大金融科技都在燒錢。",
        "一小杯意式咖啡頂兩杯現煮咖啡，睡前別喝黑咖啡。",
        "社区运营：官网建设；文档建设。",
        "影子银行的规模在缩小，得去问银行才知道。",
        "另一家创业公司做出了触摸屏。",
        "有的企业，尤其是银行，依赖外包。",
        "前沿科技说明了一切，市场资本认为还会涨。",
        "這款遊戲說得很清楚，城市物流表示得更直接。",
    ],
)
def test_a_trade_behind_a_common_noun_is_no_company(text: str) -> None:
    assert companies(text) == []


def test_a_bracket_gives_a_company_its_short_name() -> None:
    found, _ = find_names(document("昊旸新能源科技股份有限公司（下稱「昊旸科能」）上市。", "昊旸科能很缺電工。"))
    assert [(m.surface, m.name) for m in found] == [
        ("昊旸新能源科技股份有限公司",) * 2,
        ("昊旸科能", "昊旸新能源科技股份有限公司"),
        ("昊旸科能", "昊旸新能源科技股份有限公司"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("新創公司 Quillmark 剛搬家。", "Quillmark"),
        ("Quillmark 完成 A 輪融資。", "Quillmark"),
        ("Quillmark 的股价下跌。", "Quillmark"),
        ("她投資了 Tidal Forge，很滿意。", "Tidal Forge"),
        ("Quillmark（NASDAQ：QLMK）今天停牌。", "Quillmark"),
        ("他替德國的 Tidal Forge 工作。", "Tidal Forge"),
    ],
)
def test_a_latin_name_with_what_only_a_business_has_is_a_company(text: str, name: str) -> None:
    assert companies(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Python 的創始人退休了。",
        "我用 Collector 收資料。",
        "Session 失敗會重試。",
        "密西西比州 Southbrook 收購了舊電廠。",
    ],
)
def test_a_latin_word_without_such_a_cue_is_no_company(text: str) -> None:
    assert companies(text) == []


def test_a_company_found_once_counts_throughout_the_post() -> None:
    assert companies("Quillmark 的股價下跌。", "大家不看好 Quillmark。") == ["Quillmark", "Quillmark"]


def _table(rows: tuple[tuple[str, ...], ...]) -> Document:
    cells = [(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    post = document(*(text for text, _, _ in cells))
    blocks = tuple(
        Block(BlockKind.CELL, Span(*block.span), block.line, row=row, column=column)
        for block, (_, row, column) in zip(post.blocks, cells, strict=True)
    )
    return Document(**{name: getattr(post, name) for name in post.__dataclass_fields__} | {"blocks": blocks})


def test_a_column_says_what_its_cells_name() -> None:
    found, _ = find_names(
        _table((("公司", "創辦人", "輪次"), ("星澄圖靈", "潘奕安", "天使輪"), ("Quillmark", "n/a", "B 輪")))
    )
    assert [(m.surface, m.kind) for m in found] == [
        ("星澄圖靈", EntityKind.COMPANY),
        ("潘奕安", EntityKind.PERSON),
        ("Quillmark", EntityKind.COMPANY),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("這一輪由楓樹灣資本領投。", "楓樹灣資本"),
        ("諾克瑞生技執行長昨天請辭。", "諾克瑞生技"),
        ("晨霧資本的傅芷寧提醒，匯率會再升。", "晨霧資本"),
        ("他所在的漠河证券上月发了报告。", "漠河证券"),
        ("片方雨巷影业的资料里没有票价。", "雨巷影业"),
    ],
)
def test_a_company_named_with_everyday_words_needs_somebody_or_something_of_it(text: str, name: str) -> None:
    assert companies(text) == [name]


@pytest.mark.parametrize(
    "text", ["回收尼龍等環保產品很多。", "集團關聯的瓏山林實業做不動產。", "家長的提醒很重要，社會資本的說法也是。"]
)
def test_a_part_of_a_longer_name_or_a_list_is_no_company(text: str) -> None:
    assert not {"尼龍等環保", "山林實業", "社會資本"} & set(companies(text))


def test_a_name_does_not_cross_the_edge_of_a_link() -> None:
    text = "想知道後來的事，請讀青潭能源的擴廠計畫。青潭能源完成 B 輪融資。"
    page = document(text)
    start = page.text.index("青潭能源的")
    linked = replace(page, links=(_link(Span(start, start + len("青潭能源的擴廠計畫"))),))
    mentions, _ = find_names(linked)
    assert {mention.surface for mention in mentions} == {"青潭能源"}


def _link(span: Span) -> Link:
    return Link("markdown", "plan.md", None, None, None, None, None, 1, span)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("贊助商是做運動飲料的沁動食品，沁動也簽下三名泳將。", ["沁動食品", "沁動"]),
        ("种苗改用巴西企业菲拉诺瓦的品种。", ["菲拉诺瓦"]),
        ("收购方是粮油企业金穗集团。", ["金穗集团"]),
        ("生鲜店“鲜知了”关了八家分店。", ["鲜知了"]),
    ],
)
def test_what_a_business_deals_in_tells_its_name(text: str, names: list[str]) -> None:
    assert companies(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "投行分析師瑪塔上調了目標價。",
        "品牌商貼牌後賣到歐洲。",
        "公司跨足新能源與車用電子。",
        "建暐的精密科技很貴。",
        "云南咖啡豆的收购价又涨了，生豆供应商却说仓库是空的。",
        "他們把 gVisor 換掉，共識演算法仍用 Raft。",
    ],
)
def test_sorts_of_businesses_and_of_goods_are_no_company(text: str) -> None:
    assert companies(text) == []


def test_what_a_listed_companys_code_stands_before_is_no_person() -> None:
    assert all(m.kind is not EntityKind.PERSON for m in find_names(document("3672 - 康聯訊"))[0])
