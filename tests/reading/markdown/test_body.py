"""Markdown becomes blocks of prose, links and media."""

from __future__ import annotations

import pytest

from service.model import BlockKind, Dialect, Document, Site, Source
from service.reading import read


def _read(text: str, dialect: Dialect = Dialect.OBSIDIAN, path: str = "a.md") -> Document:
    return read(Source(path, text), Site("s", dialect))


def _kinds(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.slice(block.span)) for block in document.blocks]


@pytest.mark.parametrize(
    ("markdown", "prose"),
    [
        ("**注意：**請看這裡", "注意：請看這裡"),
        ("他說**「好」**就走", "他說「好」就走"),
        ("a *b* ~~c~~ ==d==", "a b c d"),
        ("一\n二", "一\n二"),
        ("價格 US$5 到 US$9", "價格 US$5 到 US$9"),
        ("能量 $E=mc^2$ 守恆", "能量 E=mc^2 守恆"),
        ("腳註[^1]在此", "腳註在此"),
        ("段落 ^abc123", "段落"),
        ("前 %%不要看%% 後", "前  後"),
        ("<span>文字</span><script>x()</script>", "文字"),
        ("a &lt; b", "a < b"),
        ("<!--more-->", ""),
    ],
)
def test_prose_has_no_markup_left(markdown: str, prose: str) -> None:
    assert _read(markdown).text == prose


def test_math_code_and_urls_are_marked_as_code() -> None:
    document = _read("看 `x = 1` 和 $a^2$ 與 https://a.example/b。")
    assert [document.slice(span) for span in document.code] == ["x = 1", "a^2", "https://a.example/b"]


def test_cells_know_their_row_and_column() -> None:
    document = _read("| 城市 | 人口 |\n|---|---|\n| 台中 | a\\|b |")
    cells = [(block.row, block.column, document.slice(block.span)) for block in document.blocks]
    assert cells == [(0, 0, "城市"), (0, 1, "人口"), (1, 0, "台中"), (1, 1, "a|b")]


def test_the_title_of_a_callout_is_a_block_of_its_own() -> None:
    document = _read("> [!tip]- 提示\n> 內容在此")
    assert _kinds(document) == [(BlockKind.PARAGRAPH, "提示"), (BlockKind.PARAGRAPH, "內容在此")]
    assert all(block.quoted for block in document.blocks)


def test_the_description_of_an_image_is_a_caption() -> None:
    document = _read("港口![夜裡的港](/a.png)很美")
    assert _kinds(document) == [(BlockKind.PARAGRAPH, "港口很美"), (BlockKind.CAPTION, "夜裡的港")]
    assert (document.media[0].target, document.media[0].alt) == ("/a.png", "夜裡的港")


def test_items_know_how_deep_they_are_and_tasks_lose_their_box() -> None:
    document = _read("- [ ] 買菜\n  - 洗米")
    assert [(block.level, document.slice(block.span)) for block in document.blocks] == [(1, "買菜"), (2, "洗米")]


def test_wiki_links_say_what_they_point_at() -> None:
    document = _read("見 [[茶/烏龍：山、霧？#產地|烏龍]]、[[茶/紅茶]]、[[綠茶#^a1]] 與 `[[非連結]]`")
    found = [(link.target, link.heading, link.block, link.alias) for link in document.links]
    assert found == [
        ("茶/烏龍：山、霧？", "產地", None, "烏龍"),
        ("茶/紅茶", None, None, None),
        ("綠茶", None, "a1", None),
    ]
    assert [document.slice(link.span) for link in document.links if link.span] == ["烏龍", "紅茶", "綠茶"]


@pytest.mark.parametrize(
    ("behind", "relation", "note"),
    [
        ("；關聯理由：同一產區；說明：兩地只隔一條河。", "同一產區", "兩地只隔一條河。"),
        ("；关联理由：同一产区；说明：两地只隔一条河。", "同一产区", "两地只隔一条河。"),
        ("; 理由: 對照", "對照", None),
        ("，說明：後來的事。", None, "後來的事。"),
        ("，他說明了理由", None, None),
    ],
)
def test_the_text_behind_a_link_says_why_it_is_there(behind: str, relation: str | None, note: str | None) -> None:
    link = _read(f"- [[烏龍]]{behind}").links[0]
    assert (link.relation, link.note) == (relation, note)


