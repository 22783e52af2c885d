"""Traces: what is sent to a collector, what never is, and what happens without the packages for it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from service.errors import SettingsError
from service.settings import Settings
from service.tracing import Tracing, tracing_for
from tests.servers import TOKEN, serving
from tests.tracing.collector import Collector, attributes, collecting

TRACE = "0af7651916cd43dd8448eb211c80319c"
POST = "# 港口\n\n基隆港去年裝卸 120 萬個貨櫃，港務主管趙明山說。\n"


class Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, lines: list[logging.LogRecord]) -> None:
        super().__init__()
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record)


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Collector, list[logging.LogRecord]]]:
    """Return what a collector has after a server answered some requests and took in a post."""
    lines: list[logging.LogRecord] = []
    log = logging.getLogger("wenmai.request")
    handler = Kept(lines)
    log.addHandler(handler)
    level = log.level
    log.setLevel(logging.INFO)
    with pytest.MonkeyPatch.context() as patch, collecting() as collector:
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        with serving(tmp_path_factory.mktemp("traced"), tracing=True) as client:
            bearer = {"Authorization": f"Bearer {TOKEN}"}
            body = {"documents": [{"path": "port.md", "content": POST}]}
            taken = client.post("/v1/admin/ingest?source=blog&wait=true", json=body, headers=bearer)
            assert taken.status_code == 200, taken.text
            client.get("/v1/search?q=祕密的問題", headers={"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"})
            client.get("/v1/articles/none")
            client.get("/healthz")
        yield collector, lines  # closing the server has sent everything
    log.removeHandler(handler)
    log.setLevel(level)


def one(collector: Collector, name: str) -> Span:
    (span,) = collector.named(name)
    return span


def test_a_request_is_a_span_named_by_its_route(traced: tuple[Collector, object]) -> None:
    span = one(traced[0], "GET /v1/articles/{article_id}")
    assert attributes(span)["http.status_code"] == 404
    assert traced[0].services == {"wenmai"}


def test_a_request_goes_on_in_the_trace_it_names_and_its_log_line_says_so(
    traced: tuple[Collector, list[logging.LogRecord]],
) -> None:
    collector, lines = traced
    assert one(collector, "GET /v1/search").trace_id.hex() == TRACE
    told = [line.told for line in lines if line.getMessage().startswith("GET /v1/search")]  # type: ignore[attr-defined]
    assert [each["trace_id"] for each in told] == [TRACE]


def test_what_a_reader_asks_is_in_no_span(traced: tuple[Collector, object]) -> None:
    collector, _ = traced
    assert "祕密".encode() not in collector.raw
    assert b"%E7%A5%95" not in collector.raw
    assert TOKEN.encode() not in collector.raw


def test_statements_belong_to_the_request_that_sends_them(traced: tuple[Collector, object]) -> None:
    collector, _ = traced
    statements = [span for span in collector.spans if span.kind == Span.SPAN_KIND_CLIENT]
    requests = {span.span_id for span in collector.spans if span.kind == Span.SPAN_KIND_SERVER}
    assert statements
    assert {span.parent_span_id for span in statements} <= requests


def test_an_ingestion_is_one_span_with_what_came_of_it(traced: tuple[Collector, object]) -> None:
    span = one(traced[0], "ingest")
    told = attributes(span)
    assert (told["wenmai.source"], told["wenmai.status"], told["wenmai.added"]) == ("blog", "done", 1)
    assert span.status.code != Status.STATUS_CODE_ERROR
    assert not [other for other in traced[0].spans if other.parent_span_id == span.span_id]


def test_what_machines_ask_every_few_seconds_is_not_traced(traced: tuple[Collector, object]) -> None:
    assert not [span for span in traced[0].spans if "healthz" in span.name or "readyz" in span.name]


def test_nothing_is_traced_unless_asked_for() -> None:
    assert type(tracing_for(Settings(_env_file=None))) is Tracing


def test_without_its_packages_the_setting_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "service.tracing.open_telemetry", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(SettingsError, match=r"wenmai\[tracing\]"):
        tracing_for(Settings(_env_file=None, tracing=True))


def test_a_collector_that_is_away_costs_spans_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    with serving(tmp_path, tracing=True) as client:
        assert client.get("/v1/articles").status_code == 200
    assert "Failed to export spans" in caplog.text
