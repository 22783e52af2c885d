"""Requests that nobody thought of: schemathesis makes them from the OpenAPI description, some fit it and some break it.

Each answer is held against the description: its status, headers and body; and nothing that fits may be refused, nothing
that breaks it taken, and nothing end in a fault of the service. `FUZZ_CASES` says how many cases an operation gets at
most: few show that the description and the service are of one mind, `make fuzz` takes the time for many.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.databases import PostgresDatabases
from tests.servers import CONTENT, TOKEN, serving

TOP = Path(__file__).parents[2]
CASES = int(os.environ.get("FUZZ_CASES", "1"))
MANY = 10  # cases of an operation from which on its limits are tried one by one too, and calls one after another
# A request may fit its schema and mean nothing: a cursor of no list, two fields that exclude each other.
MEANINGLESS = "400"


def dictionaries(client: httpx2.Client) -> dict[str, list[str]]:
    """Return what a stranger could not guess: ids and addresses of what is stored."""

    def of(path: str, field: str = "id") -> list[str]:
        return [item[field] for item in client.get(path).json()["items"][:10]]

    return {
        "article": of("/v1/articles"),
        "claim": of("/v1/claims"),
        "entity": of("/v1/entities"),
        "source": of("/v1/admin/sources", "name"),
        "url": [url for url in of("/v1/articles", "url") if url],
    }


BINDINGS = {
    "path.article_id": "article",
    "query.article": "article",
    "path.claim_id": "claim",
    "path.entity_id": "entity",
    "query.entity": "entity",
    "query.speaker": "entity",
    "query.source": "source",
    "query.url": "url",
    "body.into": "entity",
    "body.other": "claim",
}


def configuration(client: httpx2.Client) -> str:
    """Return what schemathesis is to know, as TOML."""
    known = dictionaries(client)
    lines = [f"dictionaries.{name}.values = {json.dumps(values)}" for name, values in known.items() if values]
    for place, name in BINDINGS.items():
        if known[name]:
            lines.append(f'parameters."{place}" = {{ dictionary = "{name}", probability = 0.5 }}')
    lines.append('hooks = "tests.api.fuzz_hooks"')
    lines.append(f'checks.positive_data_acceptance.expected-statuses = ["2xx", "3xx", {MEANINGLESS}, 401, 404, 409]')
    lines.append("checks.max_response_time = 60")
    return "\n".join(lines)


def fuzzed(client: httpx2.Client, folder: Path) -> tuple[int, str]:
    """Return how schemathesis ended, and all that it said."""
    config = folder / "schemathesis.toml"
    config.write_text(configuration(client), encoding="utf-8")
    phases = "examples,coverage,fuzzing,stateful" if CASES >= MANY else "examples,fuzzing"
    options: dict[str, Any] = {
        "--header": f"Authorization: Bearer {TOKEN}",
        "--phases": phases,
        "--checks": "all",
        "--max-examples": CASES,
        "--request-timeout": 30,
        "--seed": os.environ.get("FUZZ_SEED", "1"),
    }
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"]
    command += [str(word) for pair in options.items() for word in pair]
    command += ["--continue-on-failure", "--no-color", f"{client.base_url}/openapi.json"]
    paths = {**os.environ, "PYTHONPATH": str(TOP)}
    done = subprocess.run(command, cwd=folder, env=paths, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_answer_is_as_described(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    pytest.importorskip("schemathesis", reason="schemathesis is not installed: run `make test`")
    values: dict[str, Any] = {"content": CONTENT, "refused_limit": "100000000/second", "github_secret": "secret"}
    if kind == "postgresql" and CASES < MANY:
        pytest.skip("what is answered alike is fuzzed alike: both databases are, by `make fuzz`")
    if kind == "postgresql":
        databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
        values["database_url"] = databases.copied()
    with serving(tmp_path, **values) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        client.get("/openapi.json").raise_for_status()  # it takes long to make, and schemathesis has no patience
        code, told = fuzzed(client, tmp_path)
    if CASES >= MANY:
        Path(os.environ.get("FUZZ_REPORT", tmp_path / "report")).with_suffix(f".{kind}.txt").write_text(told)
    assert code == 0, told[-20_000:]
