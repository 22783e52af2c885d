"""What schemathesis does not know by itself: how the formats of this service are written."""

from __future__ import annotations

import importlib
from typing import Any

schemathesis: Any = importlib.import_module("schemathesis")


@schemathesis.serializer("application/toml")  # type: ignore[untyped-decorator]
def as_toml(_context: Any, value: Any) -> bytes:
    """Send any bytes: what is no TOML is to be refused, not to be a fault."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@schemathesis.hook  # type: ignore[untyped-decorator]
def filter_case(_context: Any, case: Any) -> bool:
    """Leave out forms whose texts are to be no texts: a form holds nothing else, so that they would be taken."""
    if case.media_type != "multipart/form-data" or not isinstance(case.body, dict):
        return True
    gone = case.body.get("delete", [])
    return isinstance(gone, list) and all(isinstance(path, str) for path in gone)
