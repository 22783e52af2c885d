"""What a push would change is what it then does."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from service.changes import changes
from service.ingest import ingest
from service.model import Dialect, Problem, Site, Source
from service.store.ids import digest

SITE = Site("harbour", Dialect.MARKDOWN)
FILES = st.dictionaries(st.sampled_from(["a.md", "b.md", "c.md", "d.md"]), st.sampled_from(["甲", "乙"]))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=FILES, after=FILES, delete=st.sets(st.sampled_from(["a.md", "d.md", "x.md"])), replaced=st.booleans())
def test_what_is_told_is_what_is_done(
    sqlite_engine: Engine, before: dict[str, str], after: dict[str, str], delete: set[str], replaced: bool
) -> None:
    ingest(sqlite_engine, SITE, [Source(path, text) for path, text in before.items()], replace=True)
    sources = [Source(path, text) for path, text in after.items()]
    digests = {source.path: digest(source, SITE) for source in sources}
    told = changes(sqlite_engine, SITE, digests, frozenset(delete), replace=replaced)
    report = ingest(sqlite_engine, SITE, sources, delete=delete, replace=replaced)
    counts = (len(told.added), len(told.updated), len(told.deleted), told.unchanged)
    assert counts == (report.added, report.updated, report.deleted, report.unchanged)


def test_another_site_or_other_settings_are_another_matter(engine: Engine) -> None:
    post = Source("a.md", "甲")
    ingest(engine, SITE, [post])
    held = {"a.md": digest(post, SITE)}
    assert changes(engine, SITE, held, replace=False).unchanged == 1
    assert changes(engine, replace(SITE, language="zh-HK"), held, replace=False).updated == ("a.md",)
    assert changes(engine, Site("other"), held, replace=False).added == ("a.md",)


def test_what_the_bytes_got_wrong_counts() -> None:
    assert digest(Source("a.md", "甲"), SITE) != digest(Source("a.md", "甲", (Problem("the file is Big5", 1),)), SITE)
