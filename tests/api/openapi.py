"""The interface as a file, so that a change of it is seen in review: ``python -m tests.api.openapi`` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from service.api.app import create_app
from service.settings import Settings

DESCRIPTION = Path(__file__).parent / "openapi.json"


def written(openapi: dict[str, Any]) -> str:
    """Return a description as it is kept: the same bytes for the same interface."""
    return json.dumps(openapi, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    app = create_app(Settings(_env_file=None, database_url="sqlite://", admin_token="x"))
    DESCRIPTION.write_text(written(app.openapi()), encoding="utf-8")
