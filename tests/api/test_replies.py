"""A read gives its connection back once it is answered, whatever the answer is."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool


class Connections:
    """Those that are taken from their pools, and those of them that are not given back."""

    def __init__(self) -> None:
        self.taken = 0
        self.out: list[object] = []

    def take(self, connection: object, *_: object) -> None:
        self.taken += 1
        self.out.append(connection)

    def give_back(self, connection: object, *_: object) -> None:
        if connection in self.out:
            self.out.remove(connection)


@pytest.fixture
def connections() -> Iterator[Connections]:
    """What becomes of the connections of this process from now on."""
    found = Connections()
    event.listen(Pool, "checkout", found.take)
    event.listen(Pool, "checkin", found.give_back)
    yield found
    event.remove(Pool, "checkout", found.take)
    event.remove(Pool, "checkin", found.give_back)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1/articles?limit=37", 200), ("/v1/articles/none/related?limit=37", 404), ("/v1/articles?cursor=none", 400)],
)
def test_a_connection_is_given_back_when_a_read_is_answered(
    sample: httpx2.Client, connections: Connections, path: str, status: int
) -> None:
    assert sample.get(path).status_code == status
    assert (connections.taken > 0, connections.out) == (True, [])
