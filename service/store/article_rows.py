"""From a document to the rows of its article: plain values, nothing is written here."""

from __future__ import annotations

from service.model import BlockKind, Document, Header, Link, Media, Site
from service.reading.addresses.urls import page_url
from service.reading.links.linking import link_keys, link_language
from service.reading.links.whereabouts import addresses
from service.script import fold
from service.store.values import Row, at, bounded, cleaned, plain, storable

_FIXED = frozenset(  # kinds of blocks that hold no running text of the body
    {BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.AUTHOR, BlockKind.PERSON, BlockKind.COMPANY, BlockKind.CODE}
)


def article_rows(identifier: str, site: Site, document: Document, content_hash: str) -> dict[str, list[Row]]:
    """Return the rows that `document` becomes, by table, the article first; the values fit any database."""
    made = {
        "article": [_article(identifier, site, document, content_hash)],
        "label": _labels(document.header),
        "address": _addresses(site, document),
        "heading": [
            {"ordinal": number, "level": heading.level, "text": heading.text, **at(heading.line, heading.span)}
            for number, heading in enumerate(document.headings)
        ],
        "link": _links(site, document),
        "link_key": _link_keys(site, document),
        "media": [_media(number, item) for number, item in enumerate(document.media)],
    }
    for table, rows in made.items():
        if table != "article":
            for row in rows:
                row["article_id"] = identifier
    return cleaned(made)


def _article(identifier: str, site: Site, document: Document, content_hash: str) -> Row:
    text = storable(document.text)
    return {
        "id": identifier,
        "source": site.name,
        "path": document.path,
        "content_hash": content_hash,
        "dialect": document.dialect.value,
        "url": page_url(document, site),
        "title": document.title,
        "script": document.script.value,
        **_described(document.header, site),
        "extra": plain(document.header.rest),
        "problems": [{"detail": storable(problem.detail), "line": problem.line} for problem in document.problems],
        "text": text,
        "folded": fold(text),
        "anchors": document.anchors,  # JSON has them as lists
        "fixed": _fixed(document),
    }


def _fixed(document: Document) -> list[list[int]]:
    blocks = (block.span for block in document.blocks if block.kind in _FIXED)
    return [list(span) for span in sorted([*document.code, *blocks])]


def _described(header: Header, site: Site) -> Row:
    return {
        "language": header.language or site.language,
        "published": header.published.isoformat() if header.published else None,
        "updated": header.updated.isoformat() if header.updated else None,
        "authors": plain(header.authors),
        "tags": plain(header.tags),
        "categories": plain(header.categories),
        "aliases": plain(header.aliases),
        "draft": header.draft,
        "original_url": header.original.url if header.original else None,
        "original_name": header.original.name if header.original else None,
        "description": header.description,
    }


def _labels(header: Header) -> list[Row]:
    kinds = {"tag": header.tags, "category": header.categories, "author": header.authors}
    return [
        {"kind": kind, "ordinal": number, "value": value, "folded": bounded(fold(value).strip())}
        for kind, values in kinds.items()
        for number, value in enumerate(values)
    ]


def _addresses(site: Site, document: Document) -> list[Row]:
    found = {
        (address.kind, key): {**_keyed(key, address.key, address.spelled), "language": address.language}
        for address in addresses(document, site)
        if (key := bounded(storable(address.key)))
    }
    return [{"kind": kind, **found[kind, key]} for kind, key in sorted(found)]


def _keyed(stored: str, key: str, spelled: str) -> Row:
    """Return the columns of a key, and how it is spelled where that is another text."""
    return {"key": stored, "spelled": bounded(storable(spelled)) if spelled != key else None}


def _links(site: Site, document: Document) -> list[Row]:
    language = link_language(document, site)
    return [_link(number, link) | {"language": language} for number, link in enumerate(document.links)]


def _link_keys(site: Site, document: Document) -> list[Row]:
    return [
        {"ordinal": number, "place": place, **_keyed(bounded(storable(key)), key, spelled)}
        for number, link in enumerate(document.links)
        for place, (key, spelled) in enumerate(link_keys(link, document, site))
    ]


def _link(number: int, link: Link) -> Row:
    return {
        "ordinal": number,
        "kind": link.kind,
        "target": link.target,
        "alias": link.alias,
        "heading": link.heading,
        "block": link.block,
        "relation": link.relation,
        "note": link.note,
        "line": link.line,
        "start": link.span.start if link.span else None,
        "end": link.span.end if link.span else None,
    }


def _media(number: int, item: Media) -> Row:
    return {
        "ordinal": number,
        "kind": item.kind,
        "name": item.name,
        "target": item.target,
        "alt": item.alt,
        "args": plain(item.args),
        "line": item.line,
    }
