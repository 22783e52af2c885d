"""Links lead to the posts they mean, however they are written and wherever they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from random import Random
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Dialect, Document, Link, Site, Source
from service.reading import read
from service.reading.links.destinations import Candidate, Origin, destination
from service.reading.links.linking import link_keys, link_language
from service.reading.links.whereabouts import addresses

VAULT = Site("vault", Dialect.OBSIDIAN)
PLAIN = Site("plain", Dialect.MARKDOWN)
HUGO = Site("hugo", Dialect.HUGO, "https://a.example/")
JEKYLL = Site("jekyll", Dialect.JEKYLL, "https://a.example/")


def _documents(files: Iterable[str] | dict[str, str], site: Site) -> list[Document]:
    texts = files if isinstance(files, dict) else dict.fromkeys(files, "")
    return [read(Source(path, text), site) for path, text in texts.items()]


def led_to(link: str, path: str, files: Iterable[str] | dict[str, str], site: Site) -> str | None:
    """Return where the first link of a post at `path` leads within the posts `files`."""
    here = read(Source(path, link), site)
    found = here.links[0]
    candidates = [
        Candidate(one.path, site.name, one.path, address)
        for one in _documents(files, site)
        for address in addresses(one, site)
    ]
    Random(len(candidates)).shuffle(candidates)
    keys, language = link_keys(found, here, site), link_language(here, site)
    return destination(Origin(site.name, path, found.kind, found.target, keys, language), candidates)


@pytest.mark.parametrize(
    "link",
    [
        "[[烏龍]]",
        "[[乌龙]]",
        "[[烏龍.md]]",
        "[[ 烏龍 |那款茶]]",
        "[[烏龍#產地]]",
        "[[烏龍#^a1]]",
        "[[茶/烏龍]]",
        "[[高山/茶/乌龙]]",
        "[[/山/高山/茶/烏龍]]",
        "[[../高山/茶/烏龍]]",
        "[看](../高山/茶/%E7%83%8F%E9%BE%8D.md#產地)",
        "[看](<../高山/茶/烏龍.md>)",
        "[看](/山/高山/茶/烏龍.md)",
        "[看](/山/高山/茶/烏龍)",
        "[看](烏龍.md)",
        "[看](obsidian://open?vault=x&file=%E7%83%8F%E9%BE%8D)",
    ],
)
def test_a_note_is_found_by_any_form_of_its_name(link: str) -> None:
    assert led_to(link, "山/平地/紅茶.md", ["山/高山/茶/烏龍.md", "山/高山/茶/綠茶.md"], VAULT) == "山/高山/茶/烏龍.md"


@pytest.mark.parametrize("link", ["[[CAFÉ Notes]]", "[[cafe\u0301 notes]]", "[[ＣＡＦÉ　notes]]"])
def test_case_width_and_the_form_of_accents_do_not_matter(link: str) -> None:
    for name in ("Café notes.md", unicodedata.normalize("NFD", "Café notes.md")):
        assert led_to(link, "a.md", [name], VAULT) == name


@pytest.mark.parametrize(("link", "to"), [("[[臺灣]]", "遠/臺灣.md"), ("[[台湾]]", "台湾.md"), ("[[台灣]]", "台湾.md")])
def test_of_two_scripts_the_one_that_is_written_wins(link: str, to: str) -> None:
    assert led_to(link, "a.md", ["遠/臺灣.md", "台湾.md"], VAULT) == to


@pytest.mark.parametrize(
    ("link", "path", "files", "to"),
    [
        ("[[n]]", "a/x.md", ["n.md", "a/n.md"], "n.md"),  # the whole path
        ("[[n]]", "a/x.md", ["b/n.md", "a/deep/er/n.md"], "a/deep/er/n.md"),  # below here
        ("[[n]]", "a/x.md", ["bcd/n.md", "b/c/d/n.md"], "bcd/n.md"),  # the shortest
        ("[[n]]", "b/y/x.md", ["a/q/n.md", "b/q/n.md", "c/q/n.md"], "b/q/n.md"),  # the nearest
        ("[[N]]", "x.md", ["a/n.md", "a/N.md"], "a/N.md"),  # the same case
        ("[[p/n]]", "x.md", ["n.md", "a/p/n.md", "p/m.md"], "a/p/n.md"),
        ("[看](n.md)", "a/x.md", ["n.md", "a/n.md"], "a/n.md"),  # Markdown counts from here
    ],
)
def test_of_several_notes_the_one_obsidian_opens_wins(link: str, path: str, files: list[str], to: str) -> None:
    assert led_to(link, path, files, VAULT) == to


def test_a_link_to_a_heading_or_block_alone_stays_in_its_note() -> None:
    for link in ("[[#產地]]", "[[#^a1]]", "[上](#產地)"):
        assert led_to(link, "a/x.md", ["x.md", "a/x.md"], VAULT) == "a/x.md"


@pytest.mark.parametrize(
    "link",
    ["[[茶.pdf]]", "[[茶.canvas]]", "[[../../茶]]", "[[./茶]]", "[[/茶]]", "[[水/茶]]", "[x](../茶.md)", "[x](茶.pdf)"],
)
def test_attachments_and_what_lies_elsewhere_are_no_notes(link: str) -> None:
    assert led_to(link, "a/x.md", ["a/b/茶.md"], VAULT) is None


def test_other_names_count_where_no_file_is_called_so() -> None:
    files = {
        "a.md": "---\naliases: [凍頂, 茶中之茶]\n---\n",
        "凍頂.md": "",
        "b/茶席/README.md": "",
        "c.md": "---\ntitle: 茶的歷史\n---\n",
    }
    for link, to in (("凍頂", "凍頂.md"), ("茶中之茶", "a.md"), ("茶席", "b/茶席/README.md"), ("茶的历史", "c.md")):
        assert led_to(f"[[{link}]]", "x.md", files, VAULT) == to


def test_a_title_that_two_notes_have_leads_nowhere() -> None:
    files = {"a.md": "---\ntitle: 週記\n---\n", "b.md": "---\ntitle: 週記\n---\n", "c.md": "---\ntitle: 月記\n---\n"}
    assert led_to("[[週記]]", "x.md", files, VAULT) is None
    assert led_to("[看](月記)", "x.md", files, VAULT) is None
    assert led_to("[[月記]]", "x.md", files, VAULT) == "c.md"


def test_daily_notes_are_found_by_their_date() -> None:
    assert led_to("[[2026-03-05]]", "x.md", ["日記/2026/2026-03-05.md", "2026-03-06.md"], VAULT) == (
        "日記/2026/2026-03-05.md"
    )


@pytest.mark.parametrize(
    ("site", "path", "link"),
    [
        (PLAIN, "docs/tea/oolong.md", "[看](oolong.md)"),
        (PLAIN, "docs/tea/oolong.md", "[看](/docs/tea/oolong.md)"),
        (PLAIN, "docs/tea/oolong.md", "[看](docs/tea/oolong.md)"),
        (HUGO, "content/posts/tea.md", "[看](/posts/tea/)"),
        (HUGO, "content/posts/tea.md", "[看](https://www.a.example/posts/tea?x=1#y)"),
        (HUGO, "content/posts/tea.md", "[看](../tea/)"),
        (HUGO, "content/posts/tea.md", '[看]({{< ref "tea.md#year" >}})'),
        (HUGO, "content/posts/tea.md", '[看]({{< relref "/posts/tea.md" >}})'),
        (HUGO, "content/posts/tea/index.md", '[看]({{< ref "posts/tea" >}})'),
        (HUGO, "content/posts/tea/index.md", '[看]({{< ref path="/posts/tea/index.md" >}})'),
        (HUGO, "content/posts/tea/_index.md", "[[tea]]"),
        (JEKYLL, "_posts/2026-01-02-tea.md", "[看]({% post_url 2026-01-02-tea %})"),
        (JEKYLL, "_posts/hot/2026-01-02-tea.md", "[看]({% post_url hot/2026-01-02-tea %})"),
        (JEKYLL, "hot/_posts/2026-01-02-tea.md", "[看]({% post_url hot/2026-01-02-tea %})"),
        (JEKYLL, "_posts/2026-01-02-tea.md", "[看]({% link _posts/2026-01-02-tea.md %})"),
        (JEKYLL, "_posts/2026-01-02-tea.md", "https://a.example/2026/01/02/tea.html"),
        (JEKYLL, "_posts/2026-01-02-tea.md", "[看](02/tea.html)"),
        (JEKYLL, "_posts/2026-01-02-tea.md", "[[tea]]"),
    ],
)
def test_sites_link_by_file_and_by_page(site: Site, path: str, link: str) -> None:
    here = {"plain": "docs/tea/x.md", "hugo": "content/posts/x.md", "jekyll": "_posts/2026-01-03-x.md"}[site.name]
    text = "---\npermalink: /2026/01/x.html\n---\n" if "(02/" in link else ""
    assert led_to(text + link, here, [path, here], site) == path


@pytest.mark.parametrize(
    "link", ["https://b.example/posts/tea/", "[外](//b.example/posts/tea/)", "[信](mailto:tea@a.example)", "https://["]
)
def test_links_that_leave_the_site_lead_nowhere(link: str) -> None:
    document = read(Source("content/a.md", f"x [a](/y) {link}"), HUGO)
    assert [link_keys(found, document, HUGO) for found in document.links[1:]] in ([()], [])


def test_plain_files_are_not_looked_for_everywhere() -> None:
    assert led_to("[看](README.md)", "a/x.md", ["b/README.md"], PLAIN) is None


@pytest.mark.parametrize("link", ["[看](/old/tea/)", "[看](https://a.example/old/tea/index.html)"])
def test_an_old_address_leads_to_the_page_unless_another_has_it_now(link: str) -> None:
    moved = {"content/posts/tea.md": "---\naliases: [/old/tea/]\n---\n"}
    assert led_to(link, "content/x.md", moved, HUGO) == "content/posts/tea.md"
    assert led_to(link, "content/x.md", moved | {"content/old/tea.md": ""}, HUGO) == "content/old/tea.md"


TWINS = Site("t", Dialect.HUGO, language="zh-tw", languages={"zh-tw": "", "zh-cn": ""})


@pytest.mark.parametrize("link", ['[看]({{< ref "tea.md" >}})', '[看]({{< relref "posts/tea" >}})', "[[tea]]"])
@pytest.mark.parametrize("language", ["zh-tw", "zh-cn"])
def test_a_page_of_one_language_leads_to_pages_of_it(link: str, language: str) -> None:
    files = ["content/posts/tea.zh-cn.md", "content/posts/tea.zh-tw.md"]
    assert led_to(link, f"content/posts/x.{language}.md", files, TWINS) == f"content/posts/tea.{language}.md"


@pytest.mark.parametrize("language", ["zh-tw", "zh-cn"])
def test_languages_may_have_folders_of_their_own(language: str) -> None:
    folders = replace(TWINS, languages={code: f"content/{code}" for code in ("zh-tw", "zh-cn")})
    files = ["content/zh-cn/posts/tea.md", "content/zh-tw/posts/tea.md"]
    for link in ('[看]({{< ref "/posts/tea" >}})', "[看](tea.md)", "[看](../posts/tea.md)"):
        assert led_to(link, f"content/{language}/posts/x.md", files, folders) == f"content/{language}/posts/tea.md"


def test_a_page_leads_to_its_twin_where_that_is_named() -> None:
    files = ["content/posts/tea.zh-cn.md", "content/posts/tea.zh-tw.md"]
    for link in ("[简体](tea.zh-cn.md)", "[简体](/zh-cn/posts/tea/)"):
        assert led_to(link, "content/posts/tea.zh-tw.md", files, TWINS) == files[0]


@pytest.mark.parametrize("name", ["AI: 未來", "Re:茶", "100%", "a.b"])
def test_names_may_hold_what_looks_like_an_address(name: str) -> None:
    assert led_to(f"[[{name}]]", "x.md", [f"{name}.md"], VAULT) == f"{name}.md"
    assert led_to(f"[看](<./{quote(name)}.md>)", "x.md", [f"{name}.md"], VAULT) == f"{name}.md"


targets = st.text(st.sampled_from("ab/.:#?%[]\\ 茶~&=") | st.characters(), max_size=20) | st.sampled_from(
    ("//[", "http://[", "obsidian://x?file=a&" + "b=c&" * 50, "../" * 20, "/" * 9, "http%3A//[", "\x00", "\ud800")
)


@given(targets, st.sampled_from((0, 1, 2, 3)), st.sampled_from(("wiki", "markdown", "auto", "property")))
def test_any_target_gives_keys_and_any_alias_an_address(target: str, number: int, kind: str) -> None:
    site = (VAULT, PLAIN, HUGO, JEKYLL)[number]
    document = read(Source("content/a/b.md", "文"), site)
    aliased = replace(document, header=replace(document.header, aliases=(target,)), title=target)
    keys = link_keys(Link(kind, target, None, None, None, None, None, 1, None), document, site)
    assert len(keys) == len(set(keys)) <= 5
    assert all(key.key and len(key.key) == len(key.spelled) for key in keys)
    assert all(address.key for address in addresses(aliased, site))
