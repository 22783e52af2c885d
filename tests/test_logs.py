"""How the log is written, and where the audit log is kept."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.errors import SettingsError
from service.logs import AUDIT, configure
from service.settings import Settings


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Give the root logger back its handlers."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    configure(Settings(_env_file=None))
    root.handlers[:], root.level = handlers, level


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_programs_get_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(_env_file=None))
    logging.getLogger("wenmai.request").info("GET %s", "/x", extra={"told": {"status": 200}})
    line = lines(capsys.readouterr().err)[-1]
    assert (line["message"], line["level"], line["status"]) == ("GET /x", "info", 200)
    assert line["at"].endswith("+00:00")


def test_a_fault_brings_its_trace_on_the_same_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(_env_file=None))
    try:
        int("a\nb")
    except ValueError:
        logging.getLogger("x").exception("failed")
    (line,) = lines(capsys.readouterr().err)
    assert "ValueError" in line["trace"]


def test_people_get_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(_env_file=None, log_format="text"))
    logging.getLogger("x").warning("half full")
    assert capsys.readouterr().err == "WARNING x: half full\n"


def test_the_level_is_that_of_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(_env_file=None, log_level="ERROR"))
    logging.getLogger("x").warning("half full")
    assert capsys.readouterr().err == ""


def test_the_audit_log_is_appended_to_its_file_whatever_the_level(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    for name in ("first", "second"):
        configure(Settings(_env_file=None, audit_file=file, log_level="ERROR"))
        logging.getLogger(AUDIT).info(name, extra={"told": {"token": "lin"}})
    assert [(line["message"], line["token"]) for line in lines(file.read_text(encoding="utf-8"))] == [
        ("first", "lin"),
        ("second", "lin"),
    ]


def test_an_audit_file_that_cannot_be_is_said_at_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="WENMAI_AUDIT_FILE"):
        configure(Settings(_env_file=None, audit_file=tmp_path / "no" / "audit.jsonl"))
