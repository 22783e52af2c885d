"""The admin token: configured, or generated into a file only its owner can read."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from service.api.tokens import admin_token, token_path
from service.errors import SettingsError
from service.settings import Settings


def settings(folder: Path, token: str | None = None) -> Settings:
    return Settings(_env_file=None, state_dir=folder / "state", admin_token=token)


def test_a_configured_token_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    assert admin_token(settings(tmp_path, "given")) == "given"
    assert not list(tmp_path.iterdir())


def test_a_generated_token_is_kept_and_private(tmp_path: Path) -> None:
    token = admin_token(settings(tmp_path))
    assert len(token) >= 40
    assert admin_token(settings(tmp_path)) == token
    assert token_path(settings(tmp_path)).stat().st_mode & 0o777 == 0o600


def test_two_that_start_together_agree_on_one_token(tmp_path: Path) -> None:
    tokens: list[str] = []
    threads = [threading.Thread(target=lambda: tokens.append(admin_token(settings(tmp_path)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tokens) == 8
    assert len(set(tokens)) == 1


def test_a_token_that_others_can_read_is_refused(tmp_path: Path) -> None:
    admin_token(settings(tmp_path))
    path = token_path(settings(tmp_path))
    path.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        admin_token(settings(tmp_path))


def test_an_empty_token_file_is_refused(tmp_path: Path) -> None:
    admin_token(settings(tmp_path))
    token_path(settings(tmp_path)).write_text("")
    with pytest.raises(SettingsError, match="empty"):
        admin_token(settings(tmp_path))
