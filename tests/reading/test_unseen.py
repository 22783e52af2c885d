"""Posts in the odd but real forms that people give them, each read as its writer meant it."""

from __future__ import annotations

import re

from service.model import BlockKind, Dialect, Document, Original, Site, Source
from service.reading import read

_MARKUP = re.compile(
    r"\*\*|\]\(|\[\[|\]\]|!\[|</?[A-Za-z][\w.-]*(?:\s+[\w-]+=[^<>]*)?/?>|\{\{|\{%|:::|==|~~|\^\[|\[\^|\ue000|^#{1,6} ",
    re.MULTILINE,
)


def _read(text: str, dialect: Dialect | None, path: str = "a.md") -> Document:
    document = read(Source(path, text), Site("s", dialect))
    assert _prose_markup(document) == []
    return document


def _prose_markup(document: Document) -> list[str]:
    prose = [block for block in document.blocks if block.kind is not BlockKind.CODE]
    found = [match for block in prose for match in _MARKUP.finditer(document.text, *block.span)]
    return [m[0] for m in found if not any(span.start <= m.start() < span.end for span in document.code)]


def _published(document: Document) -> str | None:
    return document.header.published.isoformat() if document.header.published else None


def _kinds(document: Document, kind: BlockKind) -> list[str]:
    return [document.slice(block.span) for block in document.blocks if block.kind is kind]


HUGO_CARS = """---
title: 二手车: 我换了三次离合器
date: 2026/3/5
author:
  - name: 老周
    url: https://garage.example/zhou
  - "[小吴](https://garage.example/wu)"
categories:
  - [汽车, 保养]
  - [生活]
keywords: 离合器, 二手车
source: [车报](https://cars.example/wiki/Clutch_(car))
---
> 译者：小周

第一次换是在**西安：**花了 2400 元{{< sup >}}1{{< /sup >}}。

{{< figure src="/img/clutch.png" title="离合器片" >}}

| 次数 | 里程 |
|------|:----:|
| 第一次 | 6 万公里 |

变速箱
: 把动力传给车轮的部件
"""


def test_a_hugo_post_with_an_unquoted_colon_and_authors_as_maps() -> None:
    document = _read(HUGO_CARS, Dialect.HUGO, "content/posts/clutch.md")
    header = document.header
    assert (document.title, _published(document)) == ("二手车: 我换了三次离合器", "2026-03-05")
    assert header.authors == ("老周", "小吴")
    assert (header.tags, header.categories) == (("离合器", "二手车"), ("汽车", "保养", "生活"))
    assert header.original == Original("https://cars.example/wiki/Clutch_(car)", "车报")
    assert [media.name for media in document.media] == ["sup", "figure"]
    assert "第一次换是在西安：花了 2400 元1。" in document.text
    assert _kinds(document, BlockKind.ITEM) == ["把动力传给车轮的部件"]


JEKYLL_SPORT = """---
layout: post
title: "週日聯盟：第七局的觸擊"
author: <a href="https://ball.example">捕手日記</a>
tags: 棒球 戰術
---
> 原文連結：[Why bunt late?](https://ball.example/bunt)
> 作者：Dana Reed

主隊在第七局選擇觸擊^[教練賽後說是 *臨時* 決定。]，全場愣住。{: .lead}

{% include video.html id="x1" %}

<div class="box">
  看<a href="/2026/02/01/rule.html">規則 <b>說明</b></a><br>
  <img src="/img/field.jpg" alt="球場全景">
</div>

Inning
: 一局
"""


def test_a_jekyll_post_with_html_and_a_note_in_its_line() -> None:
    document = _read(JEKYLL_SPORT, Dialect.JEKYLL, "_posts/2026-02-08-bunt.md")
    assert (document.title, _published(document)) == ("週日聯盟：第七局的觸擊", "2026-02-08")
    assert (document.header.authors, document.header.tags) == (("捕手日記",), ("棒球", "戰術"))
    assert document.header.original == Original("https://ball.example/bunt", "Why bunt late?")
    assert _kinds(document, BlockKind.INFO) == ["原文連結：Why bunt late?\n作者：Dana Reed"]
    paragraphs = _kinds(document, BlockKind.PARAGRAPH)
    assert paragraphs[:2] == ["主隊在第七局選擇觸擊，全場愣住。", "教練賽後說是 臨時 決定。"]
    assert [(link.kind, link.target, link.alias) for link in document.links][-1] == (
        "markdown",
        "/2026/02/01/rule.html",
        "規則 說明",
    )
    assert [(media.kind, media.name or media.target) for media in document.media] == [
        ("embed", "video.html"),
        ("image", "/img/field.jpg"),
    ]


