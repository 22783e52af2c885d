"""docker-compose.yml: what it sets is known, and what it runs may write nowhere but where it must."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.settings import Settings
from tests.postgres import Postgres

TOP = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((TOP / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def test_every_setting_and_secret_is_one_that_is_read(compose: dict[str, Any]) -> None:
    service = compose["services"]["wenmai"]
    named = {*service["environment"], *(secret["target"].upper() for secret in service["secrets"])}
    known = {f"WENMAI_{name.upper()}" for name in Settings.model_fields}
    assert named <= known
    assert {secret["source"] for secret in service["secrets"]} <= compose["secrets"].keys()


@pytest.mark.parametrize("name", ["wenmai", "database"])
def test_nothing_but_volumes_and_scratch_can_be_written(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["healthcheck"]["test"]


def test_no_password_is_written_down(compose: dict[str, Any]) -> None:
    text = (TOP / "docker-compose.yml").read_text(encoding="utf-8")
    assert not re.search(r"(?i)(password|token|secret)\s*[:=]\s*[\"']?[a-z0-9]{4,}\s*$", text, re.MULTILINE)
    assert compose["services"]["wenmai"]["ports"] == ["127.0.0.1:8000:8000"]  # a proxy stands before it


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
