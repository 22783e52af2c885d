"""What other projects test of wiki-links, read by this one: parsing, resolving, and the graph of a whole vault."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from service.model import Dialect, Document, Link, Site, Source
from service.reading import read
from service.reading.links.destinations import Candidate, Origin, destination
from service.reading.links.linking import link_keys
from service.reading.links.paths import is_markdown
from service.reading.links.whereabouts import addresses, file_addresses
from tests.peers import peer_cases, peer_vaults

Case = Mapping[str, Any]

VAULT = Site("v", Dialect.OBSIDIAN)


def _failed(suite: str, passes: Callable[[Case], bool]) -> list[str]:
    return [case["id"] for case in peer_cases(suite) if not passes(case)]


def _read(path: str, text: str) -> Document:
    return read(Source(path.lstrip("/"), text), VAULT)


def test_wiki_links_are_parsed() -> None:
    def passes(case: Case) -> bool:
        wanted = [link for link in case.get("expect_links", ()) if link["kind"] == "wiki" and not link.get("embed")]
        found = [link for link in _read("a.md", case["text"]).links if link.kind == "wiki"]
        return [(link["target"], _within(link)) for link in wanted] == [
            (link.target, link.heading or (f"^{link.block}" if link.block else None)) for link in found
        ] or "expect_links" not in case

    assert _failed("wikilink_parse", passes) == []


def _within(link: Case) -> str | None:
    return link.get("heading") or (f"^{link['block']}" if link.get("block") else None)


def test_links_lead_where_others_say_they_do() -> None:
    def passes(case: Case) -> bool:
        expected = case.get("expect")
        found = _destination(_link(case), case["from"].lstrip("/"), _candidates(case["files"]))
        return found == (unicodedata.normalize("NFC", expected.lstrip("/")) if expected else None)

    assert _failed("wikilink_resolve", passes) == []


def _link(case: Case) -> Link:
    """Return the link as a note would hold it: what counts from the vault's root is written like a name."""
    name = case["link"]
    wiki = case["kind"] == "wiki" or case.get("mode") == "absolute"
    (link,) = _read("a.md", f"[[{name}]]" if wiki else f"[{name}](<{name}>)").links
    return link


def _candidates(files: list[str]) -> list[Candidate]:
    found = []
    for file in files:
        path = unicodedata.normalize("NFC", file.lstrip("/"))
        known = addresses(_read(path, ""), VAULT) if is_markdown(path) else file_addresses(path)
        found += [Candidate(path, VAULT.name, path, address) for address in known]
    return found


def _destination(link: Link, path: str, candidates: list[Candidate]) -> str | None:
    keys = link_keys(link, _read(path, ""), VAULT)
    return destination(Origin(VAULT.name, path, link.kind, link.target, keys), candidates)


def test_a_vault_has_the_backlinks_it_should() -> None:
    graphs = {name: _graph(notes) for name, notes in peer_vaults("vault_graph").items()}

    def passes(case: Case) -> bool:
        found = graphs[case["vault"]].get(case["note"].lower(), Counter())
        if "expect_backlinks" in case:
            return bool(found == Counter(case["expect_backlinks"]))
        return bool(found.total() == case["expect_backlink_total"])

    assert _failed("vault_graph", passes) == []


def _graph(notes: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Return how often each note links to each note, by the name of the latter, there or not."""
    documents = [_read(path, text) for path, text in notes.items() if is_markdown(path)]
    candidates = [
        Candidate(one.path, VAULT.name, one.path, address) for one in documents for address in addresses(one, VAULT)
    ]
    graph: dict[str, Counter[str]] = {}
    for document in documents:
        for link in document.links:
            if link.kind == "wiki":
                to = _destination(link, document.path, candidates) or link.target
                name = PurePosixPath(to).name.removesuffix(".md").lower()
                graph.setdefault(name, Counter())[PurePosixPath(document.path).stem] += 1
    return graph
