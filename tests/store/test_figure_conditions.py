"""What a figure holds under is stored and answered with it, and outlives the migration that brought it."""

from __future__ import annotations

from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from service.ingest import ingest
from service.model import Site, Source
from service.query.figures import figures
from service.store import engine as engines
from tests.store.test_figure_headings import moved, stored

POST = "# 茶莊\n\n扣除運費後，這家茶莊的營收為 33 億元。\n"


def test_a_condition_is_answered_with_its_figure(engine: Engine) -> None:
    ingest(engine, Site("teas"), [Source("tea.md", POST)])
    with Session(engine) as session:
        (figure,) = figures(session).items
    (condition,) = figure.conditions
    assert (figure.of, condition.text, condition.kind) == ("營收", "扣除運費", "scope")
    assert (condition.aspect, condition.side, condition.about) == ("part", "without", "运费")
    assert figure.start > condition.end > condition.start


def test_figures_are_kept_on_the_way_up_and_down() -> None:
    engine = engines.create("sqlite://")
    moved(engine, command.upgrade, "0015")
    stored(engine)
    moved(engine, command.upgrade, "0016")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT text, measured, conditions FROM figure")).one()[:] == (
            "3 座",
            None,
            None,
        )
    moved(engine, command.downgrade, "0015")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT text, low FROM figure")).one()[:] == ("3 座", 3.0)
    engine.dispose()
