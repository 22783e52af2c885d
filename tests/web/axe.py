"""What axe-core finds amiss on a page as it stands."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

# WCAG 2.2 at levels A and AA, and what axe-core holds to be good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ONLY = {"resultTypes": ["violations"]}  # telling what is right, element by element, takes as long again


def amiss(page: Page, *, colours: bool = True) -> list[str]:
    """Return what is seriously wrong with a page: the rule and the elements; contrasts only with `colours`."""
    rules = {"rules": {"color-contrast": {"enabled": colours}}}
    found: list[dict[str, Any]] = Axe().run(page, options=RULES | ONLY | rules).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical", "moderate")]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in serious for node in one["nodes"]]
