"""Front matter of every format and language fills one header."""

from __future__ import annotations

import pytest

from service.model import BlockKind, Dialect, Document, Original, Script, Site, Source
from service.reading import read
from service.reading.headers.dates import read_date


def _read(text: str, path: str = "a.md", dialect: Dialect | None = None) -> Document:
    return read(Source(path, text), Site("s", dialect))


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: "山: 海"\ntags: [茶, 山]\n---\n文',
        '\n\n---\ntitle: "山: 海"\ntags:\n  - 茶\n  - 山\n...\n文',
        '+++\ntitle = "山: 海"\ntags = ["茶", "山"]\n+++\n文',
        '{"title": "山: 海", "tags": ["茶", "山"]}\n文',
        '---\n{"title": "山: 海", "tags": ["茶", "山"]}\n---\n文',
        '---\n标题: "山: 海"\n标签: 茶，山\n---\n文',
        '---\n標題: "山: 海"\n標籤: [茶, 山]\n---\n文',
        "---\n標題：山: 海\n標籤：茶、山\n---\n文",
    ],
)
def test_yaml_toml_and_json_say_the_same_in_any_language(text: str) -> None:
    document = _read(text)
    assert (document.title, document.header.tags) == ("山: 海", ("茶", "山"))
    assert document.text.endswith("\n\n文")


def test_malformed_front_matter_is_told_of_and_read_as_far_as_it_goes() -> None:
    document = _read('---\ntitle: 山: 海\ndate: 2026-03-04\nauthor: "漁夫\n---\n正文')
    assert document.title == "山: 海"
    assert document.header.published is not None
    assert document.problems[0].line == 2
    assert document.text.endswith("正文")


def test_a_key_given_twice_is_told_of() -> None:
    problem = _read("---\ntitle: 甲\ndate: 2026-01-01\ntitle: 乙\n---\n").problems[0]
    assert "title" in problem.detail
    assert problem.line == 4


def test_prose_between_two_rules_is_no_front_matter() -> None:
    document = _read("---\n只是一段文字\n---\n後文")
    assert "只是一段文字" in document.text


@pytest.mark.parametrize("bomb", ["a: " + "[" * 5_000, "- " * 5_000, "a: &a [1]\n" + "b: [*a, *a, *a]\n" * 100])
def test_front_matter_that_would_blow_up_is_refused(bomb: str) -> None:
    document = _read(f"---\ntitle: 炸\n{bomb}\n---\n正文")
    assert document.text.endswith("正文")


def test_a_title_that_looks_like_a_number_stays_as_written() -> None:
    assert _read("---\ntitle: 2024\n---\n").title == "2024"
    assert _read("---\ntitle: 12:30\n---\n").title == "12:30"


@pytest.mark.parametrize(
    ("value", "iso", "zone_known"),
    [
        ("2026-01-30T10:00:00+08:00", "2026-01-30T10:00:00+08:00", True),
        ("2026-01-29 21:00:00", "2026-01-29T21:00:00", False),
        ("2026-01-29 21:00:00 +0800", "2026-01-29T21:00:00+08:00", True),
        ("2026年1月30日", "2026-01-30", False),
        ("2026 年 1 月 30 日 下午 3:05", "2026-01-30T15:05:00", False),
        ("2026/1/9", "2026-01-09", False),
        ("民國 115 年 3 月 5 日", "2026-03-05", False),
        ("Jan 29, 2026", "2026-01-29", False),
        (20260129, "2026-01-29", False),
    ],
)
def test_dates_keep_their_zone_only_where_they_name_one(value: object, iso: str, zone_known: bool) -> None:
    moment = read_date(value)
    assert moment is not None
    assert (moment.isoformat(), moment.zone_known) == (iso, zone_known)


@pytest.mark.parametrize("value", ["2026-13-01", "昨天", True, None, ["2026-01-01"], "0000"])
def test_what_is_no_date_is_none(value: object) -> None:
    assert read_date(value) is None


def test_the_site_tells_the_zone_a_post_leaves_out() -> None:
    moment = read_date("2026-01-29 21:00:00", "Asia/Taipei")
    assert moment is not None
    assert moment.isoformat() == "2026-01-29T21:00:00+08:00"


def test_a_tags_string_means_something_else_to_each_generator() -> None:
    text = "---\ntags: 烏龍 茶, 山\n---\n"
    assert _read(text, dialect=Dialect.JEKYLL).header.tags == ("烏龍", "茶", "山")
    assert _read(text, dialect=Dialect.OBSIDIAN).header.tags == ("烏龍 茶", "山")


def test_published_false_is_a_draft_in_jekyll() -> None:
    document = _read("---\npublished: false\n---\n", "_posts/2026-02-03-tea.md")
    assert document.header.draft
    assert document.header.published is not None
    assert document.header.published.isoformat() == "2026-02-03"


