"""All of the service with its lexicons: imported by the process that those of ``tests.processes`` are forked from."""

from __future__ import annotations

from service.ingest import ingest
from service.jobs import Jobs
from service.model import Site, Source
from service.store import engine as engines

__all__ = ["Jobs"]

_engine = engines.create("sqlite://")
engines.migrate(_engine)
ingest(_engine, Site("notes"), [Source("a.md", "# 茶園\n\n林美玲說，台積電（TSMC）去年賣了 3 公噸茶。\n")])
_engine.dispose()
