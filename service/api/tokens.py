"""Who may change things: one bearer token, configured or generated, compared in constant time."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

from fastapi import Depends, HTTPException, Request, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.errors import SettingsError
from service.settings import Settings

TOKEN_FILE = "admin-token"  # noqa: S105 - a file's name

_bearer = HTTPBearer(auto_error=False, description="The admin token: `WENMAI_ADMIN_TOKEN`, or the generated one.")


def token_path(settings: Settings) -> Path:
    """Return where a generated token is kept."""
    return settings.state_dir / TOKEN_FILE


def admin_token(settings: Settings) -> str:
    """Return the configured token, else the one generated for this folder, made at first use.

    The file is created readable by its owner only, and in one step: of two processes that start together, one writes
    and both read the same.

    Raises:
        SettingsError: the file can't be written, or others can read it.
    """
    if settings.admin_token:
        return settings.admin_token
    path = token_path(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path)
        if path.stat().st_mode & 0o077:
            raise SettingsError(f"{path} can be read by others: run `chmod 600 {path}`, or delete it for a new token")
        token = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(f"the admin token can't be kept in {path}: {error}; set WENMAI_ADMIN_TOKEN") from error
    if not token:
        raise SettingsError(f"{path} is empty: delete it for a new token")
    return token


def _create(path: Path) -> None:
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    if path.exists():
        return
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:  # noqa: PTH123
        file.write(secrets.token_urlsafe(32) + "\n")
    try:
        os.link(fresh, path)  # fails where another process was first
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def require_admin(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    """Let a request pass only with the admin token; without one configured, admin is closed."""
    expected: str | None = request.app.state.admin_token
    given = credentials.credentials if credentials else ""
    if expected is None or not secrets.compare_digest(given.encode(), expected.encode()):
        detail = "Admin calls need `Authorization: Bearer <token>`; the service says at its start where the token is."
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, detail, {"WWW-Authenticate": 'Bearer realm="wenmai"'})
