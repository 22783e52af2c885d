"""Traces sent by OpenTelemetry's protocol, set up by its own variables (``OTEL_EXPORTER_OTLP_ENDPOINT`` and others).

What a reader asks is left out, as it is of the logs: addresses without their queries, statements without their values.
https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.instrumentation.utils import is_instrumentation_enabled, suppress_instrumentation
from opentelemetry.metrics import NoOpMeterProvider
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, get_current_span
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext, ExecutionContext

from service import __version__
from service.tracing import Outcome, Tracing

_UNTRACED: Final = "/(?:healthz|readyz|metrics)$"  # asked every few seconds, by machines
_ADDRESSES: Final = ("http.url", "http.target", "url.full")
_QUERY: Final = "url.query"
_STATEMENT: Final = 4000  # characters of one that are sent
_COUNTS: Final = ("added", "updated", "unchanged", "deleted", "failed")


class OpenTelemetry(Tracing):
    """Sends a span for each request, each statement of a request and each ingestion."""

    def __init__(self) -> None:
        resource = Resource({SERVICE_NAME: "wenmai", SERVICE_VERSION: __version__})
        self._provider = TracerProvider(resource=resource.merge(OTELResourceDetector().detect()))
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("wenmai", __version__)

    def watch_requests(self, app: Any) -> None:
        """Trace requests, each within the trace that its `traceparent` names; the log names the trace as well."""
        FastAPIInstrumentor.instrument_app(
            app,
            server_request_hook=_begun,
            tracer_provider=self._provider,
            meter_provider=NoOpMeterProvider(),  # the numbers are those of /metrics
            excluded_urls=_UNTRACED,
            exclude_spans=["receive", "send"],
        )

    def watch_queries(self, engine: Engine) -> None:
        """Trace statements that are sent within a request.

        OpenTelemetry's own package for SQLAlchemy ends at version 2.0, and would trace those of no request as well.
        """

        @event.listens_for(engine, "before_cursor_execute")
        def begin(
            connection: Connection, _cursor: object, statement: str, _values: object, context: ExecutionContext, _: bool
        ) -> None:
            if not get_current_span().is_recording() or not is_instrumentation_enabled():
                return
            system = connection.dialect.name
            span = self._tracer.start_span(f"{statement.split(maxsplit=1)[0]} {system}", kind=SpanKind.CLIENT)
            span.set_attributes({"db.system.name": system, "db.query.text": statement[:_STATEMENT]})
            context.wenmai_span = span  # type: ignore[attr-defined]

        @event.listens_for(engine, "after_cursor_execute")
        def end(*given: Any) -> None:
            _finish(given[4])

        @event.listens_for(engine, "handle_error")
        def fail(fault: ExceptionContext) -> None:
            _finish(fault.execution_context, Status(StatusCode.ERROR, type(fault.original_exception).__name__))

    @contextmanager
    def job(self, ident: str, source: str) -> Iterator[Outcome]:
        """Trace an ingestion as one span: its thousands of statements would drown everything else."""
        attributes = {"wenmai.job": ident, "wenmai.source": source}
        with self._tracer.start_as_current_span("ingest", attributes=attributes) as span, suppress_instrumentation():
            yield lambda values: _ended(span, values)

    def close(self) -> None:
        """Send what is left; a collector that does not answer is waited for as long as its own variables say."""
        self._provider.shutdown()


def _finish(context: object, status: Status | None = None) -> None:
    """End the span of a statement, where it has one."""
    span: Span | None = getattr(context, "wenmai_span", None)
    if span is None:
        return
    if status is not None:
        span.set_status(status)
    span.end()


def _begun(span: Span, scope: dict[str, Any]) -> None:
    """Take the query out of a span that was begun, and tell the request's log line which trace it is of."""
    if not span.is_recording():
        return
    known: Mapping[str, object] = getattr(span, "attributes", {})
    for name in _ADDRESSES:
        if name in known:
            span.set_attribute(name, str(known[name]).partition("?")[0])
    if _QUERY in known:
        span.set_attribute(_QUERY, "")
    scope.setdefault("state", {})["trace_id"] = f"{span.get_span_context().trace_id:032x}"


def _ended(span: Span, values: Mapping[str, object]) -> None:
    status = str(values.get("status", ""))
    span.set_attribute("wenmai.status", status)
    for name in _COUNTS:
        if isinstance(number := values.get(name), int):
            span.set_attribute(f"wenmai.{name}", number)
    if status == "failed":
        span.set_status(Status(StatusCode.ERROR))
