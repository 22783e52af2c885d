"""Tokens: made once, kept as digests, for what they are for, until they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import Session

from service.access import PREFIX, Bearer, Scope, TokenError, bearer, issue, revoke, tokens
from service.errors import ConflictError, NotFoundError
from service.store.engine import writing
from service.store.tables import TABLES

_TOKEN = TABLES["token"]


def holder(engine: Engine, token: str, configured: str | None = "the-owner's") -> Bearer | None:
    with Session(engine) as session:
        return bearer(session, token, configured)


def test_a_token_opens_what_it_is_for(engine: Engine) -> None:
    found = holder(engine, issue(engine, "blog-ci", [Scope.INGEST]))
    assert found is not None
    assert found.name == "blog-ci"
    assert found.may(Scope.INGEST)
    assert not found.may(Scope.EDIT)
    assert not found.may(Scope.ALL)


def test_a_token_for_everything_opens_everything(engine: Engine) -> None:
    found = holder(engine, issue(engine, "lin", [Scope.ALL, Scope.EDIT]))
    assert found is not None
    assert all(found.may(scope) for scope in Scope)


def test_the_token_of_the_settings_opens_everything(engine: Engine) -> None:
    assert holder(engine, "the-owner's") == Bearer("admin", frozenset({"all"}))
    assert holder(engine, "the-owner's", None) is None


@pytest.mark.parametrize("guess", ["", "the-owner", "the-owner's ", PREFIX, PREFIX + "x" * 43, "é", "\0"])
def test_a_guess_opens_nothing(engine: Engine, guess: str) -> None:
    issue(engine, "blog-ci", [Scope.ALL])
    assert holder(engine, guess) is None


def test_the_database_holds_no_token(engine: Engine) -> None:
    token = issue(engine, "blog-ci", [Scope.INGEST])
    with Session(engine) as session:
        held = str(session.execute(select(*_TOKEN.c)).all())
    assert token not in held
    assert token.removeprefix(PREFIX) not in held


def test_a_revoked_token_opens_nothing_from_then_on(engine: Engine) -> None:
    token = issue(engine, "blog-ci", [Scope.INGEST])
    revoke(engine, "blog-ci")
    assert holder(engine, token) is None
    assert issue(engine, "blog-ci", [Scope.INGEST]) != token  # the name is free again
    assert holder(engine, token) is None


def test_a_token_ends_when_its_days_are_over(engine: Engine) -> None:
    token = issue(engine, "guest", [Scope.EDIT], days=1)
    assert holder(engine, token)
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat(timespec="seconds")
    with writing(engine) as session:
        session.connection().execute(update(_TOKEN).values(ends_at=past))
    assert holder(engine, token) is None


def test_tokens_are_listed_by_name_with_what_they_are_for(engine: Engine) -> None:
    issue(engine, "lin", [Scope.EDIT, Scope.INGEST])
    issue(engine, "blog-ci", [Scope.INGEST], days=30)
    with Session(engine) as session:
        listed = tokens(session)
    assert [(token.name, token.scopes, token.ends_at is None) for token in listed] == [
        ("blog-ci", ("ingest",), False),
        ("lin", ("edit", "ingest"), True),
    ]


@pytest.mark.parametrize("name", ["", "a b", "-a", "a" * 65, "名字", "a\n", "admin"])
def test_a_token_has_a_plain_name_of_its_own(engine: Engine, name: str) -> None:
    with pytest.raises(TokenError):
        issue(engine, name, [Scope.ALL])


def test_what_cannot_be_is_refused(engine: Engine) -> None:
    issue(engine, "lin", [Scope.EDIT])
    with pytest.raises(ConflictError, match="lin"):
        issue(engine, "lin", [Scope.EDIT])
    with pytest.raises(TokenError, match="scope"):
        issue(engine, "wang", [])
    with pytest.raises(NotFoundError, match="wang"):
        revoke(engine, "wang")
