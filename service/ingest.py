"""The conductor: posts come in, are read, mined and saved; then the corpus is resolved, and a report goes out."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from service.errors import ContentError, StoreError
from service.extraction import VERSION, extract
from service.mining import Engine as MiningEngine
from service.mining import Mined, mine
from service.model import Site, Source
from service.pairing import pair_on
from service.proposing import Asked, attached
from service.reading import read
from service.store.corpus_version import bump
from service.store.engine import lost, writing
from service.store.entities import resolve_corpus
from service.store.entries import Entry, entry
from service.store.names.changes import Changes, said_by
from service.store.sites import site_row
from service.store.statistics import refresh
from service.store.tables import TABLES
from service.store.writer import Indexing, article_id, content_hash, delete_article, save_rows
from service.workers.collecting import seldom_collected

logger = logging.getLogger(__name__)

_FEW: Final = 500  # paths that are looked up one by one
_AT_ONCE: Final = 32  # files that are stored in one go
_ARTICLE, _SOURCE = TABLES["article"], TABLES["source"]


class Trouble(NamedTuple):
    """What went wrong with a post, or what it got wrong itself."""

    path: str
    line: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A file has been dealt with: its path, what came of it, and how far the batch is."""

    path: str
    outcome: str  # added | updated | unchanged | deleted | failed
    done: int
    total: int | None  # None: the batch is read as it goes


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingestion did, in files; `errors` lists what failed and what was stored with something amiss."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    failed: int = 0
    errors: tuple[Trouble, ...] = ()

    @property
    def changed(self) -> bool:
        """Tell whether anything was written."""
        return bool(self.added or self.updated or self.deleted)


class _Stored(NamedTuple):
    content_hash: str
    problems: list[Mapping[str, object]]


class _Step(NamedTuple):
    """What is to be done about one file: something is written, or is amiss, or neither."""

    path: str
    outcome: str
    entry: Entry | None = None
    troubles: Sequence[Trouble] = ()
    error: ContentError | None = None


@dataclass
class _Batch:
    """One batch of one source, while it is being ingested."""

    session: Session
    site: Site
    total: int | None
    progress: Callable[[Progress], None] | None
    stored: dict[str, _Stored] = field(default_factory=dict)  # by path, as before the batch
    seen: set[str] = field(default_factory=set)
    whole: bool = True  # false: something unnamed could not be read, so what is missing may still exist
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[Trouble] = field(default_factory=list)
    asked: Asked = field(default_factory=Asked)
    steps: list[_Step] = field(default_factory=list)  # in order, not yet done
    hashes: dict[str, str] = field(default_factory=dict)  # by path, of posts not yet met
    changes: Changes = field(init=False)
    indexing: Indexing = field(init=False)

    def __post_init__(self) -> None:
        self.changes, self.indexing = Changes(self.session), Indexing(self.session)

    def note(self, path: str, outcome: str) -> None:
        self.counts[outcome] += 1
        if self.progress:
            self.progress(Progress(path, outcome, self.counts.total() - self.counts["deleted"], self.total))

    def to_mine(self, source: Source) -> str:
        """Return the hash a post is to be stored with; nothing where it is stored, or a model adds to its facts."""
        stored, hashed = self.stored.get(source.path), self.hashes.get(source.path)
        hashed = self.hashes[source.path] = hashed or self.hash_of(source)
        is_stored = stored is not None and stored.content_hash == hashed
        return "" if is_stored or source.path in self.asked.replies else hashed

    def hash_of(self, source: Source) -> str:
        """Return what tells whether a post is to be stored anew: a model that proposes something else is a reason."""
        return content_hash(source, self.site, VERSION + self.asked.marker(source.path))

    def fail(self, error: ContentError) -> None:
        self.whole = self.whole and bool(error.path)
        self.seen.add(error.path)
        self.errors.append(Trouble(error.path, error.line, error.detail))
        self.note(error.path, "failed")


def ingest(
    engine: Engine,
    site: Site,
    sources: Iterable[Source | ContentError],
    *,
    delete: Iterable[str] = (),
    replace: bool = False,
    progress: Callable[[Progress], None] | None = None,
    miners: MiningEngine | None = None,
) -> Report:
    """Store a batch of posts of one site and return what became of each; all of it or, on an exception, nothing.

    A post that cannot be read is reported, and what was stored of it stays. Posts whose content is already stored
    are left alone. `delete` names paths to remove; `replace` removes all posts of the site that the batch lacks.
    A large batch is mined by `miners`, or else by processes of this machine.

    Raises:
        StoreError: the database refuses, or another writer holds it for too long.
    """
    asked = Asked()
    if (proposer := attached(engine)) is not None:  # before the transaction: a model takes its time
        sources, asked = proposer.ask(engine, site, sources)
    total, delete = len(sources) if isinstance(sources, Sized) else None, frozenset(delete)
    with seldom_collected(), writing(engine) as session:
        batch = _Batch(session, site, total, progress, asked=asked)
        declared = _declare(session, site)
        batch.stored = _stored(session, site, None if replace else _paths(sources, delete))
        for source, mined in mine(site, sources, batch.to_mine, engine=miners):
            _take(batch, source, mined)
        _do(batch)
        _delete(batch, delete, replace=replace)
        report = _report(batch)
        if report.changed:
            settle(batch.indexing)
            refresh(session)
            resolve_corpus(session, batch.changes)
            pair_on(session)
        if report.changed or declared:
            bump(session)
    return report


def _declare(session: Session, site: Site) -> bool:
    """Store how the site is to be read; tell whether that is new."""
    row = site_row(site)
    stored = session.execute(select(*_SOURCE.c).where(_SOURCE.c.name == site.name)).one_or_none()
    if stored is None:
        session.execute(insert(_SOURCE), [row])
    elif stored._asdict() != row:
        session.execute(update(_SOURCE).where(_SOURCE.c.name == site.name).values(row))
    else:
        return False
    return True


