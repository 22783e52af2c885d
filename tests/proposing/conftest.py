"""An endpoint for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.proposing.endpoint import Model, endpoint


@pytest.fixture
def model() -> Iterator[Model]:
    """Give a local endpoint."""
    with endpoint() as made:
        yield made