VAULT_TEA = """---
标题: 武夷岩茶的焙火
发布于: 2026年3月5日
作者: 林师傅、阿梅
标签: "#茶 #工艺"
別名: [岩茶焙火]
---
焙火分==轻、中、足==三档 #茶/乌龙 ^intro

- [[焙火/木炭|木炭]]；關係：工序的上游
- [[肉桂（品种）]]——理由：香气最受火功影响
- [[正山小种]]（关联：同一产区；说明：只隔一道（小）山）
- [[水仙]]：说明：对照的品种；关系：对照

![[焙笼.png|300]] ![茶青|200x100](茶青 2026.jpg "采摘当天") ![[火功笔记#^b1]]

> [!tip]+ 看火
> 手背离炭 20 厘米。

- [ ] 问老林要温度表
- [x] 复焙
"""


def test_a_vault_note_in_simplified_script_with_reasons_in_other_words() -> None:
    document = _read(VAULT_TEA, Dialect.OBSIDIAN, "茶/岩茶.md")
    header = document.header
    assert (document.title, _published(document)) == ("武夷岩茶的焙火", "2026-03-05")
    assert header.authors == ("林师傅", "阿梅")
    assert (header.tags, header.aliases) == (("茶", "工艺", "茶/乌龙"), ("岩茶焙火",))
    assert [(link.target, link.alias, link.relation, link.note) for link in document.links] == [
        ("焙火/木炭", "木炭", "工序的上游", None),
        ("肉桂（品种）", None, "香气最受火功影响", None),
        ("正山小种", None, "同一产区", "只隔一道（小）山"),
        ("水仙", None, "对照", "对照的品种"),
    ]
    assert [(media.kind, media.name or media.target, media.args) for media in document.media] == [
        ("image", "焙笼.png", ("300",)),
        ("image", "茶青 2026.jpg", ("200x100",)),
        ("embed", "火功笔记", ("#^b1",)),
    ]
    assert _kinds(document, BlockKind.CAPTION) == ["茶青"]
    assert _kinds(document, BlockKind.ITEM)[-2:] == ["问老林要温度表", "复焙"]
    assert "看火" in _kinds(document, BlockKind.PARAGRAPH)


PLAIN_COUNCIL = """# 里民大會紀要：公車路線怎麼改

**作者**：巷口觀察　｜　**來源**：[里辦公室公告](https://li.example/notice_(3))　｜　日期：2026 年 3 月 5 日

時間：晚上七點開始，來了四十二人。

里長說[路線圖](https://li.example/map "三月版")會再改，見 https://li.example/a_(b)。

相關：[[1]](https://li.example/1)、[[公車路網]](另有專文)
"""


def test_a_plain_note_with_its_credits_in_one_line() -> None:
    document = _read(PLAIN_COUNCIL.replace("[[公車路網]](另有專文)", "公車路網"), Dialect.MARKDOWN)
    assert (document.title, _published(document)) == ("里民大會紀要：公車路線怎麼改", "2026-03-05")
    assert document.header.authors == ("巷口觀察",)
    assert document.header.original == Original("https://li.example/notice_(3)", "里辦公室公告")
    assert len(_kinds(document, BlockKind.INFO)) == 1
    assert _kinds(document, BlockKind.PARAGRAPH)[0].startswith("時間：晚上七點")
    assert [link.target for link in document.links] == [
        "https://li.example/notice_(3)",
        "https://li.example/map",
        "https://li.example/a_(b)",
        "https://li.example/1",
    ]


def test_a_wiki_link_before_words_in_brackets_is_a_wiki_link() -> None:
    document = _read(PLAIN_COUNCIL, Dialect.OBSIDIAN)
    assert [(link.kind, link.target) for link in document.links][-2:] == [
        ("markdown", "https://li.example/1"),
        ("wiki", "公車路網"),
    ]


PLAIN_MEDICINE = """流感疫苗，今年該不該打

原文链接：https://clinic.example/flu
发布时间：2026-01-09 08:30
编辑：小秦

今年的疫苗含三种毒株[^1]，费用约 120 元。

1. 孕妇
   - 先问医生
2. 六个月以上的孩子

[^1]: 见**说明书**第 2 页。
"""


def test_a_note_without_headings_told_of_by_lines_of_credits() -> None:
    document = _read(PLAIN_MEDICINE.replace("流感疫苗，今年該不該打\n\n", ""), Dialect.MARKDOWN, "流感疫苗.md")
    assert (document.title, _published(document)) == ("流感疫苗", "2026-01-09T08:30:00")
    assert document.header.original == Original("https://clinic.example/flu", None)
    assert _kinds(document, BlockKind.ITEM) == ["孕妇", "先问医生", "六个月以上的孩子"]
    assert "见说明书第 2 页。" in _kinds(document, BlockKind.PARAGRAPH)


