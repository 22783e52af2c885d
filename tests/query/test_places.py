from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from service.ingest import ingest
from service.model import Site, Source
from service.query.columns import ARTICLE
from service.query.places import line_at
from service.query.search import search
from service.reading import read

POST = """---
title: 海邊的風
description: 風機與潮汐
tags: [能源]
---

第一段說的是風機，
換了一行仍是同一段。

> 引文裡的潮汐，
> 也換了行。

- 清單一

  清單一的第二段說到潮汐

| 欄 | 值 |
| --- | --- |
| 潮汐 | 乙 |

![潮汐的圖](a.png)
"""


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8, unique=True), st.integers(0, 60))
def test_a_line_is_that_of_the_last_anchor_before(starts: list[int], offset: int) -> None:
    anchors = [(start, 10 + n, 1) for n, start in enumerate(sorted(starts))]
    before = [line for start, line, _ in anchors if start <= offset]
    assert line_at(anchors, offset) == (before[-1] if before else 10)


def test_a_text_without_anchors_is_all_its_first_line() -> None:
    assert line_at([], 7) == 1


def test_every_offset_has_the_line_it_was_read_from(engine: Engine) -> None:
    ingest(engine, Site("shore"), [Source("a.md", POST)])
    document = read(Source("a.md", POST), Site("shore"))
    with Session(engine) as session:
        (anchors,) = session.execute(select(ARTICLE.c.anchors)).scalars()
    assert [line_at(anchors, n) for n in range(len(document.text))] == [
        document.line(n) for n in range(len(document.text))
    ]


def test_every_highlight_has_the_line_its_word_stands_in(engine: Engine) -> None:
    ingest(engine, Site("shore"), [Source("a.md", POST)])
    lines = POST.split("\n")
    with Session(engine) as session:
        found = [place for word in ("風", "潮汐", "換了行", "清單") for hit in search(session, word).items
                 for place in hit.highlights]  # fmt: skip
        (text,) = session.execute(select(ARTICLE.c.text)).scalars()
    assert found
    for place in found:
        assert text[place.start : place.end] in lines[place.line - 1]
