"""A small corpus made by hand: two sources, both scripts, everything a post can hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from service.script import fold
from service.store import tables as t
from service.store.claim_listing import change
from service.store.claim_terms import claim_terms
from service.store.ids import claim_number
from service.store.related_index import reindex_related
from service.store.search_index import add_articles, fresh
from tests.databases import Databases

Row = dict[str, Any]
_BEYOND = 1000  # rows of the small corpus


class Corpus:
    """Adds rows: whatever is found by its text gets the span and line where that text first stands."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.texts: dict[str, str] = {}
        self._numbers = count()

    def on(self, session: Session) -> Corpus:
        """Return what goes on from here in another session, with numbers beyond those given so far."""
        other = Corpus(session)
        other.texts, other._numbers = dict(self.texts), count(_BEYOND)
        return other

    def source(self, name: str) -> None:
        self.session.add(t.SourceRow(name=name))
        self.session.flush()

    def article(self, id_: str, title: str, body: str = "", tags: tuple[str, ...] = (), **values: Any) -> str:
        text = f"{title}\n\n{body}"
        path = values.pop("path", f"posts/{id_}.md")
        row: Row = {
            "source": "blog",
            "dialect": "hugo",
            "script": "Hant",
            "content_hash": "0",
            "tags": list(tags),
        } | values
        article = t.ArticleRow(id=id_, path=path, title=title, text=text, folded=fold(text), **row)
        article.anchors = [
            [0, 4, 1],
            *([n + 1, 4 + text.count("\n", 0, n + 1), 1] for n, c in enumerate(text) if c == "\n"),
        ]
        self.session.add(article)
        self.session.flush()
        self.texts[id_] = text
        for number, tag in enumerate(tags):
            label = t.LabelRow(article_id=id_, kind="tag", ordinal=number, value=tag, folded=fold(tag))
            self.session.add(label)
        values = {"tags": [], "categories": [], "published": None} | row
        row = values | {"id": id_, "path": path, "title": title, "folded": fold(text)}
        add_articles(self.session, [fresh(row)])
        return id_

    def relate(self) -> Session:
        """Index what relates articles, once all is there; return the session."""
        self.session.flush()
        reindex_related(self.session)
        return self.session

    def address(self, article: str, kind: str, key: str) -> None:
        self.session.add(t.AddressRow(article_id=article, kind=kind, key=key))

    def at(self, article: str, text: str) -> dict[str, int]:
        whole = self.texts[article]
        start = whole.index(text)
        return {"start": start, "end": start + len(text), "line": 4 + whole.count("\n", 0, start)}

    def entity(self, id_: str, name: str, kind: str = "person", **names: Any) -> str:
        self.session.add(t.EntityRow(id=id_, kind=kind, name=name, **names))
        self.session.flush()
        for form in {fold(form) for form in (name, *names.values()) if isinstance(form, str)}:
            self.session.add(t.EntityNameRow(entity_id=id_, folded=form))
        return id_

    def entity_name(self, id_: str, folded: str) -> None:
        self.session.add(t.EntityNameRow(entity_id=id_, folded=folded))

    def mention(self, article: str, surface: str, entity: str | None, claim: str | None = None, **values: Any) -> int:
        ordinal = next(self._numbers)
        row: Row = {
            "kind": "person",
            "name": surface,
            "role": "mentioned",
            "method": "lexicon",
            "confidence": 0.9,
        } | values
        place: Row = self.at(article, surface) | {"article_id": article, "ordinal": ordinal}
        self.session.add(t.MentionRow(surface=surface, entity_id=entity, claim_id=claim, **place, **row))
        return ordinal

    def claim(self, id_: str, article: str, text: str, **values: Any) -> str:
        row: Row = {
            "kind": "statement",
            "quote": False,
            "negated": False,
            "ordinal": next(self._numbers),
            "number": claim_number(id_),
        } | values
        place: Row = self.at(article, text)
        self.session.add(t.ClaimRow(id=id_, article_id=article, text=text, folded=fold(text), **place, **row))
        self.session.flush()
        change(self.session, {term: {row["number"]} for term in claim_terms(fold(text), (), ())}, {}, 1)
        return id_

    def figure(self, article: str, text: str, amount: str, unit: str, claim: str | None = None) -> None:
        number = next(self._numbers)
        place: Row = self.at(article, text)
        self.session.add(
            t.FigureRow(
                id=f"figure{number}",
                article_id=article,
                ordinal=number,
                text=text,
                **place,
                low=float(amount),
                high=float(amount),
                low_exact=amount,
                high_exact=amount,
                unit=unit,
                approx="exact",
                claim_id=claim,
            )
        )

    def time(self, article: str, text: str, low: str, high: str, claim: str | None = None) -> None:
        place: Row = self.at(article, text) | {"article_id": article, "ordinal": next(self._numbers)}
        self.session.add(t.TimeRow(text=text, low=low, high=high, kind="explicit", claim_id=claim, **place))

    def link(self, article: str, target: str, key: str | None, **values: Any) -> None:
        row: Row = {"kind": "wiki", "line": 9, "article_id": article, "ordinal": next(self._numbers)} | values
        self.session.add(t.LinkRow(target=target, **row))
        if key is not None:
            self.session.add(t.LinkKeyRow(article_id=article, ordinal=row["ordinal"], place=0, key=key))


