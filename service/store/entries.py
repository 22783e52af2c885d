"""All that is stored of one article, made without a database: in another process if need be.

What a database still has to do with it is to write rows, and to tell the indexes, which is cheaper for many at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from service.model import Document, Extraction, Site
from service.store.article_rows import article_rows
from service.store.bulk import Values, tuples
from service.store.claim_adding import Entries
from service.store.claim_index import claim_entries
from service.store.fact_rows import fact_rows
from service.store.ids import article_id
from service.store.related_index import Related, related
from service.store.search_index import Fresh, fresh
from service.store.tables import TABLES

OWNED: Final = (  # tables, each after those it points to
    *("article", "label", "address", "heading", "link", "link_key", "media"),
    *("claim", "mention", "unproven", "gloss", "figure", "time"),
)


class Entry(NamedTuple):
    """An article as it is stored: its rows as the drivers take them, by table, and what the indexes hold of it."""

    article: str  # its id
    source: str
    path: str
    rows: Mapping[str, list[Values]]
    fresh: Fresh
    claims: Entries
    related: Related

    @property
    def number(self) -> int:
        """How many claims there are."""
        return len(self.rows.get("claim", ()))


def entry(site: Site, document: Document, extraction: Extraction, content_hash: str) -> Entry:
    """Return what is stored of a document and of all that was found in it; `content_hash` tells when it is stale."""
    identifier = article_id(site.name, document.path)
    rows = article_rows(identifier, site, document, content_hash) | fact_rows(identifier, extraction)
    (article,) = rows["article"]
    return Entry(
        identifier,
        site.name,
        document.path,
        {name: tuples(TABLES[name], rows[name]) for name in OWNED if rows[name]},
        fresh(article),
        claim_entries(rows),
        related(article, rows),
    )