@pytest.mark.parametrize(
    ("front", "original"),
    [
        ("source_url: https://a.example/x\nsource_name: 甲報", Original("https://a.example/x", "甲報")),
        ('来源: "https://a.example/x"', Original("https://a.example/x", None)),
        ("來源: 甲報", Original(None, "甲報")),
        ('source: "[甲報](https://a.example/x)"', Original("https://a.example/x", "甲報")),
    ],
)
def test_the_original_is_a_url_a_name_or_both(front: str, original: Original) -> None:
    assert _read(f"---\n{front}\n---\n").header.original == original


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("漁夫、船長 & 水手", ("漁夫", "船長", "水手")),
        ('"[Ann Lee](https://a.example) (Acme), [漁夫](https://b.example)（港行）"', ("Ann Lee", "漁夫")),
        ("<a href='https://a.example'>漁夫</a>", ("漁夫",)),
        ("漁夫 <f@a.example>", ("漁夫",)),
        ("特約記者 漁夫／高雄報導", ("漁夫",)),
        ("{a: {name: 漁夫}, b: {name: 船長}}", ("漁夫", "船長")),
    ],
)
def test_authors_are_narrowed_to_their_names(written: str, authors: tuple[str, ...]) -> None:
    assert _read(f"---\nauthor: {written}\n---\n").header.authors == authors


def test_the_front_matter_outranks_what_the_text_says_of_the_post() -> None:
    document = _read("---\ntitle: 港\nauthor: 漁夫\n---\n作者：船長\n來源：[甲報](https://a.example/x)\n\n正文")
    assert document.header.authors == ("漁夫",)
    assert document.header.original == Original("https://a.example/x", "甲報")


def test_a_date_below_front_matter_is_an_event_and_stays_prose() -> None:
    document = _read("---\ntitle: 港邊市集\n---\n時間：2026年3月5日\n\n正文")
    assert document.header.published is None
    assert all(block.kind is not BlockKind.INFO for block in document.blocks)


def test_an_info_list_below_the_title_fills_the_header() -> None:
    document = _read(
        "# 採訪筆記\n\n- **來源**：甲台\n- **日期**：2026年3月4日\n- **片長**：一小時\n- **連結**：https://a.example/v\n\n正文"
    )
    assert document.header.original == Original("https://a.example/v", "甲台")
    assert document.header.published is not None
    assert sum(block.kind is BlockKind.INFO for block in document.blocks) == 4
    assert document.links[0].kind == "auto"


def test_a_list_of_prose_is_no_info_list() -> None:
    document = _read("# 三件事\n\n- 時間：要早\n- 地點：要近\n- 人：要好\n")
    assert all(block.kind is not BlockKind.INFO for block in document.blocks)


def test_declared_names_are_blocks_with_their_places() -> None:
    document = _read('---\nauthor: 漁夫\nrelated_people: ["甲 乙", 丙]\nrelated_companies:\n  - 海港行\n---\n')
    kinds = [(block.kind, document.slice(block.span), block.line) for block in document.blocks]
    assert kinds == [
        (BlockKind.AUTHOR, "漁夫", 2),
        (BlockKind.PERSON, "甲 乙", 3),
        (BlockKind.PERSON, "丙", 3),
        (BlockKind.COMPANY, "海港行", 5),
    ]


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("筆記.md", "## 小節\n\n# 大標\n", "大標"),
        ("筆記.md", "## 小節\n", "小節"),
        ("海港/index.md", "文", "海港"),
        ("_posts/2026-01-02-tea-house.md", "文", "Tea House"),
    ],
)
def test_a_title_comes_from_a_heading_else_the_file(path: str, text: str, title: str) -> None:
    assert _read(text, path).title == title


def test_the_script_falls_back_on_the_declared_language() -> None:
    assert _read("---\nlang: zh-TW\n---\nOK").script is Script.HANT
    assert _read("---\nlang: zh\n---\nOK").script is Script.OTHER


@pytest.mark.parametrize(
    ("path", "text", "dialect"),
    [
        ("content/a.md", "文", Dialect.HUGO),
        ("_posts/2026-01-02-a.md", "文", Dialect.JEKYLL),
        ("a.md", "+++\ntitle = 'x'\n+++\n", Dialect.HUGO),
        ("a.md", "---\n作者: 漁夫\n---\n", Dialect.OBSIDIAN),
        ("a.md", "見 [[茶]]", Dialect.OBSIDIAN),
        ("a.md", "文", Dialect.MARKDOWN),
        ("content/a.md", "{{% tip %}}文{{% /tip %}}", Dialect.HUGO),
    ],
)
def test_the_dialect_is_told_from_path_and_text(path: str, text: str, dialect: Dialect) -> None:
    assert _read(text, path).dialect is dialect


