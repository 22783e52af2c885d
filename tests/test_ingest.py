"""A batch goes in: read, mined, saved, resolved, reported."""

from __future__ import annotations

import logging
import random
from collections.abc import Collection, Iterable, Iterator, Sequence

import pytest
from sqlalchemy import Engine, event, text

from service.editing import remove_source
from service.errors import ContentError, StoreError
from service.extraction import extract
from service.ingest import Progress, Report, ingest, save
from service.model import Dialect, Document, Extraction, Site, SiteName, Source
from service.store.entries import Entry
from service.store.names.changes import Changes
from tests.store.posts import dump

SITE = Site("harbour", Dialect.MARKDOWN)

POSTS = {
    "cranes.md": "---\ntitle: 港口起重機\ntags: [港口]\n---\n\n王小明（Wang Xiaoming）說，碼頭去年裝了 12 座起重機。\n",
    "ships.md": "---\ntitle: 货轮\n---\n\n台积电的设备由货轮运送，运费比去年高 40%。\n\n见 [[港口起重機]]。\n",
    "fish.md": "---\ntitle: 漁市\n---\n\n台積電買下漁市旁的土地，花了 3.5 億元。Wang Xiaoming 表示價格合理。\n",
    "tea.md": "# 茶園\n\n今年的春茶產量會減少三成。\n",
}


def sources(*paths: str) -> list[Source]:
    return [Source(path, POSTS[path]) for path in paths or POSTS]


