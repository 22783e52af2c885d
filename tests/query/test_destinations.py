"""Links lead to the same articles by the rule for values and by the one for rows, whatever the vault."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from service.model import Dialect, Document, Site, Source
from service.query.columns import LINK, SOURCE
from service.query.links import destinations
from service.reading import read
from service.reading.links.destinations import Candidate, Origin, destination
from service.reading.links.linking import link_keys, link_language
from service.reading.links.whereabouts import addresses
from service.store.article_rows import article_rows
from service.store.bulk import insert_rows
from service.store.ids import article_id
from service.store.tables import TABLES
from tests.thorough import tried

SITES = {
    "vault": Site("vault", Dialect.OBSIDIAN),
    "blog": Site("blog", Dialect.HUGO, "https://a.example/", language="zh-tw", languages={"zh-tw": "", "zh-cn": ""}),
}
_FOLDERS = ("", "a/", "a/茶/", "a/茶/b/", "b/", "bb/c/d/e/f/", "臺/", "台/")
_NAMES = ("n", "N", "筆記", "笔记", "index", "README", "n.zh-cn", "n.zh-tw", "c", "100%_n")
_TITLES = ("筆記", "笔记", "n", "週記", "臺")
_TARGETS = (*_NAMES, *_TITLES, "a/n", "/a/n", "../n", "./n", "茶/筆記", "/b/n/", "a/茶", "臺", "")

paths = st.builds(str.__add__, st.sampled_from(_FOLDERS), st.sampled_from(_NAMES))
links = st.builds(str.format, st.sampled_from(("[[{}]]", "[x](<{}.md>)", "[x](<{}>)")), st.sampled_from(_TARGETS))
texts = st.builds(
    "---\ntitle: {}\naliases: [{}]\n---\n{}\n".format,
    st.sampled_from(_TITLES),
    st.sampled_from(("筆記", "n", "/n/", "茶記")),
    st.lists(links, max_size=3).map("\n".join),
)
vaults = st.dictionaries(st.tuples(st.sampled_from(sorted(SITES)), paths), texts, min_size=1, max_size=8)


def _document(site: Site, path: str, text: str) -> Document:
    folder = "content/" if site.dialect is Dialect.HUGO else ""
    return read(Source(f"{folder}{path}.md", text), site)


def _by_values(documents: list[tuple[Site, Document]]) -> dict[tuple[str, int], str]:
    candidates = [
        Candidate(article_id(site.name, one.path), site.name, one.path, address)
        for site, one in documents
        for address in addresses(one, site)
    ]
    found = {}
    for site, one in documents:
        for number, link in enumerate(one.links):
            keys, language = link_keys(link, one, site), link_language(one, site)
            origin = Origin(site.name, one.path, link.kind, link.target, keys, language)
            found[article_id(site.name, one.path), number] = destination(origin, candidates)
    return {link: to for link, to in found.items() if to}


def _by_rows(session: Session, documents: list[tuple[Site, Document]]) -> dict[tuple[str, int], str]:
    session.execute(insert(SOURCE), [{"name": name} for name in SITES])
    for site, one in documents:
        for table, rows in article_rows(article_id(site.name, one.path), site, one, "0").items():
            if rows:
                insert_rows(session, TABLES[table], rows)
    found = session.execute(select(destinations(LINK.c.line > 0)))
    return {(row.article_id, row.ordinal): row.to_id for row in found}


@settings(max_examples=tried(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vaults)
def test_values_and_rows_lead_to_the_same_articles(engine: Engine, vault: dict[tuple[str, str], str]) -> None:
    documents = [(SITES[name], _document(SITES[name], path, text)) for (name, path), text in vault.items()]
    with Session(engine) as session:
        assert _by_rows(session, documents) == _by_values(documents)
        session.rollback()
