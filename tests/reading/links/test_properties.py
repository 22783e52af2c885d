"""Front matter links to other posts, related by its keys."""

from __future__ import annotations

import pytest

from service.model import Dialect, Site, Source
from service.reading import read

SITE = Site("s", Dialect.OBSIDIAN)


def _told(front: str, fence: str = "---") -> list[tuple[str, str | None, str | None, int]]:
    document = read(Source("a.md", f"{fence}\n{front}\n{fence}\n內文 [[堤防]]\n"), SITE)
    *declared, own = document.links
    assert (own.kind, own.target) == ("wiki", "堤防")
    assert {link.kind for link in declared} <= {"property"}
    return [(link.target, link.relation, link.note, link.line) for link in declared]


def test_a_wiki_link_under_any_key_is_a_link_of_that_relation() -> None:
    front = 'title: 水庫\nup: "[[河川]]"\n流域:\n  - "[[上游|山上]]"\n  - "[[下游#河口]]"\n作者: "[[阿土]]"'
    assert _told(front) == [
        ("河川", "up", None, 3),
        ("上游", "流域", None, 5),
        ("下游", "流域", None, 6),
        ("阿土", "作者", None, 7),
    ]


def test_one_value_may_hold_several() -> None:
    assert _told('相关: "[[上游]]、[[下游]]"') == [("上游", "相关", None, 2), ("下游", "相关", None, 2)]


@pytest.mark.parametrize(
    "value", ["notes/levee.md", "/posts/levee/", "../levee.md", "https://a.example/levee", "posts/levee", "堤防 記.md"]
)
@pytest.mark.parametrize("key", ["related", "相關", "延伸閱讀", "See Also", "上一篇"])
def test_keys_that_relate_posts_take_paths_and_urls(key: str, value: str) -> None:
    assert _told(f"{key}: [{value}]") == [(value, key, None, 2)]


def test_a_map_tells_the_reason() -> None:
    front = (
        'related:\n  - link: "[[上游]]"\n    reason: 同一條河\n    note: 只隔一座橋\n'
        "  - {連結: /posts/levee/, 關係: 對照}\n  - 支持: '[[下游]]'"
    )
    assert _told(front) == [
        ("上游", "同一條河", "只隔一座橋", 3),
        ("/posts/levee/", "對照", None, 6),
        ("下游", "支持", None, 7),
    ]


def test_toml_and_markdown_links_count_too() -> None:
    assert _told('title = "水庫"\nrelated = ["[[上游]]", "[堤](levee.md#top)"]', "+++") == [
        ("上游", "related", None, 3),
        ("levee.md", "related", None, 3),
    ]


@pytest.mark.parametrize(
    "front",
    [
        'title: "[[水庫]]"',
        'aliases: ["[[水庫]]"]',
        'note: "見 [[水庫]] 一文"',
        "related: [水利, 防洪]",
        "cover: images/levee.png",
        "source_url: https://a.example/levee",
        "references: [[[水庫]], 堤防]",
        "# up: [[水庫]]\nx: 1",
    ],
)
def test_what_is_no_link_is_none(front: str) -> None:
    assert _told(front) == []