TOML_SCIENCE = """+++
title = "深海熱泉：沒有陽光的生態"
date = 2026-03-05T09:00:00+08:00
authors = ["海洋所 & 友人"]
tags = ["海洋", "地質"]
description = '''
熱泉口的溫度
超過 350 度。'''
[params]
cover = "vent.png"
+++
{{% notice tip %}}
管蟲可以長到 **2 公尺**。
{{% /notice %}}

[上一篇]({{< relref "posts/ridge.md" >}})談過海脊[^a]。

## 名稱由來 {#origin}

![熱泉](vent.png =640x360)

[^a]: 深度約 2500 公尺。

转载自：[海洋周刊](https://sea.example/weekly)
"""


def test_a_toml_post_with_its_source_said_at_the_end() -> None:
    document = _read(TOML_SCIENCE, Dialect.HUGO, "content/posts/vent/index.md")
    header = document.header
    assert (document.title, _published(document)) == ("深海熱泉：沒有陽光的生態", "2026-03-05T09:00:00+08:00")
    assert header.tags == ("海洋", "地質")
    assert header.description == "熱泉口的溫度\n超過 350 度。"
    assert header.original == Original("https://sea.example/weekly", "海洋周刊")
    assert [heading.text for heading in document.headings] == ["名稱由來"]
    assert next((link.target, link.alias) for link in document.links) == ("posts/ridge.md", "上一篇")
    assert [media.args for media in document.media if media.kind == "image"] == [("640x360",)]


DOCS = """---
title: 安装指南
---
import Tabs from "@theme/Tabs";

<Tabs groupId="os" values={[{label: "Linux", value: "l"}]}>
<TabItem value="l" label="Linux">

先装 <kbd>Ctrl</kbd> 和 <Icon name={"x"} /> 依赖，<span style={{color: "red"}}>大约 3 分钟</span>。{/* 待补 */}

</TabItem>
</Tabs>

:::warning[注意版本]
只支持 2.4 以上。
:::

::: tip 小贴士
可以先看 [常见问题](./faq.md#安装)。
:::

!!! note "备注"
    内存至少 8 GB。

[TOC]

<details><summary>日志示例</summary>
<pre><code>error: a &lt; b
retry</code></pre>
</details>

<table><tr><td>端口</td><td>8080 &amp; 9090</td></tr></table>

条件是 x <y 而 z> 3 时重试。
"""


def test_a_page_full_of_html_and_components_leaves_no_tags_in_its_prose() -> None:
    document = _read(DOCS, Dialect.MARKDOWN, "docs/install.md")
    assert _kinds(document, BlockKind.PARAGRAPH) == [
        "先装 Ctrl 和  依赖，大约 3 分钟。",
        "注意版本",
        "只支持 2.4 以上。",
        "小贴士",
        "可以先看 常见问题。",
        "备注",
        "内存至少 8 GB。",
        "日志示例",
        "端口",
        "8080 & 9090",
        "条件是 x <y 而 z> 3 时重试。",
    ]
    assert _kinds(document, BlockKind.CODE) == ["error: a < b\nretry"]


GAME_DIARY = """---
title: 2048
date: "2026.3.5 21:00 +0800"
author: 記者 阿哲／台北報導
category: 遊戲
tags:
- 獨立遊戲
- 2048
summary: '第一次 "通關" 的夜'
draft: 否
---
***心得：***這款遊戲我玩了 [36 小時](https://games.example/u?q=a(b)c)，**還想再玩。**真的\\*沒騙你\\*。

> 對手說：「再來一局」
>> 我說好

<!-- 下面還沒寫完 -->
見 <https://games.example/end> 與 ![](cover.webp)
"""


def test_a_diary_with_a_number_for_a_title() -> None:
    document = _read(GAME_DIARY, Dialect.HUGO, "content/diary/2048.md")
    header = document.header
    assert (document.title, _published(document)) == ("2048", "2026-03-05T21:00:00+08:00")
    assert (header.authors, header.categories, header.tags) == (("阿哲",), ("遊戲",), ("獨立遊戲", "2048"))
    assert (header.description, header.draft) == ('第一次 "通關" 的夜', False)
    assert "心得：這款遊戲我玩了 36 小時，還想再玩。真的*沒騙你*。" in document.text
    assert [link.kind for link in document.links] == ["markdown", "auto"]
    assert [(media.target, media.alt) for media in document.media] == [("cover.webp", None)]