def _paths(sources: Iterable[Source | ContentError], delete: Collection[str]) -> Collection[str] | None:
    """Return the paths of a batch; None where it is read as it goes."""
    return {*delete, *(one.path for one in sources)} if isinstance(sources, Collection) else None


def _stored(session: Session, site: Site, paths: Collection[str] | None) -> dict[str, _Stored]:
    """Return what is stored of a site: of a few `paths` these alone, for a site may have many."""
    columns = (_ARTICLE.c.path, _ARTICLE.c.content_hash, _ARTICLE.c.problems)
    query = select(*columns).where(_ARTICLE.c.source == site.name)
    if paths is not None and len(paths) <= _FEW:
        query = query.where(_ARTICLE.c.path.in_(paths))
    return {path: _Stored(content, problems) for path, content, problems in session.execute(query)}


def _take(batch: _Batch, source: Source | ContentError, mined: Mined | None) -> None:
    """Make ready what is to be done about one post, and do it once there is enough of it."""
    if isinstance(source, ContentError):
        batch.steps.append(_Step(source.path, "failed", error=source))
    elif source.path in batch.seen:
        twice = ContentError("the batch holds this path twice; the first one counts", path=source.path)
        batch.steps.append(_Step(source.path, "failed", error=twice))
    else:
        batch.seen.add(source.path)
        batch.steps.append(_attempted(batch, source, mined))
    if len(batch.steps) >= _AT_ONCE:
        _do(batch)


def _attempted(batch: _Batch, source: Source, mined: Mined | None) -> _Step:
    try:
        return _step(batch, source, mined)
    except ContentError as error:
        return _Step(source.path, "failed", error=ContentError(error.detail, path=source.path, line=error.line))
    except Exception as error:  # a fault of ours must not cost the other posts
        return _Step(source.path, "failed", error=_fault(batch.session, error, source.path))


def _fault(session: Session, error: Exception, path: str) -> ContentError:
    """Log a fault and return how it is reported.

    Raises:
        StoreError: it is the database that went away, or is full: nothing can be stored any more.
    """
    _raise_lost(session, error)
    logger.error("%s could not be ingested", path, exc_info=error)
    return ContentError(f"{path} could not be processed ({type(error).__name__}) and was left out", path=path)


def _raise_lost(session: Session, error: Exception) -> None:
    if (reason := lost(session, error)) is not None:
        raise StoreError(f"the database gave up, and nothing of the batch was stored: {reason}") from error


def _step(batch: _Batch, source: Source, mined: Mined | None) -> _Step:
    stored, hashed = batch.stored.get(source.path), batch.hashes.pop(source.path, "") or batch.hash_of(source)
    if stored and stored.content_hash == hashed:
        troubles = [_trouble(source.path, problem) for problem in stored.problems]
        return _Step(source.path, "unchanged", troubles=troubles)
    if mined is None:
        document = read(source, batch.site)
        extraction = batch.asked.merged(document, extract(document, batch.site.names))
        mined = Mined(entry(batch.site, document, extraction, hashed), document.problems)
    troubles = [Trouble(source.path, problem.line, problem.detail) for problem in mined.problems]
    return _Step(source.path, "updated" if stored else "added", mined.entry, troubles)


def _do(batch: _Batch) -> None:
    """Store what is ready, and tell what became of it."""
    steps, batch.steps = batch.steps, []
    failed = _saved(batch, [step.entry for step in steps if step.entry])
    for step in steps:
        error = step.error or failed.get(step.path)
        if error:
            batch.fail(error)
        else:
            batch.errors += step.troubles
            batch.note(step.path, step.outcome)


def _saved(batch: _Batch, entries: Sequence[Entry]) -> dict[str, ContentError]:
    """Store articles; return by path which could not be. Where one can't, each is tried alone."""
    if not entries:
        return {}
    changes = Changes(batch.session)
    try:
        with batch.session.begin_nested():
            save(changes, entries, {one.article for one in entries if one.path in batch.stored})
    except Exception as error:
        if len(entries) == 1:
            return {entries[0].path: _fault(batch.session, error, entries[0].path)}
        _raise_lost(batch.session, error)
        return {path: fault for one in entries for path, fault in _saved(batch, [one]).items()}
    batch.changes.add(changes)
    batch.indexing.add(entries)
    return {}


def save(changes: Changes, entries: Sequence[Entry], stored: Collection[str]) -> None:
    """Write the rows of articles, in place of those that are `stored`, and note how that changes what names say."""
    for one in entries:
        changes.note(one.article, said_by(one.rows, one.source), stored=one.article in stored)
    for article in stored:
        delete_article(changes.session, article)
    save_rows(changes.session, entries)


def settle(indexing: Indexing) -> None:
    """Tell the indexes of what was written and not yet told."""
    indexing.settle()


def _trouble(path: str, problem: Mapping[str, object]) -> Trouble:
    line = problem["line"]
    return Trouble(path, line if isinstance(line, int) else None, str(problem["detail"]))


def _delete(batch: _Batch, paths: Iterable[str], *, replace: bool) -> None:
    gone = set(paths) - batch.seen
    if replace and batch.whole:
        gone |= batch.stored.keys() - batch.seen
    for path in sorted(gone & batch.stored.keys()):
        identifier = article_id(batch.site.name, path)
        with batch.changes.of(identifier):
            delete_article(batch.session, identifier)
        batch.note(path, "deleted")


def _report(batch: _Batch) -> Report:
    return Report(**batch.counts, errors=tuple(batch.errors))
