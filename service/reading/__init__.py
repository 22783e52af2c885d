"""Source → Document: what a post's file says, as one text with everything in its place. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from service.model import BlockKind, Dialect, Document, Header, Media, Script, Site, Source
from service.reading.addresses.hexo import LINKS, post_links
from service.reading.dialect import detect_dialect
from service.reading.headers.defaults import kind_of, with_defaults
from service.reading.headers.frontmatter import FrontMatter, split
from service.reading.headers.header import is_written, read_header
from service.reading.headers.info import read_info
from service.reading.headers.logseq import page_name, read_logseq
from service.reading.headers.places import write_header
from service.reading.links.fields import Fields
from service.reading.links.properties import property_links
from service.reading.links.relations import read_links
from service.reading.markdown.body import read_body
from service.reading.markdown.found import Body
from service.reading.markdown.prose import OpenBlock, Prose
from service.reading.templates.veil import in_column, veil
from service.script import detect

__all__ = ["read", "read_plain"]

_DATE_PREFIX = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-(?=.)")


def read(source: Source, site: Site) -> Document:
    r"""Return the document that `source` holds, as a post of `site`.

    >>> document = read(Source("content/a.md", "---\ntitle: 花\n---\n花開了。"), Site("s"))
    >>> document.title, document.text, document.place(3).line
    ('花', '花\n\n花開了。', 4)

    Raises:
        ContentError: the file cannot be read as a post at all.
    """
    front = split(source.text)
    if site.generator == "logseq" and front.format is None:
        front = read_logseq(source.text)
    dialect = site.dialect or detect_dialect(source.path, source.text, front)
    given = replace(front, data=with_defaults(front.data, source.path, site))
    header, keys = read_header(given, source.path, dialect, site)
    prose = Prose()
    write_header(front, header, {field: key for field, key in keys.items() if is_written(key, front.data)}, prose)
    veiled = veil(in_column(front.body, source.text), dialect, front.body_line)
    body = read_body(veiled.text, dialect, front.body_line, prose)
    return _document(source, site, dialect, front, header, body, veiled.embeds)


def _document(
    source: Source,
    site: Site,
    dialect: Dialect,
    front: FrontMatter,
    header: Header,
    body: Body,
    embeds: list[tuple[int, Media]],
) -> Document:
    text, blocks = body.prose.text(), list(body.prose.blocks)
    blocks, info = read_info(blocks, body.links, text, plain=not front.data)
    if info:
        told, _ = read_header(FrontMatter(data=info), source.path, dialect, site)
        header = _completed(header, told) if front.data else told
    header = _with_tags(header, body.tags)
    media = sorted(
        [
            *((place.line, place.column, m) for place, m in body.media),
            *((m.line, at, m) for at, m in embeds if m.name not in LINKS),
        ],
        key=lambda item: item[:2],
    )
    title = header.title or _heading_title(body) or _name_title(source.path, dialect, site)
    return Document(
        path=source.path,
        dialect=dialect,
        script=_script(text, header, title),
        header=header,
        title=title,
        text=text,
        blocks=tuple(blocks),
        headings=tuple(body.headings),
        links=(
            *property_links(front),
            *read_links(body.links, blocks, text, Fields(source.text, body.prose.anchors)),
            *post_links(embeds),
        ),
        media=tuple(m for *_, m in media),
        code=tuple(sorted(body.code)),
        anchors=tuple(body.prose.anchors),
        problems=(*source.problems, *front.problems, *body.problems),
        bare=front.format is None and not source.text.startswith("---"),
    )


def _completed(header: Header, told: Header) -> Header:
    """Return the front matter's `header` with what only the text tells: who wrote it, when, and from what."""
    return replace(
        header,
        authors=header.authors or told.authors,
        published=header.published or told.published,
        updated=header.updated or told.updated,
        original=header.original or told.original,
    )


def _with_tags(header: Header, tags: list[str]) -> Header:
    if not tags:
        return header
    return replace(header, tags=tuple(dict.fromkeys([*header.tags, *tags])))


def _heading_title(body: Body) -> str | None:
    headings = sorted(body.headings, key=lambda heading: heading.level != 1)
    return headings[0].text.replace("\n", " ") if headings else None


def _name_title(path: str, dialect: Dialect, site: Site) -> str:
    if site.generator == "logseq":
        return page_name(path)
    file = PurePosixPath(path)
    stem = file.stem
    titled = dialect is Dialect.JEKYLL and not site.generator and kind_of(path, site) != "pages"
    if not titled and stem.lower() in ("index", "_index", "readme") and file.parent.name:
        stem = file.parent.name
    bare = stem if dialect is Dialect.OBSIDIAN else _DATE_PREFIX.sub("", stem)
    return " ".join(word.capitalize() for word in bare.rstrip(".").split("-") if word) if titled else bare


def _script(text: str, header: Header, title: str) -> Script:
    """Return the script of the text, else of the title, else what the language declares."""
    for sample in (text, title):
        if (script := detect(sample)) is not Script.OTHER:
            return script
    language = (header.language or "").lower().replace("_", "-")
    if re.match(r"zh-(?:.*-)?(?:hant|tw|hk|mo)\b", language):
        return Script.HANT
    if re.match(r"zh-(?:.*-)?(?:hans|cn|sg|my)\b", language):
        return Script.HANS
    return Script.OTHER


def read_plain(text: str) -> Document:
    r"""Return a bare sentence or paragraph as a document: no markup is looked for, blank lines part paragraphs.

    >>> read_plain("第一段。\n\n第二段。").blocks[1].span
    Span(start=6, end=10)
    """
    prose = Prose()
    prose.open(OpenBlock(BlockKind.PARAGRAPH))
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line.strip():
            prose.write(line.rstrip(), number, 1)
            prose.write_break()
        else:
            prose.close()
            prose.open(OpenBlock(BlockKind.PARAGRAPH))
    prose.close()
    plain = prose.text()
    return Document(
        path="",
        dialect=Dialect.MARKDOWN,
        script=detect(plain),
        header=Header(),
        title="",
        text=plain,
        blocks=tuple(prose.blocks),
        headings=(),
        links=(),
        media=(),
        code=(),
        anchors=tuple(prose.anchors),
    )
