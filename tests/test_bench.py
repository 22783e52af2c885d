"""Benchmarks count what they say they count, and each keeps its own section of the results."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import reading, report
from bench.corpora import Report, as_table, survey


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "a.md").write_text(
        "---\ntitle: 港口\n---\n見 [下一篇](b.md)、[沒有的](c.md) 與 https://b.example 。\n", "utf-8"
    )
    (folder / "b.md").write_text("---\ntags: [港, 船\n---\n正文。\n", "utf-8")
    return folder


def test_a_post_that_the_bare_libraries_cannot_load_is_left_out_on_both_sides(blog: Path) -> None:
    (tree,) = reading.trees(blog)
    assert [post.path for post in tree.posts] == ["a.md"]
    assert tree.left_out == 1


def test_the_report_has_a_row_for_each_tree_and_one_for_all(blog: Path) -> None:
    lines = reading.run([blog], rounds=1).split("\n")
    assert [line.split(" | ")[1:3] for line in lines if line.startswith(("| blog", "| **all**"))] == [["1", "1"]] * 2


def test_a_section_takes_the_place_of_its_last_run_and_of_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path / "RESULTS.md")
    report.write_section("Reading posts", "first")
    report.write_section("Answering", "other")
    report.write_section("Reading posts", "second")
    text = (tmp_path / "RESULTS.md").read_text("utf-8")
    assert text.count("## ") == 2
    assert text.index("## Answering\n\nother") < text.index("## Reading posts\n\nsecond")
    assert "first" not in text


def test_a_survey_counts_links_by_where_they_lead(blog: Path) -> None:
    (done,) = survey(blog)
    assert (done.files, len(done.documents), done.found["markdown"], done.outward) == (2, 2, 1, 1)
    assert [link.target for _, link in done.lost] == ["c.md"]
    assert "| blog | 2 | 2 |" in as_table([done])


def test_reports_are_of_a_kind_whatever_file_they_are_of() -> None:
    one = Report("a.md", "the key tags stands more than once; the last one counts", 2)
    other = Report("b.md", "the key 標題 stands more than once; the last one counts", 9)
    assert one.kind == other.kind == "the key … stands more than once"
