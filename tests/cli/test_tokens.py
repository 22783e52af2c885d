"""`wenmai token`: made on the machine that holds the database."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_commands import wenmai


def test_a_token_is_shown_once_and_listed_without_its_secret(tmp_path: Path) -> None:
    token = wenmai(tmp_path, "token", "add", "blog-ci", "--scope", "ingest").strip()
    assert token.startswith("wenmai_")
    listed = wenmai(tmp_path, "token", "list", "--json")
    assert json.loads(listed)["scopes"] == ["ingest"]
    assert token not in listed
    assert "blog-ci" in wenmai(tmp_path, "token", "list")


def test_a_revoked_token_is_gone(tmp_path: Path) -> None:
    wenmai(tmp_path, "token", "add", "lin", "--scope", "edit", "--scope", "ingest", "--days", "90")
    wenmai(tmp_path, "token", "revoke", "lin")
    assert "no token" in wenmai(tmp_path, "token", "list")
    wenmai(tmp_path, "token", "revoke", "lin", expect=2)


def test_programs_are_told_as_objects(tmp_path: Path) -> None:
    made = json.loads(wenmai(tmp_path, "token", "add", "blog-ci", "--scope", "ingest", "--scope", "edit", "--json"))
    assert made["token"].startswith("wenmai_")
    assert (made["name"], made["scopes"]) == ("blog-ci", ["edit", "ingest"])
    assert json.loads(wenmai(tmp_path, "token", "revoke", "blog-ci", "--json")) == {"revoked": "blog-ci"}
