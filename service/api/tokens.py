"""Who may change things: the token of the settings, configured or generated, and those made by name and scope."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from service import access
from service.access import Bearer, Scope
from service.errors import SettingsError
from service.settings import Settings

_NEEDED = "Admin calls need `Authorization: Bearer <token>`; the service says at its start where the token is."
TOKEN_FILE = "admin-token"  # noqa: S105 - a file's name

_bearer = HTTPBearer(auto_error=False, description="The admin token, or one made by `wenmai token add`.")


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


def require(scope: Scope) -> Callable[..., Bearer]:
    """Return the dependency that lets a request pass with a token for `scope` only, and tells whose it is.

    Whose it is stays with the request, for the log and for decisions that name nobody.
    """

    def required(
        request: Request,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    ) -> Bearer:
        found = _bearer_of(request.app, credentials.credentials if credentials else "")
        if found is None:
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, _NEEDED, {"WWW-Authenticate": 'Bearer realm="wenmai"'})
        request.state.bearer = found
        if not found.may(scope):
            raise HTTPException(status.HTTP_403_FORBIDDEN, _beyond(found, scope), _insufficient(scope))
        return found

    return required


def is_somebodys(app: FastAPI, authorization: str) -> bool:
    """Tell whether what an `Authorization` header says is somebody's; not where the database cannot tell."""
    scheme, _, token = authorization.partition(" ")
    try:
        return scheme.lower() == "bearer" and _bearer_of(app, token.strip()) is not None
    except SQLAlchemyError:
        return False


def _bearer_of(app: FastAPI, token: str) -> Bearer | None:
    """Return whose token it is; the session ends at once, for the call that follows may take minutes."""
    if not token:
        return None
    with Session(app.state.engine) as session:
        return access.bearer(session, token, app.state.admin_token)


def _beyond(found: Bearer, scope: Scope) -> str:
    return f"The token {found.name} is for {', '.join(sorted(found.scopes))}; this call needs one for {scope}."


def _insufficient(scope: Scope) -> dict[str, str]:
    """Return the header that says which scope was missing (RFC 6750 3.1)."""
    return {"WWW-Authenticate": f'Bearer realm="wenmai", error="insufficient_scope", scope="{scope}"'}
