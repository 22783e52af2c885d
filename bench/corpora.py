"""Whole sites and vaults, read and linked in memory: what came of every file and where every link leads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from bench.report import table
from service.content import find, find_sources
from service.errors import ContentError
from service.model import Document, Link, Site, Source
from service.reading import read
from service.reading.links.destinations import Candidate, Origin, destination
from service.reading.links.linking import link_keys, link_language
from service.reading.links.whereabouts import addresses

_MOST_FILES, _MOST_BYTES = 1_000_000, 50_000_000
_SAID = re.compile(r"[^:;`(]*")  # of a report, before what is said of this file alone
_KEY = re.compile(r"(?<=^the key ).{1,200}?(?= (?:stands|holds|is)\b)")
_MEGABYTE = 1e6
HEAD = (
    "tree",
    "files",
    "documents",
    "reports",
    "wiki-links found",
    "not found",
    "other links found",
    "not found",
    "elsewhere",
    "MB/s",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a person is told of a file; `line` is None only where the whole file is meant."""

    path: str
    detail: str
    line: int | None

    @property
    def kind(self) -> str:
        """What such reports have in common.

        >>> Report("a.md", "the key tags stands more than once; the last one counts", 3).kind
        'the key … stands more than once'
        """
        said = _SAID.match(_KEY.sub("…", self.detail))
        return re.sub(r"\d+", "N", said[0] if said else self.detail).strip()


@dataclass(slots=True)
class Survey:
    """What came of one site or vault."""

    site: Site
    files: int = 0
    megabytes: float = 0.0
    seconds: float = 0.0  # of reading, without finding and linking
    documents: list[tuple[Source, Document]] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)  # links that lead to a document, by their kind
    lost: list[tuple[Document, Link]] = field(default_factory=list)  # links within the site that lead to none
    outward: int = 0  # links that leave the site

    @property
    def kinds(self) -> Counter[str]:
        """How many reports there are of each kind."""
        return Counter(report.kind for report in self.reports)


def survey(folder: Path, wanted: Callable[[str], bool] = bool) -> list[Survey]:
    """Return what came of each site or vault in `folder`, of those files whose path is `wanted`."""
    surveys = []
    for site, top in find_sources(folder):
        done = Survey(site)
        found = find(top, max_files=_MOST_FILES, max_bytes=_MOST_BYTES, site=site)
        _read(done, (one for one in found if wanted(one.path or ".")))
        _link(done)
        surveys.append(done)
    return surveys


def _read(done: Survey, found: Iterable[Source | ContentError]) -> None:
    for source in found:
        done.files += 1
        if isinstance(source, ContentError):
            done.reports.append(Report(source.path, source.detail, source.line))
            continue
        done.megabytes += len(source.text.encode()) / _MEGABYTE
        start = process_time()
        try:
            document = read(source, done.site)
        except ContentError as error:
            done.reports.append(Report(source.path, error.detail, error.line))
            continue
        finally:
            done.seconds += process_time() - start
        done.documents.append((source, document))
        done.reports += [Report(source.path, problem.detail, problem.line) for problem in document.problems]


def _link(done: Survey) -> None:
    """Look for the document that each link leads to, by the rule that answers are given by."""
    name = done.site.name
    known: dict[str, list[Candidate]] = defaultdict(list)
    for _, document in done.documents:
        for address in addresses(document, done.site):
            known[address.key].append(Candidate(document.path, name, document.path, address))
    for _, document in done.documents:
        language = link_language(document, done.site)
        for link in document.links:
            keys = link_keys(link, document, done.site)
            origin = Origin(name, document.path, link.kind, link.target, keys, language)
            if not keys:
                done.outward += 1
            elif destination(origin, [one for key in keys for one in known.get(key.key, ())]) is None:
                done.lost.append((document, link))
            else:
                done.found[link.kind] += 1


def as_table(surveys: Iterable[Survey]) -> str:
    """Return the figures of each tree, and the kinds of reports, as Markdown."""
    done = list(surveys)
    kinds = sum((each.kinds for each in done), Counter[str]())
    reports = table(("report", "files"), [(kind, count) for kind, count in kinds.most_common()])
    return f"{table(HEAD, map(_row, done))}\n\n{reports}"


def _row(done: Survey) -> tuple[object, ...]:
    lost = Counter(link.kind for _, link in done.lost)
    return (
        done.site.name,
        done.files,
        len(done.documents),
        len(done.reports),
        done.found["wiki"],
        lost["wiki"],
        done.found.total() - done.found["wiki"],
        lost.total() - lost["wiki"],
        done.outward,
        f"{done.megabytes / done.seconds:.2f}" if done.seconds else "–",
    )
