"""Figures that are stored outlive the migration that gives them headings, and its way back."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import Engine, text

from service.store import engine as engines

ARTICLE = {"id": "a", "source": "s", "path": "a.md", "title": "港", "text": "3 座", "folded": "3 座", "script": "Hant"}


def moved(engine: Engine, move: Callable[..., None], revision: str) -> None:
    config = engines._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, revision)


def stored(engine: Engine) -> None:
    """Write an article with a figure, as the tables before this migration hold them."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO source (name, kind) VALUES ('s', 'auto')"))
        columns = connection.execute(text("PRAGMA table_info(article)")).all()
        filled = {
            row.name: ARTICLE.get(row.name, "[]" if "JSON" in row.type else "0") for row in columns if row.notnull
        }
        names = ", ".join(f'"{name}"' for name in filled)
        values = ", ".join(f":{name}" for name in filled)
        connection.execute(text(f"INSERT INTO article ({names}) VALUES ({values})"), filled)
        connection.execute(
            text(
                'INSERT INTO figure (id, article_id, ordinal, text, line, start, "end", low, high, low_exact,'
                " high_exact, unit, approx) VALUES ('f', 'a', 0, '3 座', 1, 0, 3, 3, 3, '3', '3', 'count', 'exact')"
            )
        )


def test_figures_are_kept_on_the_way_up_and_down() -> None:
    engine = engines.create("sqlite://")
    moved(engine, command.upgrade, "0007")
    stored(engine)
    moved(engine, command.upgrade, "0008")
    with engine.begin() as connection:
        row = connection.execute(text("SELECT text, row_heading, column_heading, folded_headings FROM figure")).one()
        assert tuple(row) == ("3 座", None, None, None)
        connection.execute(text("UPDATE figure SET row_heading = '港', folded_headings = '港'"))
    moved(engine, command.downgrade, "0007")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT text, low FROM figure")).one()[:] == ("3 座", 3.0)
    engine.dispose()
