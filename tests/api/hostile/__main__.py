"""Write the table down."""

from __future__ import annotations

from tests.api.hostile.table import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
