"""Each request has an id and a line in the log; what changes the corpus is kept in the audit log."""

from __future__ import annotations

import logging
from typing import Any

import httpx2
import pytest

from service.api.middleware.records import audit_log, request_log
from tests.api.test_admin import document, push
from tests.api.test_keys import made


def told(caplog: pytest.LogCaptureFixture, log: logging.Logger) -> list[dict[str, Any]]:
    return [record.__dict__["told"] for record in caplog.records if record.name == log.name]


def written(caplog: pytest.LogCaptureFixture) -> str:
    """Return all that the service logged: not what the tests' own client did."""
    return str([record.__dict__ for record in caplog.records if not record.name.startswith("http")])


@pytest.fixture(autouse=True)
def logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def test_every_answer_bears_an_id_that_its_line_in_the_log_bears(
    sample: httpx2.Client, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = sample.get("/v1/articles"), sample.get("/v1/nothing")
    idents = [answer.headers["x-request-id"] for answer in (first, second)]
    assert len(set(idents)) == 2
    lines = {line["request"]: line for line in told(caplog, request_log)}
    assert [lines[ident]["status"] for ident in idents] == [200, 404]
    assert lines[idents[0]]["path"] == "/v1/articles"


@pytest.mark.parametrize(
    ("given", "kept"), [("edge-7f.3_A", True), ("a b", False), ("x" * 65, False), ("<b>", False), ("", False)]
)
def test_an_id_that_a_proxy_gave_is_kept_where_it_is_plain(sample: httpx2.Client, given: str, kept: bool) -> None:
    assert (sample.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"] == given) is kept


def test_what_readers_ask_is_not_logged(sample: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    sample.get("/v1/search", params={"q": "secret-question"})
    sample.post("/v1/claims/lookup", json={"text": "secret-question"})
    assert "secret-question" not in written(caplog)


def test_changes_and_refusals_are_audited_with_the_name_of_the_token(
    editor: httpx2.Client, caplog: pytest.LogCaptureFixture
) -> None:
    ci = made(editor, "blog-ci", "ingest")
    editor.post("/v1/admin/decisions", json={"name": "小米"}, headers=ci)
    editor.get("/v1/admin/sources", headers={"Authorization": "Bearer wrong"})
    editor.get("/v1/admin/sources", headers=ci)  # reads nothing but a list: no audit
    push(editor, {"documents": [document("a.md")]})
    lines = [(line["method"], line["path"], line["status"], line["token"]) for line in told(caplog, audit_log)]
    assert lines == [
        ("POST", "/v1/admin/tokens", 201, "admin"),
        ("POST", "/v1/admin/decisions", 403, "blog-ci"),
        ("GET", "/v1/admin/sources", 401, None),
        ("POST", "/v1/admin/ingest", 200, "admin"),
    ]


def test_a_push_is_audited_with_its_source_and_its_job(editor: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    job = push(editor, {"documents": [document("a.md")]})
    line = told(caplog, audit_log)[-1]
    assert (line["source"], line["job"]) == (job["source"], job["id"])


def test_no_token_is_ever_logged(editor: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    ci = made(editor, "blog-ci", "ingest")
    editor.get("/v1/admin/sources", headers=ci)
    secret = ci["Authorization"].split()[1]
    assert secret not in written(caplog)


def test_a_path_cannot_write_lines_of_its_own(sample: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    sample.get("/v1/articles/%0A%1B[31mINFO forged" + "x" * 500)
    line = next(record for record in caplog.records if record.name == request_log.name)
    assert "\n" not in line.getMessage()
    assert "\x1b" not in line.getMessage()
    assert len(line.getMessage()) < 1000
