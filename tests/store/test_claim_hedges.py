"""What weakens a claim is stored with it, answered with it, and outlives the migration that brought it."""

from __future__ import annotations

from dataclasses import replace

from alembic import command
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from service.model import Hedge, HedgeKind, Span
from service.query.claim_rows import claim_answers
from service.store import engine as engines
from service.store.tables import TABLES
from tests.store.posts import SITE, crane_post, stored
from tests.store.test_figure_headings import ARTICLE, moved


def test_a_hedge_is_stored_and_answered_with_its_claim(engine: Engine) -> None:
    document, extraction = crane_post()
    first, *rest = extraction.claims
    span = Span(first.span.start, first.span.start + 2)
    hedge = Hedge(document.slice(span), span, HedgeKind.POSSIBILITY, first.span)
    stored(engine, SITE, document, replace(extraction, claims=(replace(first, hedges=(hedge,)), *rest)))
    claim = TABLES["claim"]
    with Session(engine) as session:
        ids = list(session.scalars(select(claim.c.id).order_by(claim.c.ordinal)))
        answers = claim_answers(session, ids)
    (told,) = answers[ids[0]].hedges
    assert (told.text, told.kind, told.start, told.end) == (hedge.surface, "possibility", *span)
    assert (told.scope_start, told.scope_end) == first.span
    assert [answers[one].hedges for one in ids[1:]] == [[]] * len(rest)


def test_claims_are_kept_on_the_way_up_and_down() -> None:
    engine = engines.create("sqlite://")
    moved(engine, command.upgrade, "0010")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO source (name, kind) VALUES ('s', 'auto')"))
        columns = connection.execute(text("PRAGMA table_info(article)")).all()
        row = {one.name: ARTICLE.get(one.name, "[]" if "JSON" in one.type else "0") for one in columns if one.notnull}
        names, values = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO article ({names}) VALUES ({values})"), row)
        connection.execute(
            text(
                'INSERT INTO claim (id, article_id, ordinal, text, folded, line, start, "end", kind, quote, negated)'
                " VALUES ('c', 'a', 0, '3 座', '3 座', 1, 0, 3, 'statement', 0, 0)"
            )
        )
    moved(engine, command.upgrade, "0011")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT text, hedges FROM claim")).one()[:] == ("3 座", None)
    moved(engine, command.downgrade, "0010")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT text, kind FROM claim")).one()[:] == ("3 座", "statement")
    engine.dispose()
