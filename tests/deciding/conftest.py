from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.databases import Copies
from tests.deciding.corpus import push


@pytest.fixture
def posted(copied: Copies) -> Engine:
    """A database with three posts of three authors."""
    return copied(push)