def test_dates_are_taken_in_the_order_of_the_generator() -> None:
    text = "---\ncreated: 2026-01-04\nlastmod: 2026-01-03\npublishDate: 2026-01-02\ndate: 2026-01-01\n---\n"
    days = {}
    for dialect in Dialect:
        header = _read(text.replace("date: 2026-01-01\n", ""), "_posts/2026-01-09-a.md", dialect).header
        days[dialect] = header.published.isoformat() if header.published else None
    assert days == {
        Dialect.HUGO: "2026-01-02",
        Dialect.JEKYLL: "2026-01-09",
        Dialect.OBSIDIAN: "2026-01-02",
        Dialect.MARKDOWN: "2026-01-02",
    }
    published = _read(text, dialect=Dialect.HUGO).header.published
    assert published is not None
    assert published.isoformat() == "2026-01-01"


def test_hugo_takes_dates_from_where_its_configuration_says() -> None:
    text = "---\nreleased: 2026-01-04\ndate: 2026-01-01\n---\n"
    site = Site("s", Dialect.HUGO, date_sources=("released", ":default"))
    published = read(Source("content/a.md", text), site).header.published
    assert published is not None
    assert published.isoformat() == "2026-01-04"


def test_a_date_that_cannot_be_read_is_told_of_and_kept() -> None:
    document = _read("---\ntitle: 茶\ndate: 三月底\n時間: 45 分鐘\n---\n")
    (problem,) = document.problems
    assert (problem.line, document.header.published) == (3, None)
    assert "2026-01-30" in problem.detail
    assert document.header.rest == {"date": "三月底", "時間": "45 分鐘"}


def test_what_a_field_of_one_value_does_not_take_is_kept() -> None:
    header = _read(
        "---\ndescription: 一\nsummary: 二\nsubtitle: 三\ndate: 2026-01-05\ncreated: 2026-01-01\n---\n"
    ).header
    assert header.description == "一"
    assert header.rest == {"summary": "二", "subtitle": "三", "created": "2026-01-01"}


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("[[漁夫]]", ("漁夫",)),
        ('"[[人物/漁夫|阿漁]]、[[船長]]"', ("阿漁", "船長")),
        ("\n  - [[人物/漁夫]]\n  - '[[船長]]'", ("漁夫", "船長")),
        ("'@tea_maker'", ("tea_maker",)),
        ("[漁夫、船長, '@x1']", ("漁夫", "船長", "x1")),
        ("[{name: 漁夫, title: 主編, url: https://a.example}, 船長]", ("漁夫", "船長")),
        ("Acme, Inc.、漁夫", ("Acme, Inc.", "漁夫")),
    ],
)
def test_authors_are_read_from_lists_maps_links_and_handles(written: str, authors: tuple[str, ...]) -> None:
    document = _read(f"---\nauthor: {written}\n---\n")
    assert document.header.authors == authors
    found = [document.slice(block.span) for block in document.blocks if block.kind is BlockKind.AUTHOR]
    assert found == list(authors)


@pytest.mark.parametrize(
    ("written", "original"),
    [
        ("canonicalURL: https://a.example/x", Original("https://a.example/x", None)),
        ("原文：https://a.example/x\n標題：茶", Original("https://a.example/x", None)),
        ("转载自: 茶报", Original(None, "茶报")),
        ("source: [https://a.example/x, https://a.example/y]", Original("https://a.example/x", None)),
        ("source: [[茶報|報導]]", Original(None, "報導")),
        ("source: {title: 茶報, href: https://a.example/x}", Original("https://a.example/x", "茶報")),
        ("來源: 茶報（https://a.example/x）", Original("https://a.example/x", "茶報")),
    ],
)
def test_the_original_is_found_under_any_key(written: str, original: Original) -> None:
    assert _read(f"---\n{written}\n---\n").header.original == original


@pytest.mark.parametrize("written", ["true", "yes", "True", "1", "on", "'true'", "是"])
def test_whoever_says_yes_has_a_draft(written: str) -> None:
    assert _read(f"---\ndraft: {written}\n---\n").header.draft


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("title: [港]", "[港]"),
        ("title: 1.50 # 註", "1.50"),
        ("params:\n  title: 內\ntitle: 2026", "2026"),
        ("title:\n標題: 港", "港"),
    ],
)
def test_a_title_stays_as_written_whatever_the_format_takes_it_for(written: str, title: str) -> None:
    assert _read(f"---\n{written}\n---\n").title == title


def test_a_json_title_may_be_a_number() -> None:
    assert _read('{"title": 2026, "draft": true}\n文').title == "2026"


def test_jekyll_redirects_are_old_addresses() -> None:
    header = _read("---\nredirect_from:\n  - /old/\n  - /older.html\n---\n", "_posts/2026-01-02-a.md").header
    assert header.aliases == ("/old/", "/older.html")


def test_hugo_params_fill_what_stands_nowhere_else() -> None:
    text = "---\ntitle: 外\ntags: [甲]\nparams:\n  title: 內\n  author: 漁夫\n  tags: [乙]\n---\n"
    document = _read(text, dialect=Dialect.HUGO)
    assert (document.title, document.header.authors, document.header.tags) == ("外", ("漁夫",), ("甲",))
    assert [document.line(block.span.start) for block in document.blocks] == [2, 6]
    assert _read(text, dialect=Dialect.OBSIDIAN).header.authors == ()
