"""Stories are read as they are written, and what a lookup answers is set beside what was judged."""

from __future__ import annotations

import pytest

from bench.relations.__main__ import run
from bench.relations.stories import parse, stories

STORY = """\
@@ post a1 zh-Hant 2026-03-02 北港渡輪換船
北港渡輪公司說，⟦a1a|新船每天往返 24 班⟧。⟦a1b|北港渡輪的票價維持 30 元⟧。
@@ post a2 zh-Hans 2026-03-05 北港见闻
⟦a2a|北港渡轮新船每天往返 18 班⟧，船员都很客气。
@@ queries
北港渡轮的新船一天往返 24 班 | A:a1a | C:a2a
北港渡輪票價 30 元 | A:a1b | T:a1a,a2a
北港有幾座燈塔？
"""


def test_a_story_gives_posts_without_marks_and_what_each_claim_says_to_a_sentence() -> None:
    story = parse("ferry", STORY)
    assert [post.id for post in story.posts] == ["a1", "a2"]
    assert "北港渡輪公司說，新船每天往返 24 班。北港渡輪的票價維持 30 元。" in story.posts[0].content
    assert story.posts[0].marks == {"a1a": "新船每天往返 24 班", "a1b": "北港渡輪的票價維持 30 元"}
    assert [one.text for one in story.asked] == [
        "北港渡轮的新船一天往返 24 班",
        "北港渡輪票價 30 元",
        "北港有幾座燈塔？",
    ]
    assert story.asked[1].expected == {"a1b": "agree", "a1a": "trap", "a2a": "trap"}


def test_a_sentence_may_only_name_claims_that_are_marked() -> None:
    with pytest.raises(ValueError, match=r"ferry.*a9z"):
        parse("ferry", STORY.replace("C:a2a", "C:a9z"))


def test_a_story_without_sentences_is_refused() -> None:
    with pytest.raises(ValueError, match="no queries"):
        parse("ferry", STORY.partition("@@ queries")[0])


def test_all_stories_can_be_read_and_judge_both_sides() -> None:
    told = list(stories())
    assert len({story.name for story in told}) == len(told) >= 50
    sides = {stands for story in told for one in story.asked for stands in one.expected.values()}
    assert sides == {"agree", "conflict", "trap"}


def test_the_report_counts_what_is_found_and_what_is_right() -> None:
    report = run([parse("ferry", STORY)])
    assert "| agree | 2 |" in report
    assert "| conflict | 1 |" in report
    assert "Traps avoided: 100%." in report
