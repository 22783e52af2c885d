"""Documents and extractions made by hand, so that what is stored can be told without reading or mining anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from service.model import (
    Anchor,
    Approx,
    Block,
    BlockKind,
    Claim,
    ClaimKind,
    Dialect,
    Document,
    EntityKind,
    Extraction,
    Figure,
    Gloss,
    Header,
    Heading,
    Link,
    Media,
    Mention,
    Moment,
    Original,
    Problem,
    Quantity,
    Script,
    Site,
    Span,
    Time,
)
from service.store.engine import writing
from service.store.tables import TABLES
from service.store.writer import save

SITE = Site("harbour", Dialect.HUGO, base_url="https://harbour.example/")
NOTHING = Extraction((), (), (), (), ())

_TITLE, _HEADING = "港口起重機", "產能"
_FIRST = "林靜儀（Lin Jingyi）說，高雄港明年要裝 12 座起重機。"
_SECOND = "她認為成本不會超過 3.5 億元。"


def crane_post(path: str = "posts/cranes.md") -> tuple[Document, Extraction]:
    """Return a post with one of everything."""
    text = "\n\n".join((_TITLE, _HEADING, _FIRST, _SECOND))
    document = Document(
        path=path,
        dialect=Dialect.HUGO,
        script=Script.HANT,
        header=_header(),
        title=_TITLE,
        text=text,
        blocks=_blocks(text),
        headings=(Heading(2, _HEADING, 9, _span(text, _HEADING)),),
        links=(
            Link("wiki", "起重機", "機具", "規格", None, "補充", "規格見此", 11, _span(text, "起重機。")),
            Link("markdown", "https://example.com/port", None, None, None, None, None, 12, None),
        ),
        media=(
            Media("image", None, "/crane.png", "一座起重機", (), 14),
            Media("embed", "youtube", None, None, ("x1",), 15),
        ),
        code=(),
        anchors=(Anchor(0, 2, 8), Anchor(7, 9, 4), Anchor(11, 11, 1)),
        problems=(Problem("the tag list is no list", 4),),
    )  # fmt: skip
    return document, _extraction(document)


def plain_post(text: str, path: str = "posts/plain.md") -> Document:
    """Return a post that is one paragraph."""
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)), 1)
    return Document(
        path, Dialect.MARKDOWN, Script.HANT, Header(), "", text, (block,), (), (), (), (), (Anchor(0, 1, 1),)
    )


def stored(engine: Engine, site: Site, document: Document, extraction: Extraction, content_hash: str = "hash") -> None:
    """Save a post, its source first."""
    with writing(engine) as session:
        source = TABLES["source"]
        if not session.execute(select(source).where(source.c.name == site.name)).first():
            session.execute(insert(source), [{"name": site.name, "kind": "auto"}])
        save(session, site, document, extraction, content_hash)


def dump(engine: Engine, *without: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, in an order of its own; not of the search index, which each way to get there
    leaves in other segments.
    """
    tables = (table for table in TABLES.values() if table.name not in without and not table.name.startswith("search_"))
    with Session(engine) as session:
        return {table.name: sorted(map(tuple, session.execute(select(table))), key=repr) for table in tables}


def with_header(document: Document, header: Header) -> Document:
    """Return the document with another header."""
    return replace(document, header=header)


def _header() -> Header:
    return Header(
        title=_TITLE,
        published=Moment(datetime(2026, 3, 1), "2026-03-01", zone_known=False, date_only=True),
        authors=("王小明",),
        tags=("港口", "Crane"),
        categories=("基建",),
        aliases=("/old/cranes/",),
        description=None,
        language="zh-TW",
        original=Original("https://example.com/report", "年報"),
        rest={"weight": 3, "cover": {"image": "a.png"}, "ratio": float("inf")},
    )


def _blocks(text: str) -> tuple[Block, ...]:
    kinds = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH)
    parts = (_TITLE, _HEADING, _FIRST, _SECOND)
    return tuple(
        Block(kind, _span(text, part), line) for kind, part, line in zip(kinds, parts, (2, 9, 11, 13), strict=True)
    )


def _extraction(document: Document) -> Extraction:
    text = document.text
    speaker = _mention(text, "林靜儀", "林靜儀", 11)
    short = _mention(text, "她", "林靜儀", 13, method="short_form")
    port = _mention(text, "高雄港", "高雄港", 11, EntityKind.PLACE)
    cranes = _figure(text, "12 座", Quantity(Decimal(12), Decimal(12), "count", counted="座"), 11)
    cost = _figure(text, "3.5 億元", Quantity(Decimal("3.5E+8"), Decimal("3.5E+8"), "TWD"), 13, Approx.UNDER)
    next_year = Time("明年", _span(text, "明年"), 11, "2027-01-01", "2027-12-31", "relative")
    first = Claim(
        _FIRST, _span(text, _FIRST), 11, _HEADING, speaker, ClaimKind.PLAN, False, False,
        (speaker, port), (cranes,), (next_year,),
    )  # fmt: skip
    second = Claim(
        _SECOND, _span(text, _SECOND), 13, _HEADING, speaker, ClaimKind.OPINION, False, True, (short,), (cost,), ()
    )
    gloss = Gloss("林靜儀", "Lin Jingyi", EntityKind.PERSON, _span(text, "林靜儀（Lin Jingyi）"), 11)
    return Extraction((speaker, port, short), (gloss,), (cranes, cost), (next_year,), (first, second))


def _span(text: str, part: str) -> Span:
    start = text.rindex(part)
    return Span(start, start + len(part))


def _mention(
    text: str, surface: str, name: str, line: int, kind: EntityKind = EntityKind.PERSON, method: str = "context"
) -> Mention:
    return Mention(surface, _span(text, surface), line, kind, name, None, "mentioned", method, 0.9)


def _figure(text: str, surface: str, quantity: Quantity, line: int, approx: Approx = Approx.EXACT) -> Figure:
    return Figure(surface, _span(text, surface), line, quantity, approx)
