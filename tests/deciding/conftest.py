from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.deciding.corpus import push


@pytest.fixture
def posted(engine: Engine) -> Engine:
    """A database with three posts of three authors."""
    push(engine)
    return engine
