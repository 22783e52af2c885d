"""Logs: one line an event, as JSON for programs or as a sentence for a person at a terminal."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

from service.errors import SettingsError
from service.settings import LogFormat, Settings

AUDIT: Final = "wenmai.audit"


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object: `at`, `level`, `logger`, `message`, what it tells, and a fault's trace."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(settings: Settings) -> None:
    """Send what is logged to standard error, and changes of the corpus to the audit file as well where one is set.

    Raises:
        SettingsError: the audit file can't be written.
    """
    shown = logging.StreamHandler(sys.stderr)
    as_json = settings.log_format is LogFormat.JSON or (
        settings.log_format is LogFormat.AUTO and not sys.stderr.isatty()
    )
    shown.setFormatter(JsonLines() if as_json else logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [shown]
    root.setLevel(settings.log_level)
    _audit(settings)


def _audit(settings: Settings) -> None:
    """Keep the audit log in a file of its own, appended to; whatever the level, it is kept whole."""
    log = logging.getLogger(AUDIT)
    log.setLevel(logging.INFO)
    for old in log.handlers[:]:
        log.removeHandler(old)
        old.close()
    if settings.audit_file is None:
        return
    try:
        kept = logging.FileHandler(settings.audit_file, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"WENMAI_AUDIT_FILE: {settings.audit_file} can't be written: {error.strerror}") from error
    kept.setFormatter(JsonLines())
    log.addHandler(kept)
