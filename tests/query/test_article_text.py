from __future__ import annotations

import pytest

from service.errors import NotFoundError
from service.query.answers.text import ArticleText, Run, TextBlock
from service.query.article_text import article_text
from service.query.cursors import BadCursorError
from service.query.variants import in_variant
from tests.query.conftest import Corpus

BODY = "第一節\n\n燈塔管理員江夢蘭表示，每年有 300 艘船經過。\n\nhttps://light.example/a\n\n天氣很好。"


@pytest.fixture
def lighthouse(empty: Corpus) -> Corpus:
    empty.source("blog")
    address = f"燈塔\n\n{BODY}".index("https")
    empty.article("tower", "燈塔", BODY, fixed=[[0, 2], [address, address + 23]])
    empty.entity("meng-lan-jiang", "江夢蘭")
    empty.claim("claim1", "tower", "燈塔管理員江夢蘭表示，每年有 300 艘船經過。")
    empty.mention("tower", "江夢蘭", "meng-lan-jiang", "claim1")
    empty.figure("tower", "300 艘", "300", "count", "claim1")
    return empty


def runs(block: TextBlock) -> list[tuple[str, bool, bool, bool]]:
    return [(run.text, bool(run.entity), bool(run.figure), bool(run.claim)) for run in block.runs]


def all_runs(text: ArticleText) -> list[Run]:
    return [run for block in text.blocks for run in block.runs]


def test_a_text_is_cut_where_names_and_figures_stand(lighthouse: Corpus) -> None:
    sentence = article_text(lighthouse.session, "tower").blocks[2]
    assert runs(sentence) == [
        ("燈塔管理員", False, False, True),
        ("江夢蘭", True, False, True),
        ("表示，每年有 ", False, False, True),
        ("300 艘", False, True, True),
        ("船經過。", False, False, True),
    ]


def test_runs_are_slices_of_the_text_and_leave_nothing_of_a_block_out(lighthouse: Corpus) -> None:
    found = article_text(lighthouse.session, "tower")
    whole = lighthouse.texts["tower"]
    assert all(run.text == whole[run.start : run.end] for run in all_runs(found))
    for block in found.blocks:
        assert "".join(run.text for run in block.runs) == whole[block.start : block.end]


def test_what_the_front_matter_shows_and_what_is_code_are_told_apart(lighthouse: Corpus) -> None:
    found = article_text(lighthouse.session, "tower")
    assert [block.kind for block in found.blocks] == ["front", "text", "text", "fixed", "text"]


def test_blocks_know_their_line_of_the_file(lighthouse: Corpus) -> None:
    assert [block.line for block in article_text(lighthouse.session, "tower").blocks] == [4, 6, 8, 10, 12]


def test_a_long_text_comes_in_pages_without_gap_or_repeat(lighthouse: Corpus) -> None:
    whole = article_text(lighthouse.session, "tower")
    blocks, cursor = [], None
    for _ in range(3):
        page = article_text(lighthouse.session, "tower", limit=2, cursor=cursor)
        blocks += page.blocks
        cursor = page.next
    assert blocks == whole.blocks
    assert cursor is None
    assert whole.total == 5


def test_a_text_in_the_other_script_keeps_its_offsets(lighthouse: Corpus) -> None:
    found = article_text(lighthouse.session, "tower")
    shown = in_variant(found, "zh-Hans", lighthouse.session)
    assert [(run.start, run.end) for run in all_runs(shown)] == [(run.start, run.end) for run in all_runs(found)]
    assert "".join(run.text for run in shown.blocks[2].runs) == "灯塔管理员江梦兰表示，每年有 300 艘船经过。"


def test_an_article_that_is_not_there_has_no_text(lighthouse: Corpus) -> None:
    with pytest.raises(NotFoundError):
        article_text(lighthouse.session, "nothing")


def test_a_cursor_of_another_article_is_refused(lighthouse: Corpus) -> None:
    lighthouse.article("other", "潮汐", "一\n\n二")
    cursor = article_text(lighthouse.session, "other", limit=1).next
    with pytest.raises(BadCursorError):
        article_text(lighthouse.session, "tower", cursor=cursor)
