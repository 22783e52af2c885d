"""docker-compose.yml: what it sets is known, and what it runs may write nowhere but where it must."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from sqlalchemy import make_url

from service.settings import Settings
from tests.postgres import Postgres
from tests.replication import Cluster, replicated

TOP = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((TOP / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


OURS = ("wenmai", "worker", "api-1", "api-2")


@pytest.mark.parametrize("name", OURS)
def test_every_setting_and_secret_is_one_that_is_read(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    named = {*service["environment"], *(secret["target"].upper() for secret in service["secrets"])}
    known = {f"WENMAI_{name.upper()}" for name in Settings.model_fields}
    assert named <= known | {"FORWARDED_ALLOW_IPS"}  # which uvicorn reads
    assert {secret["source"] for secret in service["secrets"]} <= compose["secrets"].keys()


@pytest.mark.parametrize("name", [*OURS, "database", "replica", "proxy"])
def test_nothing_but_volumes_and_scratch_can_be_written(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["healthcheck"]["test"]


def test_no_password_is_written_down(compose: dict[str, Any]) -> None:
    text = (TOP / "docker-compose.yml").read_text(encoding="utf-8")
    assert not re.search(r"(?i)(password|token|secret)\s*[:=]\s*[\"']?[a-z0-9]{4,}\s*$", text, re.MULTILINE)
    assert compose["services"]["wenmai"]["ports"] == ["127.0.0.1:8000:8000"]  # a proxy stands before it


def test_what_scales_starts_with_its_profile_only(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert {name for name, service in services.items() if "profiles" not in service} == {"wenmai", "database"}
    assert all(service.get("profiles", ["scale"]) == ["scale"] for service in services.values())
    awaited = {name for service in services.values() for name in service.get("depends_on", {})}
    assert awaited <= services.keys()


def test_only_proxies_and_the_plain_service_are_reached_from_this_machine(compose: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in compose["services"].items() if service.get("ports")}
    assert published == {"wenmai": ["127.0.0.1:8000:8000"], "proxy": ["127.0.0.1:8080:8080"]}


def test_hosts_read_from_the_replica_and_leave_ingestions_to_workers(compose: dict[str, Any]) -> None:
    read = {name: Settings(_env_file=None, **_values(compose["services"][name])) for name in OURS}
    hosts = {name for name, one in read.items() if one.read_urls}
    assert hosts == {name for name, one in read.items() if not one.take_jobs} == {"api-1", "api-2"}
    assert [name for name, one in read.items() if one.content] == ["wenmai"]
    assert all(make_url(url).host == "replica" for name in hosts for url in read[name].read_urls)
    assert re.findall(r"[\w-]+:8000", compose["configs"]["proxy"]["content"]) == ["api-1:8000", "api-2:8000"]


def _values(service: dict[str, Any]) -> dict[str, Any]:
    told = {key.removeprefix("WENMAI_").lower(): value for key, value in service["environment"].items()}
    given = {name: value for name, value in told.items() if value and not value.startswith("${")}
    return {name: value for name, value in given.items() if name in Settings.model_fields}


def test_a_replica_is_made_of_the_primary_and_follows_it(compose: dict[str, Any]) -> None:
    """Its script runs as it stands, with a primary on a socket for the one on the network."""
    replica = compose["services"]["replica"]
    *shell, script = replica["entrypoint"]
    assert {config["source"] for config in replica["configs"]} <= compose["configs"].keys()
    with replicated() as (primary, copy):
        copy.stop()
        hosts = compose["configs"]["hosts"]["content"].replace("scram-sha-256", "trust")
        _give(copy, "hba", hosts)
        _give(copy, "secret", "abc:1")
        primary.ask("CREATE ROLE wenmai SUPERUSER LOGIN")
        changed = {
            "-h database": f"-h {primary.folder}",
            "/run/secrets/database_password": f"{copy.folder}/secret",
            "/etc/postgresql/pg_hba.conf": f"{copy.folder}/hba",
            "/tmp/pgpass": f"{copy.folder}/pgpass",
            "exec postgres": f"exec postgres -k {copy.folder} -c listen_addresses=''",
            "$$": "$",
        }
        for old, new in changed.items():
            assert old in script, old
            script = script.replace(old, new)
        with _running([*shell, script], copy):
            _soon(lambda: copy.ask("SELECT pg_is_in_recovery()") is True)
            primary.ask("CREATE DATABASE followed")
            _soon(lambda: copy.ask("SELECT count(*) FROM pg_database WHERE datname = 'followed'") == 1)
        assert "abc" not in (copy.folder / "fresh" / "postgresql.auto.conf").read_text(encoding="utf-8")


def _give(to: Cluster, name: str, text: str) -> None:
    file = to.folder / name
    file.write_text(text, encoding="utf-8")
    file.chmod(0o644)


@contextmanager
def _running(command: list[str], cluster: Cluster) -> Iterator[None]:
    path = f"{cluster.binaries}:{os.environ['PATH']}"
    environment = {"PATH": path, "PGDATA": str(cluster.folder / "fresh"), "HOME": str(cluster.folder)}
    with (cluster.folder / "output").open("wb") as output:
        started = subprocess.Popen(
            command, cwd=cluster.folder, env=environment, stdout=output, stderr=output, **cluster.run_as
        )
        try:
            yield
        finally:
            started.send_signal(signal.SIGQUIT)  # what ends PostgreSQL at once
            started.wait(30)


def _soon(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        with suppress(psycopg.OperationalError):
            if holds():
                return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def test_the_image_copies_what_there_is_and_does_not_run_as_root(compose: dict[str, Any]) -> None:
    steps = compose["services"]["wenmai"]["build"]["dockerfile_inline"].splitlines()
    copied = [name for step in steps if step.startswith("COPY") for name in step.split()[1:-1]]
    assert copied
    assert all((TOP / name).exists() for name in copied)
    assert any(re.fullmatch(r"USER [1-9]\d*:[1-9]\d*", step) for step in steps)
    assert steps.index("USER 10001:10001") > max(i for i, step in enumerate(steps) if step.startswith("RUN"))


def test_secrets_are_read_from_files_and_end_in_the_address_of_the_database(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "wenmai_admin_token").write_text("the-token\n")
    (tmp_path / "wenmai_database_password").write_text("p@ss/word\n")
    url = compose["services"]["wenmai"]["environment"]["WENMAI_DATABASE_URL"]
    read = Settings(_env_file=None, _secrets_dir=tmp_path, database_url=url)
    assert read.admin_token == "the-token"
    assert read.database_url == "postgresql+psycopg://wenmai:p%40ss%2Fword@database/wenmai"
    assert "p%40ss" not in repr(read)
    assert "the-token" not in repr(read)


def test_it_starts_in_a_folder_it_cannot_write_to(postgres: Postgres, postgres_url: str, tmp_path: Path) -> None:
    """As in the image: no home, nothing writable but the scratch folder, settings from the environment."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    folder.chmod(0o555)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(TOP),
        "HOME": "/nonexistent",
        "WENMAI_DATABASE_URL": postgres_url,
        "WENMAI_ADMIN_TOKEN": "x",
    }
    command = [sys.executable, "-m", "service.cli", "check"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list(folder.iterdir()) == []