def build(corpus: Corpus) -> None:
    """Write the posts that most tests read."""
    for name in ("blog", "vault"):
        corpus.source(name)
    corpus.entity("lin-ruoxi", "林若溪", hant="林若溪", hans="林若溪", en="Lin Ruoxi")
    corpus.entity("haifeng", "海豐港務", kind="company", hant="海豐港務", hans="海丰港务", en="Haifeng Ports")
    corpus.entity("qingchuan", "青川", kind="place")
    _cranes(corpus)
    _automation(corpus)
    corpus.article(
        "c3", "起重機", "草稿：起重機的種類。", source="vault", path="notes/起重機.md", draft=True, dialect="obsidian"
    )
    corpus.address("c3", "name", "起重机")
    corpus.article("d4", "麵包筆記", "酵母喜歡溫暖的廚房。", tags=("烘焙",), published="2025-12-24")
    corpus.relate()


def _cranes(corpus: Corpus) -> None:
    said = "林若溪預計碼頭明年吞吐 12 萬噸。"
    bought = "海豐港務買了三座起重機。"
    corpus.article(
        "a1",
        "港口起重機為何停擺",
        f"{said}\n{bought}\n\n港口的資料中心也停了。",
        tags=("航運", "港口"),
        url="https://blog.example/cranes/",
        published="2026-02-03T09:00:00+08:00",
    )
    corpus.address("a1", "url", "/cranes")
    corpus.address("a1", "alias", "/old")
    corpus.address("a1", "name", "cranes")
    speaker = corpus.mention("a1", "林若溪", "lin-ruoxi", role="speaker")
    corpus.claim("claim1", "a1", said, kind="prediction", speaker_ordinal=speaker, section="碼頭")
    corpus.claim("claim2", "a1", bought)
    corpus.session.flush()
    corpus.mention("a1", "海豐港務", "haifeng", "claim2", kind="company")
    corpus.figure("a1", "12 萬噸", "120000000", "kg", "claim1")
    corpus.figure("a1", "三座", "3", "count", "claim2")
    corpus.time("a1", "明年", "2027-01-01", "2027-12-31", "claim1")
    corpus.link("a1", "起重機", "起重机", relation="補充", note="機型一覽", alias="機型")
    corpus.link("a1", "Lin Ruoxi", "lin ruoxi")
    corpus.link("a1", "https://elsewhere.example/", None, kind="markdown")
    media: Row = {"kind": "image", "target": "crane.webp", "alt": "黃昏的貨櫃碼頭", "args": [], "line": 12}
    corpus.session.add(t.MediaRow(article_id="a1", ordinal=0, **media))
    corpus.session.add(t.HeadingRow(article_id="a1", ordinal=0, level=2, text="碼頭", line=8, start=0, end=2))


def _automation(corpus: Corpus) -> None:
    said = "海丰港务每年花 3.5 亿元维护码头。"
    corpus.article(
        "b2",
        "码头自动化的代价",
        f"{said}\n林若溪不同意。",
        tags=("港口",),
        script="Hans",
        url="https://blog.example/automation/",
        published="2026-01-10",
    )
    corpus.address("b2", "url", "/automation")
    corpus.claim("claim3", "b2", said)
    corpus.session.flush()
    corpus.mention("b2", "海丰港务", "haifeng", "claim3", kind="company")
    corpus.mention("b2", "林若溪", "lin-ruoxi")
    corpus.figure("b2", "3.5 亿元", "350000000", "CNY", "claim3")
    corpus.link("b2", "/cranes/", "/cranes", kind="markdown", relation="前傳")


def _nothing(engine: Engine) -> None:
    """Leave a database empty."""


_built: dict[Engine, Corpus] = {}


def _small(engine: Engine) -> None:
    with Session(engine) as session:
        _built[engine] = Corpus(session)
        build(_built[engine])
        session.commit()


@contextmanager
def _taken_back(engine: Engine) -> Iterator[Session]:
    """Give a session on a database that others read after: what it writes is never committed."""
    with Session(engine) as session:

        @partial(event.listen, session, "before_commit")
        def refuse(session: Session) -> None:
            assert session.in_nested_transaction(), "other tests read this database: take the fixture `engine`"

        yield session


@pytest.fixture
def empty(databases: Databases) -> Iterator[Corpus]:
    """A corpus with nothing in it."""
    with _taken_back(databases.held(_nothing)) as session:
        yield Corpus(session)


@pytest.fixture
def corpus(databases: Databases) -> Iterator[Corpus]:
    """The small corpus."""
    engine = databases.held(_small)
    with _taken_back(engine) as session:
        yield _built[engine].on(session)


@pytest.fixture
def session(corpus: Corpus) -> Session:
    """A session on the small corpus."""
    return corpus.session


class Statements:
    """Counts the statements that a session sends."""

    def __init__(self, session: Session) -> None:
        self.number = 0
        session.connection()  # so that the statement that begins a transaction is not counted
        self._engine = session.get_bind()

    def __enter__(self) -> Statements:
        event.listen(self._engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        self.number += 1
