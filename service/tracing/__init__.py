"""Traces of what the service does, for those who collect them; off by default.

Everything is a `Tracing`: this one traces nothing and needs nothing. The one of OpenTelemetry is imported only where
the settings ask for it, for its packages are optional.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine

from service.errors import SettingsError
from service.settings import Settings

Outcome = Callable[[Mapping[str, object]], None]


class Tracing:
    """Traces nothing.

    >>> with Tracing().job("1f", "blog") as ended:
    ...     ended({"status": "done"})
    """

    def watch_requests(self, app: Any) -> None:
        """Trace every request that a FastAPI application answers; to be called before it serves."""

    def watch_queries(self, engine: Engine) -> None:
        """Trace the statements that a request sends to the database: their text, never their values."""

    @contextmanager
    def job(self, ident: str, source: str) -> Iterator[Outcome]:  # noqa: ARG002 - for those that trace
        """Trace an ingestion while it runs; what is given is to be called with what its row says in the end."""
        yield _ignored

    def close(self) -> None:
        """Send what has not been sent yet."""


def tracing_for(settings: Settings) -> Tracing:
    """Return what traces as the settings ask.

    Raises:
        SettingsError: traces are asked for, and the packages for it are not installed.
    """
    if not settings.tracing:
        return Tracing()
    try:
        from service.tracing.open_telemetry import OpenTelemetry  # noqa: PLC0415 - optional, and slow to import
    except ImportError as error:
        raise SettingsError(
            f"WENMAI_TRACING is on, but {error.name} is not installed: pip install 'wenmai[tracing]'"
        ) from error
    return OpenTelemetry()


def _ignored(_values: Mapping[str, object]) -> None:
    """Take the outcome of a job that nobody traces."""