def state(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows but the counter of changes and the records of jobs."""
    return dump(engine, "corpus", "job")


def corpus_version(engine: Engine) -> int | None:
    with engine.connect() as connection:
        number: int | None = connection.scalar(text("SELECT version FROM corpus"))
    return number


def paths(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT path FROM article ORDER BY path")))


def test_a_batch_is_stored_and_counted(engine: Engine) -> None:
    report = ingest(engine, SITE, sources())
    assert report == Report(added=4)
    stored = dump(engine)
    assert len(stored["article"]) == 4
    assert all(
        stored[table] for table in ("source", "claim", "mention", "figure", "link", "address", "entity", "entity_name")
    )


def test_every_mention_belongs_to_an_entity(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    with engine.connect() as connection:
        lost = connection.execute(
            text(
                "SELECT surface FROM mention LEFT JOIN entity ON entity.id = mention.entity_id WHERE entity.id IS NULL"
            )
        )
        assert lost.all() == []


def test_a_company_is_one_entity_in_both_scripts(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    with engine.connect() as connection:
        entities = connection.execute(
            text("SELECT DISTINCT entity_id FROM mention WHERE surface IN ('台積電', '台积电')")
        ).all()
        surfaces = connection.execute(text("SELECT DISTINCT surface FROM mention WHERE kind = 'company'")).all()
    assert len(surfaces) == 2
    assert len(entities) == 1


def test_ingesting_again_writes_no_row(sqlite_engine: Engine) -> None:
    ingest(sqlite_engine, SITE, sources())
    before = dump(sqlite_engine)
    statements: list[str] = []
    event.listen(sqlite_engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    with sqlite_engine.connect() as connection:  # the pool gives the same connection to the ingestion below
        driver = connection.connection.driver_connection
        assert driver is not None
    changes = driver.total_changes
    assert ingest(sqlite_engine, SITE, sources()) == Report(unchanged=4)
    assert driver.total_changes == changes
    assert not [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert dump(sqlite_engine) == before


def test_ingesting_again_changes_nothing_on_either_database(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    before = dump(engine)
    assert ingest(engine, SITE, sources()) == Report(unchanged=4)
    assert dump(engine) == before


def test_a_changed_post_is_updated_and_nothing_else_is(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    before = state(engine)
    changed = Source("tea.md", "# 茶園\n\n今年的春茶產量會減少兩成。\n")
    assert ingest(engine, SITE, [*sources("fish.md"), changed]) == Report(updated=1, unchanged=1)
    after = state(engine)
    assert {row[2] for row in before["article"] if row not in after["article"]} == {"tea.md"}
    assert {row[2] for row in after["article"] if row not in before["article"]} == {"tea.md"}
    assert after["mention"] == before["mention"]
    assert ingest(engine, SITE, sources("tea.md")) == Report(updated=1)
    assert state(engine) == before


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_posts_makes_no_difference(engine: Engine, seed: int) -> None:
    batch = sources()
    random.Random(seed).shuffle(batch)
    for source in batch:
        ingest(engine, SITE, [source])
    stepwise = state(engine)
    remove_source(engine, SITE.name)
    ingest(engine, SITE, sources())
    assert state(engine) == stepwise


def test_editing_a_tree_step_by_step_ends_as_if_ingested_afresh(engine: Engine) -> None:
    ingest(engine, SITE, [*sources("cranes.md"), Source("ships.md", POSTS["fish.md"]), Source("old.md", "王小明")])
    ingest(engine, SITE, sources("ships.md"), delete=["old.md"])
    ingest(engine, SITE, [Source("tea.md", POSTS["cranes.md"]), *sources("fish.md")])
    ingest(engine, SITE, sources("tea.md"))
    stepwise = state(engine)
    remove_source(engine, SITE.name)
    ingest(engine, SITE, sources())
    assert state(engine) == stepwise


def test_paths_to_delete_are_deleted_and_unknown_ones_ignored(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    assert ingest(engine, SITE, [], delete=["tea.md", "nothing.md"]) == Report(deleted=1)
    assert paths(engine) == ["cranes.md", "fish.md", "ships.md"]


def test_a_path_that_is_also_in_the_batch_is_not_deleted(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    assert ingest(engine, SITE, sources("tea.md"), delete=["tea.md"]) == Report(unchanged=1)
    assert "tea.md" in paths(engine)


def test_deleting_the_last_mention_removes_the_entity(engine: Engine) -> None:
    ingest(engine, SITE, sources("tea.md"))
    before = state(engine)
    ingest(engine, SITE, sources("fish.md"))
    assert len(state(engine)["entity"]) > len(before["entity"])
    ingest(engine, SITE, [], delete=["fish.md"])
    assert state(engine) == before


def test_replacing_removes_what_the_batch_lacks_but_not_what_failed(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    broken = ContentError("is no text", path="ships.md", line=3)
    report = ingest(engine, SITE, [broken, *sources("tea.md")], replace=True)
    assert (report.deleted, report.failed, report.unchanged) == (2, 1, 1)
    assert paths(engine) == ["ships.md", "tea.md"]


def test_replacing_leaves_other_sources_alone(engine: Engine) -> None:
    ingest(engine, Site("station"), sources("tea.md"))
    ingest(engine, SITE, sources("tea.md", "fish.md"))
    ingest(engine, SITE, sources("fish.md"), replace=True)
    assert paths(engine) == ["fish.md", "tea.md"]


def test_replacing_deletes_nothing_when_the_batch_may_be_incomplete(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    report = ingest(engine, SITE, [ContentError("the archive ends too early")], replace=True)
    assert (report.deleted, report.failed) == (0, 1)
    assert len(paths(engine)) == 4


def test_a_post_that_cannot_be_read_is_reported_and_its_earlier_rows_stay(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    before = dump(engine)
    report = ingest(engine, SITE, [ContentError("is no text", path="tea.md", line=3)])
    assert report.failed == 1
    assert report.errors == (("tea.md", 3, "is no text"),)
    assert dump(engine) == before


def test_a_post_with_broken_front_matter_is_stored_and_reported_each_time(engine: Engine) -> None:
    post = Source("broken.md", "---\ntitle: 破損\ntags: [a, b\n---\n\n內文還在。\n")
    for _ in range(2):
        report = ingest(engine, SITE, [post])
        assert [(error.path, error.line is not None) for error in report.errors] == [("broken.md", True)]
        assert report.failed == 0
    assert paths(engine) == ["broken.md"]


def test_a_fault_in_one_post_never_costs_the_others(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(document: Document, names: Sequence[SiteName] = ()) -> Extraction:
        if document.path == "fish.md":
            raise IndexError("list index out of range")
        return extract(document, names)

    monkeypatch.setattr("service.ingest.extract", faulty)
    with caplog.at_level(logging.ERROR):
        report = ingest(engine, SITE, sources())
    assert (report.added, report.failed) == (3, 1)
    (error,) = report.errors
    assert error.path == "fish.md"
    assert "fish.md" in error.detail
    assert caplog.records[0].exc_info
    assert paths(engine) == ["cranes.md", "ships.md", "tea.md"]


def test_a_post_the_database_refuses_leaves_no_half_of_itself(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(engine, SITE, sources("tea.md"))
    before = state(engine)

    def half(*arguments: object) -> None:
        save(*arguments)  # type: ignore[arg-type]
        raise ValueError("in the middle of it")

    monkeypatch.setattr("service.ingest.save", half)
    report = ingest(engine, SITE, [Source("tea.md", "新的內文。"), *sources("fish.md")])
    assert report.failed == 2
    assert state(engine) == before


def test_a_post_that_cannot_be_written_never_costs_those_stored_with_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(engine, SITE, sources("cranes.md", "ships.md", "tea.md"))
    wanted = state(engine)
    remove_source(engine, SITE.name)

    def picky(changes: Changes, entries: Sequence[Entry], stored: Collection[str]) -> None:
        save(changes, entries, stored)
        if any(one.path == "fish.md" for one in entries):
            raise ValueError("in the middle of it")

    monkeypatch.setattr("service.ingest.save", picky)
    told: list[Progress] = []
    report = ingest(engine, SITE, sources(), progress=told.append)
    assert (report.added, report.failed) == (3, 1)
    assert [one.path for one in told] == [*POSTS]
    assert state(engine) == wanted


def test_a_batch_that_breaks_off_leaves_everything_as_it_was(engine: Engine) -> None:
    ingest(engine, SITE, sources("tea.md"))
    before = dump(engine)

    def breaking() -> Iterator[Source]:
        yield from sources("fish.md", "ships.md")
        raise OSError("the disk went away")

    with pytest.raises(OSError, match="disk"):
        ingest(engine, SITE, breaking(), delete=["tea.md"])
    assert dump(engine) == before


def test_a_path_given_twice_is_reported(engine: Engine) -> None:
    report = ingest(engine, SITE, [*sources("tea.md"), Source("tea.md", "另一篇")])
    assert (report.added, report.failed) == (1, 1)
    assert report.errors[0].path == "tea.md"


def test_settings_of_the_site_make_its_posts_be_read_anew(engine: Engine) -> None:
    ingest(engine, SITE, sources())
    moved = Site("harbour", Dialect.MARKDOWN, base_url="https://harbour.example/")
    assert ingest(engine, moved, sources()) == Report(updated=4)
    assert [row[2] for row in dump(engine)["source"]] == ["https://harbour.example/"]


def test_the_version_of_the_corpus_grows_only_with_changes(engine: Engine) -> None:
    versions = []
    steps: list[tuple[Iterable[Source], list[str]]] = [(sources(), []), (sources(), []), ([], ["tea.md"]), ([], ["x"])]
    for batch, gone in steps:
        ingest(engine, SITE, batch, delete=gone)
        versions.append(corpus_version(engine))
    assert versions == [1, 1, 2, 2]


def test_progress_is_told_of_every_file(engine: Engine) -> None:
    ingest(engine, SITE, sources("tea.md"))
    told: list[Progress] = []
    ingest(engine, SITE, [*sources("tea.md", "fish.md"), ContentError("no", path="x.md")], progress=told.append)
    assert told == [
        Progress("tea.md", "unchanged", 1, 3),
        Progress("fish.md", "added", 2, 3),
        Progress("x.md", "failed", 3, 3),
    ]


def test_an_ingestion_without_tables_is_told_in_a_sentence(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as connection:
        connection.execute(text("DROP TABLE corpus"))
    with pytest.raises(StoreError, match="refused"):
        ingest(sqlite_engine, SITE, sources("tea.md"))
