"""Pages of a Logseq graph: what their properties, names and outlines say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.model import BlockKind, Dialect, Document, Site, Source
from service.reading import read
from service.reading.headers.logseq import read_logseq

GRAPH = Site("g", Dialect.OBSIDIAN, generator="logseq")


def _read(path: str, text: str) -> Document:
    return read(Source(path, text), GRAPH)


def test_properties_above_the_page_are_its_header() -> None:
    document = _read(
        "pages/a.md", "title:: 茶與山\ntags:: 飲品, [[山]]\nalias:: 茗, 荈\n作者:: 林小舟\n\n- 春茶上市了\n"
    )
    header = document.header
    assert (header.title, header.tags, header.aliases, header.authors) == (
        "茶與山",
        ("飲品", "山"),
        ("茗", "荈"),
        ("林小舟",),
    )
    assert document.text == "茶與山\n\n林小舟\n\n春茶上市了"
    assert [document.line(block.span.start) for block in document.blocks] == [1, 4, 6]


def test_the_name_of_a_journal_is_its_day() -> None:
    document = _read("journals/2026_03_01.md", "- 今天採茶")
    assert document.header.published is not None
    assert document.header.published.isoformat() == document.title == "2026-03-01"
    assert _read("pages/2026_03_01.md", "- 文").header.published is None
    own = _read("journals/2026_03_01.md", "date:: 2026-03-02\n\n- 文").header.published
    assert own is not None
    assert own.isoformat() == "2026-03-02"


def test_names_of_files_stand_for_pages_within_pages() -> None:
    assert [_read(path, "- 文").title for path in ("pages/飲品___綠茶.md", "pages/飲品%2F綠茶.md")] == ["飲品/綠茶"] * 2
    assert BlockKind.TITLE not in {block.kind for block in _read("pages/飲品___綠茶.md", "- 文").blocks}


def test_what_only_the_app_needs_is_no_prose_and_the_rest_stays_in_place() -> None:
    text = "- 春茶\n  collapsed:: true\n  :LOGBOOK:\n  CLOCK: [2026]\n  :END:\n\t- 產地:: 坪林\n\t  id:: 64f1\n- 秋茶\n"
    document = _read("pages/茶.md", text)
    assert document.text.split() == ["春茶", "產地::", "坪林", "秋茶"]
    assert [document.line(block.span.start) for block in document.blocks] == [1, 6, 8]


def test_front_matter_is_front_matter_in_a_graph_too() -> None:
    assert _read("pages/a.md", "---\ntitle: 茶\n---\ntags:: 山\n").header.title == "茶"


def test_a_property_that_stands_twice_begins_the_body() -> None:
    front = read_logseq("a:: 1\na:: 2\n")
    assert (dict(front.data), front.body, front.body_line) == ({"a": "1"}, "a:: 2\n", 2)


@given(st.text(alphabet="ab:- \t\n茶[]", max_size=200))
def test_lines_are_kept_in_number(text: str) -> None:
    front = read_logseq(text)
    assert front.body_line - 1 + len(front.body.split("\n")) in (len(text.split("\n")), len(text.split("\n")) + 1)