def test_two_links_of_a_line_keep_their_reasons_apart() -> None:
    links = _read("[[甲]]；關係：上游；[[乙]]；關係：下游").links
    assert [link.relation for link in links] == ["上游", "下游"]


def test_bare_and_bracketed_urls_are_auto_links_that_end_with_the_url() -> None:
    document = _read("見（https://a.example/b）或<https://c.example/d>，[文](https://e.example/f_g)。")
    assert [(link.kind, link.target) for link in document.links] == [
        ("auto", "https://a.example/b"),
        ("auto", "https://c.example/d"),
        ("markdown", "https://e.example/f_g"),
    ]


def test_a_link_within_the_page_has_a_heading_and_no_target() -> None:
    link = _read("[下面](#第二節)").links[0]
    assert (link.target, link.heading, link.alias) == ("", "第二節", "下面")


def test_shortcodes_are_embeds_and_leave_no_prose() -> None:
    document = _read('前\n\n{{< figure src="/a b.png" >}}\n\n{{% tip %}}\n內文\n{{% /tip %}}', Dialect.HUGO)
    assert [(media.name, media.args, media.line) for media in document.media] == [
        ("figure", ("src=/a b.png",), 3),
        ("tip", (), 5),
    ]
    assert document.text == "前\n\n內文"


def test_an_escaped_shortcode_is_code() -> None:
    document = _read("寫成 {{</* youtube id */>}} 即可", Dialect.HUGO)
    assert document.media == ()
    assert document.slice(document.code[0]) == "{{< youtube id >}}"


def test_references_in_link_targets_become_paths() -> None:
    hugo = _read('[上一篇]({{< relref "posts/a.md" >}})', Dialect.HUGO)
    jekyll = _read("[上一篇]({% post_url 2026-01-02-a %})與[首頁]({{ site.baseurl }}/b/)", Dialect.JEKYLL)
    assert [link.target for link in (*hugo.links, *jekyll.links)] == ["posts/a.md", "2026-01-02-a", "/b/"]
    assert hugo.media == jekyll.media == ()


def test_liquid_highlights_are_code_and_includes_are_embeds() -> None:
    text = "{% highlight ruby %}\nputs '**'\n{% endhighlight %}\n\n{% include player.html id=1 %}\n\n文{: .x}"
    document = _read(text, Dialect.JEKYLL)
    assert _kinds(document) == [(BlockKind.CODE, "puts '**'"), (BlockKind.PARAGRAPH, "文")]
    assert (document.media[0].name, document.media[0].args) == ("player.html", ("id=1",))


def test_embedded_notes_and_images_of_a_vault() -> None:
    document = _read("![[港.png|300]] ![[茶#產地]]")
    assert [(m.kind, m.name, m.target, m.args) for m in document.media] == [
        ("image", None, "港.png", ("300",)),
        ("embed", "茶", None, ("#產地",)),
    ]


def test_tags_in_the_text_of_a_vault_join_those_of_the_header() -> None:
    document = _read("---\ntags: 茶, 山\n---\n#茶/烏龍 很香 #2026")
    assert document.header.tags == ("茶", "山", "茶/烏龍")


def test_a_paragraph_of_brackets_is_read_as_plain_text_and_told_of() -> None:
    document = _read("[" * 50_000)
    assert len(document.text) == 50_000
    assert "too many brackets" in document.problems[0].detail


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("引自[[1]](https://a.example/b)。", ["markdown"]),
        ("見[[附錄]](appendix.md#b)。", ["markdown"]),
        ("供應[[青山電機]](馬達及減速機/齒輪組)。", ["wiki"]),
        ("供應[[青山電機]](見上文)。", ["wiki"]),
    ],
)
def test_brackets_behind_a_wiki_link_make_an_address_only_if_they_hold_one(text: str, kinds: list[str]) -> None:
    assert [link.kind for link in read(Source("a.md", text), Site("s", Dialect.OBSIDIAN)).links] == kinds
