"""What the corpus, its indexes and its jobs hold right now, for Prometheus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from service.jobs import Jobs
from service.query.corpus import counts, version
from service.store.replicas import State
from service.store.tables import TABLES

# What each says when it grows without end: articles that no segment took up, marks that no merge cleared.
_INDEXES: Final = {
    "search_segments": "search_segment",
    "search_waiting": "search_fresh",
    "search_deleted": "search_dead",
    "claims": "claim_posting",
    "related": "related_article",
    "seen_names": "seen_name",
}
_SIZE: Final = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def measured(
    session: Session, jobs: Jobs, asked: Mapping[str, int], databases: Sequence[State] = ()
) -> CollectorRegistry:
    """Return the numbers as they are at this moment; `asked` is what came of asking a model."""
    registry = CollectorRegistry()
    _put(registry, "wenmai_rows", "Rows of the corpus", "table", counts(session))
    sizes = {name: _count(session, table) for name, table in _INDEXES.items()}
    _put(registry, "wenmai_index_rows", "Rows of the indexes", "index", sizes)
    _put(registry, "wenmai_jobs", "Ingestions that are remembered", "status", _jobs(jobs, databases))
    Gauge("wenmai_corpus_version", "Grows with every change of the corpus", registry=registry).set(version(session))
    size = session.connection().scalar(text(_SIZE[session.connection().dialect.name]))
    Gauge("wenmai_database_bytes", "Size of the database", registry=registry).set(int(size or 0))
    posts = Counter(
        "wenmai_posts", "Posts that this process took in, by what came of them", ["outcome"], registry=registry
    )
    for outcome, number in jobs.totals.items():
        posts.labels(outcome).inc(number)
    model = Counter("wenmai_model", "What came of asking a model about posts", ["outcome"], registry=registry)
    for outcome, number in asked.items():
        model.labels(outcome).inc(number)
    spent = Counter("wenmai_ingestion_seconds", "Time that this process spent on ingestions", registry=registry)
    spent.inc(jobs.spent)
    _put_databases(registry, databases)
    return registry


def _jobs(jobs: Jobs, databases: Sequence[State]) -> dict[str, int]:
    try:
        return jobs.counted()
    except OperationalError:  # jobs are the primary's: where there are others, the rest can be told without it
        if not databases:
            raise
        return {}


def _put_databases(registry: CollectorRegistry, databases: Sequence[State]) -> None:
    if databases:
        _put(registry, "wenmai_database_up", "1: it answers", "database", {one.name: one.is_up for one in databases})
        used = {one.name: one.is_used for one in databases}
        _put(registry, "wenmai_database_read", "1: reads are asked of it", "database", used)
        behind = {one.name: one.behind for one in databases}
        _put(registry, "wenmai_database_lag_seconds", "How far it is behind the primary", "database", behind)


def _put(registry: CollectorRegistry, name: str, told: str, label: str, values: Mapping[str, float]) -> None:
    gauge = Gauge(name, told, [label], registry=registry)
    for value, number in values.items():
        gauge.labels(value).set(number)


def _count(session: Session, table: str) -> int:
    return session.execute(select(func.count()).select_from(TABLES[table])).scalar() or 0
