"""Whole sites and vaults of others are read: every file gives a document or a report that says where to look.

Figures are printed (`pytest -s`). CORPORA names the folder that holds the trees. A thorough run reads every file,
others one of ten.
"""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

import pytest

from bench.corpora import Survey, as_table, survey
from service.model import Document, Source, Span
from tests.thorough import few

_DEFAULT = Path(__file__).parent.parent.parent.parent / "shared" / "corpora"


@pytest.fixture(scope="module")
def trees() -> list[Survey]:
    folder = Path(os.environ.get("CORPORA", _DEFAULT))
    if not folder.is_dir():
        pytest.skip("the corpora are not here: set CORPORA to a folder that holds sites and vaults")
    surveys = survey(folder, lambda path: crc32(path.encode()) % 10 < few(10))
    print("\n" + as_table(surveys))  # noqa: T201 (figures are what this test is run for)
    return surveys


def _spans(document: Document) -> list[Span]:
    blocks = [block.span for block in document.blocks]
    links = [span for link in document.links for span in (link.span, link.reason) if span]
    return [*blocks, *(heading.span for heading in document.headings), *links, *document.code]


def _lines(document: Document) -> list[int]:
    lines = [block.line for block in document.blocks] + [heading.line for heading in document.headings]
    lines += [link.line for link in document.links] + [media.line for media in document.media]
    return lines + [anchor.line for anchor in document.anchors]


def _faults(source: Source, document: Document) -> list[str]:
    """Return what of a document is not where it says."""
    length, last = len(document.text), source.text.count("\n") + 1
    faults = [f"span {span}" for span in _spans(document) if not 0 <= span.start < span.end <= length]
    faults += [f"line {line}" for line in _lines(document) if not 1 <= line <= last]
    if "\n\n".join(document.slice(block.span) for block in document.blocks) != document.text:
        faults.append("the blocks are not the text")
    return faults + [f"heading {one.text!r}" for one in document.headings if document.slice(one.span) != one.text]


def test_every_file_gives_a_document_or_a_report(trees: list[Survey]) -> None:
    for tree in trees:
        told = {report.path for report in tree.reports}
        silent = tree.files - len(tree.documents) - len(told - {source.path for source, _ in tree.documents})
        assert silent == 0, tree.site.name


def test_every_report_says_what_and_where(trees: list[Survey]) -> None:
    for tree in trees:
        ends = {source.path: source.text.count("\n") + 1 for source, _ in tree.documents}
        for report in tree.reports:
            assert report.path
            assert len(report.detail) > len("it is wrong")
            assert report.line is not None, report
            assert 1 <= report.line <= ends.get(report.path, report.line), report


def test_everything_lies_where_its_document_says(trees: list[Survey]) -> None:
    wrong = [
        (tree.site.name, source.path, faults)
        for tree in trees
        for source, document in tree.documents
        if (faults := _faults(source, document))
    ]
    assert not wrong, wrong[:5]


def test_links_within_a_tree_are_looked_for(trees: list[Survey]) -> None:
    for tree in trees:
        links = sum(len(document.links) for _, document in tree.documents)
        assert tree.found.total() + len(tree.lost) + tree.outward == links
