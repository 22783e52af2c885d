"""Whatever an attacker sends: it gets the answer of the table, in time, and the server goes on as before."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from tests.api.hostile import Attack, told
from tests.api.hostile.table import ATTACKS, PAGE, page
from tests.api.pushing import FIRST, archived, following, site
from tests.content.hosting import Answer
from tests.servers import TOKEN

PATIENCE = 30.0  # seconds: no answer within them is a server that hangs
INSIDE = ("Traceback", 'File "', "sqlalchemy", "psycopg", "sqlite3", "root:x:0", TOKEN, "/work/", "site-packages")
LIMITS = {
    "max_body_bytes": 5_000_000,
    "max_file_bytes": 2_000_000,
    "max_archive_bytes": 10_000_000,
    "max_files": 1_000,
    "refused_limit": "1000000/minute",
}


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A server with low limits, and a client with the admin token."""
    with following(tmp_path_factory.mktemp("hostile"), **LIMITS) as (client, host):
        # So that no job fails, after which a message may be sent again.
        host.answers[archived("Owner/Blog", FIRST)] = Answer(site(FIRST, {"content/a.md": "春茶在四月上市。"}))
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        client.timeout = httpx2.Timeout(PATIENCE)
        yield client


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.what)
def test_an_attack_gets_its_answer_and_nothing_more(victim: httpx2.Client, attack: Attack) -> None:
    response = attack.send(victim)
    assert told(response) == attack.answer, response.text[:1_000]
    assert not [word for word in INSIDE if word in response.text]
    assert not {"set-cookie", "access-control-allow-origin", "x-powered-by"} & set(response.headers)
    if response.status_code >= 400 and response.request.url.path.startswith("/v1/"):
        assert response.headers["content-type"] == "application/problem+json"
    assert victim.get("/readyz").status_code == 200


def test_no_two_rows_are_called_the_same() -> None:
    assert len({attack.what for attack in ATTACKS}) == len(ATTACKS)


def test_the_page_is_what_is_sent() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.api.hostile"
