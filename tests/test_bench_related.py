"""Related articles are better than what a site would do otherwise, by posts that were judged pair by pair."""

from __future__ import annotations

from bench.judged import CONTENT, gain, judged, qualities
from tests.samples import corpus


def test_judged_posts_are_those_of_the_sample_content() -> None:
    posts, grades = judged()
    assert all((CONTENT / path).is_file() for path in posts.values())
    assert grades.keys() == posts.keys()
    assert {other for found in grades.values() for other in found} <= posts.keys()
    assert {grade for found in grades.values() for grade in found.values()} == {1, 2, 3}


def test_the_best_order_gains_all_and_none_gains_nothing() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert gain(["a", "b", "c"], grades) == 1.0
    assert 0 < gain(["c", "b", "a"], grades) < 1.0
    assert gain([], grades) == gain(["x", "y"], grades) == 0.0


def test_related_articles_are_better_than_bm25_and_tags() -> None:
    found = qualities(corpus(CONTENT))
    assert found["wenmai"] > 0.93
    assert found["wenmai"] > found["BM25"] + 0.01
    assert found["wenmai"] > found["tags, as Hugo does"] + 0.3
